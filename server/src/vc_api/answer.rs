//! What is answered to what can't be done (Verifiable Credentials 2.0 §7.3, Bitstring
//! Status List 1.0 §3.5).

use std::fmt;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::credential::{Finding, Outcome, Report, report::Check};
use serde_json::json;

const MODEL: &str = "https://www.w3.org/TR/vc-data-model#";
const STATUS: &str = "https://www.w3.org/ns/credentials/status-list#";

/// A request that is not taken.
pub(super) fn refused(cause: &dyn fmt::Display) -> Response {
    problem(
        &format!("{MODEL}MALFORMED_VALUE_ERROR"),
        &cause.to_string(),
        &json!(null),
    )
}

/// What verifying found: 200 where all holds, 400 where anything does not.
pub(super) fn verdict(reports: &[&Report], own: &[Check], whole: &impl serde::Serialize) -> Response {
    let checks = own.iter().chain(reports.iter().flat_map(|report| &report.checks));
    match checks.into_iter().find(|check| check.outcome != Outcome::Valid) {
        None => {
            let body = json!({ "verified": true, "report": whole });
            (StatusCode::OK, Json(body)).into_response()
        }
        Some(check) => problem(&kind(check.finding), &check.detail, &json!(whole)),
    }
}

fn problem(kind: &str, detail: &str, report: &serde_json::Value) -> Response {
    let problem = json!({ "type": kind, "title": "It does not hold.", "detail": detail });
    let body = json!({
        "type": kind, "status": 400, "title": "It does not hold.", "detail": detail,
        "verified": false, "problemDetails": [problem], "report": report,
    });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

fn kind(finding: Finding) -> String {
    let (place, name) = match finding {
        Finding::StatusUnavailable => (STATUS, "STATUS_RETRIEVAL_ERROR"),
        Finding::StatusUnknown => (STATUS, "STATUS_VERIFICATION_ERROR"),
        Finding::Malformed | Finding::UndefinedTerm | Finding::UnknownContext => {
            (MODEL, "MALFORMED_VALUE_ERROR")
        }
        Finding::NotYetValid | Finding::Expired => (MODEL, "RANGE_ERROR"),
        _ => (MODEL, "CRYPTOGRAPHIC_SECURITY_ERROR"),
    };
    format!("{place}{name}")
}
