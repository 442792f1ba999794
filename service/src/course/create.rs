use domain::{
    course::{Content, Language},
    id::CourseId,
    tenancy::{Permission, Slug},
};
use entity::course::course;
use serde_json::json;

use super::draft::slug_taken;
use crate::{Ctx, FieldErrors, Result, draft};

/// What it takes to begin a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCourse {
    /// Its id: the same form sent twice makes one.
    pub id: CourseId,
    /// What it is called. The field `title`.
    pub title: String,
    /// Its part of the address, unique in the tenant. The field `slug`.
    pub slug: String,
    /// The language it is written in. The field `language`.
    pub language: String,
}

/// Begins a course: a draft with nothing in it yet.
pub async fn create(ctx: &Ctx, new: NewCourse) -> Result<()> {
    ctx.require(Permission::Author)?;
    let author = ctx.person()?;
    let mut errors = FieldErrors::default();
    let title = title(&mut errors, &new.title);
    let slug = errors.take("slug", Slug::parse(new.slug.trim()));
    let language = errors.take("language", Language::parse(new.language.trim()));
    let (Some(slug), Some(language)) = (slug, language) else {
        return Err(errors.into());
    };
    errors.check()?;
    let content = Content::new(title.clone(), language);
    let now = ctx.now();
    let row = course::Model {
        tenant_id: ctx.tenant(),
        id: new.id,
        slug: slug.to_string(),
        title: title.clone(),
        draft: serde_json::to_string(&content)?,
        draft_revision: 1,
        published_version_id: None,
        created_by: author,
        created_at: now,
        updated_at: now,
        archived_at: None,
    };
    let tx = ctx.write().await?;
    let detail = json!({"title": title, "slug": slug});
    draft::make::<course::Entity>(ctx, &tx, row, detail)
        .await
        .map_err(slug_taken)?;
    tx.commit().await?;
    Ok(())
}

/// A course's title as it is kept, or a reason at the field `title`.
pub(super) fn title(errors: &mut FieldErrors, text: &str) -> String {
    let title = text.trim();
    if title.is_empty() {
        errors.add("title", "title-empty");
    } else if title.chars().count() > Content::MAX_TITLE {
        errors.add_with(
            "title",
            "title-too-long",
            [("most", Content::MAX_TITLE.to_string())],
        );
    } else if title.chars().any(domain::text::is_unprintable) {
        errors.add("title", "title-character");
    }
    title.to_owned()
}
