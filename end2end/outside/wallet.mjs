// A wallet that we did not write: the OpenID4VCI client that wallets in the field are
// built with, with a key of its own.

import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { clientAuthenticationAnonymous, setGlobalConfig } from "@openid4vc/oauth2";
import { Openid4vciClient } from "@openid4vc/openid4vci";

// The server under test answers on a loopback address without TLS.
setGlobalConfig({ allowInsecureUrls: true });

const encode = (json) => Buffer.from(JSON.stringify(json)).toString("base64url");

function ownKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { kty, crv, x } = publicKey.export({ format: "jwk" });
  const jwk = { crv, kty, x };
  return { did: `did:jwk:${encode(jwk)}`, jwk, privateKey };
}

/** Takes an offer as a wallet does, and returns each badge that it gets, with the DID it asked for. */
export async function takeOffer(link, pin) {
  const key = ownKey();
  const client = new Openid4vciClient({
    callbacks: {
      hash: (data, algorithm) => createHash(algorithm.replaceAll("-", "")).update(data).digest(),
      generateRandom: (bytes) => randomBytes(bytes),
      clientAuthentication: clientAuthenticationAnonymous(),
      signJwt: (_signer, { header, payload }) => {
        const signed = `${encode(header)}.${encode(payload)}`;
        return { jwt: `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString("base64url")}`, signerJwk: key.jwk };
      },
    },
  });
  const credentialOffer = await client.resolveCredentialOffer(link);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata, txCode: pin });
  const accessToken = accessTokenResponse.access_token;
  const badges = {};
  for (const credentialConfigurationId of credentialOffer.credential_configuration_ids) {
    const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
    const signer = { method: "did", didUrl: `${key.did}#0`, alg: "EdDSA" };
    const { jwt } = await client.createCredentialRequestJwtProof({ issuerMetadata, credentialConfigurationId, signer, nonce });
    const { credentialResponse } = await client.retrieveCredentials({ issuerMetadata, accessToken, credentialConfigurationId, proofs: { jwt: [jwt] } });
    badges[credentialConfigurationId] = credentialResponse.credentials[0].credential;
    await client.sendNotification({
      issuerMetadata,
      accessToken,
      notification: { notificationId: credentialResponse.notification_id, event: "credential_accepted" },
    });
  }
  return { did: key.did, badges };
}
