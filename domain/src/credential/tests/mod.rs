//! Against the published vectors, and against other implementations.

mod badges;
mod baking;
mod canonicalization;
mod foreign;
mod issuing;
mod json_ld;
mod paper;
mod proof_sets;
mod reaching;
mod samples;
mod tokens;
mod vectors;
mod verifying_many;

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// The folder with the standards' own test data: `CAIRN_STANDARDS`, or
/// `../shared/standards` beside the workspace. It is too large for the
/// repository; without it these tests have nothing to compare with, and say so.
fn standards(folder: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/standards");
    let root = std::env::var_os("CAIRN_STANDARDS").map_or(beside, PathBuf::from);
    let found = Some(root.join(folder)).filter(|path| path.is_dir());
    if found.is_none() {
        // Past the harness's capture: a test that did not run must not look like one that passed.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** NOT TESTED: {folder} is not in {}; set CAIRN_STANDARDS ***\n",
            root.display()
        );
    }
    found
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
