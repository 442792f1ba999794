//! Where a learner stands: over all tenants, in one, and at one competency
//! with all that stands behind it.

mod competency;
mod everywhere;
mod here;

use axum::routing::get;
use domain::mastery::{Outcome, percent_right, stones};
use leptos::prelude::*;
use service::mastery::CompetencyProgress;

use crate::{
    i18n::t,
    routes::Routes,
    ui::{Mastery, Tone},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/progress", get(everywhere::show))
        .route("/t/{tenant}/progress", get(here::show))
        .route("/t/{tenant}/progress/{competency}", get(competency::show))
}

/// A competency in a line; `address` leads to what stands behind it.
#[component]
fn Line(competency: CompetencyProgress, address: String) -> AnyView {
    let (tone, state) = standing(&competency);
    let (text, stones) = (
        estimate(&competency),
        stones(competency.outcome, competency.estimate),
    );
    view! { <li><Mastery title=competency.statement href=address text stones tone state /></li> }.into_any()
}

/// What the newest decision says, in a word.
fn standing(competency: &CompetencyProgress) -> (Tone, String) {
    match competency.outcome {
        Some(Outcome::Mastered) => (Tone::Good, t!("decision-competency-mastered")),
        Some(Outcome::NotYet) => (Tone::Info, t!("decision-competency-not-yet")),
        Some(Outcome::Exhausted) => (Tone::Warn, t!("decision-competency-exhausted")),
        None => (Tone::Plain, t!("progress-undecided")),
    }
}

/// What practice suggests, in a sentence.
fn estimate(competency: &CompetencyProgress) -> String {
    match competency.estimate {
        Some(ability) => t!(
            "progress-estimate",
            answers = ability.answers,
            percent = percent_right(ability)
        ),
        None => t!("progress-no-practice"),
    }
}
