//! How much a rule is worth: how often learners would pass it who can do what
//! is asked, and who cannot.

use domain::mastery::{Grade, HAVING, LACKING, Method, Rule, Strength};
use leptos::prelude::*;
use service::{Error, assessment::definition};

use crate::{
    i18n::t,
    ui::{Notice, Table, Tone},
};

/// What there is to say of how strong a rule is.
#[derive(Debug, Clone)]
pub(crate) enum Worth {
    /// There is no rule.
    NoRule,
    /// Nothing, while the rule has problems.
    Unsound,
    /// So much.
    Known(Strength),
}

impl Worth {
    /// Works it out.
    pub(crate) async fn of(rule: Option<Rule>) -> Result<Self, Error> {
        let Some(rule) = rule else {
            return Ok(Self::NoRule);
        };
        Ok(match definition::strength(rule).await? {
            Some(strength) => Self::Known(strength),
            None => Self::Unsound,
        })
    }
}

/// A rule's strength: in a sentence, as a curve, and as a table. While the rule
/// has problems there is none, and that is said.
#[component]
pub(crate) fn RuleStrength(worth: Worth) -> AnyView {
    match worth {
        Worth::NoRule => view! { <p class="muted">{t!("strength-no-rule")}</p> }.into_any(),
        Worth::Unsound => view! { <p class="muted">{t!("strength-unsound")}</p> }.into_any(),
        Worth::Known(strength) => drawn(&strength),
    }
}

fn drawn(strength: &Strength) -> AnyView {
    let method = match strength.method {
        Method::Judgement => return view! { <p>{t!("strength-assessors-only")}</p> }.into_any(),
        Method::TooLarge => return view! { <p>{t!("strength-too-large")}</p> }.into_any(),
        Method::Simulated { learners } => t!("strength-simulated", learners = learners),
        Method::Exact => t!("strength-exact"),
    };
    let judged = strength.judged.then(|| view! { <p>{t!("strength-judged")}</p> });
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
fn verdict(strength: &Strength) -> Option<AnyView> {
    let grade = strength.grade()?;
    let tone = match grade {
        Grade::Strong => Tone::Good,
        Grade::Fair => Tone::Warn,
        Grade::Weak => Tone::Bad,
    };
    let (weak, strong) = (strength.passes(LACKING)?, strength.passes(HAVING)?);
    let view = view! {
        <Notice tone title=t!(&format!("strength-{grade}"))>
            <p>{t!("strength-in-words", weak = percent(weak), strong = percent(strong))}</p>
        </Notice>
    };
    Some(view.into_any())
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

/// Without decimals.
pub(super) fn whole(share: f64) -> String {
    t!("strength-percent", figure = format!("{:.0}", share * 100.0))
}
