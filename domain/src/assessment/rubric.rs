//! Marking by a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Annotation, Args, FieldFault, FieldFaultCode, Identifier, Points, Reason, ReasonCode, ResponseScore,
    limits,
};

/// What an assessor marks by: criteria, each with levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rubric {
    /// What is looked at, in the order in which it is marked.
    pub criteria: Vec<Criterion>,
}

/// One thing that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Criterion {
    /// Its name in a mark.
    pub identifier: Identifier,
    /// What it is called.
    pub title: String,
    /// What is meant, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How well it can be met, in the order shown.
    pub levels: Vec<Level>,
}

/// How well a criterion is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Level {
    /// Its name in a mark.
    pub identifier: Identifier,
    /// What it is called.
    pub title: String,
    /// How work at this level looks, as Markdown.
    pub descriptor: String,
    /// What it is worth.
    pub points: Points,
}

/// An assessor's judgement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mark {
    /// The level reached, by criterion.
    pub levels: BTreeMap<Identifier, Identifier>,
    /// What the assessor tells the learner, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// What they say of places in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotations: Vec<Annotation>,
}

impl Rubric {
    /// The most points that it gives.
    #[must_use]
    pub fn max(&self) -> Points {
        self.criteria
            .iter()
            .filter_map(|criterion| criterion.levels.iter().map(|level| level.points).max())
            .sum()
    }
}

impl Rubric {
    /// Puts titles for the identifiers of a `criterion` and its `level`.
    pub(super) fn name_by_title(&self, args: &mut Args) {
        let is =
            |identifier: &Identifier, name: &str| args.get(name).is_some_and(|it| it == identifier.as_str());
        let criterion = self.criteria.iter().find(|it| is(&it.identifier, "criterion"));
        let level = criterion.and_then(|it| it.levels.iter().find(|it| is(&it.identifier, "level")));
        if let (Some(criterion), Some(level)) = (criterion, level) {
            args.insert("criterion".to_owned(), criterion.title.clone());
            args.insert("level".to_owned(), level.title.clone());
        }
    }
}

impl Rubric {
    /// The lowest level that a mark gives on any criterion, counted from 0, the
    /// least that a criterion's levels are worth; 0 where a level is missing.
    #[must_use]
    pub fn lowest_level(&self, mark: &Mark) -> u8 {
        let levels = self.criteria.iter().map(|criterion| {
            let given = mark.levels.get(&criterion.identifier)?;
            let given = criterion.levels.iter().find(|level| level.identifier == *given)?;
            let below = criterion
                .levels
                .iter()
                .filter(|level| level.points < given.points);
            Some(u8::try_from(below.count()).unwrap_or(u8::MAX))
        });
        levels.map(Option::unwrap_or_default).min().unwrap_or(0)
    }
}

impl Rubric {
    /// The points that a mark gives, as far as it gives any.
    #[must_use]
    pub fn points(&self, mark: &Mark) -> Points {
        let given = self.criteria.iter().filter_map(|criterion| {
            let level = mark.levels.get(&criterion.identifier)?;
            criterion.level(level).map(|level| level.points)
        });
        given.sum()
    }

    /// What is wrong with a mark that is not given yet: any criterion may still be
    /// without a level.
    #[must_use]
    pub fn draft_faults(&self, response: &Identifier, draft: &Mark) -> Vec<FieldFault> {
        let mut faults = mark(response, self, draft).err().unwrap_or_default();
        faults.retain(|fault| fault.code != FieldFaultCode::NoLevel);
        faults
    }
}

impl Criterion {
    /// The level of that name.
    #[must_use]
    pub fn level(&self, name: &Identifier) -> Option<&Level> {
        self.levels.iter().find(|level| level.identifier == *name)
    }

    /// How many levels stand below the one of that name: those worth less and, of
    /// those worth the same, those shown before it.
    #[must_use]
    pub fn rank(&self, name: &Identifier) -> Option<usize> {
        let mut order: Vec<&Level> = self.levels.iter().collect();
        order.sort_by_key(|level| level.points);
        order.iter().position(|level| level.identifier == *name)
    }
}

/// Scores a response by an assessor's mark: the sum of the levels' points.
/// `Mark::comment` is kept with the mark, not with the score.
///
/// Every criterion of the rubric must have one of its levels; the faults' fields
/// are the criteria's identifiers.
pub fn mark(response: &Identifier, rubric: &Rubric, mark: &Mark) -> Result<ResponseScore, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut reasons = Vec::new();
    let mut points = Points::ZERO;
    for criterion in &rubric.criteria {
        let Some(chosen) = mark.levels.get(&criterion.identifier) else {
            faults.push(FieldFault::new(
                criterion.identifier.as_str(),
                FieldFaultCode::NoLevel,
            ));
            continue;
        };
        let Some(level) = criterion.levels.iter().find(|level| level.identifier == *chosen) else {
            faults.push(FieldFault::new(
                criterion.identifier.as_str(),
                FieldFaultCode::UnknownLevel,
            ));
            continue;
        };
        points = points + level.points;
        let max = criterion
            .levels
            .iter()
            .map(|level| level.points)
            .max()
            .unwrap_or_default();
        let names: [(&str, &dyn ToString); 4] = [
            ("criterion", &criterion.identifier),
            ("level", &level.identifier),
            ("points", &level.points),
            ("max", &max),
        ];
        reasons.push(Reason::new(ReasonCode::Level, names));
    }
    let known = |name: &&Identifier| {
        rubric
            .criteria
            .iter()
            .any(|criterion| criterion.identifier == **name)
    };
    let unknown = mark.levels.keys().filter(|name| !known(name));
    faults.extend(unknown.map(|name| FieldFault::new(name.as_str(), FieldFaultCode::UnknownLevel)));
    if mark.comment.chars().count() > limits::MARKDOWN {
        faults.push(FieldFault::new("comment", FieldFaultCode::TooLong).with("max", &limits::MARKDOWN));
    }
    if faults.is_empty() {
        Ok(ResponseScore::earned(response, points, rubric.max(), reasons))
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::assessment::Verdict;

    fn rubric() -> Rubric {
        let level = |name: &str, points: f64| -> serde_json::Value {
            json!({ "identifier": name, "title": name, "descriptor": "", "points": points })
        };
        let criterion = |name: &str, levels: [serde_json::Value; 2]| -> serde_json::Value {
            json!({ "identifier": name, "title": name, "levels": levels })
        };
        serde_json::from_value(json!({ "criteria": [
            criterion("argument", [level("none", 0.0), level("sound", 2.0)]),
            criterion("language", [level("poor", 0.5), level("clear", 1.0)]),
        ]}))
        .unwrap()
    }

    fn judge(levels: &serde_json::Value) -> Result<ResponseScore, Vec<FieldFault>> {
        let mark = serde_json::from_value(json!({ "levels": levels })).unwrap();
        super::mark(&"ESSAY".parse().unwrap(), &rubric(), &mark)
    }

    #[test]
    fn a_mark_is_the_sum_of_its_levels() {
        let scored = judge(&json!({ "argument": "sound", "language": "poor" })).unwrap();
        assert_eq!(
            (scored.points, scored.max),
            (Points::from_hundredths(250), Points::from_hundredths(300))
        );
        assert_eq!((scored.verdict, scored.reasons.len()), (Verdict::Partly, 2));
    }

    #[test]
    fn a_mark_needs_a_level_of_the_rubric_for_each_criterion() {
        let faults = judge(&json!({ "argument": "clear", "style": "clear" })).unwrap_err();
        let faults: Vec<_> = faults
            .iter()
            .map(|fault| (fault.field.as_str(), fault.code))
            .collect();
        assert_eq!(
            faults,
            [
                ("argument", FieldFaultCode::UnknownLevel),
                ("language", FieldFaultCode::NoLevel),
                ("style", FieldFaultCode::UnknownLevel),
            ]
        );
    }

    #[test]
    fn the_lowest_level_counts_from_the_least_and_a_gap_is_the_least() {
        for (levels, lowest) in [
            (json!({ "argument": "sound", "language": "clear" }), 1),
            (json!({ "argument": "sound", "language": "poor" }), 0),
            (json!({ "argument": "sound" }), 0),
        ] {
            let mark = serde_json::from_value(json!({ "levels": levels })).unwrap();
            assert_eq!(rubric().lowest_level(&mark), lowest, "{levels}");
        }
    }
}
