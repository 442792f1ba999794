use std::fmt;

/// A colour of the sRGB space, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, green, blue.
    pub channels: [u8; 3],
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self::new(0, 0, 0);
    /// White.
    pub const WHITE: Self = Self::new(255, 255, 255);

    /// The colour of three channels.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self {
            channels: [red, green, blue],
        }
    }

    /// The colour that `#rrggbb` names, if it names one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self::new(red, green, blue))
    }

    /// How far this colour stands out from `other`: 1 (not at all) to 21
    /// (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour laid over `ground`, covering `share` of it (0 to 1), as CSS's
    /// `color-mix(in srgb, …)` does it.
    #[must_use]
    pub fn over(self, ground: Self, share: f64) -> Self {
        let mix = |place: usize| {
            let [top, below] = [self, ground].map(|colour| fraction(colour.channels[place]));
            byte(top * share + below * (1.0 - share))
        };
        Self::new(mix(0), mix(1), mix(2))
    }

    /// How light an eye finds it: 0 to 1 (Oklab's L).
    #[must_use]
    pub fn lightness(self) -> f64 {
        self.oklab()[0]
    }

    /// The same hue at another lightness, as colourful as sRGB can show it there.
    #[must_use]
    pub fn with_lightness(self, lightness: f64) -> Self {
        let [_, a, b] = self.oklab();
        // At full colour first, then ever paler; grey always fits.
        (0..=FADES)
            .map(|fade| {
                let left = 1.0 - f64::from(fade) / f64::from(FADES);
                linear_from_oklab([lightness, a * left, b * left])
            })
            .find(|linear| linear.iter().all(|part| (-SLACK..=1.0 + SLACK).contains(part)))
            .map_or(Self::BLACK, |linear| Self {
                channels: linear.map(|part| byte(gamma(part))),
            })
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn linear(self) -> [f64; 3] {
        self.channels.map(|channel| {
            let value = fraction(channel);
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn oklab(self) -> [f64; 3] {
        times(LMS_TO_OKLAB, times(LINEAR_TO_LMS, self.linear()).map(f64::cbrt))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

const FADES: u8 = 64;
/// What rounding may leave outside of sRGB.
const SLACK: f64 = 0.001;

// Oklab as its author published it: https://bottosson.github.io/posts/oklab/
const LINEAR_TO_LMS: [[f64; 3]; 3] = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const LMS_TO_OKLAB: [[f64; 3]; 3] = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];
const OKLAB_TO_LMS: [[f64; 3]; 3] = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548_0],
];
const LMS_TO_LINEAR: [[f64; 3]; 3] = [
    [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
    [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
    [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
];

fn linear_from_oklab(oklab: [f64; 3]) -> [f64; 3] {
    times(LMS_TO_LINEAR, times(OKLAB_TO_LMS, oklab).map(|part| part.powi(3)))
}

fn times(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(factor, part)| factor * part).sum())
}

fn gamma(linear: f64) -> f64 {
    if linear <= 0.003_130_8 {
        linear * 12.92
    } else {
        1.055 * linear.powf(1.0 / 2.4) - 0.055
    }
}

fn fraction(channel: u8) -> f64 {
    f64::from(channel) / 255.0
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, and between 0 and 255"
)]
fn byte(fraction: f64) -> u8 {
    (fraction.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_colour_is_six_digits_after_a_hash() {
        assert_eq!(Colour::parse("#1F5c4d"), Some(Colour::new(0x1f, 0x5c, 0x4d)));
        for text in [
            "", "#", "#fff", "1f5c4d", "#1f5c4", "#1f5c4d0", "#1f5c4g", "#+f5c4d", "#é5c4d", "red",
        ] {
            assert_eq!(Colour::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let grey = Colour::new(0x76, 0x76, 0x76);
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        assert!((grey.contrast(Colour::WHITE) - 4.54).abs() < 0.01);
        assert!((grey.contrast(grey) - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(channels: [u8; 3]) {
            let colour = Colour { channels };
            prop_assert_eq!(Colour::parse(&colour.to_string()), Some(colour));
        }

        #[test]
        fn a_colour_at_its_own_lightness_stays_as_it_is(channels: [u8; 3]) {
            let colour = Colour { channels };
            let again = colour.with_lightness(colour.lightness());
            for (one, two) in channels.into_iter().zip(again.channels) {
                prop_assert!(one.abs_diff(two) <= 1, "{} became {}", colour, again);
            }
        }
    }
}
