//! Text with gaps, each marked `[[n]]` where the `n`th word is right.

use super::{
    Asked, BaseType, Block, Cardinality, ChangeCode, Element, Identifier, Interaction, Question, RESPONSE,
    Refusal, RefusalCode, Scoring, Value, declared, exact, identifier, is_set, said,
};
use crate::assessment::{
    AssociableChoice, Branch, Condition, Decimal, DirectedPair, Expression, Flow, Gap, GapMatchInteraction,
    InlineChoiceInteraction, Literal, Operator, Passage, Points, ResponseAction, ResponseProcessing, Rule,
    Run, SimpleChoice, limits,
    qti::html::{self, MARKED},
};

/// A word, its number from 1, and the group of those that go where it goes.
struct Word<'a> {
    element: &'a Element,
    group: String,
}

impl Question<'_, '_> {
    /// Words to be put into gaps.
    pub(super) fn words_into_gaps(&mut self) -> Result<Asked, Refusal> {
        let it = self.it;
        let words = words(it, "dragbox")?;
        if words.iter().any(|word| word.group != words[0].group) {
            // Here any word goes into any gap.
            self.texts.note(ChangeCode::ConstraintDropped, it);
        }
        let (text, numbers) = self.gaps(words.len())?;
        let names: Vec<_> = (1..=numbers.len())
            .map(|index| identifier(it, &format!("gap-{index}")))
            .collect::<Result<_, _>>()?;
        let mut gap_texts = Vec::new();
        for (index, word) in words.iter().enumerate() {
            let is_endless = word.element.first("infinite").is_some();
            let uses = numbers.iter().filter(|number| **number == index).count();
            if uses > 1 && !is_endless {
                // It can't be where it belongs.
                return Err(word.element.refuse(RefusalCode::Invalid));
            }
            gap_texts.push(AssociableChoice {
                identifier: word_name(word.element, index)?,
                content: self.line(word.element)?,
                match_max: is_endless.then_some(0),
            });
        }
        let key = numbers
            .iter()
            .zip(&names)
            .map(|(number, gap)| DirectedPair::from([gap_texts[*number].identifier.clone(), gap.clone()]));
        let key = Value::DirectedPairs(key.collect());
        let mut names = names.into_iter();
        let text = text.try_map(|_| names.next().map(|identifier| Gap { identifier }));
        let mut text = text.ok_or_else(|| self.refuse(RefusalCode::Invalid))?;
        let prompt = before_gaps(&mut text);
        let prompt = self.or_title(prompt);
        let response = identifier(it, RESPONSE)?;
        let interaction = Interaction::GapMatch(GapMatchInteraction {
            response: response.clone(),
            prompt,
            gap_texts,
            text,
        });
        let shared = Scoring::PerOption {
            points: self.grade,
            penalty: 0,
        };
        let kind = (Cardinality::Multiple, BaseType::DirectedPair);
        Ok(Asked::one(interaction, declared(response, kind, key, shared)))
    }

    /// A list of words in each gap.
    pub(super) fn lists_in_gaps(&mut self) -> Result<Asked, Refusal> {
        let it = self.it;
        let words = words(it, "selectoption")?;
        let (text, numbers) = self.gaps(words.len())?;
        let shuffle = is_set(it, "shuffleanswers", true);
        let (share, processing) = self.shares(numbers.len())?;
        let mut interactions = Vec::new();
        let mut asked = Asked::default();
        for (index, number) in numbers.iter().enumerate() {
            let response = nth(it, index)?;
            let mut choices = Vec::new();
            let of_group = words.iter().enumerate();
            for (index, word) in of_group.filter(|(_, word)| word.group == words[*number].group) {
                choices.push(SimpleChoice {
                    identifier: word_name(word.element, index)?,
                    content: self.line(word.element)?,
                    fixed: false,
                });
            }
            let key = Value::Identifiers(vec![word_name(it, *number)?]);
            let kind = (Cardinality::Single, BaseType::Identifier);
            asked
                .responses
                .push(declared(response.clone(), kind, key, share.clone()));
            interactions.push(Interaction::InlineChoice(InlineChoiceInteraction {
                response,
                prompt: String::new(),
                choices,
                shuffle,
            }));
        }
        let mut interactions = interactions.into_iter();
        let text = text.try_map(|_| interactions.next());
        let text = text.ok_or_else(|| self.refuse(RefusalCode::Invalid))?;
        let prompt = String::new();
        asked.body.push(Block::Passage(Passage { prompt, text }));
        asked.processing = processing;
        Ok(asked)
    }

    /// The text, and for each gap in it the word that is right, counted from 0.
    fn gaps(&mut self, words: usize) -> Result<(Flow<usize>, Vec<usize>), Refusal> {
        let it = self.it;
        let holder = it
            .first("questiontext")
            .ok_or_else(|| it.refuse(RefusalCode::NoInteraction))?;
        let marked = marked(&said(holder));
        let text = self.with_gaps(holder, &marked)?;
        let numbers: Vec<usize> = text.parts().copied().collect();
        if numbers.is_empty() {
            return Err(holder.refuse(RefusalCode::NoInteraction));
        }
        if numbers.len() > limits::INTERACTIONS {
            return Err(holder.refuse(RefusalCode::TooLarge));
        }
        if numbers.iter().any(|number| !(1..=words).contains(number)) {
            return Err(holder.refuse(RefusalCode::Invalid));
        }
        let numbers = numbers.into_iter().map(|number| number - 1).collect();
        Ok((text, numbers))
    }

    /// A text with the number of each mark where it stands.
    pub(super) fn with_gaps(&mut self, holder: &Element, marked: &str) -> Result<Flow<usize>, Refusal> {
        if holder.attribute("format") == Some("markdown") {
            return Err(holder.refuse(RefusalCode::UnsupportedContent));
        }
        let nodes = html::with_marks(self.nodes(holder, marked)?, holder.line);
        self.texts.flow(
            &nodes,
            |_| true,
            |element| element.name == MARKED,
            |_, mark| {
                let number = mark.attribute("number").and_then(|number| number.parse().ok());
                number.ok_or_else(|| holder.refuse(RefusalCode::Invalid))
            },
        )
    }

    /// What each of so many gaps gives. What cannot be shared out in hundredths of a
    /// point is added up by rules, and rounded once.
    fn shares(&self, count: usize) -> Result<(Scoring, Option<ResponseProcessing>), Refusal> {
        let whole = i64::try_from(count).unwrap_or(i64::MAX);
        if self.grade.hundredths() % whole == 0 {
            let points = self.grade.share(1, whole);
            return Ok((Scoring::MatchCorrect { points }, None));
        }
        let invalid = || self.refuse(RefusalCode::Invalid);
        let count_exact = u32::try_from(count).map_err(|_| invalid())?;
        let share = format!("{:.10}", exact(self.grade) / f64::from(count_exact));
        let share: Decimal = share.parse().map_err(|_| invalid())?;
        let rules = (0..count).map(|index| self.adds(index, &share));
        let rules = rules.collect::<Result<_, _>>()?;
        Ok((Scoring::ByRules, Some(ResponseProcessing { rules })))
    }

    /// If that gap is right, so much more.
    fn adds(&self, index: usize, share: &Decimal) -> Result<Rule<ResponseAction>, Refusal> {
        let response = nth(self.it, index)?;
        let score = identifier(self.it, "SCORE")?;
        let is_right = vec![
            Expression::Variable(response.clone()),
            Expression::Correct(response),
        ];
        let sum = vec![
            Expression::Variable(score.clone()),
            Expression::BaseValue(Literal::Float(share.clone())),
        ];
        let branch = Branch {
            when: Expression::operation(Operator::Match, is_right),
            then: vec![Rule::Do(ResponseAction::SetOutcomeValue {
                identifier: score,
                value: Expression::operation(Operator::Sum, sum),
            })],
        };
        Ok(Rule::Condition(Condition {
            branches: vec![branch],
            otherwise: Vec::new(),
        }))
    }
}

/// The response of the gap at that place, counted from 0.
pub(super) fn nth(it: &Element, index: usize) -> Result<Identifier, Refusal> {
    identifier(it, &format!("{RESPONSE}-{}", index + 1))
}

fn words<'a>(it: &'a Element, name: &'a str) -> Result<Vec<Word<'a>>, Refusal> {
    let words: Vec<_> = it
        .all(name)
        .map(|element| Word {
            element,
            group: element
                .first("group")
                .map(|it| it.text().trim().to_owned())
                .unwrap_or_default(),
        })
        .collect();
    if words.len() > limits::CHOICES {
        return Err(it.refuse(RefusalCode::TooLarge));
    }
    Ok(words)
}

fn word_name(element: &Element, index: usize) -> Result<Identifier, Refusal> {
    identifier(element, &format!("word-{}", index + 1))
}

/// The text with a mark for each `[[n]]`.
fn marked(text: &str) -> String {
    let text = html::without_marks(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("[[") {
        out.push_str(before);
        let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let number = after[..digits].parse().ok();
        match number.filter(|_| after[digits..].starts_with("]]")) {
            Some(number) => {
                out.push_str(&html::mark(number));
                rest = &after[digits + 2..];
            }
            None => {
                out.push_str("[[");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Takes the paragraphs off that stand before the first gap: what is to be done.
fn before_gaps(text: &mut Flow<Gap>) -> String {
    let has_gap = |runs: &Vec<Run<Gap>>| runs.iter().any(|run| matches!(run, Run::Part(_)));
    let first = text.paragraphs.iter().position(has_gap).unwrap_or(0);
    let before = text.paragraphs.drain(..first);
    let before = before.map(|runs| {
        let words = runs.into_iter().map(|run| match run {
            Run::Text(text) => text,
            Run::Part(_) => String::new(),
        });
        words.collect::<String>()
    });
    before.collect::<Vec<_>>().join("\n\n")
}

/// So much of the points as its weight is of all weights, if that is so many hundredths.
pub(super) fn weighed(grade: Points, weight: i64, all: i64) -> Option<Points> {
    let product = grade.hundredths().checked_mul(weight)?;
    (all > 0 && product % all == 0).then(|| Points::from_hundredths(product / all))
}
