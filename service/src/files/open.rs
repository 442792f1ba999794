use std::ops::Range;

use domain::id::FileId;
use entity::course::file;
use object_store::{GetOptions, GetResult};
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
    let place = path(ctx.tenant(), download.file.id, &download.sha256);
    Ok(ctx.installation().files.0.get_opts(&place, options).await?)
}
