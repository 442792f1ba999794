use std::collections::BTreeSet;

use crate::{
    Timestamp,
    id::{AssessmentId, EvidenceId},
    mastery::{Answer, Evidence, Finding, Observation},
};

/// The evidence, in order of time, as the rules read it.
pub(in crate::mastery) struct Case<'a> {
    pub(super) evidence: &'a [&'a Evidence],
    attempts: Vec<Attempt<'a>>,
}

/// An attempt, as a try or as part of a run.
pub(super) struct Attempt<'a> {
    pub(super) id: EvidenceId,
    assessment: AssessmentId,
    pub(super) begun: Timestamp,
    pub(super) ended: Timestamp,
    pub(super) answers: &'a [Answer],
    /// For each answer, whether its item was new to the learner.
    fresh: Vec<bool>,
}

impl<'a> Case<'a> {
    pub(in crate::mastery) fn new(evidence: &'a [&'a Evidence]) -> Self {
        let mut seen = BTreeSet::new();
        let attempts = evidence
            .iter()
            .filter_map(|evidence| match &evidence.observation {
                Observation::Answers {
                    assessment,
                    begun,
                    answers,
                    ..
                } => Some(Attempt {
                    id: evidence.id,
                    assessment: *assessment,
                    begun: *begun,
                    ended: evidence.at,
                    answers,
                    fresh: answers.iter().map(|answer| seen.insert(answer.item)).collect(),
                }),
                _ => None,
            });
        Self {
            attempts: attempts.collect(),
            evidence,
        }
    }

    /// The attempts at one assessment, or at any.
    pub(super) fn attempts(&self, of: Option<AssessmentId>) -> impl Iterator<Item = &Attempt<'a>> {
        self.attempts
            .iter()
            .filter(move |attempt| of.is_none_or(|of| of == attempt.assessment))
    }
}

impl Attempt<'_> {
    /// Whether each answer to a new item is right. What was dropped is passed over.
    pub(super) fn fresh_answers(&self) -> impl Iterator<Item = bool> {
        let answers = self.answers.iter().zip(&self.fresh);
        answers
            .filter(|(answer, fresh)| **fresh && !answer.is_dropped())
            .map(|(answer, _)| answer.is_correct())
    }

    /// Whether each answer to a new item was right at first, if those that were put
    /// right since, or dropped, were all `right`, or all not.
    pub(super) fn fresh_answers_before(&self, right: bool) -> impl Iterator<Item = bool> {
        let answers = self.answers.iter().zip(&self.fresh);
        answers
            .filter(|(_, fresh)| **fresh)
            .map(move |(answer, _)| match answer.amended {
                Some(_) => right,
                None => answer.is_correct(),
            })
    }

    /// How many of its items were put right since, or dropped.
    pub(super) fn amended(&self) -> usize {
        let amended = self.answers.iter().filter(|answer| answer.amended.is_some());
        amended.count()
    }

    /// How many of its items were dropped.
    pub(super) fn dropped(&self) -> usize {
        self.answers.iter().filter(|answer| answer.is_dropped()).count()
    }

    /// What is to be said of the answers to items that were not new.
    pub(super) fn seen_before(&self) -> Option<Finding> {
        let answers = self.answers.iter().zip(&self.fresh);
        let answers = answers.filter(|(answer, fresh)| !**fresh && !answer.is_dropped());
        let answers = answers.count();
        (answers > 0).then(|| Finding::SeenBefore {
            evidence: self.id,
            answers: u16::try_from(answers).unwrap_or(u16::MAX),
        })
    }
}
