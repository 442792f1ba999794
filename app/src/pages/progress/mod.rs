//! Where a learner stands: over all tenants, in one, and at one competency
//! with all that stands behind it.

mod competency;
mod everywhere;
mod here;

use axum::routing::get;
use domain::mastery::{Difficulty, Outcome, expected};
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
    let (text, stones) = (estimate(&competency), stones(&competency));
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
            percent = percent(competency)
        ),
        None => t!("progress-no-practice"),
    }
}

/// Of a hundred ordinary items, how many would be answered right.
fn percent(competency: &CompetencyProgress) -> u32 {
    let share = competency
        .estimate
        .map_or(0.0, |ability| expected(ability, Difficulty::default()));
    (0..=100)
        .rev()
        .find(|percent| f64::from(*percent) <= share * 100.0 + 0.5)
        .unwrap_or(0)
}

/// Four stones by the estimate; the fifth is laid by a decision alone.
fn stones(competency: &CompetencyProgress) -> u8 {
    match (competency.outcome, competency.estimate) {
        (Some(Outcome::Mastered), _) => 5,
        (_, None) => 0,
        (_, Some(_)) => [30, 50, 70, 85]
            .iter()
            .map(|at| u8::from(percent(competency) >= *at))
            .sum(),
    }
}
