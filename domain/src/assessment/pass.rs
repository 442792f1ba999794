//! When an assessment is passed, and what that asks of the pools.

use super::{Assessment, Need, ProblemCode, Selection, Unseen, check::Checker};
use crate::mastery::{Gate, GateTables, Percent, Rule};

/// What an author chooses of a pass rule. The rest of it, tries, items and
/// pause, is what the assessment says already ([`Assessment::rule_for`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassMark {
    /// The tables of a sequential gate.
    Gate(GateTables),
    /// A share of the points.
    Cut(Percent),
}

impl Assessment {
    /// The rule that `mark` makes with the tries, the items and the pause of this
    /// assessment. Its strength is thus that of what learners meet.
    ///
    /// The pause is in whole hours, rounded down: the exact one is kept by not
    /// letting an attempt start, and no attempt that could start goes uncounted.
    #[must_use]
    pub fn rule_for(&self, mark: PassMark) -> Rule {
        let tries = |most: u8| {
            let permitted = self.attempts.unwrap_or(u16::from(most));
            u8::try_from(permitted).unwrap_or(u8::MAX)
        };
        let cooldown_hours = u16::try_from(self.cooldown / 3_600).unwrap_or(u16::MAX);
        match mark {
            PassMark::Gate(tables) => Rule::SequentialGate {
                assessment: None,
                tables,
                tries: tries(Gate::MAX_TRIES),
                cooldown_hours,
            },
            PassMark::Cut(cut) => Rule::CutScore {
                assessment: None,
                items: u16::try_from(self.length()).unwrap_or(u16::MAX),
                cut,
                tries: tries(Rule::MAX_TRIES),
                cooldown_hours,
            },
        }
    }

    /// The choice behind the pass rule; none without one, and for any other rule.
    #[must_use]
    pub fn pass_mark(&self) -> Option<PassMark> {
        match self.pass_rule.as_ref()? {
            Rule::SequentialGate { tables, .. } => Some(PassMark::Gate(*tables)),
            Rule::CutScore { cut, .. } => Some(PassMark::Cut(*cut)),
            _ => None,
        }
    }

    /// How many items of each section's pools have to be there for that section alone.
    pub(super) fn own_needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        for (section, definition) in self.sections.iter().enumerate() {
            if let Selection::Pool {
                competencies,
                count,
                narrowing,
            } = &definition.selection
            {
                let count = usize::from(*count);
                // The most that one competency gives to a form: all of it may be
                // asked before the others are.
                let share = count.div_ceil(competencies.len().max(1));
                let over_all_tries: usize = match self.used_by_try(count).split_last() {
                    // The last form is drawn whole, however soon its try ends.
                    Some((_, before)) => before.iter().map(|used| share.min(*used)).sum::<usize>() + share,
                    None => share,
                };
                needs.extend(competencies.iter().map(|competency| Need {
                    section,
                    competency: *competency,
                    narrowing: *narrowing,
                    items: over_all_tries,
                }));
            }
        }
        needs
    }

    /// How many items the longest permitted try of a gate may ask; none for a
    /// fixed form, whose author says how many.
    #[must_use]
    pub fn longest_gate(&self) -> Option<usize> {
        self.gates().into_iter().max()
    }

    /// Whether the rule says the same as the assessment. If it doesn't, learners
    /// make tries that don't count, or its strength is that of another rule.
    pub(super) fn check_pass_rule(&self, checker: &mut Checker, is_gate: bool) {
        let Some(rule) = &self.pass_rule else {
            if is_gate {
                checker.add("passRule", ProblemCode::NoPassRule);
            }
            return;
        };
        if matches!(rule, Rule::SequentialGate { .. }) != is_gate {
            checker.add("passRule", ProblemCode::WrongPassRule);
        } else if self.pass_mark().is_some_and(|mark| *rule != self.rule_for(mark)) {
            checker.add("passRule", ProblemCode::RuleDiffers);
        } else if let Rule::CombinedScore { items, .. } = rule
            && usize::from(*items) != self.length()
        {
            // A form of another length is no try by that rule: nobody could pass.
            checker.add("passRule", ProblemCode::RuleDiffers);
        }
    }

    /// How many items each permitted try of the gate may ask; none for a fixed form.
    fn gates(&self) -> Vec<usize> {
        match self.pass_rule {
            Some(Rule::SequentialGate { tables, tries, .. }) => (1..=tries)
                .filter_map(|n| Gate::of_try(tables, n))
                .map(|gate| usize::from(gate.max_items()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// How many of a section's items each try takes out of the unseen ones.
    fn used_by_try(&self, count: usize) -> Vec<usize> {
        let gates = self.gates();
        if self.unseen != Unseen::Required {
            vec![count]
        } else if gates.is_empty() {
            vec![count; usize::from(self.permitted_attempts().unwrap_or(1))]
        } else {
            gates.into_iter().map(|most| count.min(most)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::assessment::Mode;

    fn assessment(change: &Json) -> Assessment {
        let mut json = json!({
            "title": "Final", "mode": "sequentialGate", "unseen": "required",
            "attempts": 2, "cooldown": 5_400, "feedback": { "when": "atEnd" },
            "sections": [{ "selection": { "pool": {
                "competencies": ["00000000-0000-7000-8000-000000000001"], "count": 27,
            } } }],
        });
        for (name, value) in change.as_object().unwrap() {
            json[name] = value.clone();
        }
        let mut assessment: Assessment = serde_json::from_value(json).unwrap();
        let mark = if assessment.mode == Mode::SequentialGate {
            PassMark::Gate(GateTables::Gate1)
        } else {
            PassMark::Cut(Percent::try_from(75).unwrap())
        };
        assessment.pass_rule = Some(assessment.rule_for(mark));
        assessment
    }

    fn demand(assessment: &Assessment) -> Vec<usize> {
        assessment.needs().iter().map(|need| need.items).collect()
    }

    #[test]
    fn the_rule_has_the_tries_the_items_and_the_pause_of_the_assessment() {
        let gate = assessment(&json!({}));
        let Some(Rule::SequentialGate {
            tries,
            cooldown_hours,
            ..
        }) = gate.pass_rule
        else {
            panic!("a gate")
        };
        assert_eq!((tries, cooldown_hours), (2, 1));
        assert_eq!(gate.check(), []);
        let form = assessment(&json!({ "mode": "fixedForm", "unseen": "any", "attempts": null }));
        let Some(Rule::CutScore {
            items, cut, tries, ..
        }) = form.pass_rule
        else {
            panic!("a cut score")
        };
        assert_eq!((items, cut.get(), tries), (27, 75, Rule::MAX_TRIES));
    }

    #[test]
    fn a_rule_that_says_something_else_than_the_assessment_is_a_problem() {
        let mut more_tries = assessment(&json!({}));
        more_tries.attempts = Some(3);
        let mut no_gate = assessment(&json!({}));
        no_gate.pass_rule = Some(no_gate.rule_for(PassMark::Cut(Percent::try_from(75).unwrap())));
        for (assessment, code) in [
            (more_tries, ProblemCode::RuleDiffers),
            (no_gate, ProblemCode::WrongPassRule),
        ] {
            let found = assessment.check();
            assert!(
                found.iter().any(|it| it.path == "passRule" && it.code == code),
                "{code} not in {found:?}"
            );
        }
    }

    #[test]
    fn a_gate_needs_fresh_items_for_each_try_as_long_as_that_try_may_last() {
        assert_eq!(demand(&assessment(&json!({}))), [20 + 27]);
        assert_eq!(demand(&assessment(&json!({ "attempts": 1 }))), [27]);
        assert_eq!(demand(&assessment(&json!({ "attempts": 4 }))), [20 + 3 * 27]);
        assert_eq!(assessment(&json!({ "attempts": 1 })).longest_gate(), Some(20));
        assert_eq!(assessment(&json!({ "attempts": 3 })).longest_gate(), Some(27));
    }

    #[test]
    fn a_try_that_ends_early_may_have_asked_all_of_one_competency() {
        let ids: Vec<_> = (1..=3)
            .map(|n| format!("00000000-0000-7000-8000-00000000000{n}"))
            .collect();
        let sections = json!([{ "selection": { "pool": { "competencies": ids, "count": 27 } } }]);
        let three = assessment(&json!({ "attempts": 2, "sections": sections }));
        assert_eq!(demand(&three), [9 + 9; 3]);
    }

    #[test]
    fn a_form_spreads_its_items_and_needs_fresh_ones_only_where_that_is_required() {
        let ids: Vec<_> = (1..=2)
            .map(|n| format!("00000000-0000-7000-8000-00000000000{n}"))
            .collect();
        let mut form = json!({
            "mode": "fixedForm", "unseen": "preferred", "attempts": 3,
            "sections": [{ "selection": { "pool": { "competencies": ids, "count": 9 } } }],
        });
        assert_eq!(demand(&assessment(&form)), [5, 5]);
        form["unseen"] = json!("required");
        assert_eq!(demand(&assessment(&form)), [15, 15]);
    }
}
