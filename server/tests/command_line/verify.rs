//! What `cairn verify` answers to a script.

use std::fs;

use domain::{
    Timestamp,
    credential::{Multikey, SignWith, baked::into_svg, paper::sign_paper},
};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

use crate::cairn;

/// Signed by software of others, and good until 2036.
const TOKEN: &str = include_str!("../../../domain/src/credential/tests/foreign/vc-jose-es256.jwt");
const DOCUMENT: &str = include_str!("../../../domain/src/credential/tests/foreign/ecdsa-rdfc-2019.json");
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>";

#[test]
fn a_script_can_tell_what_is_not_valid_from_what_could_not_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let changed = DOCUMENT.replace("Kite School", "Kite Academy");
    let baked = |document: &str| into_svg(PICTURE, document).unwrap();
    for (file, content, code) in [
        ("notes.txt", "no badge", 1),
        ("empty.json", "{}", 1),
        ("picture.svg", PICTURE, 1),
        ("token.jwt", TOKEN, 0),
        ("document.json", DOCUMENT, 0),
        ("changed.json", &changed, 1),
        ("baked.svg", &baked(DOCUMENT), 0),
        ("changed.svg", &baked(&changed), 1),
    ] {
        fs::write(folder.path().join(file), content).unwrap();
        let answer = cairn(folder.path(), &["verify", file]);
        assert_eq!(answer.status.code(), Some(code), "{file}");
    }
    let missing = cairn(folder.path(), &["verify", "nowhere.json"]);
    assert_eq!(missing.status.code(), Some(2));
    let said = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(said.contains("nowhere.json"), "{said}");
}

/// What is printed is what the API answers, as its description has it.
#[test]
fn a_report_as_json_is_the_one_that_the_api_describes() {
    let description: Value = serde_json::from_str(include_str!("../../src/api/openapi.json")).unwrap();
    let schema = json!({
        "$ref": "#/components/schemas/Report",
        "components": description["components"],
    });
    let schema = jsonschema::validator_for(&schema).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (content, outcome) in [(DOCUMENT, "valid"), (TOKEN, "valid"), ("no badge", "invalid")] {
        fs::write(folder.path().join("badge"), content).unwrap();
        let answer = cairn(folder.path(), &["verify", "badge", "--json"]);
        let report: Value = serde_json::from_slice(&answer.stdout).unwrap();
        assert_eq!(report["outcome"], outcome);
        assert!(schema.is_valid(&report), "{report}");
    }
}

/// Everything that a badge says was written by a stranger.
#[test]
fn a_badge_does_not_steer_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let steering = DOCUMENT.replace("ecdsa-rdfc-2019", "\\u001b[2Jvalid\\n");
    fs::write(folder.path().join("steering.json"), steering).unwrap();
    let answer = cairn(folder.path(), &["verify", "steering.json"]);
    let said = String::from_utf8(answer.stdout).unwrap();
    assert!(said.contains("[2Jvalid"), "{said}");
    assert!(!said.contains('\u{1b}') && !said.contains("\nvalid"), "{said}");
}

/// The document of the badges' issuer on the web.
fn keys(of: &SigningKey) -> (Value, String) {
    let issuer = "did:web:kite.example:school";
    let key = Multikey(of.verifying_key()).to_string();
    let method = format!("{issuer}#{key}");
    let document = json!({
        "id": issuer,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": key},
        ],
        "assertionMethod": [method],
    });
    (document, method)
}

/// What a badge says, as the text of a code on paper.
fn on_paper(status: bool) -> String {
    let mut badge: Value = serde_json::from_str(DOCUMENT).unwrap();
    badge["issuer"]["id"] = "did:web:kite.example:school".into();
    if status {
        badge["credentialStatus"] = json!({
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "7",
            "statusListCredential": "https://kite.example/status/1",
        });
    }
    let key = SigningKey::from_bytes(&[7; 32]);
    let with = SignWith {
        key: &key,
        verification_method: &keys(&key).1,
        created: Timestamp::from_unix_millis(0),
    };
    sign_paper(&badge, &with).unwrap()
}

#[test]
fn a_badge_on_paper_is_checked_without_a_network_or_an_installation() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &str| fs::write(folder.path().join(name), content).unwrap();
    let [own, other] = [7, 8].map(|seed| keys(&SigningKey::from_bytes(&[seed; 32])).0.to_string());
    put("did.json", &own);
    put("other.json", &other);
    put("broken.json", "{");
    put("forever.txt", &on_paper(false));
    put("paper.txt", &on_paper(true));
    for (file, did, code, said) in [
        ("forever.txt", "did.json", 0, "valid"),
        (
            "paper.txt",
            "did.json",
            2,
            "Whether it was revoked since could not be seen",
        ),
        ("paper.txt", "other.json", 1, "invalid"),
        ("paper.txt", "broken.json", 2, ""),
    ] {
        let answer = cairn(folder.path(), &["verify", file, "--did", did]);
        assert_eq!(answer.status.code(), Some(code), "{file} {did}");
        let words = String::from_utf8(answer.stdout).unwrap();
        assert!(words.contains(said), "{words}");
    }
    let made: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(made.len(), 5, "no installation was made for it");
}
