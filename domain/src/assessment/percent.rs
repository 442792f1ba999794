//! Places in a picture, told in percent of its width and height.
//!
//! A place is typed as how far across and how far down it is, with at most one
//! decimal: that reads the same whatever size the picture is drawn in, can be
//! read off lines that are ten percent apart, and is finer than a finger.

use super::{Movable, Picture, Point};

/// Tenths of a percent in the whole.
const WHOLE: u32 = 1_000;

/// Why a number is no place on an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotAPercentage {
    /// Not a number.
    NotANumber,
    /// Below 0 or above 100.
    OutOfRange,
}

impl Picture {
    /// The place that is so many percent across and down, each as it is typed:
    /// with a point or a comma.
    #[must_use]
    pub fn place(&self, across: &str, down: &str) -> Option<Point> {
        Some(self.at(parse(across).ok()?, parse(down).ok()?))
    }

    /// Where a place is, in percent across and down, as it is typed with `mark`
    /// before the decimals.
    #[must_use]
    pub fn percent(&self, point: Point, mark: char) -> [String; 2] {
        [(point.x, self.width), (point.y, self.height)].map(|(at, side)| {
            let side = u32::from(side).max(1);
            let tenths = (u32::from(at) * WHOLE + side / 2) / side;
            match (tenths / 10, tenths % 10) {
                (whole, 0) => whole.to_string(),
                (whole, tenth) => format!("{whole}{mark}{tenth}"),
            }
        })
    }

    /// The pixel that is so many tenths of a percent across and down.
    pub(super) fn at(&self, across: u16, down: u16) -> Point {
        let pixel = |tenths: u16, side: u16| {
            let pixel = (u32::from(tenths) * u32::from(side) + WHOLE / 2) / WHOLE;
            u16::try_from(pixel).unwrap_or(side)
        };
        Point {
            x: pixel(across, self.width),
            y: pixel(down, self.height),
        }
    }

    /// The places that can be told in whole percents.
    pub(super) fn whole_percents(&self) -> impl Iterator<Item = Point> {
        (0..=100).flat_map(move |down| (0..=100).map(move |across| self.at(across * 10, down * 10)))
    }
}

impl Movable {
    /// The file of its picture, if it is one.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Picture(picture) => Some(&picture.file),
            Self::Text(_) => None,
        }
    }
}

/// Tenths of a percent: a number from 0 to 100, further decimals rounded.
pub(super) fn parse(typed: &str) -> Result<u16, NotAPercentage> {
    use NotAPercentage::{NotANumber, OutOfRange};
    let typed = typed.trim().trim_end_matches('%').trim_end();
    let unsigned = typed.strip_prefix(['-', '\u{2212}']).unwrap_or(typed);
    let (whole, decimals) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || decimals.len() > 9 || !digits(whole) || !digits(decimals) {
        return Err(NotANumber);
    }
    let whole: u32 = whole.parse().map_err(|_| NotANumber)?;
    let digit = |place: usize| u32::from(decimals.as_bytes().get(place).map_or(0, |digit| digit - b'0'));
    let tenths = whole.saturating_mul(10) + digit(0) + u32::from(digit(1) >= 5);
    let is_negative = unsigned.len() < typed.len() && tenths > 0;
    match u16::try_from(tenths) {
        Ok(tenths) if u32::from(tenths) <= WHOLE && !is_negative => Ok(tenths),
        _ => Err(OutOfRange),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(width: u16, height: u16) -> Picture {
        Picture {
            file: String::new(),
            width,
            height,
            alternative: String::new(),
        }
    }

    #[test]
    fn a_percentage_has_a_point_or_a_comma_and_one_decimal() {
        for (typed, tenths) in [
            ("0", Ok(0)),
            ("100", Ok(1_000)),
            (" 37.5 ", Ok(375)),
            ("37,5 %", Ok(375)),
            ("33.35", Ok(334)),
            ("-0", Ok(0)),
            ("100.1", Err(NotAPercentage::OutOfRange)),
            ("-1", Err(NotAPercentage::OutOfRange)),
            ("999999999", Err(NotAPercentage::OutOfRange)),
            ("", Err(NotAPercentage::NotANumber)),
            ("1.2.3", Err(NotAPercentage::NotANumber)),
            ("1e2", Err(NotAPercentage::NotANumber)),
            ("9999999999", Err(NotAPercentage::NotANumber)),
        ] {
            assert_eq!(parse(typed), tenths, "{typed}");
        }
    }

    #[test]
    fn the_corners_can_be_told() {
        let it = picture(640, 480);
        assert_eq!(it.place("0", "0"), Some([0, 0].into()));
        assert_eq!(it.place("100", "100"), Some([640, 480].into()));
        assert_eq!(it.percent([320, 120].into(), ','), ["50", "25"]);
        assert_eq!(it.percent([210, 120].into(), ','), ["32,8", "25"]);
    }

    proptest! {
        /// What is shown again is the same place: however large the picture is, a
        /// place that was typed stays where it is.
        #[test]
        fn a_place_that_was_typed_is_shown_as_the_same_place(
            width in 1_u16..10_000, height in 1_u16..10_000, across in 0_u16..=1_000, down in 0_u16..=1_000,
        ) {
            let it = picture(width, height);
            let point = it.at(across, down);
            let [x, y] = it.percent(point, '.');
            prop_assert_eq!(it.place(&x, &y), Some(point));
        }
    }
}
