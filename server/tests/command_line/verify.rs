//! What `cairn verify` answers to a script.

use std::fs;

use domain::credential::baked::into_svg;

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
