use domain::{
    course::{Content, Language},
    id::CourseId,
    tenancy::{Permission, Slug},
};
use entity::{TenantTx, course::course};

use super::{create::title, draft::slug_taken};
use crate::{Ctx, Error, FieldErrors, Result, draft};

/// What is said about a course as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basics {
    /// What it is called. The field `title`.
    pub title: String,
    /// Its part of the address. The field `slug`.
    pub slug: String,
    /// The language it is written in. The field `language`.
    pub language: String,
    /// What it is about, as Markdown. The field `summary`.
    pub summary: String,
}

/// Stores a draft that was seen at `revision`, and returns its new revision. It
/// need not be fit to be published, only to be kept.
pub async fn save(ctx: &Ctx, id: CourseId, revision: i64, content: &Content) -> Result<i64> {
    edit(ctx, id, revision, |draft| {
        draft.clone_from(content);
        Ok(())
    })
    .await
}

/// Changes a draft that was seen at `revision`, and returns its new revision.
pub async fn edit(
    ctx: &Ctx,
    id: CourseId,
    revision: i64,
    change: impl FnOnce(&mut Content) -> Result<()> + Send,
) -> Result<i64> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let row = draft::held_at::<course::Entity>(&tx, id, revision).await?;
    let mut content = serde_json::from_str(&row.draft)?;
    change(&mut content)?;
    let revision = store(ctx, &tx, &row, &row.slug, &content).await?;
    tx.commit().await?;
    Ok(revision)
}

/// Changes what is said about a course as a whole.
pub async fn save_basics(ctx: &Ctx, id: CourseId, revision: i64, basics: &Basics) -> Result<i64> {
    ctx.require(Permission::Author)?;
    let mut errors = FieldErrors::default();
    let title = title(&mut errors, &basics.title);
    let slug = errors.take("slug", Slug::parse(basics.slug.trim()));
    let language = errors.take("language", Language::parse(basics.language.trim()));
    if basics.summary.len() > Content::MAX_SUMMARY {
        errors.add_with(
            "summary",
            "text-over-limit",
            [("most", Content::MAX_SUMMARY.to_string())],
        );
    }
    let (Some(slug), Some(language)) = (slug, language) else {
        return Err(errors.into());
    };
    errors.check()?;
    let tx = ctx.write().await?;
    let row = draft::held_at::<course::Entity>(&tx, id, revision).await?;
    let content = Content {
        title,
        language,
        summary: basics.summary.trim().to_owned(),
        ..serde_json::from_str(&row.draft)?
    };
    let revision = store(ctx, &tx, &row, slug.as_str(), &content).await?;
    tx.commit().await?;
    Ok(revision)
}

async fn store(ctx: &Ctx, tx: &TenantTx, row: &course::Model, slug: &str, content: &Content) -> Result<i64> {
    if !content.fits() {
        return Err(Error::Refused("course-too-large"));
    }
    let others = [
        (course::Column::Slug, slug.into()),
        (course::Column::Title, content.title.as_str().into()),
    ];
    let written = serde_json::to_string(content)?;
    draft::store::<course::Entity>(ctx, tx, row.id, row.draft_revision, written, others)
        .await
        .map_err(slug_taken)
}
