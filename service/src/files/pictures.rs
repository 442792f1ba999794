//! The pictures among a tenant's files, for whoever puts a question into one.

use std::{collections::BTreeMap, io::Cursor};

use domain::{id::FileId, tenancy::Permission};
use entity::course::file;
use image::{ImageFormat, ImageReader};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::{Kind, open, stream, vector};
use crate::{Ctx, Result};

/// So many are offered, the newest.
const MOST: u64 = 200;

/// How large a picture is, in its own pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PictureSize {
    /// Across.
    pub width: u16,
    /// Down.
    pub height: u16,
}

#[derive(FromQueryResult)]
struct Named {
    id: FileId,
    name: String,
}

/// The tenant's newest pictures, by name.
pub async fn pictures(ctx: &Ctx) -> Result<BTreeMap<String, FileId>> {
    ctx.require(Permission::Author)?;
    let rows: Vec<Named> = ctx
        .read()
        .await?
        .rows::<file::Entity>()
        .filter(file::Column::MediaType.starts_with("image/"))
        .desc(file::Column::CreatedAt)
        .limit(MOST)
        .columns([file::Column::Id, file::Column::Name])
        .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

/// How large the picture of that name is; none if there is no such picture, or if
/// a drawing does not say it.
pub async fn picture_size(ctx: &Ctx, name: &str) -> Result<Option<PictureSize>> {
    ctx.require(Permission::Author)?;
    let known = super::named(&ctx.read().await?, [name.to_owned()]).await?;
    let Some(id) = known.get(name) else {
        return Ok(None);
    };
    let download = open(ctx, *id).await?;
    if !download.file.media_type.starts_with("image/") {
        return Ok(None);
    }
    let bytes = stream(ctx, &download, None).await?.bytes().await?;
    Ok(size(&bytes))
}

fn size(bytes: &[u8]) -> Option<PictureSize> {
    let format = match Kind::of(bytes)? {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Webp => ImageFormat::WebP,
        Kind::Svg => return vector::size(bytes),
        _ => return None,
    };
    // The header alone is read: pictures were drawn anew, upright, when they came.
    let (width, height) = ImageReader::with_format(Cursor::new(bytes), format)
        .into_dimensions()
        .ok()?;
    Some(PictureSize {
        width: width.try_into().ok()?,
        height: height.try_into().ok()?,
    })
}
