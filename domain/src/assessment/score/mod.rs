//! Scoring (QTI 3 §response processing).
//!
//! Every rule first sorts the parts of a response into right, wrong and missed
//! ([`compare()`]), then turns the parts into points. For every response and
//! every item, even one that [`Item::check`](super::Item::check) finds fault
//! with, 0 ≤ points ≤ max.

pub(super) mod area;
mod compare;
pub(super) mod mapping;
pub(super) mod number;
#[cfg(test)]
mod tests;
pub(super) mod text;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::compare::{Compared, compare};
use super::{
    Amendment, Args, Identifier, Interaction, Item, Points, Response, ResponseDeclaration, Scoring, Value,
    code::{args, codes},
    rules::{max_by_rules, score_by_rules},
};
use crate::Seed;

/// What an item's response is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// Points given (outcome SCORE); 0 to `max`.
    pub points: Points,
    /// Points to be had (outcome MAXSCORE).
    pub max: Points,
    /// The short of it.
    pub verdict: Verdict,
    /// How it comes about, for each response declaration.
    pub responses: Vec<ResponseScore>,
    /// What was put right about it since it was first given; none if it stands as
    /// it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amended: Option<Amendment>,
    /// How it comes about by the item's own rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The names that the rules left in outcomes: what is said goes by them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<Identifier, Vec<Identifier>>,
}

/// What one response is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResponseScore {
    /// The response.
    pub response: Identifier,
    /// Points given; 0 to `max`.
    pub points: Points,
    /// Points to be had.
    pub max: Points,
    /// The short of it.
    pub verdict: Verdict,
    /// Why, part by part.
    pub reasons: Vec<Reason>,
}

/// The short of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// All points.
    Correct,
    /// Some points.
    Partly,
    /// No points.
    Incorrect,
    /// A person has to mark it; points so far are without that.
    NeedsMarking,
    /// Nothing was answered.
    Unanswered,
}

/// Why a part of a response earned points or didn't.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// What it is.
    pub code: ReasonCode,
    /// What the sentence names: `choice`, `source` and `target`, `position`,
    /// `points`, `point`, … Identifiers are the author's.
    #[serde(default, skip_serializing_if = "Args::is_empty")]
    pub args: Args,
}

codes! {
    /// What can be said of a part of a response.
    pub enum ReasonCode {
        /// Nothing was answered.
        Unanswered = "unanswered",
        /// A person has to mark it.
        NeedsMarking = "needs-marking",
        /// The response holds a value of a type that this item doesn't take.
        WrongType = "wrong-type",
        /// Answered, and right.
        Right = "right",
        /// Answered, and wrong.
        Wrong = "wrong",
        /// Right, and not answered.
        Missed = "missed",
        /// The number is right, within the tolerance.
        WithinTolerance = "within-tolerance",
        /// The number is too far from the right one.
        OutsideTolerance = "outside-tolerance",
        /// The number has no unit, and needs one.
        UnitMissing = "unit-missing",
        /// The number has a `unit` that is not taken.
        UnitUnknown = "unit-unknown",
        /// A part is worth `points` by itself.
        Mapped = "mapped",
        /// The sum was kept within `bound`.
        Bounded = "bounded",
        /// The assessor found `criterion` met at `level`, for `points` of `max`.
        Level = "level",
        /// The item's own rules give `points` of `max`.
        ByRules = "by-rules",
        /// The rule with that number gave `points`, or took them.
        Rule = "rule",
        /// The item's own rules stopped with `fault`.
        RulesFailed = "rules-failed",
    }
}

impl ReasonCode {
    /// Whether saying it tells which answer is right.
    #[must_use]
    pub const fn reveals_key(self) -> bool {
        matches!(
            self,
            Self::Right | Self::Wrong | Self::Missed | Self::Mapped | Self::Rule
        )
    }
}

impl Reason {
    pub(super) fn new<const N: usize>(code: ReasonCode, pairs: [(&str, &dyn ToString); N]) -> Self {
        Self {
            code,
            args: args(pairs),
        }
    }
}

/// Scores a response by its item's declarations. What a person has to mark is
/// left open, to be filled in by [`Score::with_mark`].
#[must_use]
pub fn score(item: &Item, response: &Response) -> Score {
    if let Some(processing) = &item.processing {
        return score_by_rules(item, processing, response);
    }
    let scored = item.responses.iter().map(|declaration| {
        let interaction = item
            .interactions()
            .find(|it| *it.response() == declaration.identifier);
        score_one(declaration, interaction, response.get(&declaration.identifier))
    });
    Score::sum(scored.collect())
}

/// The most points that an item gives.
#[must_use]
pub fn max_score(item: &Item) -> Points {
    // Of a template, that of the first item that is looked at.
    if item.template.is_some() {
        return item
            .variant(Seed(1))
            .map_or(Points::ZERO, |item| max_score(&item));
    }
    match &item.processing {
        Some(processing) => max_by_rules(item, processing),
        None => score(item, &Response::default()).max,
    }
}

impl Score {
    /// The score with one response's replaced by what an assessor gave it.
    #[must_use]
    pub fn with_mark(mut self, marked: ResponseScore) -> Self {
        if let Some(open) = self
            .responses
            .iter_mut()
            .find(|scored| scored.response == marked.response)
        {
            *open = marked;
        }
        Self::sum(self.responses)
    }

    fn sum(responses: Vec<ResponseScore>) -> Self {
        let points = responses.iter().map(|scored| scored.points).sum();
        let max = responses.iter().map(|scored| scored.max).sum();
        let all = |verdict| responses.iter().all(|scored| scored.verdict == verdict);
        let verdict = if responses
            .iter()
            .any(|scored| scored.verdict == Verdict::NeedsMarking)
        {
            Verdict::NeedsMarking
        } else if all(Verdict::Unanswered) {
            Verdict::Unanswered
        } else {
            Verdict::of(points, max)
        };
        Self {
            points,
            max,
            verdict,
            responses,
            amended: None,
            reasons: Vec::new(),
            outcomes: BTreeMap::new(),
        }
    }
}

impl Verdict {
    pub(super) fn of(points: Points, max: Points) -> Self {
        if points <= Points::ZERO {
            Self::Incorrect
        } else if points < max {
            Self::Partly
        } else {
            Self::Correct
        }
    }
}

impl ResponseScore {
    /// A response that earned `points`, kept within 0 and `max`.
    pub(super) fn earned(response: &Identifier, points: Points, max: Points, reasons: Vec<Reason>) -> Self {
        let max = max.max(Points::ZERO);
        let points = points.clamp(Points::ZERO, max);
        Self {
            response: response.clone(),
            points,
            max,
            verdict: Verdict::of(points, max),
            reasons,
        }
    }

    fn open(response: &Identifier, max: Points, verdict: Verdict, code: ReasonCode) -> Self {
        Self {
            verdict,
            ..Self::earned(response, Points::ZERO, max, vec![Reason::new(code, [])])
        }
    }
}

fn score_one(
    declaration: &ResponseDeclaration,
    interaction: Option<&Interaction>,
    value: Option<&Value>,
) -> ResponseScore {
    let name = &declaration.identifier;
    let max = max_points(declaration, interaction);
    let Some(value) = value else {
        return ResponseScore::open(name, max, Verdict::Unanswered, ReasonCode::Unanswered);
    };
    if !value.suits(declaration.base_type) {
        return ResponseScore::open(name, max, Verdict::Incorrect, ReasonCode::WrongType);
    }
    match &declaration.scoring {
        Scoring::Rubric(_) => ResponseScore::open(name, max, Verdict::NeedsMarking, ReasonCode::NeedsMarking),
        // Only in an item without rules, which is none that can be published.
        Scoring::ByRules => ResponseScore::open(name, max, Verdict::Incorrect, ReasonCode::RulesFailed),
        Scoring::MapResponse => {
            let (points, reasons) = mapping::sum(declaration, value);
            ResponseScore::earned(name, points, max, reasons)
        }
        Scoring::MapResponsePoint => {
            let (points, reasons) = area::sum(declaration, value);
            ResponseScore::earned(name, points, max, reasons)
        }
        Scoring::MatchCorrect { points } => {
            let compared = compare(declaration, value);
            let points = if compared.all_right() {
                *points
            } else {
                Points::ZERO
            };
            ResponseScore::earned(name, points, max, compared.into_reasons())
        }
        Scoring::PerOption { points, penalty } => {
            let compared = compare(declaration, value);
            let points = share(&compared, *points, *penalty);
            ResponseScore::earned(name, points, max, compared.into_reasons())
        }
    }
}

fn max_points(declaration: &ResponseDeclaration, interaction: Option<&Interaction>) -> Points {
    match &declaration.scoring {
        Scoring::MatchCorrect { points } | Scoring::PerOption { points, .. } => *points,
        Scoring::MapResponse => mapping::max(declaration, interaction),
        Scoring::MapResponsePoint => area::max(declaration, interaction),
        Scoring::Rubric(rubric) => rubric.max(),
        Scoring::ByRules => Points::ZERO,
    }
}

/// Right parts less the penalty for wrong ones, of all parts of the key.
fn share(compared: &Compared, points: Points, penalty: u8) -> Points {
    let count = |parts: &[Reason]| i64::try_from(parts.len()).unwrap_or(i64::MAX / 1_000);
    let key = count(&compared.right) + count(&compared.missed);
    let net = 100 * count(&compared.right) - i64::from(penalty) * count(&compared.wrong);
    points.share(net.max(0), 100 * key)
}
