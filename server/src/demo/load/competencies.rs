//! What the tenant's people learn to do.

use domain::{
    id::FrameworkId,
    mastery::{GateTables, Rule},
};
use service::{
    Ctx,
    competency::{self, Details, FrameworkDetails, NewCompetency},
};

use super::{
    super::{DemoError, Doing},
    Loaded,
    assessments::{cut, hours},
};

impl Loaded<'_> {
    pub(super) async fn competencies(&self, author: &Ctx) -> Result<(), DemoError> {
        let text = &self.content.framework;
        let framework: FrameworkId = self.id("framework", &text.code);
        let details = FrameworkDetails {
            code: text.code.clone(),
            title: text.title.clone(),
            description: String::new(),
        };
        competency::create_framework(author, framework, &details)
            .await
            .doing(&text.code)?;
        for text in &self.content.competencies {
            let details = Details {
                code: text.code.clone(),
                statement: text.statement.clone(),
                level: text.level.clone(),
                parent: text.parent.as_ref().map(|parent| self.id("competency", parent)),
                rule: self.rule_of_competency(&text.code)?,
            };
            let new = NewCompetency {
                id: self.id("competency", &text.code),
                framework,
                details,
            };
            competency::create(author, new).await.doing(&text.code)?;
        }
        Ok(())
    }

    /// A competency counts as shown by the assessment that draws on it.
    fn rule_of_competency(&self, code: &str) -> Result<Rule, DemoError> {
        for text in &self.content.assessments {
            let assessment = Some(self.id("assessment", &text.key));
            if text.competency.as_deref() == Some(code) {
                return Ok(Rule::SequentialGate {
                    assessment,
                    tables: GateTables::Gate1,
                    tries: text.tries,
                    cooldown_hours: hours(text),
                });
            }
            if let Some(draw) = text.draws.iter().find(|draw| draw.competency == code) {
                return Ok(Rule::CutScore {
                    assessment,
                    items: draw.n,
                    cut: cut(text)?,
                    tries: text.tries,
                    cooldown_hours: hours(text),
                });
            }
        }
        Ok(competency::standard_rule())
    }
}
