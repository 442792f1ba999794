//! The course.

use domain::{
    course::{Activity, Content, Draw, Module, Work},
    id::CompetencyId,
};
use service::{
    Ctx,
    course::{self, NewCourse},
};

use super::{
    super::{
        DemoError, Doing,
        content::{ActivityKind, ActivityText},
    },
    Loaded, in_place,
};

impl Loaded<'_> {
    pub(super) async fn course(&self, author: &Ctx) -> Result<(), DemoError> {
        let text = &self.content.course;
        let id = self.id("course", &text.slug);
        let new = NewCourse {
            id,
            title: text.title.clone(),
            slug: text.slug.clone(),
            language: text.language.clone(),
        };
        course::create(author, new).await.doing(&text.slug)?;
        let draft = course::draft(author, id).await.doing(&text.slug)?;
        if draft.published.is_some() {
            return Ok(());
        }
        let content = self.course_content(draft.content)?;
        let revision = course::save(author, id, draft.revision, &content)
            .await
            .doing(&text.slug)?;
        course::publish(author, id, revision).await.doing(&text.slug)?;
        Ok(())
    }

    fn course_content(&self, begun: Content) -> Result<Content, DemoError> {
        let text = &self.content.course;
        let mut modules = Vec::new();
        for module in &text.module {
            let activities = module.activity.iter().map(|activity| self.activity(activity));
            modules.push(Module {
                id: self.id("module", &module.key),
                title: module.title.clone(),
                summary: module.summary.clone(),
                after: Vec::new(),
                activities: activities.collect::<Result<_, _>>()?,
            });
        }
        Ok(Content {
            title: text.title.clone(),
            summary: text.summary.trim().to_owned(),
            modules,
            ..begun
        })
    }

    fn activity(&self, text: &ActivityText) -> Result<Activity, DemoError> {
        let work = match text.kind {
            ActivityKind::Lesson => {
                let file = text.file.as_deref().unwrap_or_default();
                Work::Lesson {
                    markdown: in_place(self.content.lesson(file)?),
                }
            }
            ActivityKind::Practice => Work::Practice {
                draws: text
                    .items
                    .iter()
                    .map(|draw| Draw {
                        competency: self.id("competency", &draw.competency),
                        count: draw.n,
                    })
                    .collect(),
            },
            ActivityKind::Assessment => Work::Assessment {
                assessment: text.assessment.as_ref().map(|key| self.id("assessment", key)),
            },
        };
        Ok(Activity {
            id: self.id("activity", &text.key),
            title: text.title.clone(),
            competencies: text
                .competencies
                .iter()
                .map(|code| self.id::<CompetencyId>("competency", code))
                .collect(),
            after: Vec::new(),
            minutes: Some(if text.kind == ActivityKind::Lesson { 10 } else { 20 }),
            work,
        })
    }
}
