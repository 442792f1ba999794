//! Text with questions in it, each written `{weight:KIND:answers}` where it stands.

use super::{
    Asked, Block, ChangeCode, Element, Identifier, Interaction, Points, Question, Refusal, RefusalCode,
    ResponseDeclaration,
    entry::{Accepted, literal, near},
    gaps::{nth, weighed},
    identifier, said,
};
use crate::assessment::{
    InlineChoiceInteraction, NumericEntryInteraction, Passage, SimpleChoice, TextEntryInteraction, UnitEntry,
    limits, qti::html,
};

/// A question in a text.
struct Embedded {
    weight: i64,
    kind: Kind,
    answers: Vec<Answer>,
}

#[derive(Clone, Copy)]
enum Kind {
    Text { has_case: bool },
    Number,
    Choice { shuffle: bool, is_open: bool },
}

struct Answer {
    percent: f64,
    /// As it was written, without what escapes its signs.
    text: String,
    has_feedback: bool,
}

impl Question<'_, '_> {
    pub(super) fn cloze(&mut self) -> Result<Asked, Refusal> {
        let it = self.it;
        let holder = it
            .first("questiontext")
            .ok_or_else(|| it.refuse(RefusalCode::NoInteraction))?;
        let (marked, embedded) = embedded(&said(holder), holder)?;
        let all: i64 = embedded.iter().map(|one| one.weight).sum();
        if it.first("defaultgrade").is_none() {
            // It is worth what its questions are.
            self.grade = Points::from_hundredths(100_i64.saturating_mul(all));
        }
        let text = self.with_gaps(holder, &marked)?;
        let is_each_once = text.parts().copied().eq(0..embedded.len());
        if !is_each_once {
            return Err(holder.refuse(RefusalCode::Invalid));
        }
        let mut asked = Asked::default();
        let mut interactions = Vec::new();
        for (index, one) in embedded.iter().enumerate() {
            let grade = weighed(self.grade, one.weight, all).filter(|grade| *grade > Points::ZERO);
            let grade = grade.ok_or_else(|| holder.refuse(RefusalCode::UnsupportedScoring))?;
            let (interaction, declared) = self.embedded(nth(it, index)?, one, grade)?;
            interactions.push(interaction);
            asked.responses.push(declared);
        }
        let mut interactions = interactions.into_iter();
        let text = text.try_map(|_| interactions.next());
        let text = text.ok_or_else(|| self.refuse(RefusalCode::Invalid))?;
        let prompt = String::new();
        asked.body.push(Block::Passage(Passage { prompt, text }));
        Ok(asked)
    }

    fn embedded(
        &mut self,
        response: Identifier,
        one: &Embedded,
        grade: Points,
    ) -> Result<(Interaction, ResponseDeclaration), Refusal> {
        if one.answers.iter().any(|answer| answer.has_feedback) {
            self.texts.note(ChangeCode::FeedbackDropped, self.it);
        }
        let prompt = String::new();
        // What stands last for any other answer, and gives nothing.
        let is_any = |answer: &Answer| answer.text.trim() == "*" && answer.percent <= 0.0;
        let answers = match one.answers.split_last() {
            Some((last, others)) if is_any(last) => others,
            _ => &one.answers,
        };
        match one.kind {
            Kind::Text { has_case } => {
                let accepted = answers.iter().map(|answer| {
                    let text = html::unescaped(answer.text.trim());
                    let answer_text =
                        literal(&text).ok_or_else(|| self.refuse(RefusalCode::UnsupportedPattern))?;
                    Ok(Accepted {
                        answer: answer_text,
                        percent: answer.percent,
                    })
                });
                let accepted = accepted.collect::<Result<Vec<_>, Refusal>>()?;
                let declared = self.text(response.clone(), accepted, has_case, grade)?;
                let expected_length = None;
                let entry = TextEntryInteraction {
                    response,
                    prompt,
                    expected_length,
                };
                Ok((Interaction::TextEntry(entry), declared))
            }
            Kind::Number => {
                let accepted = answers.iter().map(|answer| {
                    let (number, tolerance) = answer.text.split_once(':').unwrap_or((&answer.text, "0"));
                    let answer_near =
                        near(number, tolerance).ok_or_else(|| self.refuse(RefusalCode::Invalid))?;
                    Ok(Accepted {
                        answer: answer_near,
                        percent: answer.percent,
                    })
                });
                let accepted = accepted.collect::<Result<Vec<_>, Refusal>>()?;
                let (declared, processing) = self.number(response.clone(), &accepted, grade)?;
                if processing.is_some() {
                    return Err(self.refuse(RefusalCode::UnsupportedScoring));
                }
                let unit = UnitEntry::None;
                let entry = NumericEntryInteraction {
                    response,
                    prompt,
                    unit,
                };
                Ok((Interaction::NumericEntry(entry), declared))
            }
            Kind::Choice { shuffle, is_open } => {
                if is_open {
                    // A list that lies open, where here it opens.
                    self.texts.note(ChangeCode::PresentationDropped, self.it);
                }
                self.list(response, &one.answers, shuffle, grade)
            }
        }
    }

    fn list(
        &mut self,
        response: Identifier,
        answers: &[Answer],
        shuffle: bool,
        grade: Points,
    ) -> Result<(Interaction, ResponseDeclaration), Refusal> {
        let mut choices = Vec::new();
        let mut fractions = Vec::new();
        for (index, answer) in answers.iter().enumerate() {
            let identifier = identifier(self.it, &format!("choice-{}", index + 1))?;
            fractions.push((identifier.clone(), answer.percent));
            let nodes = html::parse(&answer.text, self.it.line, &mut str::to_owned);
            let nodes = nodes.map_err(|code| self.refuse(code))?;
            choices.push(SimpleChoice {
                identifier,
                content: self.texts.line(&nodes)?.trim().to_owned(),
                fixed: false,
            });
        }
        let declared = self.single(response.clone(), &fractions, grade)?;
        let list = InlineChoiceInteraction {
            response,
            prompt: String::new(),
            choices,
            shuffle,
        };
        Ok((Interaction::InlineChoice(list), declared))
    }
}

/// The text with a mark for each question in it, and the questions.
fn embedded(text: &str, holder: &Element) -> Result<(String, Vec<Embedded>), Refusal> {
    let text = html::without_marks(text);
    let mut marked = String::with_capacity(text.len());
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        marked.push_str(before);
        let Some((weight, kind, answers)) = head(after) else {
            marked.push('{');
            rest = after;
            continue;
        };
        let kind = kind.ok_or_else(|| holder.refuse(RefusalCode::UnsupportedInteraction))?;
        let (answers, after) = body(answers).ok_or_else(|| holder.refuse(RefusalCode::Invalid))?;
        if found.len() >= limits::INTERACTIONS || answers.len() > limits::CHOICES {
            return Err(holder.refuse(RefusalCode::TooLarge));
        }
        marked.push_str(&html::mark(found.len()));
        let answers = answers.iter().map(|answer| alternative(answer));
        let answers = answers.collect::<Option<_>>();
        found.push(Embedded {
            weight,
            kind,
            answers: answers.ok_or_else(|| holder.refuse(RefusalCode::Invalid))?,
        });
        rest = after;
    }
    marked.push_str(rest);
    if found.is_empty() {
        return Err(holder.refuse(RefusalCode::NoInteraction));
    }
    Ok((marked, found))
}

/// The weight, the kind, none where it is one that is not read here, and what follows.
fn head(text: &str) -> Option<(i64, Option<Kind>, &str)> {
    let (weight, rest) = text.split_at(text.bytes().take(4).take_while(u8::is_ascii_digit).count());
    let rest = rest.strip_prefix(':')?;
    let (kind, rest) = rest.split_at(
        rest.bytes()
            .take(20)
            .take_while(|b| b.is_ascii_alphabetic() || *b == b'_')
            .count(),
    );
    let rest = rest.strip_prefix(':').filter(|_| !kind.is_empty())?;
    let list = |shuffle, is_open| Some(Kind::Choice { shuffle, is_open });
    let kind = match kind {
        "SHORTANSWER" | "SA" | "MW" => Some(Kind::Text { has_case: false }),
        "SHORTANSWER_C" | "SAC" | "MWC" => Some(Kind::Text { has_case: true }),
        "NUMERICAL" | "NM" => Some(Kind::Number),
        "MULTICHOICE" | "MC" => list(false, false),
        "MULTICHOICE_S" | "MCS" => list(true, false),
        "MULTICHOICE_V" | "MCV" | "MULTICHOICE_H" | "MCH" => list(false, true),
        "MULTICHOICE_VS" | "MCVS" | "MULTICHOICE_HS" | "MCHS" => list(true, true),
        _ => None,
    };
    let weight = if weight.is_empty() {
        1
    } else {
        weight.parse().ok()?
    };
    Some((weight, kind, rest))
}

/// The answers up to the brace that ends them, and what follows it.
fn body(text: &str) -> Option<(Vec<String>, &str)> {
    let mut answers = vec![String::new()];
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '}' if !is_escaped => return Some((answers, &text[at + 1..])),
            '~' if !is_escaped => answers.push(String::new()),
            c => answers.last_mut()?.push(c),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    None
}

/// `=right`, `%50%half`, or `wrong`, each with what is said of it after a `#`.
fn alternative(text: &str) -> Option<Answer> {
    let text = text.trim();
    let (percent, text) = if let Some(text) = text.strip_prefix('=') {
        (100.0, text)
    } else if let Some(text) = text.strip_prefix('%') {
        let (percent, text) = text.split_once('%')?;
        let percent: f64 = percent.trim().parse().ok()?;
        (percent, text)
    } else {
        (0.0, text)
    };
    let mut answer = String::new();
    let mut feedback = None;
    let mut is_escaped = false;
    for c in text.chars() {
        // A character by its number, `&#125;`, is no feedback.
        if c == '#' && !is_escaped && feedback.is_none() && !answer.ends_with('&') {
            feedback = Some(String::new());
            continue;
        }
        let to = feedback.as_mut().unwrap_or(&mut answer);
        // An escaped asterisk is told from one that stands for anything later on.
        if is_escaped && !matches!(c, '~' | '}' | '#' | '=' | '"' | '\\' | '/') {
            to.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        if !is_escaped {
            to.push(c);
        }
    }
    let is_within = percent.abs() <= 100.0;
    is_within.then(|| Answer {
        percent,
        text: answer,
        has_feedback: feedback.is_some_and(|said| !said.trim().is_empty()),
    })
}
