use domain::{
    competency::Code,
    id::CompetencyId,
    mastery::{GateTables, Rule},
    text::is_unprintable,
};

use crate::{FieldErrors, Result};

const MAX_STATEMENT: usize = 500;
const MAX_LEVEL: usize = 40;

/// What an author says about a competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// How it is cited; unique in its framework. The field `code`.
    pub code: String,
    /// What a person who has it can do, as a sentence. The field `statement`.
    pub statement: String,
    /// How demanding it is, in the framework's own word. The field `level`.
    pub level: String,
    /// The broader competency that it is part of. The field `parent`.
    pub parent: Option<CompetencyId>,
    /// When it counts as shown. The fields `rule.…`.
    pub rule: Rule,
}

/// What holds where an author has not chosen: the sequential gate, three tries,
/// a day between them.
#[must_use]
pub fn standard_rule() -> Rule {
    Rule::SequentialGate {
        assessment: None,
        tables: GateTables::Gate1,
        tries: 3,
        cooldown_hours: 24,
    }
}

/// What was checked.
pub(super) struct Checked {
    pub(super) code: Code,
    pub(super) statement: String,
    pub(super) level: String,
}

impl Details {
    pub(super) fn check(&self) -> Result<Checked> {
        let mut errors = FieldErrors::default();
        let code = errors.take("code", Code::parse(&self.code));
        let statement = line(&mut errors, "statement", &self.statement, MAX_STATEMENT);
        if statement.is_empty() {
            errors.add("statement", "statement-empty");
        }
        let level = line(&mut errors, "level", &self.level, MAX_LEVEL);
        for problem in self.rule.check() {
            errors.add_problem(format!("rule.{}", problem.path), &problem);
        }
        match code {
            Some(code) if errors.is_empty() => Ok(Checked {
                code,
                statement,
                level,
            }),
            _ => Err(errors.into()),
        }
    }
}

/// A trimmed line of text of at most `most` characters.
pub(super) fn line(errors: &mut FieldErrors, field: &str, text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() > most {
        errors.add_with(field, "text-over-limit", [("most", most.to_string())]);
    } else if text.chars().any(is_unprintable) {
        errors.add(field, "text-hidden-character");
    }
    text.to_owned()
}
