//! Making a tenant on the command line.

use std::path::Path;

use crate::cairn;

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
