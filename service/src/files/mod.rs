//! Files that texts name: pictures, films, documents. What they are is found
//! from their bytes, never from what a browser says about them.

mod emblem;
mod kind;
mod list;
mod named;
mod open;
mod picture;
mod pictures;
mod upload;
mod vector;

use std::sync::Arc;

use domain::id::{FileId, TenantId};
use object_store::{ObjectStore, path::Path};

pub use emblem::{Emblem, upload_emblem};
pub use kind::Kind;
pub use list::{File, list};
pub(crate) use named::named;
pub use named::of_text;
pub use open::{Download, open, stream};
pub(crate) use picture::Kept;
pub use pictures::{PictureSize, picture_size, pictures};
pub use upload::{Audience, MAX_BYTES, Upload, upload};
pub(crate) use upload::{kind_of, made_sound};

/// Where bytes are kept: a folder or an S3-compatible store. What they are is in
/// the database.
#[derive(Debug, Clone)]
pub struct Files(pub Arc<dyn ObjectStore>);

/// Where a file's bytes are. Their hash is part of it: of two forms with the same
/// id that are sent at once, neither writes over what the other stored.
fn path(tenant: TenantId, file: FileId, sha256: &[u8]) -> Path {
    let hash: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    Path::from(format!("{tenant}/{file}-{hash}"))
}
