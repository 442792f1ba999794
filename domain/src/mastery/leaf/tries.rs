//! Attempts as tries, of which one has to pass.

use std::time::Duration;

use super::{Case, Verdict, case::Attempt};
use crate::{
    id::AssessmentId,
    mastery::{Finding, Gate, GateTables, Outcome, Percent, Progress},
};

/// The attempts that a rule takes as tries, and how many it permits.
pub(super) struct Tries<'a> {
    attempts: Vec<&'a Attempt<'a>>,
    permitted: u8,
    cooldown: Duration,
}

impl<'a> Tries<'a> {
    pub(super) fn new(
        case: &'a Case<'a>,
        assessment: Option<AssessmentId>,
        permitted: u8,
        cooldown_hours: u16,
    ) -> Self {
        Self {
            attempts: case.attempts(assessment).collect(),
            permitted,
            cooldown: Duration::from_hours(u64::from(cooldown_hours)),
        }
    }

    /// As tries at the sequential gate.
    pub(super) fn at_gate(&self, tables: GateTables) -> Verdict {
        let seen = self.attempts.iter().filter_map(|attempt| attempt.seen_before());
        self.weigh(seen.collect(), |number, attempt| {
            Gate::of_try(tables, number).and_then(|gate| gate_try(gate, number, attempt))
        })
    }

    /// As tries at a form of so many items.
    pub(super) fn at_form(&self, items: u16, cut: Percent) -> Verdict {
        self.weigh(Vec::new(), |number, attempt| {
            form_try(items, cut, number, attempt).map(|form| (form.finding, Ended::of(form.passed)))
        })
    }

    /// Goes through the attempts until one passes. `judge` gives what it finds
    /// and how the try ended, or nothing if the attempt is no try.
    fn weigh(
        &self,
        mut findings: Vec<Finding>,
        judge: impl Fn(u8, &Attempt<'_>) -> Option<(Finding, Ended)>,
    ) -> Verdict {
        let mut number = 1;
        let mut open_from = None;
        for attempt in &self.attempts {
            let evidence = attempt.id;
            if number > self.permitted {
                findings.push(Finding::NoTryLeft {
                    evidence,
                    tries: self.permitted,
                });
                continue;
            }
            if let Some(open_from) = open_from.filter(|open_from| attempt.begun < *open_from) {
                findings.push(Finding::TooSoon { evidence, open_from });
                continue;
            }
            let Some((finding, ended)) = judge(number, attempt) else {
                continue;
            };
            findings.push(finding);
            match ended {
                Ended::Passed => {
                    return Verdict {
                        outcome: Outcome::Mastered,
                        because: vec![evidence],
                        retry_from: None,
                        findings,
                    };
                }
                Ended::CutShort => continue,
                Ended::NotPassed => {}
            }
            number += 1;
            open_from = Some(attempt.ended.after(self.cooldown));
        }
        let mut verdict = Verdict::not_yet(findings);
        if number > self.permitted {
            verdict.outcome = Outcome::Exhausted;
        } else {
            verdict.retry_from = open_from;
        }
        verdict
    }
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Passed,
    NotPassed,
    /// Undecided, through no fault of the learner: it takes no try.
    CutShort,
}

impl Ended {
    const fn of(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::NotPassed }
    }
}

fn gate_try(gate: Gate, number: u8, attempt: &Attempt<'_>) -> Option<(Finding, Ended)> {
    let answers: Vec<bool> = attempt.fresh_answers().collect();
    if answers.is_empty() {
        return None;
    }
    let evidence = attempt.id;
    Some(match gate.state(&answers) {
        Progress::Passed { answered, correct } => (
            Finding::GatePassed {
                evidence,
                number,
                answered,
                correct,
            },
            Ended::Passed,
        ),
        Progress::Failed { answered, correct } => (
            Finding::GateFailed {
                evidence,
                number,
                answered,
                correct,
            },
            Ended::NotPassed,
        ),
        Progress::Continue {
            answered, correct, ..
        } if was_over_before(gate, attempt) => (
            Finding::GateCutShort {
                evidence,
                amended: u16::try_from(attempt.amended()).unwrap_or(u16::MAX),
                answered,
                correct,
            },
            Ended::CutShort,
        ),
        Progress::Continue {
            answered, correct, ..
        } => (
            Finding::GateUnfinished {
                evidence,
                number,
                answered,
                correct,
            },
            Ended::NotPassed,
        ),
    })
}

/// Whether a gate that goes on by what holds now may have been certain by what held
/// when the attempt ended, so that what was put right since has undone its end. An
/// attempt that its learner gave up before is none of these.
fn was_over_before(gate: Gate, attempt: &Attempt<'_>) -> bool {
    [true, false].into_iter().any(|right| {
        let answers: Vec<bool> = attempt.fresh_answers_before(right).collect();
        !matches!(gate.state(&answers), Progress::Continue { .. })
    })
}

/// A try at a form, judged on its own.
pub(super) struct Form {
    pub(super) finding: Finding,
    pub(super) passed: bool,
    /// Hundredths of a point earned; none where the form had too few items.
    pub(super) earned: u64,
    pub(super) possible: u64,
}

/// What an attempt is worth as a form of so many items, by those of them that were
/// not dropped since; nothing if it has no answers at all.
pub(super) fn form_try(items: u16, cut: Percent, number: u8, attempt: &Attempt<'_>) -> Option<Form> {
    let evidence = attempt.id;
    if attempt.dropped() == attempt.answers.len() {
        return None;
    }
    let Some(form) = attempt.answers.get(..usize::from(items)) else {
        let answered = u16::try_from(attempt.answers.len()).unwrap_or(u16::MAX);
        return (answered > 0).then_some(Form {
            finding: Finding::FormIncomplete {
                evidence,
                number,
                items: answered,
                needed: items,
            },
            passed: false,
            earned: 0,
            possible: 0,
        });
    };
    let earned = form
        .iter()
        .map(|answer| u64::from(answer.earned.min(answer.possible)))
        .sum();
    let possible = form.iter().map(|answer| u64::from(answer.possible)).sum();
    let passed = cut.is_reached_by(earned, possible);
    let finding = if passed {
        Finding::FormPassed {
            evidence,
            number,
            earned,
            possible,
        }
    } else {
        Finding::FormFailed {
            evidence,
            number,
            earned,
            possible,
        }
    };
    Some(Form {
        finding,
        passed,
        earned,
        possible,
    })
}

#[cfg(test)]
mod tests {
    use crate::mastery::{
        Answer, Decision, Evidence, Observation, Outcome,
        samples::{amended, answer, attempt, attempt_of, decided, dropped, evidence, hour, rule},
        spared,
    };

    const GATE: &str = r#"{"kind":"sequential-gate","tables":"gate-1","tries":3,"cooldown-hours":24}"#;
    const CUT: &str = r#"{"kind":"cut-score","items":4,"cut":75,"tries":2,"cooldown-hours":0}"#;

    fn codes(decision: &Decision) -> Vec<String> {
        decision
            .trace
            .iter()
            .map(|step| step.finding.message().0)
            .collect()
    }

    #[test]
    fn nine_right_answers_pass_the_gate() {
        let decision = decided(GATE, &[attempt(1, "+++++++++")]);
        assert_eq!(
            (decision.outcome, decision.because),
            (Outcome::Mastered, vec![evidence(1)])
        );
    }

    #[test]
    fn a_failed_try_opens_the_next_after_the_pause() {
        let decision = decided(GATE, &[attempt(1, "----")]);
        assert_eq!(decision.outcome, Outcome::NotYet);
        assert_eq!(
            decision.retry_from,
            Some(hour(1).after(std::time::Duration::from_hours(24)))
        );
    }

    #[test]
    fn a_try_during_the_pause_does_not_count() {
        let early = decided(GATE, &[attempt(1, "----"), attempt(20, "++++++++++++++")]);
        assert_eq!(early.outcome, Outcome::NotYet);
        assert_eq!(codes(&early), ["gate-failed", "too-soon"]);
    }

    #[test]
    fn a_retake_is_held_against_the_stricter_table() {
        let nine = decided(GATE, &[attempt(1, "----"), attempt(40, "+++++++++")]);
        assert_eq!(
            (nine.outcome, codes(&nine)),
            (
                Outcome::NotYet,
                vec!["gate-failed".into(), "gate-unfinished".into()]
            )
        );
        let fourteen = decided(GATE, &[attempt(1, "----"), attempt(40, "++++++++++++++")]);
        assert_eq!(
            (fourteen.outcome, fourteen.because),
            (Outcome::Mastered, vec![evidence(40)])
        );
    }

    /// An attempt in which `~` is a wrong answer to an item that was dropped since.
    fn with_dropped(at: u64, marks: &str) -> Evidence {
        let answers = marks.chars().zip(at * 1_000..).map(|(mark, item)| match mark {
            '~' => dropped(item),
            mark => answer(item, mark == '+'),
        });
        attempt_of(at, answers.collect())
    }

    #[test]
    fn a_cut_goes_by_what_remains_once_an_item_is_dropped() {
        let outcome = |marks| decided(CUT, &[with_dropped(1, marks)]).outcome;
        assert_eq!(outcome("++--"), Outcome::NotYet);
        assert_eq!(
            outcome("++~-"),
            Outcome::NotYet,
            "two of three are less than 75 %"
        );
        assert_eq!(outcome("++~~"), Outcome::Mastered);
        let all = decided(
            CUT,
            &[with_dropped(1, "~~~~"), attempt(2, "----"), attempt(3, "++++")],
        );
        assert_eq!(
            all.outcome,
            Outcome::Mastered,
            "what is dropped whole takes no try"
        );
    }

    #[test]
    fn a_gate_goes_by_the_answers_around_what_was_dropped() {
        let passed = decided(GATE, &[with_dropped(1, "++++~+++++")]);
        assert_eq!(passed.outcome, Outcome::Mastered);
        let failed = decided(GATE, &[with_dropped(1, "-~---")]);
        assert_eq!(codes(&failed), ["gate-failed"]);
    }

    #[test]
    fn a_gate_that_a_dropped_item_leaves_undecided_takes_no_try() {
        let one = r#"{"kind":"sequential-gate","tables":"gate-1","tries":1,"cooldown-hours":24}"#;
        let undecided = decided(one, &[with_dropped(1, "--~-")]);
        assert_eq!(
            (undecided.outcome, undecided.retry_from, codes(&undecided)),
            (Outcome::NotYet, None, vec!["gate-cut-short".into()])
        );
        let again = decided(one, &[with_dropped(1, "--~-"), attempt(2, "+++++++++")]);
        assert_eq!(again.outcome, Outcome::Mastered);
    }

    #[test]
    fn a_gate_that_is_given_up_takes_a_try_whatever_was_dropped_in_it() {
        for marks in ["~", "++~", "-~+", "--+~"] {
            let given_up = decided(GATE, &[with_dropped(1, marks), attempt(40, "+++++++++")]);
            let first = codes(&given_up).remove(0);
            let expected = if marks == "~" {
                "gate-passed"
            } else {
                "gate-unfinished"
            };
            assert_eq!(first, expected, "{marks}");
        }
    }

    /// An attempt in which `*` is an answer that counts as right since its item was
    /// put right, and `/` one that counts as wrong.
    fn with_amended(at: u64, marks: &str) -> Evidence {
        let answers = marks.chars().zip(at * 1_000..).map(|(mark, item)| {
            let answer = answer(item, matches!(mark, '+' | '*'));
            match mark {
                '*' | '/' => amended(answer),
                _ => answer,
            }
        });
        attempt_of(at, answers.collect())
    }

    #[test]
    fn a_gate_whose_end_another_key_or_full_credit_undoes_takes_no_try() {
        let one = r#"{"kind":"sequential-gate","tables":"gate-1","tries":1,"cooldown-hours":24}"#;
        for marks in ["-+-*+-", "--*-", "++++++++/"] {
            let undone = decided(one, &[with_amended(1, marks)]);
            assert_eq!(
                (undone.outcome, undone.retry_from, codes(&undone)),
                (Outcome::NotYet, None, vec!["gate-cut-short".into()]),
                "{marks}"
            );
            let again = decided(one, &[with_amended(1, marks), attempt(2, "+++++++++")]);
            assert_eq!(again.outcome, Outcome::Mastered, "by the first table: {marks}");
        }
        let given_up = decided(one, &[with_amended(1, "+*-")]);
        assert_eq!(codes(&given_up), ["gate-unfinished"]);
        let decides = decided(one, &[with_amended(1, "++++*++++")]);
        assert_eq!(decides.outcome, Outcome::Mastered);
    }

    #[test]
    fn what_takes_no_try_is_named() {
        let of = |json: &str, shown: &[Evidence]| spared(&rule(json), shown);
        let undone = with_amended(1, "--*-");
        assert_eq!(of(GATE, &[undone, attempt(2, "----")]), [evidence(1)].into());
        let dropped = with_dropped(3, "~~~~");
        assert_eq!(of(CUT, &[dropped, with_dropped(4, "~~~-")]), [evidence(3)].into());
        assert!(of(GATE, &[attempt(1, "--")]).is_empty(), "it was given up");
    }

    #[test]
    fn items_of_an_attempt_that_was_dropped_whole_are_not_new_again() {
        let first = with_dropped(1, "~~~~~~~~~");
        let Observation::Answers { answers, .. } = &first.observation else {
            unreachable!()
        };
        let again = answers.iter().map(|seen| Answer {
            earned: 100,
            possible: 100,
            amended: None,
            ..*seen
        });
        let again = attempt_of(40, again.collect());
        let decision = decided(GATE, &[first, again]);
        assert_eq!(
            (decision.outcome, codes(&decision)),
            (Outcome::NotYet, vec!["seen-before".into()])
        );
    }

    #[test]
    fn tries_run_out() {
        let tries = [
            attempt(1, "----"),
            attempt(40, "-----"),
            attempt(80, "-----"),
            attempt(120, "++++++++++++++"),
        ];
        let decision = decided(GATE, &tries);
        assert_eq!(
            (decision.outcome, decision.retry_from),
            (Outcome::Exhausted, None)
        );
        assert_eq!(codes(&decision).last().unwrap(), "no-try-left");
    }

    #[test]
    fn items_seen_before_do_not_help_through_the_gate() {
        let first = attempt(1, "----");
        let Observation::Answers { answers, .. } = &first.observation else {
            unreachable!()
        };
        let mut repeated = answers.clone();
        for answer in &mut repeated {
            answer.earned = answer.possible;
        }
        repeated.extend((0..10).map(|n| answer(7_000 + n, true)));
        let decision = decided(GATE, &[first, attempt_of(40, repeated)]);
        assert_eq!(decision.outcome, Outcome::NotYet);
        assert_eq!(
            codes(&decision),
            ["seen-before", "gate-failed", "gate-unfinished"]
        );
    }

    #[test]
    fn the_best_form_counts_and_points_are_added_exactly() {
        assert_eq!(
            decided(CUT, &[attempt(1, "++--"), attempt(2, "+++-")]).outcome,
            Outcome::Mastered
        );
        assert_eq!(
            decided(CUT, &[attempt(1, "+++-"), attempt(2, "----")]).outcome,
            Outcome::Mastered
        );
        assert_eq!(
            decided(CUT, &[attempt(1, "++--"), attempt(2, "+---")]).outcome,
            Outcome::Exhausted
        );
        let mut thirds: Vec<_> = (0..4).map(|n| answer(n, true)).collect();
        thirds[0].earned = 0;
        thirds[1].earned = 99;
        assert_eq!(
            decided(CUT, &[attempt_of(1, thirds.clone())]).outcome,
            Outcome::NotYet
        );
        thirds[0].earned = 1;
        assert_eq!(decided(CUT, &[attempt_of(1, thirds)]).outcome, Outcome::Mastered);
    }

    #[test]
    fn a_form_with_too_few_items_is_no_pass() {
        let decision = decided(CUT, &[attempt(1, "+++")]);
        assert_eq!(
            (decision.outcome, codes(&decision)),
            (Outcome::NotYet, vec!["form-incomplete".into()])
        );
    }
}
