//! `POST /api/v1/verify`: a badge from anywhere, or several, checked for anybody.

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::credential::{NotPresented, Presented, Report};
use service::{
    Error, Installation, SystemCtx,
    credential::{self, Sent},
};

use super::problem::problem;
use crate::limits::{self, Tries};

pub(super) const PATH: &str = "/api/v1/verify";

/// So many are checked at once.
const MOST: usize = 20;

type Read = Result<Presented, NotPresented>;

/// One badge gets one report, a list of them a list in the same order. What is
/// no badge gets a report as well: that it is none.
pub(super) async fn check(
    State(installation): State<Arc<Installation>>,
    tries: Option<Extension<Tries>>,
    sent: Bytes,
) -> Response {
    let ctx = SystemCtx::new(installation);
    let answer = match credential::sent(sent.into()).await {
        Sent::List(read) if read.is_empty() || read.len() > MOST => {
            return problem(
                StatusCode::UNPROCESSABLE_ENTITY,
                "A list has from 1 to 20 credentials.",
            );
        }
        Sent::List(read) => {
            // The request itself was one.
            if tries.is_some_and(|Extension(tries)| !tries.take(read.len() - 1)) {
                return limits::too_many();
            }
            reports(&ctx, read)
                .await
                .and_then(|all| Ok(serde_json::to_string(&all)?))
        }
        Sent::One(read) => {
            let one = reports(&ctx, vec![read]).await;
            one.and_then(|mut all| Ok(serde_json::to_string(&all.pop())?))
        }
    };
    match answer {
        Ok(answer) => ([(header::CONTENT_TYPE, "application/json")], answer).into_response(),
        Err(cause) => failed(&cause),
    }
}

/// Checks what is a badge, and says of the rest that it is none.
async fn reports(ctx: &SystemCtx, read: Vec<Read>) -> Result<Vec<Report>, Error> {
    let mut reports = Vec::new();
    let mut badges = Vec::new();
    for item in read {
        reports.push(match item {
            Ok(presented) => {
                badges.push(presented);
                None
            }
            Err(cause) => Some(Report::of_none(&cause)),
        });
    }
    let mut checked = credential::verify_all(ctx, badges).await?.into_iter();
    Ok(reports
        .into_iter()
        .filter_map(|report| report.or_else(|| checked.next()))
        .collect())
}

fn failed(cause: &Error) -> Response {
    match cause {
        Error::Unavailable(cause) => {
            tracing::error!(%cause, "the database is away");
            StatusCode::SERVICE_UNAVAILABLE
        }
        cause => {
            tracing::error!(%cause, "badges could not be checked");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
    .into_response()
}
