use std::collections::BTreeSet;

use domain::{
    Problem,
    course::{Content, Work, markdown},
    id::{AssessmentId, CompetencyId, CourseId, CourseVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::assessment,
    competency::competency,
    course::{course, course_version},
};
use sea_orm::{ColumnTrait, FromQueryResult};
use serde_json::json;

use crate::{Ctx, Error, Result, draft, files};

/// What has to be put right before a course can be published.
pub async fn problems(ctx: &Ctx, id: CourseId) -> Result<Vec<Problem>> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let content: Content = serde_json::from_str(&draft::row::<course::Entity>(&tx, id).await?.draft)?;
    check(&tx, &content).await
}

/// Publishes the draft that was seen at `revision` as a version of its own.
/// Learners who have begun stay on theirs, and are offered this one.
///
/// Refused with `course-has-problems` while [`problems`] finds any. A draft
/// that is already in force is not published twice.
pub async fn publish(ctx: &Ctx, id: CourseId, revision: i64) -> Result<CourseVersionId> {
    ctx.require(Permission::Author)?;
    let author = ctx.person()?;
    let tx = ctx.write().await?;
    let row = draft::held_at::<course::Entity>(&tx, id, revision).await?;
    let content: Content = serde_json::from_str(&row.draft)?;
    if !check(&tx, &content).await?.is_empty() {
        return Err(Error::Refused("course-has-problems"));
    }
    let before = draft::in_force::<course::Entity>(&tx, &row).await?;
    if let Some(before) = before.as_ref().filter(|before| before.content == row.draft) {
        return Ok(before.id);
    }
    let version = course_version::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id(),
        course_id: id,
        number: before.map_or(0, |before| before.number) + 1,
        about: serde_json::to_string(&content.about())?,
        content: row.draft,
        published_by: author,
        published_at: ctx.now(),
    };
    let detail = json!({"title": content.title});
    let version = draft::put_in_force::<course::Entity>(ctx, &tx, id, version, detail).await?;
    tx.commit().await?;
    Ok(version)
}

/// What the course itself knows to be wrong, and what is missing around it.
async fn check(tx: &TenantTx, content: &Content) -> Result<Vec<Problem>> {
    let mut problems = content.check();
    let around = Around::load(tx, content).await?;
    around.check_text(&content.summary, "summary", &mut problems);
    for (index, module) in content.modules.iter().enumerate() {
        let path = format!("modules.{index}");
        around.check_text(&module.summary, &format!("{path}.summary"), &mut problems);
        for (place, activity) in module.activities.iter().enumerate() {
            let path = format!("{path}.activities.{place}");
            around.check_competencies(&activity.competencies, &path, &mut problems);
            match &activity.work {
                Work::Lesson { markdown } => {
                    around.check_text(markdown, &format!("{path}.markdown"), &mut problems);
                }
                Work::Practice { draws } => {
                    let about: Vec<_> = draws.iter().map(|draw| draw.competency).collect();
                    around.check_competencies(&about, &format!("{path}.draws"), &mut problems);
                }
                Work::Assessment { assessment } => {
                    around.check_assessment(*assessment, &format!("{path}.assessment"), &mut problems);
                }
            }
        }
    }
    Ok(problems)
}

/// What there is of the things that a course refers to.
struct Around {
    competencies: BTreeSet<CompetencyId>,
    assessments: BTreeSet<AssessmentId>,
    files: BTreeSet<String>,
}

#[derive(FromQueryResult)]
struct CompetencyKey {
    id: CompetencyId,
}

#[derive(FromQueryResult)]
struct AssessmentKey {
    id: AssessmentId,
}

impl Around {
    async fn load(tx: &TenantTx, content: &Content) -> Result<Self> {
        let (mut competencies, mut assessments, mut names) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        names.extend(markdown::references(&content.summary).files);
        for module in &content.modules {
            names.extend(markdown::references(&module.summary).files);
        }
        for (_, activity) in content.activities() {
            competencies.extend(&activity.competencies);
            match &activity.work {
                Work::Lesson { markdown } => names.extend(markdown::references(markdown).files),
                Work::Practice { draws } => competencies.extend(draws.iter().map(|draw| draw.competency)),
                Work::Assessment { assessment } => assessments.extend(*assessment),
            }
        }
        let competencies: Vec<CompetencyKey> = tx
            .rows::<competency::Entity>()
            .filter(competency::Column::Id.is_in(competencies))
            .columns([competency::Column::Id])
            .await?;
        let assessments: Vec<AssessmentKey> = tx
            .rows::<assessment::Entity>()
            .filter(assessment::Column::Id.is_in(assessments))
            .filter(assessment::Column::PublishedVersionId.is_not_null())
            .filter(assessment::Column::ArchivedAt.is_null())
            .columns([assessment::Column::Id])
            .await?;
        Ok(Self {
            competencies: competencies.into_iter().map(|key| key.id).collect(),
            assessments: assessments.into_iter().map(|key| key.id).collect(),
            files: files::named(tx, names).await?.into_keys().collect(),
        })
    }

    fn check_text(&self, text: &str, path: &str, problems: &mut Vec<Problem>) {
        for name in markdown::references(text).files {
            if !self.files.contains(&name) {
                problems.push(Problem::at(path, "file-not-there").with("file", name));
            }
        }
    }

    fn check_competencies(&self, ids: &[CompetencyId], path: &str, problems: &mut Vec<Problem>) {
        if !ids.iter().all(|id| self.competencies.contains(id)) {
            problems.push(Problem::at(path, "competency-not-there"));
        }
    }

    fn check_assessment(&self, id: Option<AssessmentId>, path: &str, problems: &mut Vec<Problem>) {
        if id.is_some_and(|id| !self.assessments.contains(&id)) {
            problems.push(Problem::at(path, "assessment-not-published"));
        }
    }
}
