//! What assessors say.

use std::collections::BTreeMap;

use super::{Case, Verdict};
use crate::{
    id::{EvidenceId, PersonId},
    mastery::{Finding, Observation, Outcome},
};

pub(super) fn weigh_marks(case: &Case<'_>, needed: u8, assessors: u8) -> Verdict {
    let latest: BTreeMap<PersonId, (EvidenceId, u8)> = case
        .evidence
        .iter()
        .filter_map(|evidence| match evidence.observation {
            Observation::RubricMark { assessor, level, .. } => Some((assessor, (evidence.id, level))),
            _ => None,
        })
        .collect();
    let findings = latest
        .iter()
        .map(|(assessor, (evidence, level))| Finding::Marked {
            evidence: *evidence,
            assessor: *assessor,
            level: *level,
            needed,
        })
        .collect();
    let agree = latest
        .values()
        .filter(|(_, level)| *level >= needed)
        .map(|(id, _)| *id)
        .collect();
    weigh_agreement(agree, assessors, findings)
}

pub(super) fn weigh_judgements(case: &Case<'_>, assessors: u8) -> Verdict {
    let latest: BTreeMap<PersonId, (EvidenceId, bool, &[EvidenceId])> = case
        .evidence
        .iter()
        .filter_map(|evidence| match &evidence.observation {
            Observation::Judgement {
                assessor,
                demonstrated,
                about,
            } => Some((*assessor, (evidence.id, *demonstrated, about.as_slice()))),
            _ => None,
        })
        .collect();
    let findings = latest
        .iter()
        .map(|(assessor, (evidence, demonstrated, _))| Finding::Judged {
            evidence: *evidence,
            assessor: *assessor,
            demonstrated: *demonstrated,
        })
        .collect();
    let yes = || latest.values().filter(|(_, demonstrated, _)| *demonstrated);
    let mut verdict = weigh_agreement(yes().map(|(id, ..)| *id).collect(), assessors, findings);
    if verdict.outcome == Outcome::Mastered {
        for id in yes().flat_map(|(.., about)| *about) {
            if !verdict.because.contains(id) {
                verdict.because.push(*id);
            }
        }
    }
    verdict
}

fn weigh_agreement(agree: Vec<EvidenceId>, needed: u8, mut findings: Vec<Finding>) -> Verdict {
    let met = agree.len() >= usize::from(needed);
    findings.push(Finding::Assessors {
        agree: u8::try_from(agree.len()).unwrap_or(u8::MAX),
        needed,
    });
    let mut verdict = Verdict::not_yet(findings);
    if met {
        verdict.outcome = Outcome::Mastered;
        verdict.because = agree;
    }
    verdict
}

#[cfg(test)]
mod tests {
    use crate::mastery::{
        Evidence, Observation, Outcome,
        samples::{decided, evidence, hour, judgement, mark},
    };

    #[test]
    fn each_assessors_latest_mark_counts_once() {
        let two = r#"{"kind":"rubric-level","level":3,"assessors":2}"#;
        assert_eq!(
            decided(two, &[mark(1, 1, 3), mark(2, 1, 4)]).outcome,
            Outcome::NotYet
        );
        assert_eq!(
            decided(two, &[mark(1, 1, 3), mark(2, 2, 4)]).outcome,
            Outcome::Mastered
        );
        assert_eq!(
            decided(two, &[mark(1, 1, 3), mark(2, 2, 4), mark(3, 1, 2)]).outcome,
            Outcome::NotYet
        );
    }

    #[test]
    fn a_document_counts_once_an_assessor_has_judged_it() {
        let one = r#"{"kind":"marked-by-assessor","assessors":1}"#;
        let document = Evidence {
            id: evidence(1),
            at: hour(1),
            observation: Observation::External {
                reference: "https://school.example/badges/7".into(),
            },
        };
        assert_eq!(
            decided(one, std::slice::from_ref(&document)).outcome,
            Outcome::NotYet
        );
        let mut judged = judgement(2, 1, true);
        if let Observation::Judgement { about, .. } = &mut judged.observation {
            about.push(document.id);
        }
        assert_eq!(
            decided(one, &[document, judged]).because,
            [evidence(2), evidence(1)]
        );
        assert_eq!(
            decided(one, &[judgement(1, 1, true), judgement(2, 1, false)]).outcome,
            Outcome::NotYet
        );
    }
}
