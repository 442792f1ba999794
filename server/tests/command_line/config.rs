//! What can be set from outside.

use std::process::Command;

#[test]
fn a_password_of_digits_is_text_and_is_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let answer = Command::new(env!("CARGO_BIN_EXE_cairn"))
        .arg("config")
        .env_clear()
        .env("CAIRN_OPERATOR_PASSWORD", "12345678901234567890")
        .env("CAIRN_S3_BUCKET", "[stones]")
        .env("CAIRN_WORKERS", "3")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    let config: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(config["operator_password"], "(hidden)");
    assert_eq!(config["s3_bucket"], "[stones]");
    assert_eq!(config["workers"], 3);
    assert!(!said.contains("12345678901234567890"));
}
