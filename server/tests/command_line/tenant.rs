//! Making a tenant on the command line.

use std::path::Path;

use serde_json::Value;

use crate::{cairn, succeeds};

fn make(data: &Path, slug: &str) -> (bool, String) {
    let tenant = [
        "tenant",
        slug,
        "--name",
        "Weir School",
        "--owner",
        "ines@fallow.example",
    ];
    let made = cairn(data, &tenant);
    let said = [made.stdout, made.stderr].concat();
    (made.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_tenant_is_made_once_there_is_an_operator() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let (done, said) = make(data, "weir");
    assert!(
        !done && said.contains("nobody runs this installation yet"),
        "{said}"
    );

    assert!(cairn(data, &["demo"]).status.success());
    let (done, said) = make(data, "weir");
    assert!(done && said.contains("/t/weir"), "{said}");
    let (done, said) = make(data, "weir");
    assert!(!done && said.contains("slug:"), "{said}");
    let (done, said) = make(data, "no such slug");
    assert!(!done && said.contains("slug:"), "{said}");
}

#[test]
fn a_signing_key_is_changed_by_who_may_and_the_old_one_stays_in_the_did_document() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert!(cairn(data, &["demo"]).status.success());
    let rotate = |actor| cairn(data, &["rotate-key", "--tenant", "harbour", "--as", actor]);
    assert!(!rotate("amara.tidewell@example.org").status.success());
    assert!(!rotate("nobody@example.org").status.success());
    for keys in [2, 3] {
        let document: Value = serde_json::from_str(&succeeds(&rotate("odile.quayside@example.org"))).unwrap();
        assert_eq!(document["verificationMethod"].as_array().unwrap().len(), keys);
    }
}
