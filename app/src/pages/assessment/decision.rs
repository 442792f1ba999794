//! A decision in words: what was decided, by which rule, and how it came about.

use domain::{
    Timestamp,
    assessment::Points,
    mastery::{Finding, Outcome},
};
use leptos::prelude::*;
use service::mastery::{About, DecisionView};

use super::rule::RuleInWords;
use crate::{
    i18n::{Args, current, t},
    ui::{Moment, Tag, Tone, moment},
};

/// A decision with its reasons, the rule behind a line to open.
#[component]
pub(crate) fn Decision(decision: DecisionView) -> AnyView {
    let (title, kind) = match &decision.about {
        About::Competency { statement, .. } => (statement.clone(), "competency"),
        About::Assessment { title, .. } => (title.clone(), "assessment"),
    };
    let state = t!(&format!("decision-{kind}-{}", decision.outcome));
    let findings = decision.trace.iter().map(|step| finding(&step.finding));
    view! {
        <section class="panel flow">
            <p class="row apart"><strong>{title}</strong><Tag tone=tone(decision.outcome) text=state /></p>
            <ul>{findings.map(|words| view! { <li>{words}</li> }).collect_view()}</ul>
            {decision.retry_from.map(|at| view! { <p>{t!("decision-retry")}" "<Moment at /></p> })}
            <details>
                <summary>{t!("decision-rule")}</summary>
                <RuleInWords rule=decision.rule />
            </details>
        </section>
    }
    .into_any()
}

/// How an outcome is meant.
pub(crate) fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Mastered => Tone::Good,
        Outcome::NotYet => Tone::Info,
        Outcome::Exhausted => Tone::Warn,
    }
}

/// What was found, as a sentence. Whose mark it was is the assessor's affair.
fn finding(finding: &Finding) -> String {
    let (code, figures) = finding.message();
    let mut args = Args::new();
    for (name, value) in figures {
        let value = match name.as_str() {
            "earned" | "possible" | "percent" => {
                let points = value.parse().map(Points::from_hundredths);
                points.unwrap_or_default().to_string().into()
            }
            "open-from" => Timestamp::parse_rfc3339(&value).map_or(value, moment).into(),
            // Plural forms need numbers.
            _ => match value.parse::<i64>() {
                Ok(number) => number.into(),
                Err(_) => value.into(),
            },
        };
        args.insert(name.into(), value);
    }
    current().text(&format!("finding-{code}"), &args)
}
