//! An achievement's picture, for anybody: pages, wallets, other people's software.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use service::program::achievement::{self, Format, Image};

use super::{AchievementPath, achievement_id};
use crate::{failure::Failure, page::see_other, visit::InTenant};

pub(super) async fn svg(place: InTenant, Path((_, id)): AchievementPath) -> Result<Response, Failure> {
    send(&place, &id, Format::Svg).await
}

pub(super) async fn png(place: InTenant, Path((_, id)): AchievementPath) -> Result<Response, Failure> {
    send(&place, &id, Format::Png).await
}

/// `?version=N` asks for the picture of an earlier version.
async fn send(place: &InTenant, id: &str, format: Format) -> Result<Response, Failure> {
    let number = place.query("version").and_then(|number| number.parse().ok());
    let image = achievement::image(&place.ctx, achievement_id(id)?, number, format).await?;
    Ok(match image {
        Image::Drawn { media_type, bytes } => (headers(media_type), Body::from(bytes)).into_response(),
        Image::Uploaded(file) => see_other(&place.path(&format!("/files/{file}"))),
    })
}

fn headers(media_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // An SVG opened by itself is a document; it needs nothing from anywhere.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ),
        // Whoever shows the badge elsewhere shows its picture from here.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
}
