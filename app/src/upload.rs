//! A form with a file in it.

use axum::extract::{DefaultBodyLimit, Multipart, multipart::MultipartError};
use service::{Error, FieldErrors};

use crate::form::Form;

/// What the other fields of such a form may take, in bytes.
const FIELDS: usize = 16 << 10;

/// Lets a route take files of up to `most` bytes, where other forms are smaller.
pub(crate) fn limit(most: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(most + FIELDS)
}

/// A form as it came, with the file of its field `file`.
#[derive(Default)]
pub(crate) struct Uploaded {
    pub(crate) form: Form,
    /// What the file was called where it came from.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Uploaded {
    /// Reads the parts: the file, and the fields of these names. Whoever calls
    /// has made sure that the person may send one: it can be large.
    ///
    /// The field `file`: `file-too-large` for what is over the route's limit of
    /// `most` bytes, or broke off.
    pub(crate) async fn read(parts: Multipart, fields: &[&str], most: usize) -> Result<Self, Error> {
        read(parts, fields).await.map_err(|cause| {
            tracing::debug!(%cause, "an upload broke off");
            let mut errors = FieldErrors::default();
            errors.add_with("file", "file-too-large", [("most", (most >> 20).to_string())]);
            errors.into()
        })
    }
}

async fn read(mut parts: Multipart, fields: &[&str]) -> Result<Uploaded, MultipartError> {
    let mut uploaded = Uploaded::default();
    let mut read = Vec::new();
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            uploaded.name = part.file_name().unwrap_or_default().to_owned();
            uploaded.bytes = part.bytes().await?.into();
        } else if fields.contains(&name.as_str()) && read.len() < fields.len() {
            read.push((name, part.text().await?));
        }
    }
    uploaded.form = Form::filled(read);
    Ok(uploaded)
}
