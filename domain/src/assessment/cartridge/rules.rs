//! Response processing (QTI 1.2.1 §4.3): conditions in their order, each with what
//! it does to the score and which messages it shows.

use std::collections::BTreeSet;

use super::{Element, Question, Refusal, RefusalCode};
use crate::assessment::{
    Branch, Comparison, Condition as If, Decimal, Expression, Identifier, Literal, Operator, ResponseAction,
    ResponseProcessing, Rule as Do, TextRules, WhiteSpace, limits,
    moodle::{identifier, worth},
    qti::ChangeCode,
    score::text::Normal,
};

/// Rules of one question, with all that their conditions are made of and all that they
/// do: each is gone through for every answer that can matter.
const MOST: usize = 600;

/// The rules of a question.
pub(super) struct Rules<'a> {
    rules: Vec<Rule<'a>>,
    score: Score,
}

/// What the score can be.
struct Score {
    /// Before any rule.
    begins: f64,
    least: f64,
    most: f64,
}

struct Rule<'a> {
    when: When,
    sets: Vec<(Step, f64)>,
    says: Vec<&'a str>,
    /// Whether those after it are looked at where it holds.
    goes_on: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Set,
    Add,
    Subtract,
}

enum When {
    All(Vec<When>),
    Any(Vec<When>),
    Not(Box<When>),
    /// The answer is this.
    Is(Words),
    /// This stands in the answer.
    Holds(Words),
    Unanswered,
}

struct Words {
    text: String,
    has_case: bool,
}

/// An answer.
#[derive(Clone, Copy)]
pub(super) enum Given<'a> {
    /// Of the choices of these names, those whose bits are set, the first one's lowest.
    Chosen(&'a [&'a str], u64),
    Typed(Option<&'a str>),
}

impl Given<'_> {
    /// Whether the choice at that place, from 0, was chosen.
    pub(super) const fn has(&self, index: usize) -> bool {
        matches!(self, Self::Chosen(_, which) if *which >> index & 1 == 1)
    }

    pub(super) const fn is_empty(&self) -> bool {
        matches!(self, Self::Chosen(_, 0) | Self::Typed(None))
    }
}

/// What the rules make of an answer.
pub(super) struct Way<'a> {
    pub(super) given: Given<'a>,
    /// Of all points, no more than 100; below zero where it takes away.
    pub(super) percent: f64,
    /// The messages that are shown.
    pub(super) says: BTreeSet<&'a str>,
}

impl<'a> Rules<'a> {
    /// The rules of an item that asks for that response.
    pub(super) fn of(item: &'a Element, response: &Element) -> Result<Self, Refusal> {
        let mut rules = Self {
            rules: Vec::new(),
            score: Score {
                begins: 0.0,
                least: 0.0,
                most: 100.0,
            },
        };
        let Some(processing) = item.first("resprocessing") else {
            return Ok(rules);
        };
        let declared = processing.first("outcomes").and_then(|it| it.first("decvar"));
        let bound = |name: &str, otherwise: f64| {
            let said = declared
                .and_then(|it| it.attribute(name))
                .filter(|it| !it.is_empty());
            said.map_or(Some(otherwise), number)
        };
        // A score that nothing sets is what it was declared with: an answer that no rule
        // knows has points then, and that is seen where answers are followed.
        let [least, most, begins] = [("minvalue", 0.0), ("maxvalue", 100.0), ("defaultval", 0.0)]
            .map(|(name, otherwise)| bound(name, otherwise));
        rules.score = match (least, most, begins) {
            (Some(least), Some(most), Some(begins))
                if least <= 0.0 && most > 0.0 && (least..=most).contains(&begins) =>
            {
                Score { begins, least, most }
            }
            _ => return Err(processing.refuse(RefusalCode::UnsupportedScoring)),
        };
        let score = declared.and_then(|it| it.attribute("varname")).unwrap_or("SCORE");
        let mut left = MOST;
        for element in processing.all("respcondition") {
            rules.rules.push(rule(element, response, score, &mut left)?);
        }
        Ok(rules)
    }

    /// Whether a person is not needed.
    pub(super) fn give_points(&self) -> bool {
        self.rules.iter().any(|rule| !rule.sets.is_empty())
    }

    /// What they make of each answer. An empty one has no points.
    pub(super) fn follow<'g>(
        &'g self,
        question: &mut Question<'_, '_>,
        given: impl Iterator<Item = Given<'g>>,
    ) -> Result<Vec<Way<'g>>, Refusal> {
        let ways: Vec<_> = given.map(|given| self.way(given)).collect();
        if ways.iter().any(|way| way.given.is_empty() && way.percent > 0.0) {
            return Err(question.refuse(RefusalCode::UnsupportedScoring));
        }
        if self.score.least < 0.0 && ways.iter().any(|way| way.percent < 0.0) {
            question.texts.note(ChangeCode::NeverBelowZero, question.it);
        }
        Ok(ways)
    }

    fn way<'g>(&'g self, given: Given<'g>) -> Way<'g> {
        let mut score = self.score.begins;
        let mut says = BTreeSet::new();
        for rule in &self.rules {
            if !rule.when.holds(given) {
                continue;
            }
            for (step, value) in &rule.sets {
                score = match step {
                    Step::Set => *value,
                    Step::Add => score + value,
                    Step::Subtract => score - value,
                };
            }
            says.extend(rule.says.iter().copied());
            if !rule.goes_on {
                break;
            }
        }
        Way {
            given,
            percent: self.percent(score),
            says,
        }
    }

    fn percent(&self, score: f64) -> f64 {
        score.min(self.score.most) / self.score.most * 100.0
    }

    fn words(&self) -> Vec<&Words> {
        let mut words = Vec::new();
        self.rules.iter().for_each(|rule| rule.when.words(&mut words));
        words
    }

    /// The texts that they look for, each once.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut known = BTreeSet::new();
        let words = self.words().into_iter().map(|words| words.text.as_str());
        words.filter(|text| known.insert(*text)).collect()
    }

    /// Whether case matters; none where it does for some texts only.
    pub(super) fn has_case(&self) -> Option<bool> {
        let words = self.words();
        let has_case = words.first()?.has_case;
        words
            .iter()
            .all(|words| words.has_case == has_case)
            .then_some(has_case)
    }

    /// Whether it can be enough that a text stands in the answer.
    pub(super) fn look_within(&self) -> bool {
        self.rules.iter().any(|rule| rule.when.looks_within())
    }

    /// The same as rules of an item of here.
    pub(super) fn as_processing(
        &self,
        question: &Question<'_, '_>,
        response: &Identifier,
    ) -> Result<ResponseProcessing, Refusal> {
        let mut rules: Vec<Do<ResponseAction>> = Vec::new();
        for rule in self.rules.iter().rev() {
            if rule.sets.is_empty() && (rule.goes_on || rules.is_empty()) {
                continue;
            }
            let then = rule.sets.iter().map(|set| self.sets(question, *set));
            let branch = Branch {
                when: rule.when.as_expression(response),
                then: then.collect::<Result<_, _>>()?,
            };
            let after = std::mem::take(&mut rules);
            rules = if rule.goes_on {
                let alone = If {
                    branches: vec![branch],
                    otherwise: Vec::new(),
                };
                std::iter::once(Do::Condition(alone)).chain(after).collect()
            } else {
                vec![Do::Condition(or_else(branch, after))]
            };
        }
        Ok(ResponseProcessing { rules })
    }

    fn sets(&self, question: &Question<'_, '_>, set: (Step, f64)) -> Result<Do<ResponseAction>, Refusal> {
        let unsupported = || question.refuse(RefusalCode::UnsupportedScoring);
        let (Step::Set, score) = set else {
            return Err(unsupported());
        };
        let points = worth(question.grade, self.percent(score.max(0.0))).to_string();
        let points: Decimal = points.parse().map_err(|_| unsupported())?;
        Ok(Do::Do(ResponseAction::SetOutcomeValue {
            identifier: identifier(question.it, "SCORE")?,
            value: Expression::BaseValue(Literal::Float(points)),
        }))
    }
}

/// A branch, and what is done where it is not taken: as further branches, if it can be.
fn or_else(branch: Branch<ResponseAction>, mut after: Vec<Do<ResponseAction>>) -> If<ResponseAction> {
    let is_one = after.len() == 1;
    match after.pop() {
        Some(Do::Condition(mut next)) if is_one => {
            next.branches.insert(0, branch);
            next
        }
        last => {
            after.extend(last);
            If {
                branches: vec![branch],
                otherwise: after,
            }
        }
    }
}

fn rule<'a>(
    element: &'a Element,
    response: &Element,
    score: &str,
    left: &mut usize,
) -> Result<Rule<'a>, Refusal> {
    let condition = element
        .first("conditionvar")
        .ok_or_else(|| element.refuse(RefusalCode::Invalid))?;
    let mut parts = parts(condition, response, left)?;
    let is_word = |part: &When| matches!(part, When::Is(_));
    // Side by side all have to hold. No text is two texts at once, and who writes two
    // side by side takes either.
    let is_either = response.name == "response_str" && parts.len() > 1 && parts.iter().all(is_word);
    let when = if is_either {
        When::Any(parts)
    } else if parts.len() == 1 {
        parts.swap_remove(0)
    } else {
        When::All(parts)
    };
    let mut sets = Vec::new();
    for set in element.all("setvar") {
        let unsupported = || set.refuse(RefusalCode::UnsupportedScoring);
        let step = match set.attribute("action") {
            None | Some("Set") => Step::Set,
            Some("Add") => Step::Add,
            Some("Subtract") => Step::Subtract,
            Some(_) => return Err(unsupported()),
        };
        if set.attribute("varname").is_some_and(|name| name != score) {
            return Err(unsupported());
        }
        sets.push((step, number(&set.text()).ok_or_else(unsupported)?));
    }
    let says = element.all("displayfeedback");
    let says: Vec<_> = says.filter_map(|it| it.attribute("linkrefid")).collect();
    *left = left
        .checked_sub(1 + sets.len() + says.len())
        .ok_or_else(|| element.refuse(RefusalCode::TooLarge))?;
    Ok(Rule {
        when,
        sets,
        says,
        goes_on: element.attribute("continue") == Some("Yes"),
    })
}

fn parts(holder: &Element, response: &Element, left: &mut usize) -> Result<Vec<When>, Refusal> {
    holder.elements().map(|part| when(part, response, left)).collect()
}

fn when(element: &Element, response: &Element, left: &mut usize) -> Result<When, Refusal> {
    *left = left
        .checked_sub(1)
        .ok_or_else(|| element.refuse(RefusalCode::TooLarge))?;
    let words = || {
        if element.attribute("respident") != response.attribute("ident") {
            return Err(element.refuse(RefusalCode::Invalid));
        }
        let text = element.text().trim().to_owned();
        if text.chars().count() > limits::LINE {
            return Err(element.refuse(RefusalCode::TooLarge));
        }
        Ok(Words {
            text,
            has_case: element.attribute("case") == Some("Yes"),
        })
    };
    Ok(match element.name.as_str() {
        "and" => When::All(parts(element, response, left)?),
        "or" => When::Any(parts(element, response, left)?),
        "not" => When::Not(Box::new(When::All(parts(element, response, left)?))),
        // Whatever it is that came so far.
        "other" => When::All(Vec::new()),
        "varequal" => When::Is(words()?),
        "varsubstring" if response.name == "response_str" => When::Holds(words()?),
        "unanswered" => When::Unanswered,
        _ => return Err(element.refuse(RefusalCode::UnsupportedScoring)),
    })
}

fn number(text: &str) -> Option<f64> {
    let number = text.trim().parse::<f64>().ok();
    number.filter(|number| number.abs() <= 1e6)
}

impl When {
    fn holds(&self, given: Given<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(given)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(given)),
            Self::Not(part) => !part.holds(given),
            Self::Is(words) => match given {
                Given::Chosen(names, _) => {
                    let at = names.iter().position(|name| *name == words.text);
                    at.is_some_and(|at| given.has(at))
                }
                Given::Typed(text) => text.is_some_and(|text| {
                    let normal = Normal::of(&Comparison::Text(words.rules()));
                    normal.form(text) == normal.form(&words.text)
                }),
            },
            Self::Holds(words) => match given {
                Given::Chosen(..) => false,
                Given::Typed(text) => text.is_some_and(|text| {
                    let normal = words.within();
                    normal.untrimmed(text).contains(&normal.untrimmed(&words.text))
                }),
            },
            Self::Unanswered => given.is_empty(),
        }
    }

    fn words<'w>(&'w self, words: &mut Vec<&'w Words>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.words(words)),
            Self::Not(part) => part.words(words),
            Self::Is(one) | Self::Holds(one) => words.push(one),
            Self::Unanswered => {}
        }
    }

    fn looks_within(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::looks_within),
            Self::Not(part) => part.looks_within(),
            Self::Holds(_) => true,
            Self::Is(_) | Self::Unanswered => false,
        }
    }

    fn as_expression(&self, response: &Identifier) -> Expression {
        let answer = || Expression::Variable(response.clone());
        let of = |parts: &[Self]| parts.iter().map(|part| part.as_expression(response)).collect();
        let matches = |words: &Words, substring| {
            let matches = Operator::StringMatch {
                case_sensitive: words.has_case,
                substring,
            };
            let text = Expression::BaseValue(Literal::String(words.text.clone()));
            Expression::operation(matches, vec![answer(), text])
        };
        match self {
            Self::All(parts) if parts.is_empty() => Expression::BaseValue(Literal::Boolean(true)),
            Self::All(parts) => Expression::operation(Operator::And, of(parts)),
            Self::Any(parts) => Expression::operation(Operator::Or, of(parts)),
            Self::Not(part) => Expression::operation(Operator::Not, vec![part.as_expression(response)]),
            Self::Is(words) => matches(words, false),
            Self::Holds(words) => matches(words, true),
            Self::Unanswered => Expression::operation(Operator::IsNull, vec![answer()]),
        }
    }
}

impl Words {
    fn rules(&self) -> TextRules {
        TextRules {
            variants: Vec::new(),
            ignore_case: !self.has_case,
            ignore_accents: false,
            white_space: WhiteSpace::Collapse,
        }
    }

    fn within(&self) -> Normal {
        if self.has_case {
            Normal::strict()
        } else {
            Normal::without_case()
        }
    }
}
