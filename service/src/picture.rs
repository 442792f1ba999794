//! Reading pictures that anybody may send: each within bounds of memory.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult, Limits,
    error::{LimitError, LimitErrorKind},
    metadata::Orientation,
};

/// No side may be longer, in pixels.
const LONGEST: u32 = 12_000;
/// The most pixels: what the largest sensors of phones give. Drawing a picture
/// anew takes up to four bytes for each beside those that it was read into.
const MOST_PIXELS: u64 = 50_000_000;
/// The most memory that reading one may take, in bytes.
const MOST_MEMORY: u64 = 160 << 20;

/// Reads a picture, upright.
pub(crate) fn read(bytes: &[u8], format: ImageFormat) -> ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        let too_many = LimitError::from_kind(LimitErrorKind::DimensionError);
        return Err(ImageError::Limits(too_many));
    }
    // The decoder holds its own memory to the limit, and not what it fills.
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The picture with no side longer than `longest` pixels.
pub(crate) fn at_most(picture: DynamicImage, longest: u32) -> DynamicImage {
    if picture.width().max(picture.height()) > longest {
        // Adds up whole numbers: a filter would hold the picture in floating point as well.
        picture.thumbnail(longest, longest)
    } else {
        picture
    }
}

#[cfg(test)]
mod tests {
    use image::codecs::png::PngEncoder;

    use super::*;

    /// A PNG of one pixel whose header claims another size and colour type.
    fn claiming(width: u32, height: u32, depth_and_colour: [u8; 2]) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::new_rgb8(1, 1)
            .write_with_encoder(PngEncoder::new(&mut bytes))
            .unwrap();
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        bytes[24..26].copy_from_slice(&depth_and_colour);
        let checksum = crc32fast::hash(&bytes[12..29]).to_be_bytes();
        bytes[29..33].copy_from_slice(&checksum);
        bytes
    }

    #[test]
    fn a_small_file_that_would_fill_the_memory_is_refused_before_it_does() {
        // A side too long; eight bytes for each pixel; a bit for each of very many.
        let (grey_bits, deep_colour) = ([1, 0], [16, 6]);
        for (width, height, kind) in [
            (LONGEST + 1, 1, grey_bits),
            (6_000, 6_000, deep_colour),
            (LONGEST, LONGEST, grey_bits),
        ] {
            assert!(
                matches!(
                    read(&claiming(width, height, kind), ImageFormat::Png),
                    Err(ImageError::Limits(_))
                ),
                "{width} by {height}"
            );
        }
    }
}
