use std::ops::Range;

use domain::id::FileId;
use entity::course::file;
use object_store::{GetOptions, GetResult, path::Path};
use sea_orm::ColumnTrait;

use super::{File, path};
use crate::{Ctx, Error, Result};

/// A file that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// What it is.
    pub file: File,
    /// The SHA-256 of its bytes.
    pub sha256: Vec<u8>,
    /// Where they are.
    pub(crate) place: Path,
}

/// A file, for the tenant's members, or for anybody if it is public.
pub async fn open(ctx: &Ctx, id: FileId) -> Result<Download> {
    let row = ctx
        .read()
        .await?
        .rows::<file::Entity>()
        .filter(file::Column::Id.eq(id))
        .one()
        .await?
        .filter(|row| row.is_public || ctx.actor().role.is_some())
        .ok_or(Error::NotFound)?;
    Ok(Download {
        place: path(ctx.tenant(), row.id, &row.sha256),
        sha256: row.sha256.clone(),
        file: row.into(),
    })
}

/// The bytes of a file that was opened, or of a part of it.
pub async fn stream(ctx: &Ctx, download: &Download, part: Option<Range<u64>>) -> Result<GetResult> {
    let options = GetOptions {
        range: part.map(Into::into),
        ..GetOptions::default()
    };
    let files = &ctx.installation().files.0;
    Ok(files.get_opts(&download.place, options).await?)
}
