//! The same figures for a spreadsheet.

use axum::{
    extract::Path,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use service::{Error, assessment::analysis::analysis};

use super::super::assessment::{AssessmentPath, assessment_id};
use crate::{failure::Failure, visit::Author};

pub(super) async fn show(Author(place): Author, Path((_, id)): AssessmentPath) -> Result<Response, Failure> {
    let id = assessment_id(&id)?;
    let found = analysis(&place.ctx, id).await?;
    let mut table = csv::Writer::from_writer(Vec::new());
    let broken = |cause: csv::Error| Error::Outside(cause.to_string());
    let columns = [
        "item",
        "version",
        "asked",
        "answers",
        "blank",
        "facility",
        "discrimination",
        "flags",
    ];
    table.write_record(columns).map_err(broken)?;
    for item in found.items {
        let analysis = item.analysis;
        let figure = |figure: Option<f64>| figure.map(|figure| format!("{figure:.4}")).unwrap_or_default();
        let flags: Vec<&str> = analysis.flags.iter().map(|flag| flag.as_str()).collect();
        let row = [
            as_text(&item.title),
            item.number.to_string(),
            as_text(&item.asked),
            analysis.answers.to_string(),
            analysis.blank.to_string(),
            figure(analysis.facility),
            figure(analysis.discrimination),
            flags.join(" "),
        ];
        table.write_record(row).map_err(broken)?;
    }
    let table = table
        .into_inner()
        .map_err(|cause| Error::Outside(cause.to_string()))?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CACHE_CONTROL, "private, no-store".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"answers-{id}.csv\""),
        ),
    ];
    Ok((headers, table).into_response())
}

/// A spreadsheet takes what begins like this for a formula.
fn as_text(typed: &str) -> String {
    if typed.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{typed}")
    } else {
        typed.to_owned()
    }
}
