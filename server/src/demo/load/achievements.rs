//! What a learner can earn.

use domain::{
    id::AchievementId,
    program::{Achievement, AchievementType, Criteria},
};
use service::{Ctx, program::achievement};

use super::{
    super::{
        DemoError, Doing,
        content::{AchievementText, RequirementText},
    },
    Loaded,
};

impl Loaded<'_> {
    pub(super) async fn achievements(&self, admin: &Ctx) -> Result<(), DemoError> {
        for text in &self.content.achievements {
            let id: AchievementId = self.id("achievement", &text.key);
            let content = achievement::Content {
                achievement: self.achievement(text),
                competencies: text
                    .alignments
                    .iter()
                    .map(|code| self.id("competency", code))
                    .collect(),
            };
            achievement::create(admin, id, &content).await.doing(&text.key)?;
            let draft = achievement::load(admin, id).await.doing(&text.key)?;
            if draft.published.is_none() {
                achievement::publish(admin, id, draft.revision)
                    .await
                    .doing(&text.key)?;
            }
        }
        Ok(())
    }

    fn achievement(&self, text: &AchievementText) -> Achievement {
        let parts = text.requires.all.iter().map(|part| match part {
            RequirementText::Competency(code) => Criteria::CompetencyMastered {
                competency: self.id("competency", code),
            },
            RequirementText::Assessment(key) => Criteria::AssessmentPassed {
                assessment: self.id("assessment", key),
            },
            RequirementText::Badge(key) => Criteria::BadgeHeld {
                achievement: self.id("achievement", key),
            },
        });
        Achievement {
            name: text.name.clone(),
            description: text.description.clone(),
            criteria_narrative: text.criteria.trim().to_owned(),
            achievement_type: AchievementType::Badge,
            level: None,
            tags: text.tags.iter().chain([&text.level]).cloned().collect(),
            alignments: Vec::new(),
            criteria: Criteria::All { of: parts.collect() },
        }
    }
}
