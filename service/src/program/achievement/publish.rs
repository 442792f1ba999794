use domain::{
    id::{AchievementId, AchievementVersionId},
    program::Achievement,
    tenancy::Permission,
};
use entity::program::{achievement, achievement_version};
use serde_json::json;

use super::{
    Content,
    reach::look_again,
    references::{faults, resolved},
};
use crate::{Ctx, FieldError, FieldErrors, Result, draft};

/// Publishes the draft of `revision` as a version that never changes, and says
/// which. A draft that is in force already stays as it is. Whoever may have
/// earned it already is looked at by a job.
///
/// What [`Achievement::check`] finds wrong comes back as [`Error::Invalid`](crate::Error::Invalid) at
/// its path in the definition; so do, at `criteria`, badges that ask for each
/// other in a circle, and whatever they ask for that nobody can get.
pub async fn publish(ctx: &Ctx, id: AchievementId, revision: i64) -> Result<AchievementVersionId> {
    ctx.require(Permission::DefineAchievements)?;
    let publisher = ctx.person()?;
    let tx = ctx.write().await?;
    let row = draft::held_at::<achievement::Entity>(&tx, id, revision).await?;
    let content: Content = serde_json::from_str(&row.draft)?;
    let achievement = resolved(&tx, ctx, &content).await?;
    problems(&achievement).check()?;
    faults(&tx, id, &content).await?.check()?;

    let document = serde_json::to_string(&achievement)?;
    let before = draft::in_force::<achievement::Entity>(&tx, &row).await?;
    let is_in_force = |before: &&achievement_version::Model| {
        before.content == document && before.image_file == row.image_file
    };
    if let Some(before) = before.as_ref().filter(is_in_force) {
        return Ok(before.id);
    }
    let version = achievement_version::Model {
        tenant_id: ctx.tenant(),
        id: ctx.new_id(),
        achievement_id: id,
        number: before.map_or(0, |before| before.number) + 1,
        content: document,
        image_file: row.image_file,
        published_by: publisher,
        published_at: ctx.now(),
    };
    let version = draft::put_in_force::<achievement::Entity>(ctx, &tx, id, version, json!({})).await?;
    look_again(&tx, ctx, id).await?;
    tx.commit().await?;
    Ok(version)
}

fn problems(achievement: &Achievement) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for problem in achievement.check() {
        errors.push(FieldError {
            field: problem.path,
            code: format!("badge-{}", problem.code),
            args: problem.args,
        });
    }
    errors
}
