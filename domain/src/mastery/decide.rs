use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Answer, Evidence, Finding, Observation, Rule, Step,
    leaf::{self, Verdict},
};
use crate::{Timestamp, id::EvidenceId, text::text_enum};

text_enum! {
    /// What a rule says of the evidence.
    pub enum Outcome {
        /// Competence has been shown.
        Mastered = "mastered",
        /// Not so far; more evidence can change that.
        NotYet = "not-yet",
        /// Not, and no permitted try is left.
        Exhausted = "exhausted",
    }
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Decision {
    /// What the rule says.
    pub outcome: Outcome,
    /// The evidence that carries it, if it is mastery.
    pub because: Vec<EvidenceId>,
    /// When the next try may begin. `None` if there is no pause to wait for,
    /// or nothing to try.
    pub retry_from: Option<Timestamp>,
    /// How it came about, in order.
    pub trace: Vec<Step>,
}

impl Decision {
    /// Whether an attempt at a gate has nothing more to decide: each gate that
    /// takes it as a try was passed or is out of reach, or none takes it.
    #[must_use]
    pub fn is_over(&self, attempt: EvidenceId) -> bool {
        let about_it = |finding: &Finding| match finding {
            Finding::GateUnfinished { evidence, .. } | Finding::GateCutShort { evidence, .. }
                if *evidence == attempt =>
            {
                Some(false)
            }
            Finding::GatePassed { evidence, .. }
            | Finding::GateFailed { evidence, .. }
            | Finding::TooSoon { evidence, .. }
            | Finding::NoTryLeft { evidence, .. }
                if *evidence == attempt =>
            {
                Some(true)
            }
            _ => None,
        };
        let mut ends = self
            .trace
            .iter()
            .filter_map(|step| about_it(&step.finding))
            .peekable();
        ends.peek().is_some() && ends.all(|is_end| is_end)
    }
}

/// Holds evidence against a rule. The order of the evidence is no matter: it
/// is taken by time, then by id.
///
/// A rule with problems ([`Rule::check`]) never grants anything.
#[must_use]
pub fn decide(rule: &Rule, evidence: &[Evidence]) -> Decision {
    let mut trace = Vec::new();
    let verdict = if let Some(problem) = rule.check().into_iter().next() {
        Verdict::not_yet(vec![Finding::RuleUnsound {
            problem: problem.code.to_owned(),
            at: problem.path,
        }])
        .told("", &mut trace)
    } else {
        let mut evidence: Vec<&Evidence> = evidence.iter().collect();
        evidence.sort_by_key(|evidence| (evidence.at, evidence.id));
        weigh(rule, "", &leaf::Case::new(&evidence), &mut trace)
    };
    Decision {
        outcome: verdict.outcome,
        because: verdict.because,
        retry_from: verdict.retry_from,
        trace,
    }
}

/// The attempts among the evidence that take no try, through what was put right
/// since: all their items were dropped, or a gate that had been decided is not any
/// more. Whoever has sat one of these may sit another for it.
#[must_use]
pub fn spared(rule: &Rule, evidence: &[Evidence]) -> BTreeSet<EvidenceId> {
    let undone = decide(rule, evidence).trace.into_iter();
    let undone = undone.filter_map(|step| match step.finding {
        Finding::GateCutShort { evidence, .. } => Some(evidence),
        _ => None,
    });
    let dropped = evidence.iter().filter(|it| match &it.observation {
        Observation::Answers { answers, .. } => !answers.is_empty() && answers.iter().all(Answer::is_dropped),
        _ => false,
    });
    undone.chain(dropped.map(|it| it.id)).collect()
}

fn weigh(rule: &Rule, path: &str, case: &leaf::Case<'_>, trace: &mut Vec<Step>) -> Verdict {
    let needed = match rule {
        Rule::All { of } => of.len(),
        Rule::Any { .. } => 1,
        Rule::AtLeast { n, .. } => usize::from(*n),
        _ => return leaf::weigh(rule, case).told(path, trace),
    };
    let of = if path.is_empty() {
        "of".to_owned()
    } else {
        format!("{path}.of")
    };
    let parts = rule.parts().iter().enumerate();
    let verdicts = parts
        .map(|(index, part)| weigh(part, &format!("{of}.{index}"), case, trace))
        .collect();
    join(needed, verdicts).told(path, trace)
}

/// The verdict of a rule that needs so many of its parts.
fn join(needed: usize, parts: Vec<Verdict>) -> Verdict {
    let of = parts.len();
    let (met, unmet): (Vec<_>, Vec<_>) = parts
        .into_iter()
        .partition(|part| part.outcome == Outcome::Mastered);
    let open: Vec<_> = unmet
        .into_iter()
        .filter(|part| part.outcome == Outcome::NotYet)
        .collect();
    let outcome = if met.len() >= needed {
        Outcome::Mastered
    } else if met.len() + open.len() >= needed {
        Outcome::NotYet
    } else {
        Outcome::Exhausted
    };
    let mut because = Vec::new();
    let mut retry_from = None;
    match outcome {
        Outcome::Mastered => {
            for id in met.iter().flat_map(|part| &part.because) {
                if !because.contains(id) {
                    because.push(*id);
                }
            }
        }
        // A part without a pause can be worked on at once.
        Outcome::NotYet => retry_from = open.iter().map(|part| part.retry_from).min().flatten(),
        Outcome::Exhausted => {}
    }
    let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    Verdict {
        outcome,
        because,
        retry_from,
        findings: vec![Finding::Parts {
            met: count(met.len()),
            needed: count(needed),
            of: count(of),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mastery::samples::{attempt, evidence, judgement, mark, rule};

    fn outcome(rule: &Rule, evidence: &[Evidence]) -> Outcome {
        decide(rule, evidence).outcome
    }

    #[test]
    fn parts_are_joined_by_all_any_and_at_least() {
        let part = |level: u8| format!(r#"{{"kind":"rubric-level","level":{level},"assessors":1}}"#);
        let joined = |how: &str| {
            rule(&format!(
                r#"{{{how},"of":[{},{},{}]}}"#,
                part(1),
                part(2),
                part(3)
            ))
        };
        let marks = [mark(1, 1, 2)];
        for (how, expected) in [
            (r#""kind":"all""#, Outcome::NotYet),
            (r#""kind":"any""#, Outcome::Mastered),
            (r#""kind":"at-least","n":2"#, Outcome::Mastered),
            (r#""kind":"at-least","n":3"#, Outcome::NotYet),
        ] {
            assert_eq!(outcome(&joined(how), &marks), expected, "{how}");
        }
    }

    #[test]
    fn a_part_that_can_no_longer_be_met_ends_all_but_not_any() {
        let gate = r#"{"kind":"sequential-gate","tables":"gate-1","tries":1,"cooldown-hours":1}"#;
        let judged = r#"{"kind":"marked-by-assessor","assessors":1}"#;
        let joined = |how: &str| rule(&format!(r#"{{"kind":"{how}","of":[{gate},{judged}]}}"#));
        let failed = [attempt(1, "----")];
        assert_eq!(outcome(&joined("all"), &failed), Outcome::Exhausted);
        assert_eq!(outcome(&joined("any"), &failed), Outcome::NotYet);
        let recognised = [attempt(1, "----"), judgement(2, 1, true)];
        assert_eq!(outcome(&joined("any"), &recognised), Outcome::Mastered);
    }

    #[test]
    fn a_decision_names_the_evidence_that_carries_it_once() {
        let twice = rule(
            r#"{"kind":"all","of":[{"kind":"rubric-level","level":1,"assessors":1},{"kind":"rubric-level","level":2,"assessors":2}]}"#,
        );
        let marks = [mark(1, 1, 2), mark(2, 2, 3), judgement(3, 1, true)];
        let decision = decide(&twice, &marks);
        assert_eq!(decision.outcome, Outcome::Mastered);
        assert_eq!(decision.because, [evidence(1), evidence(2)]);
    }

    #[test]
    fn a_gate_is_over_when_its_end_is_certain_and_not_before() {
        let gate = rule(r#"{"kind":"sequential-gate","tables":"gate-1","tries":2,"cooldown-hours":24}"#);
        for (marks, over) in [
            ("++++++++", false),
            ("+++++++++", true),
            ("---", false),
            ("----", true),
        ] {
            let decision = decide(&gate, &[attempt(1, marks)]);
            assert_eq!(decision.is_over(evidence(1)), over, "{marks}");
        }
        let too_soon = decide(&gate, &[attempt(1, "----"), attempt(2, "+")]);
        assert!(too_soon.is_over(evidence(2)));
        assert!(!too_soon.is_over(evidence(3)));
    }

    #[test]
    fn a_rule_with_a_problem_grants_nothing() {
        let unsound = rule(r#"{"kind":"at-least","n":0,"of":[{"kind":"marked-by-assessor","assessors":1}]}"#);
        let decision = decide(&unsound, &[judgement(1, 1, true)]);
        assert_eq!(decision.outcome, Outcome::NotYet);
        assert_eq!(
            decision.trace[0].finding,
            Finding::RuleUnsound {
                problem: "rule-number-out-of-range".into(),
                at: "n".into()
            }
        );
        assert_eq!(outcome(&Rule::All { of: vec![] }, &[]), Outcome::NotYet);
    }

    #[test]
    fn a_trace_says_which_part_found_what() {
        let joined = rule(
            r#"{"kind":"any","of":[{"kind":"marked-by-assessor","assessors":1},{"kind":"all","of":[{"kind":"rubric-level","level":1,"assessors":1}]}]}"#,
        );
        let trace = decide(&joined, &[mark(1, 1, 2), judgement(2, 1, false)]).trace;
        let told: Vec<_> = trace
            .iter()
            .map(|s| format!("{} {}", s.path, s.finding.message().0))
            .collect();
        assert_eq!(
            told,
            [
                "of.0 judged",
                "of.0 assessors",
                "of.1.of.0 marked",
                "of.1.of.0 assessors",
                "of.1 parts",
                " parts"
            ]
        );
    }
}
