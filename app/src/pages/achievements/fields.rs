//! An achievement as the fields of its editor, and back.

use domain::{
    competency::Level,
    id::{AchievementId, CompetencyId},
    program::{Achievement, AchievementType, Alignment, Criteria},
};
use service::{FieldErrors, program::achievement::Content};

use crate::{form::Form, pages::authoring::Rows};

/// The conditions, row by row.
pub(super) const ROWS: Rows<'_> = Rows("part");

/// The kinds of achievement that the editor offers; others come by import.
pub(super) const TYPES: &[AchievementType] = &[
    AchievementType::Badge,
    AchievementType::MicroCredential,
    AchievementType::Competency,
    AchievementType::Course,
    AchievementType::Certificate,
    AchievementType::CertificateOfCompletion,
    AchievementType::LearningProgram,
    AchievementType::Achievement,
    AchievementType::Award,
];

/// The fields that show an achievement; none for one whose rule has rules
/// within, which this editor does not write.
pub(super) fn fill(content: &Content) -> Option<Form> {
    let achievement = &content.achievement;
    let mut fields = vec![
        pair("name", &achievement.name),
        pair("description", &achievement.description),
        pair("criteria-narrative", &achievement.criteria_narrative),
        pair("type", achievement.achievement_type),
        pair("tags", achievement.tags.join(", ")),
    ];
    fields.extend(achievement.level.map(|level| pair("level", level.get())));
    fields.extend(content.competencies.iter().map(|id| pair("competencies", id)));
    let join = match &achievement.criteria {
        Criteria::Any { .. } => "any",
        Criteria::AtLeast { n, .. } => {
            fields.push(pair("least", n));
            "at-least"
        }
        _ => "all",
    };
    fields.push(pair("join", join));
    let parts = match achievement.criteria.requirement() {
        Some(_) => std::slice::from_ref(&achievement.criteria),
        None => achievement.criteria.parts(),
    };
    for (row, part) in parts.iter().enumerate() {
        fields.push(pair(ROWS.field(row, "what"), written(part)?));
    }
    Some(Form::filled(fields))
}

/// A condition as the value of its list: `badge:ID`.
pub(super) fn written(part: &Criteria) -> Option<String> {
    match part {
        Criteria::CompetencyMastered { competency } => Some(format!("competency:{competency}")),
        Criteria::AssessmentPassed { assessment } => Some(format!("assessment:{assessment}")),
        Criteria::BadgeHeld { achievement } => Some(held(*achievement)),
        Criteria::All { .. } | Criteria::Any { .. } | Criteria::AtLeast { .. } => None,
    }
}

/// The condition that this badge is held, as the value of its list.
pub(super) fn held(badge: AchievementId) -> String {
    format!("badge:{badge}")
}

fn part(written: &str) -> Option<Criteria> {
    let (kind, id) = written.split_once(':')?;
    Some(match kind {
        "competency" => Criteria::CompetencyMastered {
            competency: id.parse().ok()?,
        },
        "assessment" => Criteria::AssessmentPassed {
            assessment: id.parse().ok()?,
        },
        "badge" => Criteria::BadgeHeld {
            achievement: id.parse().ok()?,
        },
        _ => return None,
    })
}

/// The achievement that the fields say, with the alignments of others' that it
/// had before. What cannot be read is said at its field.
pub(super) fn read(form: &Form, alignments: Vec<Alignment>) -> Result<Content, FieldErrors> {
    let mut errors = FieldErrors::default();
    let of: Vec<Criteria> = (0..ROWS.count(form))
        .filter_map(|row| part(form.text(&ROWS.field(row, "what"))))
        .collect();
    let criteria = match form.text("join") {
        "any" => Criteria::Any { of },
        "at-least" => match form.parsed("least") {
            Some(n) => Criteria::AtLeast { n, of },
            None => {
                errors.add("least", "item-whole-number");
                Criteria::All { of }
            }
        },
        _ => Criteria::All { of },
    };
    let level = match form.text("level") {
        "" => None,
        typed => {
            let level = typed
                .parse::<u8>()
                .ok()
                .and_then(|level| Level::try_from(level).ok());
            if level.is_none() {
                errors.add("level", "badge-level");
            }
            level
        }
    };
    let achievement = Achievement {
        name: form.text("name").trim().to_owned(),
        description: form.text("description").replace("\r\n", "\n"),
        criteria_narrative: form.text("criteria-narrative").replace("\r\n", "\n"),
        achievement_type: form.parsed("type").unwrap_or(AchievementType::Badge),
        level,
        tags: form
            .text("tags")
            .split(',')
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect(),
        alignments,
        criteria,
    };
    let competencies: Vec<CompetencyId> = form
        .texts("competencies")
        .filter_map(|id| id.parse().ok())
        .collect();
    if errors.is_empty() {
        Ok(Content {
            achievement,
            competencies,
        })
    } else {
        Err(errors)
    }
}

/// The name of the field that a path in a badge definition is about.
pub(super) fn field_at(path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or_default();
    match path.split('.').next().unwrap_or_default() {
        "criteria" if last == "n" => "least",
        "alignments" => "competencies",
        "achievement-type" => "type",
        other => other,
    }
    .to_owned()
}

fn pair(name: impl Into<String>, value: impl ToString) -> (String, String) {
    (name.into(), value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "00000000-0000-7000-8000-000000000001";

    fn form(join: &str, least: &str) -> Form {
        let condition = format!("competency:{ID}");
        let badge = format!("badge:{ID}");
        Form::filled([
            ("name", "River reader"),
            ("description", "Reads a river."),
            ("criteria-narrative", "Showed it."),
            ("type", "Badge"),
            ("level", "3"),
            ("tags", "rivers, maps"),
            ("competencies", ID),
            ("join", join),
            ("least", least),
            ("part-0-what", condition.as_str()),
            ("part-1-what", badge.as_str()),
            ("part-2-what", ""),
        ])
    }

    #[test]
    fn a_rule_goes_through_the_form_unchanged() {
        for (join, least) in [("all", ""), ("any", ""), ("at-least", "2")] {
            let content = read(&form(join, least), Vec::new()).unwrap();
            assert_eq!(content.achievement.check(), []);
            assert_eq!(content.achievement.criteria.parts().len(), 2);
            let again = read(&fill(&content).unwrap(), Vec::new()).unwrap();
            assert_eq!(again, content);
        }
    }

    #[test]
    fn a_single_condition_is_a_rule_of_one_row() {
        let mut content = read(&form("all", ""), Vec::new()).unwrap();
        content.achievement.criteria = content.achievement.criteria.parts()[0].clone();
        let shown = fill(&content).unwrap();
        assert_eq!(ROWS.count(&shown), 1);
        assert_eq!(shown.text("join"), "all");
    }

    #[test]
    fn a_rule_within_a_rule_is_not_filled_in() {
        let mut content = read(&form("all", ""), Vec::new()).unwrap();
        let inner = content.achievement.criteria.clone();
        content.achievement.criteria = Criteria::Any { of: vec![inner] };
        assert!(fill(&content).is_none());
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_field() {
        let errors = read(&form("at-least", "some"), Vec::new()).unwrap_err();
        assert_eq!(errors.iter().next().unwrap().field, "least");
        for (path, field) in [
            ("criteria.of", "criteria"),
            ("criteria.n", "least"),
            ("criteria-narrative", "criteria-narrative"),
            ("tags.3", "tags"),
        ] {
            assert_eq!(field_at(path), field);
        }
    }
}
