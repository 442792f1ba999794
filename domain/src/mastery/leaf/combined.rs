//! The scores of several attempts made into one.

use super::{
    Case, Verdict,
    tries::{Form, form_try},
};
use crate::{
    id::{AssessmentId, EvidenceId},
    mastery::{Combine, Finding, Outcome, Percent},
};

/// A score in millionths: exact enough to hold against whole hundredths, and the
/// same on every machine.
const WHOLE: u64 = 1_000_000;

/// What the rule asks of the attempts.
pub(super) struct Combined {
    pub(super) combine: Combine,
    pub(super) items: u16,
    pub(super) cut: Percent,
    pub(super) tries: u8,
}

impl Combined {
    pub(super) fn weigh(&self, case: &Case<'_>, of: Option<AssessmentId>) -> Verdict {
        let mut findings = Vec::new();
        let mut scores: Vec<(EvidenceId, u64)> = Vec::new();
        for attempt in case.attempts(of) {
            let evidence = attempt.id;
            if scores.len() >= usize::from(self.tries) {
                let tries = self.tries;
                findings.push(Finding::NoTryLeft { evidence, tries });
                continue;
            }
            let number = u8::try_from(scores.len() + 1).unwrap_or(u8::MAX);
            if let Some(Form {
                finding,
                earned,
                possible,
                ..
            }) = form_try(self.items, self.cut, number, attempt)
            {
                findings.push(finding);
                // Fewer items than the rule asks for say too little: a short quiz
                // neither takes a try nor takes away what was shown.
                if possible > 0 {
                    scores.push((evidence, share(earned, possible)));
                }
            }
        }
        let (score, because) = self.combined(&scores);
        if !scores.is_empty() {
            findings.push(Finding::Combined {
                percent: u16::try_from(score * 10_000 / WHOLE).unwrap_or(u16::MAX),
                needed: self.cut.get(),
            });
        }
        let mut verdict = Verdict::not_yet(findings);
        if !scores.is_empty() && self.cut.is_reached_by(score, WHOLE) {
            verdict.outcome = Outcome::Mastered;
            verdict.because = because;
        } else if scores.len() >= usize::from(self.tries) {
            verdict.outcome = Outcome::Exhausted;
        }
        verdict
    }

    /// The one score, and the attempts that it comes from.
    fn combined(&self, scores: &[(EvidenceId, u64)]) -> (u64, Vec<EvidenceId>) {
        let single = |found: Option<&(EvidenceId, u64)>| {
            found.map_or((0, Vec::new()), |(id, score)| (*score, vec![*id]))
        };
        match self.combine {
            // The first of equals: it was enough then.
            Combine::Highest => single(scores.iter().rev().max_by_key(|(_, score)| *score)),
            Combine::Latest => single(scores.last()),
            Combine::DecayingAverage => {
                let average = scores.iter().map(|(_, score)| *score).reduce(decay);
                (average.unwrap_or(0), scores.iter().map(|(id, _)| *id).collect())
            }
        }
    }
}

/// The newest counts 65 %, the average of all before it 35 %.
fn decay(before: u64, newest: u64) -> u64 {
    (65 * newest + 35 * before) / 100
}

/// Rounded down: a score that falls short by less than a millionth falls short.
fn share(earned: u64, possible: u64) -> u64 {
    (earned * WHOLE).checked_div(possible).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::mastery::{
        Finding, Outcome,
        samples::{attempt, decided, evidence},
    };

    fn rule(combine: &str, cut: u8) -> String {
        format!(r#"{{"kind":"combined-score","combine":"{combine}","items":4,"cut":{cut},"tries":3}}"#)
    }

    #[test]
    fn each_way_of_combining_makes_another_score_of_the_same_attempts() {
        let attempts = [attempt(1, "++++"), attempt(2, "----"), attempt(3, "++--")];
        for (combine, percent) in [
            ("highest", 10_000),
            ("latest", 5_000),
            // 100, then 35, then 0.65 × 50 + 0.35 × 35.
            ("decaying-average", 4_475),
        ] {
            let decision = decided(&rule(combine, 50), &attempts);
            let combined = decision.trace.iter().find_map(|step| match step.finding {
                Finding::Combined { percent, .. } => Some(percent),
                _ => None,
            });
            assert_eq!(combined, Some(percent), "{combine}");
        }
    }

    #[test]
    fn what_is_reached_is_mastered_by_the_attempts_that_it_comes_from() {
        let attempts = [attempt(1, "++++"), attempt(2, "+++-")];
        for (combine, because) in [
            ("highest", vec![evidence(1)]),
            ("latest", vec![evidence(2)]),
            ("decaying-average", vec![evidence(1), evidence(2)]),
        ] {
            let decision = decided(&rule(combine, 75), &attempts);
            assert_eq!(
                (decision.outcome, decision.because),
                (Outcome::Mastered, because),
                "{combine}"
            );
        }
    }

    #[test]
    fn a_later_failure_takes_back_what_only_the_latest_gave() {
        let attempts = [attempt(1, "++++"), attempt(2, "----")];
        assert_eq!(
            decided(&rule("highest", 75), &attempts).outcome,
            Outcome::Mastered
        );
        assert_eq!(decided(&rule("latest", 75), &attempts).outcome, Outcome::NotYet);
    }

    #[test]
    fn attempts_run_out_and_one_with_too_few_items_is_none() {
        let attempts = [
            attempt(1, "+--+"),
            attempt(2, "+++"),
            attempt(3, "+---"),
            attempt(4, "++--"),
            attempt(5, "++++"),
        ];
        let decision = decided(&rule("highest", 75), &attempts);
        assert_eq!(decision.outcome, Outcome::Exhausted);
        let shown = [attempt(1, "++++"), attempt(2, "+++")];
        assert_eq!(decided(&rule("latest", 75), &shown).outcome, Outcome::Mastered);
        assert_eq!(decided(&rule("latest", 75), &[]).outcome, Outcome::NotYet);
    }

    #[test]
    fn a_cut_is_met_exactly() {
        let attempts = [attempt(1, "+++-"), attempt(2, "+++-")];
        for (cut, outcome) in [(75, Outcome::Mastered), (76, Outcome::NotYet)] {
            assert_eq!(
                decided(&rule("decaying-average", cut), &attempts).outcome,
                outcome
            );
        }
    }
}
