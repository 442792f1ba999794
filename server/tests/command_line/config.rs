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

/// Where a service is called cairn, Kubernetes tells every container so.
#[test]
fn variables_of_others_set_nothing_and_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let answer = Command::new(env!("CARGO_BIN_EXE_cairn"))
        .arg("config")
        .env_clear()
        .env("CAIRN_PORT", "tcp://10.0.0.7:3000")
        .env("CAIRN_SERVICE_HOST", "10.0.0.7")
        .env("CAIRN_WORKERS", "3")
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert!(answer.status.success(), "{said}");
    assert!(said.contains("CAIRN_PORT, CAIRN_SERVICE_HOST"), "{said}");
    assert!(
        !said.contains("10.0.0.7") && !said.contains("CAIRN_WORKERS"),
        "{said}"
    );
}

#[test]
fn a_name_in_the_file_that_sets_nothing_is_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cairn.toml"), "wrokers = 3\n").unwrap();
    let answer = Command::new(env!("CARGO_BIN_EXE_cairn"))
        .arg("config")
        .env_clear()
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert!(!answer.status.success() && said.contains("wrokers"), "{said}");
}

#[test]
fn help_names_the_variable_for_a_database_to_measure_on_and_not_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let answer = Command::new(env!("CARGO_BIN_EXE_cairn"))
        .args(["bench", "--help"])
        .env_clear()
        .env(
            "CAIRN_BENCH_DATABASE_URL",
            "postgres://cairn:hunter2@localhost/bench",
        )
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert!(said.contains("CAIRN_BENCH_DATABASE_URL"), "{said}");
    assert!(!said.contains("hunter2"), "{said}");
}
