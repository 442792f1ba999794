//! Baked badges: pictures with the credential inside (Open Badges 3.0 §5.3).

mod png;
mod svg;

/// Bytes of a picture that is read; a badge's own has a hundredth of it.
const MAX_BYTES: usize = 16 << 20;

/// Why no credential can be taken from a picture or put into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BakingError {
    /// It is larger than a badge can be.
    #[error("the picture is too large")]
    TooLarge,
    /// It breaks off, or is not what it begins as.
    #[error("the picture can\u{2019}t be read")]
    Malformed,
    /// A part of it was changed on the way.
    #[error("the picture is damaged: a checksum does not fit")]
    Damaged,
    /// It declares a document type of its own or entities.
    #[error("the picture is written in a way that is not read here")]
    Refused,
    /// It is only a picture.
    #[error("there is no badge in the picture")]
    NoCredential,
    /// Each reader might take another of them.
    #[error("there is more than one badge in the picture")]
    Several,
}

/// The text of the credential in a picture: JSON, or a JSON Web Token. Nothing
/// if `bytes` are no picture.
pub(super) fn credential_in(bytes: &[u8]) -> Option<Result<String, BakingError>> {
    let text = str::from_utf8(bytes).ok();
    let is_svg = text.is_some_and(|text| text.trim_start_matches('\u{feff}').trim_start().starts_with('<'));
    let is_png = bytes.starts_with(png::SIGNATURE);
    if (is_svg || is_png) && bytes.len() > MAX_BYTES {
        return Some(Err(BakingError::TooLarge));
    }
    if is_png {
        Some(png::credential(bytes))
    } else {
        text.filter(|_| is_svg).map(svg::credential)
    }
}

/// The PNG `picture` with `credential` inside, instead of any that was.
pub fn into_png(picture: &[u8], credential: &str) -> Result<Vec<u8>, BakingError> {
    png::bake(picture, credential)
}

/// The SVG `picture` with `credential`, which is JSON, inside. It must not have
/// one yet.
pub fn into_svg(picture: &str, credential: &str) -> Result<String, BakingError> {
    svg::bake(picture, credential)
}
