//! What a file is, from its bytes.

use domain::assessment::UploadType;

/// The kinds of file that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture of pixels without loss.
    Png,
    /// A photograph.
    Jpeg,
    /// Either of the two.
    Webp,
    /// A picture; of one that moves, the first frame.
    Gif,
    /// A drawing.
    Svg,
    /// A document.
    Pdf,
    /// A film.
    Mp4,
    /// A film.
    Webm,
    /// A film's captions.
    Vtt,
    /// Plain text, such as a transcript.
    Txt,
}

const MIB: usize = 1 << 20;

/// Film files that browsers play, by the brand in their first box.
const MP4_BRANDS: [&[u8]; 10] = [
    b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash",
];

impl Kind {
    /// What these bytes are, if it is something that is taken.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let starts = |magic: &[u8]| bytes.starts_with(magic);
        let holds = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
        if starts(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if starts(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if starts(b"GIF87a") || starts(b"GIF89a") {
            Some(Self::Gif)
        } else if starts(b"RIFF") && holds(8, b"WEBP") {
            Some(Self::Webp)
        } else if starts(b"%PDF-") {
            Some(Self::Pdf)
        } else if holds(4, b"ftyp") && MP4_BRANDS.iter().any(|brand| holds(8, brand)) {
            Some(Self::Mp4)
        } else if starts(b"\x1a\x45\xdf\xa3") && (4..64).any(|at| holds(at, b"webm")) {
            Some(Self::Webm)
        } else {
            Self::of_text(std::str::from_utf8(bytes).ok()?)
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        if text
            .strip_prefix("WEBVTT")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
        {
            Some(Self::Vtt)
        } else if text.trim_start().starts_with('<') && text.contains("<svg") {
            Some(Self::Svg)
        } else if text.chars().all(|c| !c.is_control() || "\t\r\n".contains(c)) {
            Some(Self::Txt)
        } else {
            None
        }
    }

    /// What sort of answer it can be, if any: a drawing may hold more than what is
    /// seen of it, and captions are no work of one's own.
    #[must_use]
    pub fn sort(self) -> Option<UploadType> {
        match self {
            Self::Png | Self::Jpeg | Self::Webp | Self::Gif => Some(UploadType::Picture),
            Self::Pdf => Some(UploadType::Document),
            Self::Mp4 | Self::Webm => Some(UploadType::Film),
            Self::Txt => Some(UploadType::Text),
            Self::Svg | Self::Vtt => None,
        }
    }

    /// As `Content-Type` says it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Svg => "image/svg+xml",
            Self::Pdf => "application/pdf",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::Vtt => "text/vtt; charset=utf-8",
            Self::Txt => "text/plain; charset=utf-8",
        }
    }

    /// The ending of its name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::Vtt => "vtt",
            Self::Txt => "txt",
        }
    }

    /// The most bytes of such a file.
    #[must_use]
    pub fn most_bytes(self) -> usize {
        match self {
            Self::Mp4 | Self::Webm => 64 * MIB,
            Self::Pdf => 20 * MIB,
            Self::Png | Self::Jpeg | Self::Webp | Self::Gif => 12 * MIB,
            Self::Svg | Self::Vtt | Self::Txt => MIB,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\nrest"[..], Some(Kind::Png)),
            (b"\xff\xd8\xff\xe0", Some(Kind::Jpeg)),
            (b"GIF89a", Some(Kind::Gif)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::Webp)),
            (b"RIFF\x10\0\0\0WAVE", None),
            (b"%PDF-1.7", Some(Kind::Pdf)),
            (b"\0\0\0\x20ftypisom", Some(Kind::Mp4)),
            (b"\0\0\0\x20ftypheic", None),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", Some(Kind::Webm)),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", None),
            (b"\xef\xbb\xbfWEBVTT\n\n", Some(Kind::Vtt)),
            (b"WEBVTTX", Some(Kind::Txt)),
            (b"<?xml version=\"1.0\"?><svg xmlns=\"x\"/>", Some(Kind::Svg)),
            (b"plain words\n", Some(Kind::Txt)),
            (b"MZ\x90\0", None),
            (b"\x7fELF", None),
            (b"\xff\xfe\xfd", None),
        ] {
            assert_eq!(Kind::of(bytes), kind, "{bytes:?}");
        }
    }
}
