//! Response processing: where each response's points come from.
//!
//! The standard templates are recognised by their address and by their rules
//! spelled out. Rules are taken where every response's points can be told apart
//! and added up; any others stay rules, which the item keeps as its own.

use std::collections::BTreeMap;

use super::{
    super::{
        report::{Refusal, RefusalCode},
        xml::Element,
    },
    declaration::Declarations,
    expression::{Term, Test, name, terms, test},
    mapping::{counted, with_case},
    own::Own,
};
use crate::assessment::{Comparison, Points};

/// Where one response's points come from.
#[derive(Debug)]
pub(super) enum Rule {
    Match {
        points: Points,
        comparison: Comparison,
        /// The key, if it is not the declared one.
        key: Option<Vec<String>>,
    },
    /// By the mapping; with a comparison, if the mapping alone does not say it.
    Map(Option<Comparison>),
    /// By the area mapping.
    MapPoint,
    PerOption {
        points: Points,
        penalty: u8,
    },
}

/// When a message is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When<'a> {
    Always,
    Correct,
    Partly,
    Incorrect,
    /// When its name is what was chosen there.
    Chosen(&'a str),
    /// By a rule that is not known here.
    Unknown,
}

/// What response processing says.
#[derive(Debug, Default)]
pub(super) struct Rules<'a> {
    /// By response.
    pub(super) of: BTreeMap<&'a str, Rule>,
    /// For outcomes that are names of messages: the outcome, the message's name
    /// (none: the value of a response), and when.
    pub(super) messages: Vec<(&'a str, Option<String>, When<'a>)>,
    /// Outcomes that are no score, and are set.
    pub(super) others: Vec<&'a Element>,
    /// The rules as they are, where they are no sum.
    pub(super) own: Option<Own>,
}

pub(super) fn rules<'a>(root: &'a Element, declared: &Declarations<'a>) -> Result<Rules<'a>, Refusal> {
    let Some(processing) = root.first("response-processing") else {
        return Ok(Rules::default());
    };
    let mut walk = Walk {
        root,
        declared,
        outcomes: BTreeMap::new(),
        rules: Rules::default(),
    };
    let has_rules = processing.elements().next().is_some();
    match processing.attribute("template") {
        Some(address) if !has_rules => walk.template(processing, address)?,
        _ => {
            for rule in processing.elements() {
                walk.rule(rule)?;
            }
        }
    }
    let scored = walk.outcomes.remove("SCORE").unwrap_or_default();
    for (response, rule) in scored {
        walk.rules.of.insert(response, rule);
    }
    Ok(walk.rules)
}

/// The rules of each outcome, by response.
type Outcomes<'a> = BTreeMap<&'a str, Vec<(&'a str, Rule)>>;

struct Walk<'a, 'd> {
    root: &'a Element,
    declared: &'d Declarations<'a>,
    outcomes: Outcomes<'a>,
    rules: Rules<'a>,
}

/// A branch of a condition: what must hold, if anything, and what is set then.
struct Branch<'a> {
    condition: Option<&'a Element>,
    sets: Vec<&'a Element>,
}

impl<'a> Walk<'a, '_> {
    /// The standard templates, of all versions: they differ only in address.
    fn template(&mut self, processing: &'a Element, address: &str) -> Result<(), Refusal> {
        let unsupported = || processing.refuse(RefusalCode::UnsupportedScoring);
        let mut names = self.declared.keys();
        let response = match (names.next(), names.next()) {
            (Some(only), None) => *only,
            _ if self.declared.contains_key("RESPONSE") => "RESPONSE",
            _ => return Err(unsupported()),
        };
        let template = address.rsplit('/').next().unwrap_or_default();
        let rule = match template.trim_end_matches(".xml") {
            "match_correct" => Rule::Match {
                points: Points::ONE,
                comparison: Comparison::Exact,
                key: None,
            },
            "map_response" => Rule::Map(None),
            "map_response_point" => Rule::MapPoint,
            _ => return Err(unsupported()),
        };
        self.outcomes.entry("SCORE").or_default().push((response, rule));
        Ok(())
    }

    fn rule(&mut self, rule: &'a Element) -> Result<(), Refusal> {
        match rule.name.as_str() {
            "set-outcome-value" => self.set(rule, When::Always),
            "response-condition" => self.condition(rule),
            "response-processing-fragment" => rule.elements().try_for_each(|rule| self.rule(rule)),
            _ => Err(rule.refuse(RefusalCode::UnsupportedScoring)),
        }
    }

    fn condition(&mut self, rule: &'a Element) -> Result<(), Refusal> {
        let mut branches = Vec::new();
        for branch in rule.elements() {
            let mut parts: Vec<_> = branch.elements().collect();
            let condition = match branch.name.as_str() {
                "response-if" | "response-else-if" if !parts.is_empty() => Some(parts.remove(0)),
                "response-else" => None,
                _ => return Err(branch.refuse(RefusalCode::Invalid)),
            };
            if let Some(other) = parts.iter().find(|part| part.name != "set-outcome-value") {
                return Err(other.refuse(RefusalCode::UnsupportedScoring));
            }
            branches.push(Branch {
                condition,
                sets: parts,
            });
        }
        self.messages(&branches)?;
        for branch in &mut branches {
            branch.sets.retain(|set| self.is_score(set));
        }
        if branches.iter().all(|branch| branch.sets.is_empty()) {
            return Ok(());
        }
        self.scored(rule, &branches)
    }

    /// A condition that sets scores.
    fn scored(&mut self, rule: &'a Element, branches: &[Branch<'a>]) -> Result<(), Refusal> {
        let unsupported = || rule.refuse(RefusalCode::UnsupportedScoring);
        let first = branches.first().ok_or_else(unsupported)?;
        let condition = first.condition.ok_or_else(unsupported)?;
        let others = branches.get(1..).unwrap_or_default();
        // Unanswered is worth nothing here anyway.
        if condition.name == "is-null" {
            let [other] = others else {
                return Err(unsupported());
            };
            if other.condition.is_some() {
                return Err(unsupported());
            }
            first.sets.iter().try_for_each(|set| self.nothing(set))?;
            return other.sets.iter().try_for_each(|set| self.set(set, When::Always));
        }
        let negated = condition
            .elements()
            .next()
            .filter(|inner| condition.name == "not" && inner.name == "is-null");
        if negated.is_some() {
            others
                .iter()
                .flat_map(|branch| &branch.sets)
                .try_for_each(|set| self.nothing(set))?;
            return first.sets.iter().try_for_each(|set| self.set(set, When::Always));
        }
        let Test {
            response,
            comparison,
            key,
        } = test(condition)?;
        if !self.declared.contains_key(response) {
            return Err(condition.refuse(RefusalCode::Invalid));
        }
        let [set] = first.sets.as_slice() else {
            return Err(unsupported());
        };
        others
            .iter()
            .flat_map(|branch| &branch.sets)
            .try_for_each(|set| self.nothing(set))?;
        let outcome = name(set)?;
        let mut points = None;
        let mut adds = false;
        for term in terms(only(set)?)? {
            match term {
                Term::Constant(constant) if points.is_none() => points = Some(constant),
                Term::Variable(variable) if variable == outcome => adds = true,
                _ => return Err(unsupported()),
            }
        }
        let points = points
            .filter(|points| *points > Points::ZERO)
            .ok_or_else(unsupported)?;
        let known = self.outcomes.entry(outcome).or_default();
        if !known.is_empty() && !adds {
            return Err(unsupported());
        }
        insert(
            known,
            response,
            Rule::Match {
                points,
                comparison,
                key,
            },
            set,
        )
    }

    /// A setting that must leave things as they are: to nothing, before anything was added.
    fn nothing(&mut self, set: &'a Element) -> Result<(), Refusal> {
        let unsupported = || set.refuse(RefusalCode::UnsupportedScoring);
        let outcome = name(set)?;
        let mut adds = false;
        for term in terms(only(set)?)? {
            match term {
                Term::Constant(Points::ZERO) => {}
                Term::Variable(variable) if variable == outcome => adds = true,
                _ => return Err(unsupported()),
            }
        }
        let is_first = self.outcomes.get(outcome).is_none_or(Vec::is_empty);
        (adds || is_first).then_some(()).ok_or_else(unsupported)
    }

    /// A setting that always happens.
    fn set(&mut self, set: &'a Element, when: When<'a>) -> Result<(), Refusal> {
        if !self.is_score(set) {
            return self.message(set, when);
        }
        let unsupported = || set.refuse(RefusalCode::UnsupportedScoring);
        let outcome = name(set)?;
        let mut known = self.outcomes.remove(outcome).unwrap_or_default();
        let mut adds = false;
        let mut added = Vec::new();
        for term in terms(only(set)?)? {
            match term {
                Term::Constant(Points::ZERO) => {}
                Term::Variable(variable) if variable == outcome => adds = true,
                Term::Variable(variable) => {
                    added.extend(self.outcomes.remove(variable).ok_or_else(unsupported)?);
                }
                Term::Map(response, rules) => {
                    let declared = self.declared.get(response).ok_or_else(unsupported)?;
                    added.push((response, Rule::Map(rules.map(|rules| with_case(rules, declared)))));
                }
                Term::MapPoint(response) => added.push((response, Rule::MapPoint)),
                Term::Share {
                    response,
                    points,
                    penalty,
                } => {
                    let declared = self.declared.get(response).ok_or_else(unsupported)?;
                    let penalty = penalty.or_else(|| counted(declared)).ok_or_else(unsupported)?;
                    added.push((response, Rule::PerOption { points, penalty }));
                }
                Term::Constant(_) => return Err(unsupported()),
            }
        }
        if !known.is_empty() && !adds {
            return Err(unsupported());
        }
        for (response, rule) in added {
            insert(&mut known, response, rule, set)?;
        }
        self.outcomes.insert(outcome, known);
        Ok(())
    }

    /// Whether it sets a number: a score, or a part of one.
    fn is_score(&self, set: &Element) -> bool {
        let outcome = set.attribute("identifier");
        let declared = self.root.all("outcome-declaration");
        let mut declared = declared.filter(|it| it.attribute("identifier") == outcome);
        let is_number = |it: &Element| matches!(it.attribute("base-type"), Some("float" | "integer"));
        outcome == Some("SCORE") || declared.next().is_some_and(is_number)
    }

    /// The messages that a condition's branches set.
    fn messages(&mut self, branches: &[Branch<'a>]) -> Result<(), Refusal> {
        let mut before = None;
        for branch in branches {
            let when = match branch.condition {
                Some(condition) => self.when(condition),
                None if before == Some(When::Correct) || before == Some(When::Partly) => When::Incorrect,
                None => When::Unknown,
            };
            before = Some(when);
            for set in &branch.sets {
                if !self.is_score(set) {
                    self.message(set, when)?;
                }
            }
        }
        Ok(())
    }

    fn when(&self, condition: &Element) -> When<'a> {
        let names: Vec<_> = condition
            .elements()
            .map(|it| it.attribute("identifier"))
            .collect();
        match (condition.name.as_str(), names.as_slice()) {
            ("gte" | "equal", [Some("SCORE"), Some("MAXSCORE")]) => When::Correct,
            ("gt", [Some("SCORE"), None]) => When::Partly,
            // The only response is right: so is the item.
            _ if self.declared.len() == 1 && test(condition).is_ok() => When::Correct,
            _ => When::Unknown,
        }
    }

    fn message(&mut self, set: &'a Element, when: When<'a>) -> Result<(), Refusal> {
        let outcome = name(set)?;
        let Some(value) = set.elements().next() else {
            return Err(set.refuse(RefusalCode::Invalid));
        };
        let mut values = vec![value];
        while let Some(list) = values.iter().position(|it| it.name == "multiple") {
            let list = values.swap_remove(list);
            values.extend(list.elements());
        }
        for value in values {
            match (value.name.as_str(), value.attribute("identifier")) {
                ("base-value", _) => {
                    let message = value.text().trim().to_owned();
                    self.rules.messages.push((outcome, Some(message), when));
                }
                ("variable", Some(variable)) if variable == outcome => {}
                ("variable", Some(response)) if when == When::Always => {
                    self.rules.messages.push((outcome, None, When::Chosen(response)));
                }
                _ => self.rules.others.push(set),
            }
        }
        Ok(())
    }
}

fn insert<'a>(
    known: &mut Vec<(&'a str, Rule)>,
    response: &'a str,
    rule: Rule,
    set: &Element,
) -> Result<(), Refusal> {
    if known.iter().any(|(known, _)| *known == response) {
        return Err(set.refuse(RefusalCode::UnsupportedScoring));
    }
    known.push((response, rule));
    Ok(())
}

/// The only expression in a setting.
fn only(set: &Element) -> Result<&Element, Refusal> {
    set.elements()
        .next()
        .ok_or_else(|| set.refuse(RefusalCode::Invalid))
}
