//! A rule in words, with what it is worth.

use domain::mastery::{Gate, GateTables, HAVING, LACKING, Rule, exact_strength};
use leptos::prelude::*;

use crate::i18n::t;

/// What it takes, in words; and how often a learner would pass who knows too
/// little, and one who knows enough.
#[component]
pub(crate) fn RuleInWords(rule: Rule) -> AnyView {
    view! {
        <div class="flow">
            {rule_in_words(&rule)}
            {worth(&rule).map(|worth| view! { <p class="muted">{worth}</p> })}
        </div>
    }
    .into_any()
}

/// What it takes.
pub(crate) fn rule_in_words(rule: &Rule) -> AnyView {
    let sentence = match rule {
        Rule::SequentialGate {
            tables,
            tries,
            cooldown_hours,
            ..
        } => {
            let first = t!("rule-gate", ways = ways(*tables, 1));
            let again = (*tries > 1).then(|| t!("rule-gate-again", tries = *tries, ways = ways(*tables, 2)));
            let pause = pause(*tries, *cooldown_hours);
            format!("{first} {} {pause}", again.unwrap_or_default())
        }
        Rule::CutScore {
            items,
            cut,
            tries,
            cooldown_hours,
            ..
        } => {
            let pause = pause(*tries, *cooldown_hours);
            let sentence = t!("rule-cut-score", items = *items, cut = cut.get(), tries = *tries);
            format!("{sentence} {pause}")
        }
        Rule::CombinedScore {
            combine,
            items,
            cut,
            tries,
            ..
        } => t!(
            &format!("rule-combined-{combine}"),
            items = *items,
            cut = cut.get(),
            tries = *tries
        ),
        Rule::NOfM { n, m, answers, .. } => t!("rule-n-of-m", n = *n, m = *m, answers = *answers),
        Rule::RubricLevel { level, assessors } => {
            t!("rule-rubric-level", level = *level, assessors = *assessors)
        }
        Rule::MarkedByAssessor { assessors } => t!("rule-marked", assessors = *assessors),
        Rule::All { .. } => t!("rule-all"),
        Rule::Any { .. } => t!("rule-any"),
        Rule::AtLeast { n, of } => t!("rule-at-least", n = *n, of = of.len()),
    };
    let parts = rule
        .parts()
        .iter()
        .map(|part| view! { <li>{rule_in_words(part)}</li> });
    let parts = (!rule.parts().is_empty()).then(|| view! { <ul>{parts.collect_view()}</ul> });
    view! { <p>{sentence}</p>{parts} }.into_any()
}

/// With which results a gate's `n`th try is passed: "9 of 9, 12 of 13 or 14 of 16".
fn ways(tables: GateTables, n: u8) -> String {
    let checkpoints = Gate::of_try(tables, n).map_or(&[][..], Gate::checkpoints);
    let mut ways: Vec<String> = checkpoints
        .iter()
        .map(|at| t!("rule-way", correct = at.correct, answered = at.answered))
        .collect();
    let last = ways.pop().unwrap_or_default();
    let some = ways
        .into_iter()
        .reduce(|some, next| t!("rule-ways-more", some = some, next = next));
    match some {
        Some(some) => t!("rule-ways", some = some, last = last),
        None => last,
    }
}

fn pause(tries: u8, hours: u16) -> String {
    if tries > 1 && hours > 0 {
        t!("rule-pause", hours = hours)
    } else {
        String::new()
    }
}

/// How often learners pass who get six in ten right, and nine in ten. Only
/// where it is known exactly: a page does not wait for a simulation.
fn worth(rule: &Rule) -> Option<String> {
    if !rule.parts().is_empty() {
        return None;
    }
    let [weak, strong] = exact_strength(rule, &[LACKING, HAVING])?[..] else {
        return None;
    };
    Some(t!("rule-worth", weak = percent(weak), strong = percent(strong)))
}

/// `3.2`, `89`: a decimal only where it says something.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 10.0 {
        format!("{percent:.1}")
    } else {
        format!("{percent:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_with_which_a_gate_is_passed_are_listed_in_words() {
        assert_eq!(
            ways(GateTables::Gate1, 1),
            "9 of 9, 12 of 13, 14 of 16 or 17 of 20"
        );
    }
}
