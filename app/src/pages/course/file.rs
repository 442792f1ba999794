//! The bytes of a file.

use std::{fmt::Write, ops::Range};

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::id::FileId;
use service::{
    Ctx,
    files::{self, Download},
};

use crate::{failure::Failure, in_path::segment, visit::InTenant};

/// What a file that a browser opens by itself may do: nothing.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// A file never changes: another one has another address.
const FOR_GOOD: &str = "private, max-age=31536000, immutable";
/// But who may see a members' file does: on a shared computer the next one may not.
const ASK_FIRST: &str = "private, no-cache";

pub(super) async fn send(
    place: InTenant,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let id: FileId = id.parse().map_err(|_| service::Error::NotFound)?;
    let download = files::open(&place.ctx, id).await?;
    deliver(&place.ctx, download, &headers).await
}

/// Sends a file that the visitor may have, or what of it a browser asks for.
pub(crate) async fn deliver(ctx: &Ctx, download: Download, headers: &HeaderMap) -> Result<Response, Failure> {
    let tag = tag(&download);
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return Ok((StatusCode::NOT_MODIFIED, common(&download, &tag)).into_response());
    }
    let size = download.file.size;
    let part = match asked(headers, size) {
        Asked::Whole => None,
        Asked::Part(part) => Some(part),
        Asked::Nothing => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, range).into_response());
        }
    };
    let bytes = files::stream(ctx, &download, part.clone()).await?;
    let mut response = (common(&download, &tag), Body::from_stream(bytes.into_stream())).into_response();
    let length = part.as_ref().map_or(size, |part| part.end - part.start);
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    if let Some(part) = part {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        if let Ok(range) = HeaderValue::from_str(&range) {
            response.headers_mut().insert(header::CONTENT_RANGE, range);
        }
    }
    Ok(response)
}

fn common(download: &Download, tag: &str) -> HeaderMap {
    let media_type = download.file.media_type.as_str();
    // A PDF cannot be shown in a sandbox, so it is not shown at all.
    let how = if media_type == "application/pdf" {
        "attachment"
    } else {
        "inline"
    };
    let name = download.file.name.rsplit('/').next().unwrap_or_default();
    let name = segment(name);
    let cache = if download.file.is_public {
        FOR_GOOD
    } else {
        ASK_FIRST
    };
    let mut headers = HeaderMap::new();
    for (header, value) in [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("{how}; filename*=UTF-8''{name}"),
        ),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ETAG, tag.to_owned()),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin".to_owned(),
        ),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(header, value);
        }
    }
    headers
}

fn tag(download: &Download) -> String {
    let mut tag = String::from('"');
    for byte in download.sha256.iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// What part of a file a request asks for (RFC 9110 §14): the whole, where it
/// asks for several parts or in a unit that is not known.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    /// Beyond its end.
    Nothing,
}

fn asked(headers: &HeaderMap, size: u64) -> Asked {
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let Some((first, last)) = range
        .and_then(|range| range.strip_prefix("bytes="))
        .filter(|range| !range.contains(','))
        .and_then(|range| range.split_once('-'))
    else {
        return Asked::Whole;
    };
    let part = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(length)) if first.is_empty() => size.saturating_sub(length)..size,
        _ => return Asked::Whole,
    };
    if part.start < part.end {
        Asked::Part(part)
    } else {
        Asked::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_within_the_file() {
        for (range, expected) in [
            ("bytes=0-3", Asked::Part(0..4)),
            ("bytes=4-", Asked::Part(4..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-30", Asked::Part(0..10)),
            ("bytes=8-99", Asked::Part(8..10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-4", Asked::Whole),
            ("bytes=0-1,4-5", Asked::Whole),
            ("lines=0-1", Asked::Whole),
            ("bytes=x-y", Asked::Whole),
            ("bytes=0-18446744073709551615", Asked::Part(0..10)),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_str(range).unwrap());
            assert_eq!(asked(&headers, 10), expected, "{range}");
        }
        assert_eq!(asked(&HeaderMap::new(), 10), Asked::Whole);
    }
}
