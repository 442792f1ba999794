//! What the answers so far say about an item.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    moments::{Moments, count},
    tally::{Choice, ItemTally, choices_in},
};
use crate::assessment::{
    AssociableChoice, Cardinality, Hotspot, Identifier, Interaction, Item, SimpleChoice, code::codes,
};

/// What the answers so far say about a version of an item, by classical test theory.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemAnalysis {
    /// How many answers there are, those left open among them.
    pub answers: u64,
    /// How many left it open.
    pub blank: u64,
    /// The mean part of its points that was earned, from 0 (nobody could) to 1
    /// (everybody could); none without answers. Also called its p-value.
    pub facility: Option<f64>,
    /// The correlation of what was earned with it and with the other items of
    /// the same attempt, from −1 to 1: the corrected point-biserial where an
    /// answer is right or wrong. None while either never varies.
    pub discrimination: Option<f64>,
    /// The choices that were or could have been made, in the author's order.
    pub choices: Vec<ChoiceAnalysis>,
    /// What an author should look at. Empty as well while there are fewer than
    /// [`FEWEST`] answers.
    pub flags: Vec<ItemFlag>,
}

/// What is known of one choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceAnalysis {
    /// What it says, as Markdown.
    pub text: String,
    /// What it was given to or paired with, if that was the question.
    pub with: Option<String>,
    /// Whether it belongs to the right answer.
    pub is_right: bool,
    /// How many chose it.
    pub chosen: u64,
    /// What they earned with the other items, on average, from 0 to 1.
    pub rest: Option<f64>,
}

codes! {
    /// What an author should look at.
    pub enum ItemFlag {
        /// Those who chose a wrong answer do better with the other items than
        /// those who chose the right one: the key may be wrong.
        KeyInDoubt = "key-in-doubt",
        /// Whoever does well with the other items does badly with this one.
        Backwards = "backwards",
        /// It hardly tells those who can from those who can't.
        TellsLittle = "tells-little",
        /// Nearly everybody can.
        VeryEasy = "very-easy",
        /// Nearly nobody can.
        VeryHard = "very-hard",
        /// No more got it right than would by guessing.
        LikeGuessing = "like-guessing",
        /// Many left it open.
        OftenBlank = "often-blank",
        /// A wrong answer is chosen by nearly nobody, and makes nothing harder.
        IdleChoice = "idle-choice",
    }
}

/// Of fewer answers nothing is said.
pub const FEWEST: u64 = 30;
/// Of what fewer than this chose, nothing is said.
const FEWEST_CHOSE: u64 = 10;
/// Standard errors beyond which a difference is not taken for chance.
const SURE: f64 = 2.0;
/// Below this, an item tells little.
const LITTLE: f64 = 0.2;
const EASY: f64 = 0.95;
const HARD: f64 = 0.1;
/// The part that leaves an item open before that is worth a look.
const BLANK: f64 = 0.15;
/// A choice is idle below this part of all answers.
const IDLE: f64 = 0.02;
/// Before a choice is called idle, so many answers are wanted.
const FEWEST_FOR_IDLE: u64 = 100;
/// No more pairs are listed: those most often made.
const MOST_PAIRS: usize = 30;

impl ItemTally {
    /// What it says of `item`, the version that was answered.
    #[must_use]
    pub fn analysis(&self, item: &Item) -> ItemAnalysis {
        let choices = self.choices(item);
        let mut analysis = ItemAnalysis {
            answers: self.share.n(),
            blank: self.blank,
            facility: self.share.mean(),
            discrimination: self.with_rest.correlation(),
            flags: Vec::new(),
            choices: choices.iter().map(|(_, known)| known.clone()).collect(),
        };
        if analysis.answers >= FEWEST {
            analysis.flags = self.flags(item, &analysis, &choices);
        }
        analysis
    }

    fn flags(
        &self,
        item: &Item,
        found: &ItemAnalysis,
        choices: &[(Choice, ChoiceAnalysis)],
    ) -> Vec<ItemFlag> {
        let answers = count(found.answers);
        let facility = found.facility.unwrap_or_default();
        // The standard error of a correlation that is in truth none.
        let error = 1.0 / count(self.with_rest.n().max(2) - 1).sqrt();
        let backwards = found.discrimination.is_some_and(|r| r < -SURE * error);
        let tells_little = found.discrimination.is_some_and(|r| r + SURE * error < LITTLE);
        let single = single_choice(item);
        let guessed = single.map(|choices| 1.0 / count(choices.max(1) as u64));
        let chance_error = guessed.map_or(0.0, |p| (p * (1.0 - p) / answers).sqrt());
        let idle = found.answers >= FEWEST_FOR_IDLE
            && choices
                .iter()
                .any(|(_, it)| it.with.is_none() && !it.is_right && count(it.chosen) / answers < IDLE);
        [
            (
                ItemFlag::KeyInDoubt,
                single.is_some() && self.key_is_in_doubt(choices),
            ),
            (ItemFlag::Backwards, backwards),
            (
                ItemFlag::TellsLittle,
                tells_little && !backwards && facility <= EASY,
            ),
            (ItemFlag::VeryEasy, facility > EASY),
            (ItemFlag::VeryHard, facility < HARD),
            (
                ItemFlag::LikeGuessing,
                facility >= HARD && guessed.is_some_and(|p| facility <= p + chance_error),
            ),
            (ItemFlag::OftenBlank, count(found.blank) / answers > BLANK),
            (ItemFlag::IdleChoice, idle),
        ]
        .into_iter()
        .filter_map(|(flag, holds)| holds.then_some(flag))
        .collect()
    }

    /// Whether those who chose some wrong answer do better elsewhere than those
    /// who chose the right one, by more than chance.
    fn key_is_in_doubt(&self, choices: &[(Choice, ChoiceAnalysis)]) -> bool {
        let elsewhere = |choice: &Choice| -> Option<Moments> {
            let rest = self.chosen.get(&choice.key())?.rest;
            (rest.n() >= FEWEST_CHOSE).then_some(rest)
        };
        let of = |right: bool| {
            choices
                .iter()
                .filter(move |(_, known)| known.is_right == right)
                .filter_map(|(choice, _)| elsewhere(choice))
        };
        of(false).any(|wrong| of(true).any(|right| is_above(wrong, right)))
    }

    /// Each choice with what is known of it. A template's choices say something
    /// else to each learner, and another may be right: nothing is known of them.
    fn choices(&self, item: &Item) -> Vec<(Choice, ChoiceAnalysis)> {
        if item.template.is_some() {
            return Vec::new();
        }
        item.interactions()
            .flat_map(|interaction| self.choices_of(item, interaction))
            .collect()
    }

    fn choices_of(&self, item: &Item, interaction: &Interaction) -> Vec<(Choice, ChoiceAnalysis)> {
        let response = interaction.response();
        let key = item
            .declaration(response)
            .and_then(|declaration| declaration.correct_response.as_ref());
        let right: BTreeSet<Choice> = key
            .map(|value| choices_in(response, value))
            .unwrap_or_default()
            .into_iter()
            .collect();
        let texts = texts(interaction);
        let known = |choice: Choice| {
            let made = self.chosen.get(&choice.key()).copied().unwrap_or_default();
            let text = |name: &Identifier| texts.get(name).cloned().unwrap_or_default();
            let analysis = ChoiceAnalysis {
                text: text(&choice.chosen),
                with: choice.with.as_ref().map(text),
                is_right: right.contains(&choice),
                chosen: made.n(),
                rest: made.rest.mean(),
            };
            (choice, analysis)
        };
        match interaction {
            it if it.is_chosen_from() => interaction
                .choices()
                .into_iter()
                .map(|chosen| {
                    known(Choice {
                        response: response.clone(),
                        chosen: chosen.clone(),
                        with: None,
                    })
                })
                .collect(),
            it if it.associables().is_some() || it.pairable().is_some() => {
                let mut pairs: Vec<_> = self
                    .pairs(response)
                    .chain(right.iter().cloned())
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .map(known)
                    .collect();
                pairs.sort_by_key(|(_, pair)| std::cmp::Reverse((pair.is_right, pair.chosen)));
                pairs.truncate(MOST_PAIRS);
                pairs
            }
            _ => Vec::new(),
        }
    }

    /// The pairs that were made in a response.
    fn pairs(&self, response: &Identifier) -> impl Iterator<Item = Choice> {
        self.chosen.keys().filter_map(move |key| {
            let mut names = key.split(' ');
            if names.next()? != response.as_str() {
                return None;
            }
            Some(Choice {
                response: response.clone(),
                chosen: names.next()?.parse().ok()?,
                with: Some(names.next()?.parse().ok()?),
            })
        })
    }
}

/// How many choices there are where one of them is the whole answer.
fn single_choice(item: &Item) -> Option<usize> {
    let mut interactions = item.interactions();
    let (Some(it @ (Interaction::Choice(_) | Interaction::Hotspot(_))), None) =
        (interactions.next(), interactions.next())
    else {
        return None;
    };
    let declaration = item.declaration(it.response())?;
    (declaration.cardinality == Cardinality::Single).then_some(it.choices().len())
}

/// Whether one mean is above another by more than chance (Welch).
fn is_above(one: Moments, other: Moments) -> bool {
    let difference = one.mean().zip(other.mean()).map(|(one, other)| one - other);
    let error = one
        .error_squared()
        .zip(other.error_squared())
        .map(|(one, other)| (one + other).sqrt());
    difference
        .zip(error)
        .is_some_and(|(difference, error)| difference > 0.0 && difference > SURE * error)
}

/// What the choices of an interaction say, by their names. Gaps are numbered.
fn texts(interaction: &Interaction) -> BTreeMap<&Identifier, String> {
    match interaction {
        Interaction::Choice(it) => simple(&it.choices).collect(),
        Interaction::InlineChoice(it) => simple(&it.choices).collect(),
        Interaction::Match(it) => associable(&it.sources).chain(associable(&it.targets)).collect(),
        Interaction::Associate(it) => associable(&it.choices).collect(),
        Interaction::GapMatch(it) => {
            let gaps = it.text.parts().zip(1..);
            associable(&it.gap_texts)
                .chain(gaps.map(|(gap, number): (_, u32)| (&gap.identifier, number.to_string())))
                .collect()
        }
        Interaction::Hottext(it) => it
            .text
            .parts()
            .map(|word| (&word.identifier, word.content.clone()))
            .collect(),
        Interaction::GraphicGapMatch(it) => associable(&it.gap_texts).chain(named(&it.hotspots)).collect(),
        it => named(it.hotspots()).collect(),
    }
}

fn simple(choices: &[SimpleChoice]) -> impl Iterator<Item = (&Identifier, String)> {
    choices.iter().map(|it| (&it.identifier, it.content.clone()))
}

fn associable(choices: &[AssociableChoice]) -> impl Iterator<Item = (&Identifier, String)> {
    choices.iter().map(|it| (&it.identifier, it.content.clone()))
}

fn named(regions: &[Hotspot]) -> impl Iterator<Item = (&Identifier, String)> {
    regions.iter().map(|it| (&it.identifier, it.name.clone()))
}
