//! The test vectors of Data Integrity `EdDSA` Cryptosuites 1.0, §B.

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::{json, standards, text};
use crate::Timestamp;
use crate::credential::{
    SignWith,
    hash::{hex, sha256},
    jcs::canonical_json,
    jsonld::{ContextStore, expand},
    key::Multikey,
    multibase,
    proof::{Cryptosuite, Listed, ProofOptions, Purpose, Signable, add_proof},
    public_key::PublicKey,
    rdf::canonicalize,
};

/// The vectors use a context that is for examples only.
fn contexts() -> ContextStore {
    let examples = json!({"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}});
    ContextStore::with([(
        "https://www.w3.org/ns/credentials/examples/v2".to_owned(),
        examples,
    )])
}

fn key(pair: &Value) -> SigningKey {
    let private = multibase::decode(pair["privateKeyMultibase"].as_str().unwrap()).unwrap();
    // Two bytes say "Ed25519 private key".
    let key = SigningKey::from_bytes(&private[2..].try_into().unwrap());
    assert_eq!(
        Multikey(key.verifying_key()).to_string(),
        pair["publicKeyMultibase"]
    );
    key
}

fn canonical(document: &Value, without: &str, store: &ContextStore) -> String {
    let members = document.as_object().unwrap();
    let expanded = expand(members, &document["@context"], &[without], store).unwrap();
    canonicalize(&expanded.dataset).unwrap()
}

#[test]
fn every_step_of_eddsa_rdfc_2022_gives_the_published_value() {
    let Some(folder) = standards("vc-di-eddsa") else {
        return;
    };
    let suite = folder.join("eddsa-rdfc-2022");
    let published = |name: &str| text(&suite.join(name));
    let store = contexts();

    let document = canonical(&json(&folder.join("unsigned.json")), "proof", &store);
    assert_eq!(document.trim_end(), published("canonDocDataInt.txt").trim_end());
    let options = canonical(
        &json(&suite.join("proofConfigDataInt.json")),
        "proofValue",
        &store,
    );
    assert_eq!(options.trim_end(), published("proofCanonDataInt.txt").trim_end());

    let hashes = [sha256(options.as_bytes()), sha256(document.as_bytes())];
    assert_eq!(hex(&hashes[0]), published("proofHashDataInt.txt").trim());
    assert_eq!(hex(&hashes[1]), published("docHashDataInt.txt").trim());
    let data = hashes.concat();
    assert_eq!(hex(&data), published("combinedHashDataInt.txt").trim());

    let signature = key(&json(&folder.join("keyPair.json"))).sign(&data).to_bytes();
    assert_eq!(hex(&signature), published("sigHexDataInt.txt").trim());
    assert_eq!(
        multibase::base58btc(&signature),
        published("sigBTC58DataInt.txt").trim()
    );
}

/// The second example's context is not at hand, but its canonical form is.
#[test]
fn the_employment_example_is_signed_as_published() {
    let Some(folder) = standards("vc-di-eddsa") else {
        return;
    };
    let suite = folder.join("eddsa-rdfc-2022/employ");
    let data = ["proofCanonDataInt.txt", "canonDocDataInt.txt"]
        .map(|name| sha256(text(&suite.join(name)).as_bytes()));
    assert_eq!(
        hex(&data.concat()),
        text(&suite.join("combinedHashDataInt.txt")).trim()
    );
    let signature = key(&json(&folder.join("keyPair.json")))
        .sign(&data.concat())
        .to_bytes();
    assert_eq!(
        multibase::base58btc(&signature),
        text(&suite.join("sigBTC58DataInt.txt")).trim()
    );
}

/// Whether every proof on the document holds for the key that it names itself.
fn holds(document: &Value, store: &ContextStore) -> bool {
    let members = document.as_object().unwrap();
    let signable = Signable::new(members, store).unwrap();
    let listed = Listed::all(members).unwrap();
    assert!(!listed.is_empty());
    listed.iter().all(|listed| {
        let key = PublicKey::from_did(listed.verification_method).unwrap();
        let proof = listed.proof.as_ref();
        proof.is_ok_and(|proof| proof.check(&signable, &key, Purpose::Assertion).is_ok())
    })
}

#[test]
fn the_published_signed_documents_verify_and_changed_ones_do_not() {
    let Some(folder) = standards("vc-di-eddsa") else {
        return;
    };
    for name in [
        "eddsa-rdfc-2022/signedDataInt.json",
        "eddsa-jcs-2022/signedJCS.json",
        "proof-set-chain/signedProofSet1.json",
        "proof-set-chain/signedProofSet2.json",
        "proof-set-chain/signedProofChain1.json",
        "proof-set-chain/signedProofChain2.json",
    ] {
        let mut document = json(&folder.join(name));
        assert!(holds(&document, &contexts()), "{name}");
        document["credentialSubject"]["alumniOf"] = "The School of Example".into();
        assert!(!holds(&document, &contexts()), "{name}");
    }
}

#[test]
fn a_link_taken_from_a_chain_or_changed_in_it_is_missed() {
    let Some(folder) = standards("vc-di-eddsa") else {
        return;
    };
    let chain = json(&folder.join("proof-set-chain/signedProofChain2.json"));
    let changed = |change: fn(&mut Vec<Value>)| {
        let mut chain = chain.clone();
        change(chain["proof"].as_array_mut().unwrap());
        chain
    };
    assert!(holds(&changed(|_| {}), &contexts()));
    assert!(
        holds(&changed(|proofs| drop(proofs.pop())), &contexts()),
        "nothing follows the last link"
    );
    for broken in [
        changed(|proofs| drop(proofs.remove(0))),
        changed(|proofs| drop(proofs.remove(2))),
        changed(|proofs| proofs[0]["created"] = "2023-02-24T23:36:39Z".into()),
        changed(|proofs| drop(proofs[3].as_object_mut().unwrap().remove("previousProof"))),
        changed(|proofs| proofs.push(proofs[0].clone())),
    ] {
        assert!(!holds(&broken, &contexts()));
    }
}

/// Each step of `eddsa-jcs-2022` (§B.3), and that the text is what is signed.
#[test]
fn every_step_of_eddsa_jcs_2022_gives_the_published_value() {
    let Some(folder) = standards("vc-di-eddsa") else {
        return;
    };
    let suite = folder.join("eddsa-jcs-2022");
    let published = |name: &str| text(&suite.join(name));
    let document = canonical_json(&json(&folder.join("unsigned.json")));
    assert_eq!(document, published("canonDocJCS.txt").trim());
    let options = canonical_json(&json(&suite.join("proofConfigJCS.json")));
    assert_eq!(options, published("proofCanonJCS.txt").trim());

    let hashes = [sha256(options.as_bytes()), sha256(document.as_bytes())];
    assert_eq!(hex(&hashes[0]), published("proofHashJCS.txt").trim());
    assert_eq!(hex(&hashes[1]), published("docHashJCS.txt").trim());
    let data = hashes.concat();
    assert_eq!(hex(&data), published("combinedHashJCS.txt").trim());

    let signature = key(&json(&folder.join("keyPair.json"))).sign(&data).to_bytes();
    assert_eq!(hex(&signature), published("sigHexJCS.txt").trim());
    assert_eq!(
        multibase::base58btc(&signature),
        published("sigBTC58JCS.txt").trim()
    );
}

/// Whoever signs the published document with the published key makes the published proof.
#[test]
fn what_is_signed_here_is_what_is_published() {
    let Some(folder) = standards("vc-di-eddsa") else {
        return;
    };
    let key = key(&json(&folder.join("keyPair.json")));
    let public = Multikey(key.verifying_key());
    for (suite, published) in [
        (Cryptosuite::EddsaRdfc2022, "eddsa-rdfc-2022/signedDataInt.json"),
        (Cryptosuite::EddsaJcs2022, "eddsa-jcs-2022/signedJCS.json"),
    ] {
        let published = json(&folder.join(published));
        let method = published["proof"]["verificationMethod"].as_str().unwrap();
        assert_eq!(method, public.did_key_method());
        let with = SignWith {
            key: &key,
            verification_method: method,
            created: Timestamp::parse_rfc3339(published["proof"]["created"].as_str().unwrap()).unwrap(),
        };
        let options = ProofOptions {
            suite,
            ..ProofOptions::default()
        };
        let signed = add_proof(json(&folder.join("unsigned.json")), &with, &options, &contexts());
        assert_eq!(signed.unwrap(), published);
    }
}

/// And so does whoever adds to a chain, link by link.
#[test]
fn a_chain_is_signed_link_by_link_as_published() {
    let Some(folder) = standards("vc-di-eddsa/proof-set-chain") else {
        return;
    };
    let pairs = json(&folder.join("multiKeyPairs.json"));
    let published = json(&folder.join("signedProofChain2.json"));
    let mut document = json(&folder.join("unsigned.json"));
    for (number, proof) in published["proof"].as_array().unwrap().iter().enumerate() {
        let text = |name: &str| proof[name].as_str();
        let previous: Vec<&str> = match &proof["previousProof"] {
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            name => name.as_str().into_iter().collect(),
        };
        let with = SignWith {
            key: &key(&pairs[format!("keyPair{}", number + 1)]),
            verification_method: text("verificationMethod").unwrap(),
            created: Timestamp::parse_rfc3339(text("created").unwrap()).unwrap(),
        };
        let options = ProofOptions {
            id: text("id"),
            previous: &previous,
            ..ProofOptions::default()
        };
        document = add_proof(document, &with, &options, &contexts()).unwrap();
    }
    assert_eq!(document, published);
}
