//! What is typed: a word, a number, a longer text.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::{
    Asked, BaseType, Cardinality, ChangeCode, Comparison, Element, Feedback, Identifier, Interaction, Points,
    Question, RESPONSE, Refusal, RefusalCode, ResponseDeclaration, Scoring, Value, declaration, declared,
    fraction, identifier, is_set, is_whole, said, worth,
};
use crate::assessment::{
    Branch, Condition, Decimal, Expression, FloatRef, Literal, MapEntry, MapKey, Mapping, NumberRules,
    NumericEntryInteraction, Operator, Quantity, ResponseAction, ResponseProcessing, Rule,
    TextEntryInteraction, TextRules, Tolerance, ToleranceMode, Unit, UnitEntry, WhiteSpace, limits,
    qti::read::rubric, score::text::Normal,
};

/// An answer that is taken, and how much of the points it gives, in percent.
pub(in crate::assessment) struct Accepted<T> {
    pub(in crate::assessment) answer: T,
    pub(in crate::assessment) percent: f64,
}

/// A number, and how far from it is near enough.
pub(super) type Near = (Decimal, Decimal);

impl Question<'_, '_> {
    pub(super) fn short_answer(&mut self) -> Result<Asked, Refusal> {
        let mut accepted = Vec::new();
        let mut feedback = Feedback::default();
        let answers: Vec<_> = self.it.all("answer").collect();
        for (index, answer) in answers.iter().enumerate() {
            let text = said(answer).trim().to_owned();
            let percent = fraction(answer)?;
            if text == "*" && percent <= 0.0 && index + 1 == answers.len() {
                self.said_to_others(answer, &mut feedback)?;
                continue;
            }
            let answer_text = literal(&text).ok_or_else(|| answer.refuse(RefusalCode::UnsupportedPattern))?;
            self.said_to_some(answer, answers.len() == 1, &mut feedback)?;
            accepted.push(Accepted {
                answer: answer_text,
                percent,
            });
        }
        let response = identifier(self.it, RESPONSE)?;
        let has_case = is_set(self.it, "usecase", false);
        let declared = self.text(response.clone(), accepted, has_case, self.grade)?;
        let interaction = Interaction::TextEntry(TextEntryInteraction {
            response,
            prompt: self.prompt()?,
            expected_length: None,
        });
        let mut asked = Asked::one(interaction, declared);
        asked.feedback = feedback;
        Ok(asked)
    }

    /// What the first of these texts that was typed is worth.
    pub(in crate::assessment) fn text(
        &mut self,
        response: Identifier,
        mut accepted: Vec<Accepted<String>>,
        has_case: bool,
        grade: Points,
    ) -> Result<ResponseDeclaration, Refusal> {
        let rules = TextRules {
            variants: Vec::new(),
            ignore_case: !has_case,
            ignore_accents: false,
            white_space: WhiteSpace::Collapse,
        };
        let normal = Normal::of(&Comparison::Text(rules.clone()));
        // Only the first of two that are the same is ever met.
        let mut known: BTreeMap<String, (String, f64)> = BTreeMap::new();
        for it in &accepted {
            let as_written = as_written(&it.answer, has_case);
            let (first, percent) = known
                .entry(normal.form(&it.answer))
                .or_insert_with(|| (as_written.clone(), it.percent));
            // Two that are told apart there and not here, and are not worth the same.
            if *first != as_written && percent.max(0.0).total_cmp(&it.percent.max(0.0)).is_ne() {
                return Err(self.refuse(RefusalCode::UnsupportedScoring));
            }
        }
        let has_lookalikes = |(form, (as_written, _)): (&String, &(String, f64))| {
            form != as_written || form.contains(|c: char| c.is_ascii_digit())
        };
        if known.iter().any(has_lookalikes) {
            self.texts.note(ChangeCode::LookalikesTaken, self.it);
        }
        let mut met = BTreeSet::new();
        accepted.retain(|it| met.insert(normal.form(&it.answer)) && it.percent > 0.0);
        let best = accepted.iter().find(|it| is_whole(it.percent));
        let best = best
            .map(|it| it.answer.clone())
            .ok_or_else(|| self.refuse(RefusalCode::UnsupportedScoring))?;
        if accepted.len() > limits::VARIANTS {
            return Err(self.refuse(RefusalCode::TooLarge));
        }
        let mut declared = declared(
            response,
            (Cardinality::Single, BaseType::String),
            Value::Text(best.clone()),
            Scoring::MatchCorrect { points: grade },
        );
        let is_all = accepted.iter().all(|it| is_whole(it.percent));
        let others = accepted.iter().filter(|it| it.answer != best);
        let variants = if is_all {
            others.map(|it| it.answer.clone()).collect()
        } else {
            Vec::new()
        };
        if !is_all {
            let entries = accepted.iter().map(|it| MapEntry {
                key: MapKey::Text(it.answer.clone()),
                value: worth(grade, it.percent),
            });
            declared.scoring = Scoring::MapResponse;
            declared.mapping = Some(Mapping {
                lower_bound: None,
                upper_bound: None,
                default_value: Points::ZERO,
                entries: entries.collect(),
            });
        }
        declared.comparison = Comparison::Text(TextRules { variants, ..rules });
        Ok(declared)
    }

    /// What is said to everybody whose answer is none of those above.
    fn said_to_others(&mut self, answer: &Element, feedback: &mut Feedback) -> Result<(), Refusal> {
        if let Some(said) = answer.first("feedback") {
            let markdown = self.markdown(said)?;
            feedback.incorrect = Some(markdown).filter(|markdown| !markdown.is_empty());
        }
        Ok(())
    }

    /// What is said of one answer: kept where it is all that can be right.
    fn said_to_some(
        &mut self,
        answer: &Element,
        is_only: bool,
        feedback: &mut Feedback,
    ) -> Result<(), Refusal> {
        let Some(said) = answer.first("feedback") else {
            return Ok(());
        };
        let markdown = self.markdown(said)?;
        if markdown.is_empty() {
            return Ok(());
        }
        if is_only {
            feedback.correct = Some(markdown);
        } else {
            self.texts.note(ChangeCode::FeedbackDropped, said);
        }
        Ok(())
    }

    pub(super) fn numerical(&mut self) -> Result<Asked, Refusal> {
        let mut accepted = Vec::new();
        let mut feedback = Feedback::default();
        let answers: Vec<_> = self.it.all("answer").collect();
        for (index, answer) in answers.iter().enumerate() {
            let text = said(answer);
            let percent = fraction(answer)?;
            if text.trim() == "*" && percent <= 0.0 && index + 1 == answers.len() {
                self.said_to_others(answer, &mut feedback)?;
                continue;
            }
            let tolerance = answer
                .first("tolerance")
                .map_or_else(|| "0".to_owned(), Element::text);
            let near = near(&text, &tolerance).ok_or_else(|| answer.refuse(RefusalCode::Invalid))?;
            self.said_to_some(answer, answers.len() == 1, &mut feedback)?;
            accepted.push(Accepted {
                answer: near,
                percent,
            });
        }
        let response = identifier(self.it, RESPONSE)?;
        let (entry, units) = self.units()?;
        let key_unit = (entry == UnitEntry::Typed).then(|| units.first().map(|unit| unit.symbol.clone()));
        let (mut declared, processing) = self.number(response.clone(), &accepted, self.grade)?;
        if entry == UnitEntry::Typed {
            // Rules of an item's own know no units.
            if processing.is_some() {
                return Err(self.refuse(RefusalCode::UnsupportedScoring));
            }
            if let Comparison::Number(rules) = &mut declared.comparison {
                rules.units = units.into_iter().skip(1).collect();
            }
            if let Some(Value::Number(key)) = &mut declared.correct_response {
                key.unit = key_unit.flatten();
            }
        }
        let interaction = Interaction::NumericEntry(NumericEntryInteraction {
            response,
            prompt: self.prompt()?,
            unit: entry,
        });
        let mut asked = Asked::one(interaction, declared);
        asked.processing = processing;
        asked.feedback = feedback;
        Ok(asked)
    }

    /// What the first of these numbers that the answer is near to is worth. Where
    /// they differ in worth or lie apart, that takes rules of the item's own.
    pub(super) fn number(
        &mut self,
        response: Identifier,
        accepted: &[Accepted<Near>],
        grade: Points,
    ) -> Result<(ResponseDeclaration, Option<ResponseProcessing>), Refusal> {
        // Each is held against those before it.
        if accepted.len() > limits::VARIANTS {
            return Err(self.refuse(RefusalCode::TooLarge));
        }
        // The key is what earns all: not what an answer before it meets for less.
        let earns_all = |it: &&Accepted<Near>| {
            let first = accepted.iter().find(|other| is_near(&it.answer.0, &other.answer));
            is_whole(it.percent) && first.is_some_and(|first| is_whole(first.percent))
        };
        let best = accepted.iter().find(earns_all);
        let best = best.ok_or_else(|| self.refuse(RefusalCode::UnsupportedScoring))?;
        if accepted.iter().any(|it| it.percent < 0.0) {
            self.texts.note(ChangeCode::NeverBelowZero, self.it);
        }
        let (number, tolerance) = best.answer.clone();
        let key = Quantity { number, unit: None };
        let mut declared = declared(
            response.clone(),
            (Cardinality::Single, BaseType::Float),
            Value::Number(key),
            Scoring::MatchCorrect { points: grade },
        );
        // Answers that come after the one that is right, and give nothing, change nothing.
        let is_first = accepted.first().is_some_and(|it| is_whole(it.percent));
        if is_first && accepted.iter().skip(1).all(|it| it.percent <= 0.0) {
            let tolerance = if tolerance.is_positive() {
                Tolerance::Absolute(tolerance)
            } else {
                Tolerance::Exact
            };
            let units = Vec::new();
            declared.comparison = Comparison::Number(NumberRules { tolerance, units });
            return Ok((declared, None));
        }
        declared.scoring = Scoring::ByRules;
        let branches = accepted
            .iter()
            .map(|it| self.branch(&response, it, grade))
            .collect::<Result<_, _>>()?;
        let otherwise = Vec::new();
        let rules = vec![Rule::Condition(Condition { branches, otherwise })];
        Ok((declared, Some(ResponseProcessing { rules })))
    }

    /// If the answer is near, so many points.
    fn branch(
        &self,
        response: &Identifier,
        accepted: &Accepted<Near>,
        grade: Points,
    ) -> Result<Branch<ResponseAction>, Refusal> {
        let (number, tolerance) = accepted.answer.clone();
        let points = worth(grade, accepted.percent.max(0.0)).to_string();
        let points: Decimal = points.parse().map_err(|_| self.refuse(RefusalCode::Invalid))?;
        let equal = Operator::Equal {
            tolerance_mode: ToleranceMode::Absolute,
            tolerance: vec![FloatRef::Value(tolerance)],
            include_lower_bound: true,
            include_upper_bound: true,
        };
        let of = vec![
            Expression::BaseValue(Literal::Float(number)),
            Expression::Variable(response.clone()),
        ];
        Ok(Branch {
            when: Expression::operation(equal, of),
            then: vec![Rule::Do(ResponseAction::SetOutcomeValue {
                identifier: identifier(self.it, "SCORE")?,
                value: Expression::BaseValue(Literal::Float(points)),
            })],
        })
    }

    /// Whose business the unit is, and which are taken, first the one that the key is in.
    fn units(&mut self) -> Result<(UnitEntry, Vec<Unit>), Refusal> {
        const NOT_SHOWN: &str = "3";
        let setting = |name: &str| self.it.first(name).map(|it| it.text().trim().to_owned());
        let Some(listed) = self.it.first("units").filter(|it| it.first("unit").is_some()) else {
            return Ok((UnitEntry::None, Vec::new()));
        };
        let mut units = Vec::new();
        for unit in listed.all("unit") {
            let invalid = || unit.refuse(RefusalCode::Invalid);
            let symbol = unit
                .first("unit_name")
                .ok_or_else(invalid)?
                .text()
                .trim()
                .to_owned();
            let multiplier = unit.first("multiplier").map(Element::text).unwrap_or_default();
            let multiplier = declaration::decimal(&multiplier).filter(Decimal::is_positive);
            let factor = multiplier.as_ref().and_then(inverse);
            let factor = factor.ok_or_else(|| unit.refuse(RefusalCode::UnsupportedScoring))?;
            units.push(Unit { symbol, factor });
        }
        // The key is in the unit of which one is one.
        let one = units.iter().position(|unit| unit.factor.exact() == 1);
        let one = one.ok_or_else(|| listed.refuse(RefusalCode::UnsupportedScoring))?;
        units.swap(0, one);
        if setting("showunits").as_deref() == Some(NOT_SHOWN) {
            return Ok((UnitEntry::None, Vec::new()));
        }
        if matches!(setting("unitgradingtype").as_deref(), None | Some("0" | "")) {
            // Without a unit, a number is one in this unit: so it stands beside the field.
            self.texts.note(ChangeCode::UnitShown, listed);
            return Ok((UnitEntry::Shown(units.swap_remove(0).symbol), Vec::new()));
        }
        let penalty = setting("unitpenalty").and_then(|said| said.parse::<f64>().ok());
        let takes_all = penalty.is_some_and(|penalty| penalty > 0.999_999);
        if !takes_all || is_set(self.it, "unitsleft", false) {
            return Err(listed.refuse(RefusalCode::UnsupportedScoring));
        }
        if matches!(setting("showunits").as_deref(), Some("1" | "2")) {
            // Chosen there, typed here.
            self.texts.note(ChangeCode::PresentationDropped, listed);
        }
        Ok((UnitEntry::Typed, units))
    }

    pub(super) fn essay(&mut self) -> Result<Asked, Refusal> {
        let setting = |name: &str| self.it.first(name).map(|it| it.text().trim().to_owned());
        let number = |name: &str| setting(name).and_then(|said| said.parse::<u16>().ok());
        let (lines, words) = (number("responsefieldlines"), number("maxwordlimit"));
        let needs_file = number("attachmentsrequired").is_some_and(|count| count > 0);
        if setting("responseformat").as_deref() == Some("noinline") || needs_file {
            return Err(self.refuse(RefusalCode::UnsupportedInteraction));
        }
        let is_more = |name: &str| setting(name).is_some_and(|said| !matches!(said.as_str(), "" | "0"));
        if ["attachments", "minwordlimit", "maxwordlimit"]
            .into_iter()
            .any(is_more)
        {
            self.texts.note(ChangeCode::ConstraintDropped, self.it);
        }
        let mut prompt = self.prompt()?;
        if let Some(template) = self.it.first("responsetemplate") {
            let begun = self.markdown(template)?;
            if !begun.is_empty() {
                // What the field would have held already.
                self.texts.note(ChangeCode::LayoutFlattened, template);
                prompt = format!("{prompt}\n\n{begun}");
            }
        }
        let description = match self.it.first("graderinfo") {
            Some(info) => self.markdown(info)?,
            None => String::new(),
        };
        self.texts.note(ChangeCode::RubricMade, self.it);
        let title = self.it.first("name").map(said).unwrap_or_default();
        let title = title.trim().chars().take(limits::TITLE).collect();
        let response = identifier(self.it, RESPONSE)?;
        let rubric = rubric::whole(self.it, title, description, self.grade)?;
        Ok(Asked::essay(response, prompt, (lines, words), rubric))
    }
}

/// A text as Moodle compares it (`qtype_shortanswer`): as its characters (NFC), in small
/// letters where case does not matter. White space inside is as it is here, where any
/// run of it is one space.
fn as_written(text: &str, has_case: bool) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.nfc().collect();
    if has_case { text } else { text.to_lowercase() }
}

/// A text that is compared as it stands; none if an asterisk in it stands for anything.
pub(super) fn literal(text: &str) -> Option<String> {
    let plain = text.replace("\\*", "\u{0}");
    (!plain.contains('*')).then(|| plain.replace('\u{0}', "*"))
}

pub(super) fn near(number: &str, tolerance: &str) -> Option<Near> {
    let tolerance = if tolerance.trim().is_empty() {
        "0"
    } else {
        tolerance
    };
    let tolerance = declaration::decimal(tolerance).filter(|it| it.exact() >= 0)?;
    Some((declaration::decimal(number)?, tolerance))
}

fn is_near(number: &Decimal, (key, tolerance): &Near) -> bool {
    (number.exact() - key.exact()).abs() <= tolerance.exact()
}

/// One divided by it, where that is a decimal number. Moodle says how many of a unit
/// make the key's one, and we how many of the key's make one of it.
fn inverse(number: &Decimal) -> Option<Decimal> {
    let one = bigdecimal::BigDecimal::from(1);
    let inverse = (&one / number.exact()).with_prec(30).normalized();
    let is_exact = &inverse * number.exact() == one;
    let plain = inverse.to_plain_string();
    plain.parse().ok().filter(|_| is_exact)
}
