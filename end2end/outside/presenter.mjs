// A wallet and a verifier that we did not write, for presentations and for credentials of
// both EdDSA cryptosuites: Digital Bazaar's reference libraries with keys of their own.

import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { createSignCryptosuite, createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as rdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { documentLoader as badgeLoader } from "./verifier.mjs";

const suites = {
  "eddsa-rdfc-2022": { sign: () => rdfc, verify: () => rdfc },
  "eddsa-jcs-2022": { sign: createSignCryptosuite, verify: createVerifyCryptosuite },
};

/** A did:key is its own document. */
function keyDocument(url) {
  const [did, fragment] = url.split("#");
  const publicKeyMultibase = did.slice("did:key:".length);
  const id = `${did}#${publicKeyMultibase}`;
  const method = { id, type: "Multikey", controller: did, publicKeyMultibase };
  if (fragment) return { "@context": "https://w3id.org/security/multikey/v1", ...method };
  const uses = { assertionMethod: [id], authentication: [id] };
  return { "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], id: did, verificationMethod: [method], ...uses };
}

async function documentLoader(url) {
  if (url.startsWith("did:key:")) return { documentUrl: url, document: keyDocument(url) };
  return badgeLoader(url);
}

async function signer(suite) {
  const key = await Ed25519Multikey.generate();
  const { publicKeyMultibase } = await key.export({ publicKey: true });
  key.controller = `did:key:${publicKeyMultibase}`;
  key.id = `${key.controller}#${publicKeyMultibase}`;
  return { did: key.controller, suite: new DataIntegrityProof({ signer: key.signer(), cryptosuite: suites[suite].sign() }) };
}

/** `credential`, signed by a key made for it. */
export async function issue(credential, suite) {
  const own = await signer(suite);
  return vc.issue({ credential: { ...credential, issuer: own.did }, suite: own.suite, documentLoader });
}

/** What a holder with a key made for it shows to whoever asked with this challenge. */
export async function present(verifiableCredential, suite, asked) {
  const own = await signer(suite);
  const presentation = vc.createPresentation({ verifiableCredential, holder: own.did });
  return vc.signPresentation({ presentation, suite: own.suite, ...asked, documentLoader });
}

/** Whether a credential holds; its status is not asked for. */
export async function verifyCredential(credential, suite) {
  const verifier = new DataIntegrityProof({ cryptosuite: suites[suite].verify() });
  const result = await vc.verifyCredential({ credential, suite: verifier, documentLoader, checkStatus: async () => ({ verified: true }) });
  return { verified: result.verified, why: String(result.error?.errors?.[0] ?? result.error ?? "") };
}

/** Whether a presentation holds, with the credentials in it, for whoever asked. */
export async function verifyPresentation(presentation, suite, asked) {
  const verifier = new DataIntegrityProof({ cryptosuite: suites[suite].verify() });
  const result = await vc.verify({ presentation, suite: verifier, ...asked, documentLoader, checkStatus: async () => ({ verified: true }) });
  const why = result.error?.errors?.[0] ?? result.error ?? result.credentialResults?.find(({ error }) => error)?.error;
  return { verified: result.verified, why: String(why ?? "") };
}
