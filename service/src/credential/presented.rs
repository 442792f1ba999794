//! What somebody presents to be checked, whatever it is: also a photograph of
//! the code on paper.

use std::io::Cursor;

use domain::credential::{NotPresented, Presented, baked::BakingError};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits, imageops::FilterType,
};
use rqrr::PreparedImage;
use tokio::sync::Semaphore;

/// No side of a photograph may be longer, in pixels.
const LONGEST_TAKEN: u32 = 12_000;
/// The most memory that reading one may take, in bytes: forty million pixels.
const MOST_MEMORY: u64 = 160 << 20;
/// The longest sides at which the code is looked for: a part of the picture in
/// all its pixels, then the whole without the grain that can hide a code.
const SIDES: [u32; 2] = [3_200, 1_400];

/// Anybody may send photographs, and each takes memory: so many are read at once.
static READING: Semaphore = Semaphore::const_new(2);

/// Reads a badge in any form, or from a PNG or JPEG that shows the code of one.
///
/// A picture with neither is [`BakingError::NoCredential`].
pub async fn presented(bytes: Vec<u8>) -> Result<Presented, NotPresented> {
    let Some(format) = photograph(&bytes) else {
        return Presented::read(&bytes);
    };
    let _turn = READING.acquire().await;
    tokio::task::spawn_blocking(move || read(&bytes, format))
        .await
        .unwrap_or(Err(NotPresented::Picture(BakingError::Malformed)))
}

fn photograph(bytes: &[u8]) -> Option<ImageFormat> {
    image::guess_format(bytes)
        .ok()
        .filter(|format| matches!(format, ImageFormat::Png | ImageFormat::Jpeg))
}

/// What is inside the file comes first; what it shows is looked at next.
fn read(bytes: &[u8], format: ImageFormat) -> Result<Presented, NotPresented> {
    match Presented::read(bytes) {
        Err(NotPresented::Picture(BakingError::NoCredential) | NotPresented::Unknown) => {}
        read => return read,
    }
    let picture = pixels(bytes, format).map_err(|_| NotPresented::Picture(BakingError::Malformed))?;
    match SIDES.iter().find_map(|side| text_in(&picture, *side)) {
        Some(text) => Presented::read(text.as_bytes()),
        None => Err(NotPresented::Picture(BakingError::NoCredential)),
    }
}

fn pixels(bytes: &[u8], format: ImageFormat) -> ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_TAKEN);
    limits.max_image_height = Some(LONGEST_TAKEN);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let decoder = reader.into_decoder()?;
    // The decoder holds its own memory to the limit, and not what it fills.
    limits.reserve(decoder.total_bytes())?;
    DynamicImage::from_decoder(decoder)
}

/// The text of the first code that can be read in `picture`, with no side longer
/// than `side`.
fn text_in(picture: &DynamicImage, side: u32) -> Option<String> {
    let grey = if picture.width().max(picture.height()) > side {
        picture.resize(side, side, FilterType::Triangle).into_luma8()
    } else {
        picture.to_luma8()
    };
    let [width, height] = [grey.width(), grey.height()].map(|side| usize::try_from(side).unwrap_or(0));
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        grey.as_raw().get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let codes = prepared.detect_grids();
    codes
        .iter()
        .find_map(|code| code.decode().ok())
        .map(|(_, text)| text)
}
