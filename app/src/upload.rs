//! A form with a file in it.

use axum::{
    extract::{DefaultBodyLimit, Multipart, multipart::MultipartError},
    http::StatusCode,
};
use service::FieldErrors;

use crate::form::Form;

/// What the other fields of such a form may take, in bytes.
const FIELDS: usize = 16 << 10;

/// No form takes more files at once; one more is kept, to see that there are.
pub(crate) const MOST_FILES: usize = 20;

/// Lets a route take files of up to `most` bytes, where other forms are smaller.
pub(crate) fn limit(most: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(most + FIELDS)
}

/// A form as it came, with the file of its field `file`.
pub(crate) struct Uploaded {
    pub(crate) form: Form,
    /// What the file was called where it came from.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Further files of the same field, where it takes several: what each was
    /// called, and its bytes.
    pub(crate) more: Vec<(String, Vec<u8>)>,
}

/// A form whose file did not come: the fields that stood before it, and why.
pub(crate) struct Refused {
    pub(crate) form: Form,
    pub(crate) errors: FieldErrors,
}

impl Uploaded {
    /// Reads the parts: the file, and the fields of these names. Whoever calls
    /// has made sure that the person may send one: it can be large. What stands
    /// before the file in the form is kept when that is not taken.
    ///
    /// At the field that was being read: `file-too-large` for what is over the
    /// route's limit of `most` bytes, `file-broken-off` for what did not come whole.
    pub(crate) async fn read(mut parts: Multipart, fields: &[&str], most: usize) -> Result<Self, Refused> {
        let mut form = Reading {
            fields,
            read: Vec::new(),
            at: "file",
        };
        match form.read(&mut parts).await {
            Ok(mut files) => {
                let more = files.split_off(files.len().min(1));
                let (name, bytes) = files.pop().unwrap_or_default();
                Ok(Self {
                    form: Form::filled(form.read),
                    name,
                    bytes,
                    more,
                })
            }
            Err(cause) => {
                tracing::debug!(%cause, "an upload broke off");
                let mut errors = FieldErrors::default();
                if cause.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    errors.add_with(form.at, "file-too-large", [("most", (most >> 20).to_string())]);
                } else {
                    errors.add(form.at, "file-broken-off");
                }
                Err(Refused {
                    form: Form::filled(form.read),
                    errors,
                })
            }
        }
    }
}

/// A form while it comes.
struct Reading<'a> {
    /// The names of the fields that are wanted.
    fields: &'a [&'a str],
    /// Those that have come.
    read: Vec<(String, String)>,
    /// The one that is coming.
    at: &'a str,
}

impl Reading<'_> {
    /// What each file was called, and its bytes.
    async fn read(&mut self, parts: &mut Multipart) -> Result<Vec<(String, Vec<u8>)>, MultipartError> {
        let mut files = Vec::new();
        while let Some(part) = parts.next_field().await? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == "file" {
                self.at = "file";
                let called = part.file_name().unwrap_or_default().to_owned();
                let bytes = part.bytes().await?.into();
                // Empty parts without end would be many without taking room.
                if files.len() <= MOST_FILES {
                    files.push((called, bytes));
                }
                continue;
            }
            let wanted = self.fields.iter().find(|field| **field == name);
            if let Some(field) = wanted.filter(|_| self.read.len() < self.fields.len()) {
                self.at = field;
                self.read.push((name, part.text().await?));
            }
        }
        Ok(files)
    }
}
