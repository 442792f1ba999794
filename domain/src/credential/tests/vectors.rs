//! The test vectors of Data Integrity `EdDSA` Cryptosuites 1.0, §B.

use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};

use super::{json, standards, text};
use crate::credential::{
    hash::{hex, sha256},
    jsonld::{ContextStore, expand},
    key::Multikey,
    multibase,
    proof::{Proof, Signable},
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
    let mut proofs = Proof::all(members).into_iter().map(Result::unwrap).peekable();
    assert!(proofs.peek().is_some());
    proofs.all(|proof| {
        let key = Multikey::from_did_key(proof.verification_method).unwrap();
        proof.check(&signable, &key.0).is_ok()
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
    ] {
        let mut document = json(&folder.join(name));
        assert!(holds(&document, &contexts()), "{name}");
        document["credentialSubject"]["alumniOf"] = "The School of Example".into();
        assert!(!holds(&document, &contexts()), "{name}");
    }
}
