use domain::{Timestamp, id::FileId, tenancy::Permission};
use entity::course::file;

use crate::{
    Ctx, Paged, Result,
    paging::{PAGE_SIZE, Window},
};

/// A file, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Which one.
    pub id: FileId,
    /// What texts call it.
    pub name: String,
    /// What it is, as `Content-Type` says it.
    pub media_type: String,
    /// How large it is, in bytes.
    pub size: u64,
    /// Whether visitors may see it too.
    pub is_public: bool,
    /// Since when it is there.
    pub created_at: Timestamp,
}

/// A page of the tenant's files, the newest first.
pub async fn list(ctx: &Ctx, page: u32) -> Result<Paged<File>> {
    ctx.require(Permission::Author)?;
    let tx = ctx.read().await?;
    let window = Window::new(page, tx.rows::<file::Entity>().count().await?);
    let rows = tx
        .rows::<file::Entity>()
        .desc(file::Column::CreatedAt)
        .desc(file::Column::Id)
        .offset(window.offset())
        .limit(PAGE_SIZE)
        .all()
        .await?;
    Ok(window.of(rows.into_iter().map(File::from).collect()))
}

impl From<file::Model> for File {
    fn from(row: file::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            media_type: row.media_type,
            size: row.size.unsigned_abs(),
            is_public: row.is_public,
            created_at: row.created_at,
        }
    }
}
