//! So many right among so many in a row.

use super::{Case, Verdict, case::Attempt};
use crate::{
    id::{AssessmentId, EvidenceId},
    mastery::{Finding, Outcome},
};

pub(super) fn weigh(case: &Case<'_>, of: Option<AssessmentId>, (n, m): (u16, u16), answers: u16) -> Verdict {
    let mut findings: Vec<_> = case.attempts(of).filter_map(Attempt::seen_before).collect();
    let stream: Vec<(EvidenceId, bool)> = case
        .attempts(of)
        .flat_map(|attempt| attempt.fresh_answers().map(|right| (attempt.id, right)))
        .take(usize::from(answers))
        .collect();
    let run = |end: usize| &stream[end.saturating_sub(usize::from(m))..end];
    let right = |end: usize| run(end).iter().filter(|(_, right)| *right).count();
    let passed_at = (1..=stream.len()).find(|end| right(*end) >= usize::from(n));
    let looked_at = passed_at.unwrap_or(stream.len());
    let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    findings.push(Finding::BestRun {
        correct: count((1..=looked_at).map(right).max().unwrap_or(0)),
        m,
        needed: n,
        answered: count(looked_at),
    });
    let mut verdict = Verdict::not_yet(findings);
    if let Some(end) = passed_at {
        verdict.outcome = Outcome::Mastered;
        verdict.because = run(end).iter().map(|(id, _)| *id).collect();
        verdict.because.dedup();
    } else if stream.len() == usize::from(answers) {
        verdict.outcome = Outcome::Exhausted;
    }
    verdict
}

#[cfg(test)]
mod tests {
    use crate::mastery::{
        Outcome,
        samples::{attempt, decided, evidence},
    };

    const RUN: &str = r#"{"kind":"n-of-m","n":3,"m":4,"answers":8}"#;

    #[test]
    fn a_run_may_span_attempts_and_must_come_in_time() {
        assert_eq!(
            decided(RUN, &[attempt(1, "-+-+"), attempt(2, "+")]).because,
            [evidence(1), evidence(2)]
        );
        assert_eq!(decided(RUN, &[attempt(1, "-+--+")]).outcome, Outcome::NotYet);
        assert_eq!(
            decided(RUN, &[attempt(1, "-+--+--+"), attempt(2, "+++")]).outcome,
            Outcome::Exhausted
        );
    }

    #[test]
    fn a_rule_on_one_assessment_does_not_read_another() {
        let named = |n: u8| {
            format!(
                r#"{{"kind":"n-of-m","assessment":"00000000-0000-0000-0000-00000000000{n}","n":1,"m":1,"answers":9}}"#
            )
        };
        assert_eq!(decided(&named(1), &[attempt(1, "+")]).outcome, Outcome::Mastered);
        assert_eq!(decided(&named(2), &[attempt(1, "+")]).outcome, Outcome::NotYet);
    }
}
