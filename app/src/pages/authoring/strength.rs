//! How much a rule is worth: how often learners would pass it who can do what
//! is asked, and who cannot.

use domain::mastery::{Method, Rule, Strength};
use leptos::prelude::*;
use service::assessment::definition;

use crate::{
    i18n::t,
    ui::{Notice, Table, Tone},
};

/// Below this, a learner who gets six in ten right passes rarely enough.
const RARELY: f64 = 0.05;
/// And below this, not much too often.
const SOMETIMES: f64 = 0.2;

/// A rule's strength: in a sentence, as a curve, and as a table. While the rule
/// has problems there is none, and that is said.
#[component]
pub(crate) fn RuleStrength(rule: Option<Rule>) -> AnyView {
    let Some(rule) = rule else {
        return view! { <p class="muted">{t!("strength-no-rule")}</p> }.into_any();
    };
    match definition::strength(&rule) {
        Some(strength) => drawn(&strength),
        None => view! { <p class="muted">{t!("strength-unsound")}</p> }.into_any(),
    }
}

fn drawn(strength: &Strength) -> AnyView {
    let judged = strength.judged.then(|| view! { <p>{t!("strength-judged")}</p> });
    if strength.passing.is_empty() {
        return view! { <p>{t!("strength-assessors-only")}</p> }.into_any();
    }
    let rows = strength
        .passing
        .iter()
        .map(|passing| {
            let percent = percent(passing.passes);
            view! {
                <tr>
                    <th scope="row" class="num">{whole(passing.accuracy)}</th>
                    <td class="num">{percent.clone()}</td>
                    <td><meter value=passing.passes.to_string() max="1" aria-label=percent.clone()></meter></td>
                </tr>
            }
        })
        .collect_view();
    let method = match strength.method {
        Method::Simulated { learners } => t!("strength-simulated", learners = learners),
        Method::Exact | Method::Judgement => t!("strength-exact"),
    };
    view! {
        {verdict(strength)}
        {judged}
        {curve(strength)}
        <Table id="strength" caption=t!("strength-caption") class="strength">
            <thead>
                <tr>
                    <th scope="col" class="num">{t!("strength-accuracy")}</th>
                    <th scope="col" class="num">{t!("strength-passes")}</th>
                    <th scope="col"><span class="sr">{t!("strength-bar")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        <p class="muted">{method}</p>
    }
    .into_any()
}

/// What the figures come to, in a sentence.
fn verdict(strength: &Strength) -> AnyView {
    let at = |accuracy: f64| {
        strength
            .passing
            .iter()
            .find(|passing| (passing.accuracy - accuracy).abs() < 1e-9)
            .map_or(0.0, |passing| passing.passes)
    };
    let (weak, strong) = (at(0.6), at(0.9));
    let (tone, key) = if weak < RARELY {
        (Tone::Good, "strength-strong")
    } else if weak < SOMETIMES {
        (Tone::Warn, "strength-fair")
    } else {
        (Tone::Bad, "strength-weak")
    };
    view! {
        <Notice tone title=t!(key)>
            <p>{t!("strength-in-words", weak = percent(weak), strong = percent(strong))}</p>
        </Notice>
    }
    .into_any()
}

/// The same as a curve, for the eye: the table has it in figures.
fn curve(strength: &Strength) -> AnyView {
    let (width, height) = (300.0, 150.0);
    let points: Vec<String> = strength
        .passing
        .iter()
        .map(|passing| {
            let x = (passing.accuracy - 0.5) / 0.45 * width;
            format!("{x:.1},{:.1}", height * (1.0 - passing.passes))
        })
        .collect();
    let grid = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| {
        let y = format!("{:.1}", height * share);
        view! { <line x1="0" x2="300" y1=y.clone() y2=y stroke="currentColor" stroke-opacity="0.2" /> }
    });
    view! {
        <svg class="curve" viewBox="-8 -8 316 166" width="316" height="166" aria-hidden="true" focusable="false">
            {grid.into_iter().collect_view()}
            <polyline points=points.join(" ") fill="none" stroke="currentColor" stroke-width="3" stroke-linejoin="round" />
        </svg>
    }
    .into_any()
}

/// `3.2 %`, `89 %`: a decimal only where it says something.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let figure = if percent < 9.95 {
        format!("{percent:.1}")
    } else {
        format!("{percent:.0}")
    };
    t!("strength-percent", figure = figure)
}

fn whole(share: f64) -> String {
    t!("strength-percent", figure = format!("{:.0}", share * 100.0))
}
