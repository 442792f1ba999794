//! Rules of mastery in words.

use domain::mastery::{Gate, Rule};

use crate::i18n::t;

/// A rule, as a sentence that a learner can act on.
pub(crate) fn rule_in_words(rule: &Rule) -> String {
    match rule {
        Rule::SequentialGate {
            tables,
            tries,
            cooldown_hours,
            ..
        } => {
            let ways = |gate: Option<Gate>| {
                let checkpoints = gate.map_or(&[][..], Gate::checkpoints);
                let ways: Vec<String> = checkpoints
                    .iter()
                    .map(|at| t!("teach-rule-way", correct = at.correct, answered = at.answered))
                    .collect();
                ways.join(", ")
            };
            let first = t!("teach-rule-words-gate", ways = ways(Gate::of_try(*tables, 1)));
            if *tries < 2 {
                return format!("{first} {}", t!("teach-rule-words-one-try"));
            }
            let again = t!(
                "teach-rule-words-gate-again",
                more = tries - 1,
                hours = *cooldown_hours,
                ways = ways(Gate::of_try(*tables, 2)),
            );
            format!("{first} {again}")
        }
        Rule::CutScore {
            items,
            cut,
            tries,
            cooldown_hours,
            ..
        } => {
            let first = t!("teach-rule-words-cut", cut = cut.get(), items = *items);
            let tries = t!("teach-rule-words-tries", tries = *tries, hours = *cooldown_hours);
            format!("{first} {tries}")
        }
        Rule::NOfM { n, m, answers, .. } => t!("teach-rule-words-n-of-m", n = *n, m = *m, answers = *answers),
        Rule::RubricLevel { level, assessors } => {
            t!("teach-rule-words-rubric", level = *level, assessors = *assessors)
        }
        Rule::MarkedByAssessor { assessors } => t!("teach-rule-words-assessors", assessors = *assessors),
        Rule::All { of } => t!("teach-rule-words-all", parts = joined(of)),
        Rule::Any { of } => t!("teach-rule-words-any", parts = joined(of)),
        Rule::AtLeast { n, of } => t!("teach-rule-words-at-least", n = *n, parts = joined(of)),
    }
}

fn joined(parts: &[Rule]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| format!("({}) {}", at + 1, rule_in_words(part)))
        .collect();
    parts.join(" ")
}
