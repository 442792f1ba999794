//! Pictures that a tenant shows of itself to everybody: small ones, since they
//! stand on every page or go with every badge.

use domain::id::FileId;

use super::{
    Kind,
    picture::Kept,
    upload::{Audience, Upload, take},
};
use crate::{Ctx, Error, Result};

/// What a picture is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emblem {
    /// Stands in the head of each of the tenant's pages.
    Logo,
    /// A badge's own picture.
    Badge,
}

impl Emblem {
    /// The most bytes that one may have when it comes.
    pub const MOST_BYTES: usize = 8 << 20;

    /// Twice of what is shown; and a PNG, which every program takes that shows badges.
    const fn kept(self) -> Kept {
        let longest = match self {
            Self::Logo => 192,
            Self::Badge => 512,
        };
        Kept {
            longest,
            as_png: true,
        }
    }
}

/// Stores a picture for everybody under `id`, as PNG, a drawing as SVG. Sent twice, it is one.
///
/// The field `file`: `file-empty`, `file-kind`, `file-too-large`,
/// `file-not-readable`, and `file-not-a-picture` for what is no picture.
pub async fn upload_emblem(ctx: &Ctx, emblem: Emblem, id: FileId, bytes: Vec<u8>) -> Result<FileId> {
    if Kind::of(&bytes).is_some_and(|kind| !kind.media_type().starts_with("image/")) {
        return Err(Error::field("file", "file-not-a-picture"));
    }
    let upload = Upload {
        id,
        // A drawing gets its own ending.
        name: format!("emblems/{id}.png"),
        audience: Audience::Everyone,
        bytes,
    };
    Ok(take(ctx, upload, emblem.kept()).await?.id)
}
