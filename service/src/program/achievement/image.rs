use domain::{
    id::{AchievementId, AchievementVersionId, FileId},
    program::Achievement,
    tenancy::{Accent, BadgeImage},
};
use entity::{
    TenantTx,
    program::{achievement, achievement_version},
    tenancy::tenant,
};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};
use sea_orm::{ColumnTrait, EntityTrait};

use super::Content;
use crate::{
    Ctx, Error, Result,
    aside::{DRAWING, aside},
    draft,
    files::{Kind, open, stream},
};

/// In which form a picture is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Sharp at every size.
    Svg,
    /// For programs that take nothing else; [`PNG_SIDE`] pixels square.
    Png,
}

/// How many pixels a PNG has on each side.
const PNG_SIDE: u16 = 512;

/// A badge's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// Drawn in the tenant's colour.
    Drawn {
        /// `image/svg+xml` or `image/png`.
        media_type: &'static str,
        /// The picture.
        bytes: Vec<u8>,
    },
    /// Somebody has uploaded it.
    Uploaded(FileId),
}

/// The picture of a published achievement, in the version of that `number`, else
/// in the one in force. Anybody may ask. Asked for as PNG it is one: a drawing
/// that was uploaded gives way to the one that is drawn here.
pub async fn image(ctx: &Ctx, id: AchievementId, number: Option<i64>, format: Format) -> Result<Image> {
    let tx = ctx.read().await?;
    let row = draft::row::<achievement::Entity>(&tx, id).await?;
    let version = match number {
        Some(number) => numbered(&tx, id, number).await?,
        None => draft::in_force::<achievement::Entity>(&tx, &row).await?,
    };
    let version = version.ok_or(Error::NotFound)?;
    if let Some(file) = version.image_file
        && (format == Format::Svg || is_png(ctx, file).await?)
    {
        return Ok(Image::Uploaded(file));
    }
    let svg = drawn(&tx, ctx, &serde_json::from_str(&version.content)?).await?;
    drop(tx);
    Ok(match format {
        Format::Svg => Image::Drawn {
            media_type: "image/svg+xml",
            bytes: svg.into_bytes(),
        },
        Format::Png => Image::Drawn {
            media_type: "image/png",
            bytes: to_png(svg).await?,
        },
    })
}

/// The picture of this version in `format` and no other: what was uploaded where
/// that is it, else the drawn one.
pub(crate) async fn picture_in(ctx: &Ctx, version: AchievementVersionId, format: Format) -> Result<Vec<u8>> {
    let tx = ctx.read().await?;
    let version = tx
        .rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::Id.eq(version))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let svg = drawn(&tx, ctx, &serde_json::from_str(&version.content)?).await?;
    drop(tx);
    let kind = match format {
        Format::Svg => Kind::Svg,
        Format::Png => Kind::Png,
    };
    if let Some(file) = version.image_file {
        let download = open(ctx, file).await?;
        if download.file.media_type == kind.media_type() {
            return Ok(stream(ctx, &download, None).await?.bytes().await?.into());
        }
    }
    match format {
        Format::Svg => Ok(svg.into_bytes()),
        Format::Png => to_png(svg).await,
    }
}

async fn is_png(ctx: &Ctx, file: FileId) -> Result<bool> {
    Ok(open(ctx, file).await?.file.media_type == Kind::Png.media_type())
}

async fn to_png(svg: String) -> Result<Vec<u8>> {
    aside(&DRAWING, "drawing a badge", move || png(&svg)).await?
}

/// The picture that an achievement would have, as SVG, unless one is uploaded.
pub async fn draft_svg(ctx: &Ctx, content: &Content) -> Result<String> {
    drawn(&ctx.read().await?, ctx, &content.achievement).await
}

async fn numbered(
    tx: &TenantTx,
    id: AchievementId,
    number: i64,
) -> Result<Option<achievement_version::Model>> {
    Ok(tx
        .rows::<achievement_version::Entity>()
        .filter(achievement_version::Column::AchievementId.eq(id))
        .filter(achievement_version::Column::Number.eq(number))
        .one()
        .await?)
}

async fn drawn(tx: &TenantTx, ctx: &Ctx, achievement: &Achievement) -> Result<String> {
    let tenant = tenant::Entity::find_by_id(ctx.tenant())
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let accent =
        Accent::parse(&tenant.accent).map_err(|_| Error::Outside(format!("no colour: {}", tenant.accent)))?;
    let image = BadgeImage {
        name: &achievement.name,
        level: achievement.level,
        accent,
    };
    Ok(image.to_string())
}

fn png(svg: &str) -> Result<Vec<u8>> {
    let failed = |cause: &dyn std::fmt::Display| Error::Outside(format!("drawing a badge: {cause}"));
    let tree = Tree::from_str(svg, &Options::default()).map_err(|cause| failed(&cause))?;
    let side = u32::from(PNG_SIDE);
    let mut pixels = Pixmap::new(side, side).ok_or_else(|| failed(&"no room"))?;
    let scale = f32::from(PNG_SIDE) / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|cause| failed(&cause))
}
