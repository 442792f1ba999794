//! What an assessor says again and again: kept by each for themselves.

use domain::{
    id::{PersonId, SavedCommentId},
    tenancy::Permission,
};
use entity::{TenantTx, assessment::saved_comment};
use sea_orm::ColumnTrait;

use crate::{Ctx, Error, FieldErrors, Result, tenancy};

/// So many comments one person keeps in one tenant.
pub const MOST_COMMENTS: usize = 200;
/// So many characters one has.
pub const LONGEST_COMMENT: usize = 2_000;

/// A comment that is kept for another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedComment {
    /// Its id.
    pub id: SavedCommentId,
    /// What it says, as Markdown.
    pub text: String,
}

/// The actor's own comments by what they say; only those in which `sought` stands,
/// whatever its case. An empty text stands in all.
pub async fn comments(ctx: &Ctx, sought: &str) -> Result<Vec<SavedComment>> {
    let owner = owner(ctx)?;
    let tx = ctx.read().await?;
    let sought = sought.trim().to_lowercase();
    let mut found: Vec<_> = own(&tx, owner)
        .await?
        .into_iter()
        .filter(|row| row.content.to_lowercase().contains(&sought))
        .map(|row| SavedComment {
            id: row.id,
            text: row.content,
        })
        .collect();
    found.sort_by_cached_key(|comment| comment.text.to_lowercase());
    Ok(found)
}

/// Keeps a comment. Kept twice, it is there once. Fields of errors: `comment`.
pub async fn keep_comment(ctx: &Ctx, id: SavedCommentId, text: &str) -> Result<()> {
    let owner = owner(ctx)?;
    let text = checked(text)?;
    let tx = ctx.write().await?;
    // One after another: else two at once would both find that there is room.
    tenancy::hold_member(&tx, owner).await?;
    let kept = own(&tx, owner).await?;
    if kept.iter().any(|row| row.id == id || row.content == text) {
        return Ok(());
    }
    if kept.len() >= MOST_COMMENTS {
        return Err(beyond("too-many-comments", MOST_COMMENTS));
    }
    let row = saved_comment::Model {
        tenant_id: ctx.tenant(),
        id,
        person_id: owner,
        content: text,
        saved_at: ctx.now(),
    };
    let key = [saved_comment::Column::TenantId, saved_comment::Column::Id];
    tx.insert_new::<saved_comment::Entity>(row, key).await?;
    tx.commit().await?;
    Ok(())
}

/// Says it in other words from now on. Fields of errors: `comment`.
pub async fn change_comment(ctx: &Ctx, id: SavedCommentId, text: &str) -> Result<()> {
    let owner = owner(ctx)?;
    let text = checked(text)?;
    let tx = ctx.write().await?;
    let changed = tx
        .change::<saved_comment::Entity>()
        .filter(saved_comment::Column::Id.eq(id))
        .filter(saved_comment::Column::PersonId.eq(owner))
        .set(saved_comment::Column::Content, text)
        .set(saved_comment::Column::SavedAt, ctx.now())
        .apply()
        .await?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Keeps it no longer. What was said with it stays said.
pub async fn remove_comment(ctx: &Ctx, id: SavedCommentId) -> Result<()> {
    let owner = owner(ctx)?;
    let tx = ctx.write().await?;
    tx.remove::<saved_comment::Entity>()
        .filter(saved_comment::Column::Id.eq(id))
        .filter(saved_comment::Column::PersonId.eq(owner))
        .apply()
        .await?;
    tx.commit().await?;
    Ok(())
}

fn owner(ctx: &Ctx) -> Result<PersonId> {
    ctx.require(Permission::Mark)?;
    ctx.person()
}

async fn own(tx: &TenantTx, owner: PersonId) -> Result<Vec<saved_comment::Model>> {
    Ok(tx
        .rows::<saved_comment::Entity>()
        .filter(saved_comment::Column::PersonId.eq(owner))
        .all()
        .await?)
}

/// The text with line ends as `\n`, if it is one that can be kept.
fn checked(text: &str) -> Result<String> {
    let text = text.trim().replace("\r\n", "\n").replace('\t', " ");
    if text.is_empty() {
        return Err(Error::field("comment", "comment-empty"));
    }
    if text.chars().count() > LONGEST_COMMENT {
        return Err(beyond("comment-too-long", LONGEST_COMMENT));
    }
    // Nobody means these, and a database may not hold them.
    Ok(text.chars().filter(|c| *c == '\n' || !c.is_control()).collect())
}

fn beyond(code: &str, most: usize) -> Error {
    let mut errors = FieldErrors::default();
    errors.add_with("comment", code, [("most", most.to_string())]);
    errors.into()
}
