//! Pictures, drawn anew: what is stored holds the pixels and nothing else, no
//! place where a photograph was taken, nothing hidden behind the last byte.

use image::{
    DynamicImage, ImageFormat,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
};

use super::Kind;
use crate::picture::{at_most, read};

const JPEG_QUALITY: u8 = 85;

/// What is kept of a picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    /// No side is longer, in pixels.
    pub(super) longest: u32,
    /// Whether it becomes a PNG, whatever it was.
    pub(super) as_png: bool,
}

impl Kept {
    /// Of one that stands in a text.
    pub(crate) const IN_A_TEXT: Self = Self {
        longest: 2_400,
        as_png: false,
    };
}

/// The bytes are not the picture that they begin like, or it is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotAPicture;

/// Reads a picture and writes it anew, upright and as it is kept. Takes a while:
/// not for an async thread.
pub(super) fn draw_anew(bytes: &[u8], kind: Kind, kept: Kept) -> Result<(Vec<u8>, Kind), NotAPicture> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Webp => ImageFormat::WebP,
        Kind::Gif => ImageFormat::Gif,
        _ => ImageFormat::Png,
    };
    let picture = read(bytes, format).map_err(|_| NotAPicture)?;
    let picture = at_most(picture, kept.longest);
    let kind = match kind {
        _ if kept.as_png => Kind::Png,
        // The encoder at hand writes WebP without loss, which makes a photograph several times as large.
        Kind::Webp if !picture.color().has_alpha() => Kind::Jpeg,
        Kind::Gif => Kind::Png,
        other => other,
    };
    let mut drawn = Vec::new();
    let written = match kind {
        Kind::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut drawn, JPEG_QUALITY);
            DynamicImage::from(picture.to_rgb8()).write_with_encoder(encoder)
        }
        Kind::Webp => {
            let encoder = WebPEncoder::new_lossless(&mut drawn);
            DynamicImage::from(picture.to_rgba8()).write_with_encoder(encoder)
        }
        _ => picture.write_with_encoder(PngEncoder::new(&mut drawn)),
    };
    written.map_err(|_| NotAPicture)?;
    Ok((drawn, kind))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::new_rgb8(width, height)
            .write_with_encoder(PngEncoder::new(&mut bytes))
            .unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_drawn_anew_without_what_was_hidden_in_it() {
        let mut bytes = png(3, 2);
        bytes.extend_from_slice(b"<script>hidden</script>");
        let (drawn, kind) = draw_anew(&bytes, Kind::Png, Kept::IN_A_TEXT).unwrap();
        assert_eq!(kind, Kind::Png);
        assert!(!drawn.windows(6).any(|part| part == b"hidden"));
        assert_eq!(Kind::of(&drawn), Some(Kind::Png));
    }

    #[test]
    fn where_a_png_is_kept_every_kind_becomes_one() {
        let kept = Kept {
            longest: 8,
            as_png: true,
        };
        let picture = DynamicImage::new_rgb8(16, 4);
        for (format, kind) in [
            (ImageFormat::Jpeg, Kind::Jpeg),
            (ImageFormat::WebP, Kind::Webp),
            (ImageFormat::Gif, Kind::Gif),
            (ImageFormat::Png, Kind::Png),
        ] {
            let mut sent = Cursor::new(Vec::new());
            picture.write_to(&mut sent, format).unwrap();
            let (drawn, found) = draw_anew(&sent.into_inner(), kind, kept).unwrap();
            assert_eq!(
                (found, Kind::of(&drawn)),
                (Kind::Png, Some(Kind::Png)),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn a_large_picture_is_made_smaller() {
        let (drawn, _) = draw_anew(&png(4_800, 10), Kind::Png, Kept::IN_A_TEXT).unwrap();
        let picture = read(&drawn, ImageFormat::Png).unwrap();
        assert_eq!((picture.width(), picture.height()), (2_400, 5));
    }

    #[test]
    fn what_only_begins_like_a_picture_is_none() {
        assert_eq!(
            draw_anew(b"\x89PNG\r\n\x1a\nrest", Kind::Png, Kept::IN_A_TEXT),
            Err(NotAPicture)
        );
        assert_eq!(
            draw_anew(b"\xff\xd8\xff\xe0", Kind::Jpeg, Kept::IN_A_TEXT),
            Err(NotAPicture)
        );
        let mut cut = png(30, 30);
        cut.truncate(40);
        assert_eq!(draw_anew(&cut, Kind::Png, Kept::IN_A_TEXT), Err(NotAPicture));
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_refused() {
        let mut bytes = png(1, 1);
        // The width in the header, which the checksum after it no longer matches either.
        bytes[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
        assert_eq!(draw_anew(&bytes, Kind::Png, Kept::IN_A_TEXT), Err(NotAPicture));
    }
}
