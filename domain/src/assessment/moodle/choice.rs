//! Choices: one, several, or true and false.

use super::{
    Asked, BaseType, Cardinality, ChangeCode, Element, Identifier, Interaction, Points, Question, RESPONSE,
    Refusal, RefusalCode, ResponseDeclaration, Scoring, Value, declared, exact, fraction, identifier, is_set,
    is_whole, said, worth,
};
use crate::assessment::{ChoiceFeedback, ChoiceInteraction, MapEntry, MapKey, Mapping, SimpleChoice};

/// A choice, and how much of the points it gives, in percent.
pub(in crate::assessment) type Fraction = (Identifier, f64);

/// How much may be lost where fractions come out as hundredths of points: nothing
/// that would show in a score.
const LOST: f64 = 0.005;

impl Question<'_, '_> {
    pub(super) fn multichoice(&mut self) -> Result<Asked, Refusal> {
        let is_single = is_set(self.it, "single", true);
        let (choices, fractions) = self.choices()?;
        let response = identifier(self.it, RESPONSE)?;
        let declared = if is_single {
            self.single(response, &fractions, self.grade)?
        } else {
            self.several(response, &fractions)?
        };
        let shuffle = is_set(self.it, "shuffleanswers", true);
        let numbering = self.it.first("answernumbering").map(Element::text);
        // A text may speak of "a and b" only where they stay where they are.
        if !shuffle && numbering.is_some_and(|it| it.trim() != "none") {
            self.texts.note(ChangeCode::PresentationDropped, self.it);
        }
        self.of_choices(choices, shuffle, declared)
    }

    /// All right ones and no wrong one, or nothing.
    pub(super) fn all_or_nothing(&mut self) -> Result<Asked, Refusal> {
        let (choices, fractions) = self.choices()?;
        let key = right(&fractions);
        if key.is_empty() {
            return Err(self.refuse(RefusalCode::UnsupportedScoring));
        }
        let declared = declared(
            identifier(self.it, RESPONSE)?,
            (Cardinality::Multiple, BaseType::Identifier),
            Value::Identifiers(key),
            Scoring::MatchCorrect { points: self.grade },
        );
        self.of_choices(choices, is_set(self.it, "shuffleanswers", true), declared)
    }

    pub(super) fn true_or_false(&mut self) -> Result<Asked, Refusal> {
        let mut fractions = Vec::new();
        let mut choices = Vec::new();
        for answer in self.it.all("answer") {
            let name = said(answer).trim().to_lowercase();
            let Some(content) = ["True", "False"].into_iter().find(|it| it.to_lowercase() == name) else {
                return Err(answer.refuse(RefusalCode::Invalid));
            };
            let identifier = identifier(answer, &name)?;
            fractions.push((identifier.clone(), fraction(answer)?));
            choices.push(SimpleChoice {
                identifier,
                content: content.to_owned(),
                fixed: false,
            });
        }
        // True stands first.
        choices.sort_by(|a, b| b.content.cmp(&a.content));
        if choices.len() != 2 || choices[0].content == choices[1].content {
            return Err(self.refuse(RefusalCode::Invalid));
        }
        let declared = self.single(identifier(self.it, RESPONSE)?, &fractions, self.grade)?;
        let mut asked = self.of_choices(choices, false, declared)?;
        let answers = self.it.all("answer").zip(&fractions);
        for (answer, (choice, _)) in answers {
            self.said_of(answer, choice, &mut asked)?;
        }
        Ok(asked)
    }

    fn choices(&mut self) -> Result<(Vec<SimpleChoice>, Vec<Fraction>), Refusal> {
        let mut choices = Vec::new();
        let mut fractions = Vec::new();
        for (index, answer) in self.it.all("answer").enumerate() {
            let identifier = identifier(answer, &format!("choice-{}", index + 1))?;
            fractions.push((identifier.clone(), fraction(answer)?));
            choices.push(SimpleChoice {
                identifier,
                content: self.markdown(answer)?,
                fixed: false,
            });
        }
        Ok((choices, fractions))
    }

    fn of_choices(
        &mut self,
        choices: Vec<SimpleChoice>,
        shuffle: bool,
        declared: ResponseDeclaration,
    ) -> Result<Asked, Refusal> {
        let names: Vec<_> = choices.iter().map(|choice| choice.identifier.clone()).collect();
        let interaction = Interaction::Choice(ChoiceInteraction {
            response: declared.identifier.clone(),
            prompt: self.prompt()?,
            choices,
            shuffle,
            min_choices: None,
            max_choices: None,
        });
        let mut asked = Asked::one(interaction, declared);
        if self.it.attribute("type") != Some("truefalse") {
            for (answer, choice) in self.it.all("answer").zip(&names) {
                self.said_of(answer, choice, &mut asked)?;
            }
        }
        Ok(asked)
    }

    /// What is said to those who chose it.
    fn said_of(&mut self, answer: &Element, choice: &Identifier, asked: &mut Asked) -> Result<(), Refusal> {
        let Some(feedback) = answer.first("feedback") else {
            return Ok(());
        };
        let markdown = self.markdown(feedback)?;
        if !markdown.is_empty() {
            asked.feedback.choices.push(ChoiceFeedback {
                response: identifier(self.it, RESPONSE)?,
                choice: choice.clone(),
                markdown,
            });
        }
        Ok(())
    }

    /// One of several: what it is worth.
    pub(in crate::assessment) fn single(
        &mut self,
        response: Identifier,
        fractions: &[Fraction],
        grade: Points,
    ) -> Result<ResponseDeclaration, Refusal> {
        let best = fractions.iter().find(|(_, percent)| is_whole(*percent));
        let (best, _) = best.ok_or_else(|| self.refuse(RefusalCode::UnsupportedScoring))?;
        if fractions.iter().any(|(_, percent)| *percent < 0.0) {
            self.texts.note(ChangeCode::NeverBelowZero, self.it);
        }
        let is_partly = |(choice, percent): &Fraction| *percent > 0.0 && choice != best;
        let mut declared = declared(
            response,
            (Cardinality::Single, BaseType::Identifier),
            Value::Identifiers(vec![best.clone()]),
            Scoring::MatchCorrect { points: grade },
        );
        if fractions.iter().any(is_partly) {
            declared.scoring = Scoring::MapResponse;
            declared.mapping = Some(mapping(fractions, grade));
        }
        Ok(declared)
    }

    /// Any of several: the sum of what they are worth, from nothing to all points.
    pub(in crate::assessment) fn several(
        &self,
        response: Identifier,
        fractions: &[Fraction],
    ) -> Result<ResponseDeclaration, Refusal> {
        let key = right(fractions);
        let unsupported = || self.refuse(RefusalCode::UnsupportedScoring);
        if key.is_empty() {
            return Err(unsupported());
        }
        let mut declared = declared(
            response,
            (Cardinality::Multiple, BaseType::Identifier),
            Value::Identifiers(key),
            Scoring::MapResponse,
        );
        if let Some(penalty) = even(fractions) {
            declared.scoring = Scoring::PerOption {
                points: self.grade,
                penalty,
            };
            return Ok(declared);
        }
        let lost = |is_right: bool| -> f64 {
            let of = fractions
                .iter()
                .filter(|(_, percent)| (*percent > 0.0) == is_right);
            of.map(|(_, percent)| {
                (exact(worth(self.grade, *percent)) - exact(self.grade) * percent / 100.0).abs()
            })
            .sum()
        };
        if lost(true) + lost(false) > LOST + 1e-4 {
            return Err(unsupported());
        }
        declared.mapping = Some(mapping(fractions, self.grade));
        Ok(declared)
    }
}

fn right(fractions: &[Fraction]) -> Vec<Identifier> {
    let right = fractions.iter().filter(|(_, percent)| *percent > 0.0);
    right.map(|(choice, _)| choice.clone()).collect()
}

fn mapping(fractions: &[Fraction], grade: Points) -> Mapping {
    let entries = fractions.iter().filter(|(_, percent)| *percent != 0.0);
    Mapping {
        lower_bound: None,
        upper_bound: Some(grade),
        default_value: Points::ZERO,
        entries: entries
            .map(|(choice, percent)| MapEntry {
                key: MapKey::Text(choice.to_string()),
                value: worth(grade, *percent),
            })
            .collect(),
    }
}

/// Where right ones share the points evenly, and wrong ones all take away as much:
/// how much, in percent of what a right one gives.
fn even(fractions: &[Fraction]) -> Option<u8> {
    // What five decimals of a percent leave of a third.
    const NEAR: f64 = 1e-3;
    let right: Vec<f64> = fractions
        .iter()
        .map(|(_, it)| *it)
        .filter(|it| *it > 0.0)
        .collect();
    let count = f64::from(u32::try_from(right.len()).ok()?);
    let is_share = |percent: &f64| (percent * count - 100.0).abs() < NEAR * count;
    let mut wrong = fractions.iter().map(|(_, it)| *it).filter(|it| *it <= 0.0);
    let taken = wrong.next().unwrap_or(0.0);
    let is_even = right.iter().all(is_share) && wrong.all(|it| (it - taken).abs() < NEAR);
    let wanted = -taken * count;
    (0..=100_u8).find(|penalty| is_even && (f64::from(*penalty) - wanted).abs() < NEAR * count)
}
