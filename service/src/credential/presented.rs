//! What somebody presents to be checked, whatever it is: also a photograph of
//! the code on paper.

use domain::credential::{NotPresented, Presented, baked::BakingError, json};
use image::{DynamicImage, GrayImage, ImageFormat, imageops::fast_blur};
use quircs::Quirc;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::{
    aside::aside,
    picture::{at_most, read},
};

/// The code is looked for with no side longer than this, in pixels, …
const FINE: u32 = 3_200;
/// … and then without the grain that can hide a large one.
const COARSE: u32 = 1_400;

/// Anybody may send photographs, and each takes memory: so many are read at once.
static PHOTOGRAPHS: Semaphore = Semaphore::const_new(2);
/// And so many texts, which do not wait for them.
static TEXTS: Semaphore = Semaphore::const_new(4);

/// The most bytes of what is no photograph. As values in memory a document takes
/// many times its text.
pub const LONGEST_TEXT: usize = 1 << 20;

/// What was sent: one badge, or a list of them in JSON.
#[derive(Debug)]
pub enum Sent {
    /// One.
    One(Result<Presented, NotPresented>),
    /// Several, in their order.
    List(Vec<Result<Presented, NotPresented>>),
}

/// Reads one badge in any form, or a list of documents, tokens and texts of codes
/// as a JSON array.
pub async fn sent(bytes: Vec<u8>) -> Sent {
    if bytes.trim_ascii_start().first() != Some(&b'[') {
        return Sent::One(presented(bytes).await);
    }
    if bytes.len() > LONGEST_TEXT {
        return Sent::One(Err(NotPresented::Unknown));
    }
    aside(&TEXTS, "reading what was sent", move || list(&bytes))
        .await
        .unwrap_or(Sent::One(Err(NotPresented::Unknown)))
}

fn list(bytes: &[u8]) -> Sent {
    let parsed = str::from_utf8(bytes).ok().and_then(|text| json::parse(text).ok());
    match parsed {
        Some(Value::Array(items)) => Sent::List(items.into_iter().map(Presented::from_json).collect()),
        _ => Sent::One(Err(NotPresented::Unknown)),
    }
}

/// Reads a badge in any form, or from a PNG or JPEG that shows the code of one.
///
/// A picture with neither is [`BakingError::NoCredential`]; a text of more than a
/// mebibyte is [`NotPresented::Unknown`].
pub async fn presented(bytes: Vec<u8>) -> Result<Presented, NotPresented> {
    let photograph = photograph(&bytes);
    if photograph.is_none() && bytes.len() > LONGEST_TEXT {
        return Err(NotPresented::Unknown);
    }
    let work = move || match photograph {
        Some(format) => from_picture(&bytes, format),
        None => Presented::read(&bytes),
    };
    let places = if photograph.is_some() {
        &PHOTOGRAPHS
    } else {
        &TEXTS
    };
    aside(places, "reading what was presented", work)
        .await
        .unwrap_or(Err(NotPresented::Picture(BakingError::Malformed)))
}

fn photograph(bytes: &[u8]) -> Option<ImageFormat> {
    image::guess_format(bytes)
        .ok()
        .filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg))
}

/// What is inside the file comes first; what it shows is looked at next.
fn from_picture(bytes: &[u8], format: ImageFormat) -> Result<Presented, NotPresented> {
    match Presented::read(bytes) {
        Err(NotPresented::Picture(BakingError::NoCredential) | NotPresented::Unknown) => {}
        read => return read,
    }
    let picture = read(bytes, format).map_err(|_| NotPresented::Picture(BakingError::Malformed))?;
    let fine = at_most(picture, FINE);
    let text = text_in(&fine).or_else(|| text_in(&at_most(fine, COARSE)));
    match text {
        Some(text) => Presented::read(&text),
        None => Err(NotPresented::Picture(BakingError::NoCredential)),
    }
}

/// The text of the first code that can be read in `picture`.
///
/// What the reader does is bounded whatever the picture shows: it follows each
/// area once, and at most thirty-two corners and eight codes.
fn text_in(picture: &DynamicImage) -> Option<Vec<u8>> {
    let ink = black_and_white(&picture.to_luma8());
    let [width, height] = [ink.width(), ink.height()].map(|side| usize::try_from(side).unwrap_or(0));
    Quirc::new()
        .identify(width, height, &ink)
        .filter_map(Result::ok)
        .find_map(|code| code.decode().ok())
        .map(|data| data.payload)
}

/// Ink is what is darker than its surroundings, so that a shadow across the
/// paper hides nothing.
fn black_and_white(grey: &GrayImage) -> GrayImage {
    /// Of the light around, in percent: what is lighter is paper with its grain.
    const DARKER: u16 = 85;
    let side = u16::try_from(grey.width().max(grey.height())).unwrap_or(u16::MAX);
    let around = fast_blur(grey, f32::from(side) / 16.0);
    let mut ink = grey.clone();
    for (pixel, around) in ink.iter_mut().zip(around.iter()) {
        let dark = u16::from(*pixel) * 100 < u16::from(*around) * DARKER;
        *pixel = if dark { 0 } else { u8::MAX };
    }
    ink
}
