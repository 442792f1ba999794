//! Putting right what an assessment asked wrongly: choosing what to do, looking at
//! what it would change, doing it, and reviewing the badges whose ground is gone.

mod choose;
mod review;
mod sheet;
mod withdraw;

use axum::routing::get;
use domain::assessment::Remedy;

use crate::{i18n::t, routes::Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route(
            "/t/{tenant}/teach/assessments/{assessment}/answers/{version}/regrade",
            get(choose::show).post(choose::send),
        )
        .route(
            "/t/{tenant}/teach/regrades/{regrade}",
            get(sheet::show).post(sheet::send),
        )
        .route(
            "/t/{tenant}/teach/groundless",
            get(review::show).post(review::keep),
        )
        .route(
            "/t/{tenant}/teach/groundless/withdraw",
            get(withdraw::show).post(withdraw::send),
        )
}

/// What a remedy does, in words; `by` is the number of the version whose key is used.
fn in_words(remedy: Remedy, by: Option<i64>) -> String {
    match remedy {
        Remedy::KeyOf(_) => t!("regrade-by-key", number = by.unwrap_or_default()),
        Remedy::FullCredit => t!("regrade-by-full-credit"),
        Remedy::Drop => t!("regrade-by-drop"),
    }
}
