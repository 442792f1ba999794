use domain::{
    course::{Content, Language},
    id::CourseId,
    tenancy::{Permission, Slug},
};
use entity::{TenantTx, course::course};
use sea_orm::ColumnTrait;

use super::{
    create::title,
    draft::{row_at, slug_taken},
};
use crate::{Ctx, Error, FieldErrors, Result};

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
    let row = row_at(&tx, id, revision).await?;
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
    let row = row_at(&tx, id, revision).await?;
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
    let revision = row.draft_revision + 1;
    tx.change::<course::Entity>()
        .filter(course::Column::Id.eq(row.id))
        .set(course::Column::Slug, slug)
        .set(course::Column::Title, content.title.clone())
        .set(course::Column::Draft, serde_json::to_string(content)?)
        .set(course::Column::DraftRevision, revision)
        .set(course::Column::UpdatedAt, ctx.now())
        .apply()
        .await
        .map_err(slug_taken)?;
    Ok(revision)
}
