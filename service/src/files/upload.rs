use domain::{course::FileName, id::FileId, tenancy::Permission};
use entity::{TenantTx, course::file};
use object_store::{ObjectStoreExt, PutPayload};
use sea_orm::ColumnTrait;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::{
    File, Kind, path,
    picture::{self, Kept},
    vector,
};
use crate::{Ctx, Error, FieldErrors, Result, aside::aside, audit};

/// The most bytes of any file.
pub const MAX_BYTES: usize = 64 << 20;

/// So many pictures are drawn anew at once: each may take some hundred megabytes.
static EASELS: Semaphore = Semaphore::const_new(2);

/// Who may see a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The tenant's members.
    Members,
    /// Anybody: a logo, a badge's picture.
    Everyone,
}

/// A file on its way in.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its id: the same form sent twice stores one.
    pub id: FileId,
    /// What the author calls it, or what the browser said it is called. The field `name`.
    pub name: String,
    /// Who may see it.
    pub audience: Audience,
    /// What it is. The field `file`.
    pub bytes: Vec<u8>,
}

/// Stores a file. Its kind is found from its bytes, and its name ends
/// accordingly; pictures and drawings are written anew.
pub async fn upload(ctx: &Ctx, upload: Upload) -> Result<File> {
    take(ctx, upload, Kept::IN_A_TEXT).await
}

/// Stores a file; of a picture, what is to be kept.
pub(super) async fn take(ctx: &Ctx, upload: Upload, kept: Kept) -> Result<File> {
    ctx.require(Permission::Author)?;
    let author = ctx.person()?;
    if let Some(known) = row(&ctx.read().await?, upload.id).await? {
        return Ok(known.into());
    }
    let kind = kind_of(&upload.bytes)?;
    let name = FileName::parse(&upload.name).map_err(|reason| Error::field("name", reason.to_string()))?;
    let Sound {
        name,
        kind,
        bytes,
        sha256,
    } = made_sound(name, kind, upload.bytes, kept).await?;
    let row = file::Model {
        tenant_id: ctx.tenant(),
        id: upload.id,
        name: name.to_string(),
        media_type: kind.media_type().to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        sha256,
        is_public: upload.audience == Audience::Everyone,
        created_by: author,
        created_at: ctx.now(),
    };
    // Bytes without a row are lost space; a row without bytes would be a file that is not there.
    let store = &ctx.installation().files.0;
    let place = path(ctx.tenant(), row.id, &row.sha256);
    store.put(&place, PutPayload::from(bytes)).await?;
    let Err(error) = insert(ctx, &row).await else {
        return Ok(row.into());
    };
    // The same form, sent twice at once: the other was first.
    let known = self::row(&ctx.read().await?, row.id).await?;
    let is_theirs = known.as_ref().is_some_and(|known| known.sha256 == row.sha256);
    if !is_theirs && let Err(cause) = store.delete(&place).await {
        tracing::warn!(%cause, %place, "a file that was not taken could not be removed");
    }
    known.map(Into::into).ok_or(error)
}

async fn insert(ctx: &Ctx, row: &file::Model) -> Result<()> {
    let tx = ctx.write().await?;
    tx.insert::<file::Entity>(row.clone()).await.map_err(|cause| {
        let error = Error::from(cause);
        if error.is_taken("file_name_taken", "file.name") {
            Error::field("name", "file-name-taken")
        } else {
            error
        }
    })?;
    let detail = json!({"name": row.name, "media_type": row.media_type, "size": row.size});
    audit::note(&tx, ctx, "file-uploaded", format!("file:{}", row.id), detail).await?;
    tx.commit().await?;
    Ok(())
}

/// What a file is, if it is something that is taken and no larger than that may be;
/// what is wrong is told at the field `file`.
pub(crate) fn kind_of(bytes: &[u8]) -> Result<Kind> {
    if bytes.is_empty() {
        return Err(Error::field("file", "file-empty"));
    }
    let kind = Kind::of(bytes).ok_or_else(|| Error::field("file", "file-kind"))?;
    if bytes.len() > kind.most_bytes() {
        let mut errors = FieldErrors::default();
        let mebibytes = kind.most_bytes().div_ceil(1 << 20);
        errors.add_with("file", "file-too-large", [("most", mebibytes.to_string())]);
        return Err(errors.into());
    }
    Ok(kind)
}

/// A file as it may be kept: without what a browser could run, or where a
/// photograph was taken, and under a name that says what it is.
pub(crate) struct Sound {
    pub(crate) name: FileName,
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
    pub(crate) sha256: Vec<u8>,
}

/// Makes a file of that kind fit to be kept; of a picture, what is to be kept.
pub(crate) async fn made_sound(name: FileName, kind: Kind, bytes: Vec<u8>, kept: Kept) -> Result<Sound> {
    let (bytes, kind) = drawn_anew(bytes, kind, kept).await?;
    // A picture's kind may be another one now.
    let fits = name.ending() == kind.ending() || (kind == Kind::Jpeg && name.ending() == "jpeg");
    Ok(Sound {
        name: if fits {
            name
        } else {
            name.with_ending(kind.ending())
        },
        kind,
        sha256: Sha256::digest(&bytes).to_vec(),
        bytes,
    })
}

async fn drawn_anew(bytes: Vec<u8>, kind: Kind, kept: Kept) -> Result<(Vec<u8>, Kind)> {
    let not_readable = || Error::field("file", "file-not-readable");
    match kind {
        Kind::Png | Kind::Jpeg | Kind::Webp | Kind::Gif => {
            let work = move || picture::draw_anew(&bytes, kind, kept);
            aside(&EASELS, "drawing a picture anew", work)
                .await?
                .map_err(|_| not_readable())
        }
        Kind::Svg => {
            let work = move || vector::draw_anew(&bytes);
            let drawn = aside(&EASELS, "drawing a picture anew", work).await?;
            drawn.map(|drawn| (drawn, kind)).map_err(|_| not_readable())
        }
        Kind::Pdf | Kind::Mp4 | Kind::Webm | Kind::Vtt | Kind::Txt => Ok((bytes, kind)),
    }
}

async fn row(tx: &TenantTx, id: FileId) -> Result<Option<file::Model>> {
    Ok(tx
        .rows::<file::Entity>()
        .filter(file::Column::Id.eq(id))
        .one()
        .await?)
}
