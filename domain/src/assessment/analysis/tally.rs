//! Adding up what learners answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::moments::{Moments, Paired, count};
use crate::{
    assessment::{Identifier, Response, Value},
    id::ItemVersionId,
    mastery::Outcome,
};

/// An attempt of which every answer that counts is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredAttempt {
    /// What the assessment's own rule says; none where it has no rule.
    pub outcome: Option<Outcome>,
    /// How long it took, in seconds.
    pub seconds: u64,
    /// The answers; what was not asked is left out, what was left open is not.
    pub answers: Vec<ScoredAnswer>,
}

/// A scored answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredAnswer {
    /// To which item.
    pub item: ItemVersionId,
    /// Points given, in hundredths.
    pub earned: u32,
    /// Points to be had, in hundredths.
    pub possible: u32,
    /// What was answered.
    pub response: Response,
}

impl ScoredAnswer {
    /// The part of its points that it earned; all of none.
    fn share(&self) -> f64 {
        if self.possible == 0 {
            1.0
        } else {
            f64::from(self.earned) / f64::from(self.possible)
        }
    }
}

/// What is kept of all attempts at an assessment: small, however many they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssessmentTally {
    /// The parts of their points that attempts earned.
    pub(super) score: Moments,
    /// The means of what the answers of an attempt earned, each item counted alike.
    pub(super) mean: Moments,
    /// How many attempts earned less than 5 %, less than 10 % … and from 95 % up.
    pub(super) bands: [u64; BANDS],
    pub(super) passed: u64,
    pub(super) failed: u64,
    /// How many took so many minutes.
    pub(super) minutes: BTreeMap<u64, u64>,
    /// How many asked so many items.
    pub(super) lengths: BTreeMap<usize, u64>,
}

/// Into so many bands scores are sorted.
pub const BANDS: usize = 20;
/// Whoever takes longer has not sat at it all the time.
const LONGEST_MINUTES: u64 = 24 * 60;

impl AssessmentTally {
    /// How many attempts are in it.
    #[must_use]
    pub const fn attempts(&self) -> u64 {
        self.score.n()
    }

    /// Adds an attempt. One without answers says nothing.
    pub fn add(&mut self, attempt: &ScoredAttempt) {
        let Some(said) = Said::by(attempt) else {
            return;
        };
        self.score.add(said.score);
        self.mean.add(said.mean);
        self.bands[said.band] += 1;
        match attempt.outcome {
            Some(Outcome::Mastered) => self.passed += 1,
            Some(_) => self.failed += 1,
            None => {}
        }
        *self.minutes.entry(said.minutes).or_default() += 1;
        *self.lengths.entry(said.length).or_default() += 1;
    }

    /// Takes back an attempt that was added, as it was then.
    pub fn remove(&mut self, attempt: &ScoredAttempt) {
        let Some(said) = Said::by(attempt) else {
            return;
        };
        self.score.remove(said.score);
        self.mean.remove(said.mean);
        less(&mut self.bands[said.band]);
        match attempt.outcome {
            Some(Outcome::Mastered) => less(&mut self.passed),
            Some(_) => less(&mut self.failed),
            None => {}
        }
        one_less(&mut self.minutes, said.minutes);
        one_less(&mut self.lengths, said.length);
    }
}

/// What an attempt says about its assessment.
struct Said {
    score: f64,
    mean: f64,
    band: usize,
    minutes: u64,
    length: usize,
}

impl Said {
    fn by(attempt: &ScoredAttempt) -> Option<Self> {
        let sum = |part: fn(&ScoredAnswer) -> u32| -> u64 {
            attempt.answers.iter().map(|answer| u64::from(part(answer))).sum()
        };
        let (earned, possible) = (sum(|answer| answer.earned), sum(|answer| answer.possible));
        if possible == 0 {
            return None;
        }
        let shares: f64 = attempt.answers.iter().map(ScoredAnswer::share).sum();
        let length = attempt.answers.len();
        let band = usize::try_from(earned * BANDS as u64 / possible).unwrap_or(BANDS);
        Some(Self {
            score: count(earned) / count(possible),
            mean: shares / count(length as u64),
            band: band.min(BANDS - 1),
            minutes: (attempt.seconds / 60).min(LONGEST_MINUTES),
            length,
        })
    }
}

fn less(n: &mut u64) {
    *n = n.saturating_sub(1);
}

/// One less of that kind; of none, nothing is kept.
fn one_less<K: Ord>(of: &mut BTreeMap<K, u64>, kind: K) {
    if let Some(n) = of.get_mut(&kind) {
        less(n);
        if *n == 0 {
            of.remove(&kind);
        }
    }
}

/// What is kept of all answers to one version of an item in one assessment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ItemTally {
    /// The parts of its points that were earned.
    pub(super) share: Moments,
    /// How many left it open.
    pub(super) blank: u64,
    /// What was earned with it, beside the mean of what the same attempt earned
    /// with its other items.
    pub(super) with_rest: Paired,
    /// By each choice, who made it. Choices are named by `Choice::key`.
    pub(super) chosen: BTreeMap<String, Chosen>,
}

/// What is kept of those who made one choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Chosen {
    /// What they earned with the other items.
    #[serde(flatten)]
    pub(super) rest: Moments,
    /// How many had no other items.
    #[serde(default)]
    alone: u64,
}

impl Chosen {
    fn add(&mut self, rest: Option<f64>) {
        match rest {
            Some(rest) => self.rest.add(rest),
            None => self.alone += 1,
        }
    }

    fn remove(&mut self, rest: Option<f64>) {
        match rest {
            Some(rest) => self.rest.remove(rest),
            None => less(&mut self.alone),
        }
    }

    /// How many they are.
    pub(super) const fn n(self) -> u64 {
        self.rest.n() + self.alone
    }
}

impl ItemTally {
    /// Adds each answer of an attempt to the tally of its item.
    pub fn add(tallies: &mut BTreeMap<ItemVersionId, Self>, attempt: &ScoredAttempt) {
        for (answer, rest) in beside_the_rest(attempt) {
            tallies.entry(answer.item).or_default().add_one(answer, rest);
        }
    }

    /// Takes back each answer of an attempt that was added, as it was then.
    pub fn remove(tallies: &mut BTreeMap<ItemVersionId, Self>, attempt: &ScoredAttempt) {
        for (answer, rest) in beside_the_rest(attempt) {
            tallies.entry(answer.item).or_default().remove_one(answer, rest);
        }
    }

    fn add_one(&mut self, answer: &ScoredAnswer, rest: Option<f64>) {
        self.share.add(answer.share());
        self.blank += u64::from(answer.response.is_empty());
        if let Some(rest) = rest {
            self.with_rest.add(answer.share(), rest);
        }
        for choice in choices(&answer.response) {
            self.chosen.entry(choice.key()).or_default().add(rest);
        }
    }

    fn remove_one(&mut self, answer: &ScoredAnswer, rest: Option<f64>) {
        self.share.remove(answer.share());
        self.blank = self.blank.saturating_sub(u64::from(answer.response.is_empty()));
        if let Some(rest) = rest {
            self.with_rest.remove(answer.share(), rest);
        }
        for choice in choices(&answer.response) {
            let key = choice.key();
            if let Some(chosen) = self.chosen.get_mut(&key) {
                chosen.remove(rest);
                if chosen.n() == 0 {
                    self.chosen.remove(&key);
                }
            }
        }
    }
}

/// Each answer with the mean of what the same attempt earned with its others.
fn beside_the_rest(attempt: &ScoredAttempt) -> impl Iterator<Item = (&ScoredAnswer, Option<f64>)> {
    let shares: f64 = attempt.answers.iter().map(ScoredAnswer::share).sum();
    let others = attempt.answers.len().saturating_sub(1) as u64;
    attempt.answers.iter().map(move |answer| {
        let rest = (others > 0).then(|| ((shares - answer.share()) / count(others)).clamp(0.0, 1.0));
        (answer, rest)
    })
}

/// A choice among those that an item offers: one, or one given to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choice {
    /// In which response.
    pub(super) response: Identifier,
    /// What was chosen.
    pub(super) chosen: Identifier,
    /// What it was given to or paired with, if that was the question.
    pub(super) with: Option<Identifier>,
}

impl Choice {
    /// Its name in a tally.
    pub(super) fn key(&self) -> String {
        let with = self.with.iter().flat_map(|with| [" ", with.as_str()]);
        [self.response.as_str(), " ", self.chosen.as_str()]
            .into_iter()
            .chain(with)
            .collect()
    }
}

/// The choices in a response. What was typed, and places in an order, are not
/// choices: there is no end to them.
fn choices(response: &Response) -> Vec<Choice> {
    let of = |(name, value): (&Identifier, &Value)| choices_in(name, value);
    response.values.iter().flat_map(of).collect()
}

/// The choices in one value of a response.
pub(super) fn choices_in(response: &Identifier, value: &Value) -> Vec<Choice> {
    let choice = |chosen: &Identifier, with: Option<&Identifier>| Choice {
        response: response.clone(),
        chosen: chosen.clone(),
        with: with.cloned(),
    };
    match value {
        Value::Identifiers(chosen) => chosen.iter().map(|it| choice(it, None)).collect(),
        Value::DirectedPairs(pairs) => pairs
            .iter()
            .map(|pair| choice(&pair.source, Some(&pair.target)))
            .collect(),
        Value::Pairs(pairs) => pairs
            .iter()
            .map(|pair| choice(&pair.ends()[0], Some(&pair.ends()[1])))
            .collect(),
        Value::Order(_) | Value::Text(_) | Value::Number(_) | Value::Points(_) | Value::File(_) => Vec::new(),
    }
}
