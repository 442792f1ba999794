use std::fmt::{self, Display, Formatter};

use sha2::{Digest, Sha256};

use super::{
    Accent, Colour,
    lettering::{Escaped, Lettering, is_xml_text},
};
use crate::competency::Level;

/// The picture of a badge for which nobody has uploaded one: a cairn before
/// hills in the tenant's colours, taller and with more marks at a higher
/// level, its stones laid differently for every name.
///
/// Displayed, it is an SVG document of 512 by 512 that uses only what every
/// renderer draws: paths, circles, ellipses and centred text, no style sheet,
/// no reference, no filter. Its text may be missing where there is no font;
/// the picture stands without it.
#[derive(Debug, Clone, Copy)]
pub struct BadgeImage<'a> {
    /// What the badge is called.
    pub name: &'a str,
    /// How demanding it is.
    pub level: Option<Level>,
    /// The tenant's colour.
    pub accent: Accent,
}

impl Display for BadgeImage<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let name: String = self.name.chars().filter(|c| is_xml_text(*c)).collect();
        write!(
            f,
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512" role="img">"#,
                "<title>{}</title>"
            ),
            Escaped(&name)
        )?;
        self.draw_land(f)?;
        self.draw_cairn(f)?;
        self.draw_ground(f)?;
        Lettering {
            text: name.trim(),
            middle: 397.0,
            colour: CHALK,
        }
        .fmt(f)?;
        self.draw_level(f)?;
        f.write_str("</svg>\n")
    }
}

/// Where the ground begins, on which the cairn stands.
const GROUND: f64 = 330.0;
/// The yellow of lichen, the house's own mark in every tenant's picture.
const LICHEN: Colour = Colour::new(0xf3, 0xc6, 0x3c);
const CHALK: Colour = Colour::new(0xff, 0xfd, 0xf9);

impl BadgeImage<'_> {
    fn draw_land(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (sky, far, near) = (
            self.shade(0.94, 0.5),
            self.shade(0.86, 0.6),
            self.shade(0.76, 0.65),
        );
        write!(
            f,
            r#"<circle cx="256" cy="256" r="250" fill="{}"/>"#,
            self.shade(0.33, 0.9)
        )?;
        write!(f, r#"<circle cx="256" cy="256" r="236" fill="{sky}"/>"#)?;
        write!(f, r#"<circle cx="356" cy="132" r="30" fill="{CHALK}"/>"#)?;
        // Both ridges end under the rim, and the ground covers their feet.
        write!(
            f,
            r#"<path fill="{far}" d="M20.5 246C62 236 90 196 136 200c44 4 62 52 112 44 52-8 80-66 132-64 44 2 76 40 111 66a236 236 0 0 1-30 128H51A236 236 0 0 1 20.5 246Z"/>"#
        )?;
        write!(
            f,
            r#"<path fill="{near}" d="M24 300c44-12 74-34 122-28 50 6 74 40 130 34 60-6 96-52 150-46 24 3 44 16 63 30a236 236 0 0 1-28 84H51a236 236 0 0 1-27-74Z"/>"#
        )
    }

    fn draw_cairn(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let stones = 3 + self.level.map_or(2, |level| u32::from(level.get()) / 2);
        let mut chance = Sha256::digest(self.name.as_bytes()).into_iter().cycle();
        // From -1 to 1.
        let mut any = move || f64::from(chance.next().unwrap_or(0)) / 127.5 - 1.0;
        let mut foot = GROUND + 8.0;
        for stone in 0..stones {
            let up = f64::from(stone) / f64::from(stones - 1);
            let height = (250.0 / f64::from(stones)).min(58.0) * (1.12 - 0.3 * up + 0.1 * any());
            let width = 188.0 - 128.0 * up + 10.0 * any();
            let middle = 256.0 + 9.0 * any() * (1.0 - 0.4 * up);
            let light = 0.44 + 0.07 * any() + 0.06 * up;
            let pebble = Pebble {
                middle,
                foot,
                width,
                height,
                lean: any(),
            };
            write!(f, r#"<path fill="{}" d="{pebble}"/>"#, self.shade(light, 0.55))?;
            write!(
                f,
                r#"<path fill="{}" d="{}"/>"#,
                self.shade(light + 0.09, 0.55),
                pebble.lit()
            )?;
            if stone + 1 == stones {
                let (x, y) = (middle - width * 0.16, foot - height * 0.62);
                write!(
                    f,
                    r#"<ellipse cx="{x:.1}" cy="{y:.1}" rx="7" ry="4.5" fill="{LICHEN}"/>"#
                )?;
            }
            foot -= height * 0.93;
        }
        Ok(())
    }

    fn draw_ground(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let ground = self.shade(0.33, 0.9);
        write!(
            f,
            r#"<path fill="{ground}" d="M27 338C88 322 146 321 206 326c76 5 160 20 282 4A243 243 0 0 1 27 338Z"/>"#
        )
    }

    fn draw_level(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let marks = self.level.map_or(0, Level::get);
        let start = 256.0 - f64::from(marks.saturating_sub(1)) * 10.0;
        for mark in 0..marks {
            let x = start + f64::from(mark) * 20.0;
            write!(
                f,
                r#"<ellipse cx="{x}" cy="466" rx="7" ry="5.5" fill="{LICHEN}"/>"#
            )?;
        }
        Ok(())
    }

    /// The accent's hue at a lightness, with so much of its colourfulness left.
    fn shade(&self, lightness: f64, colourful: f64) -> Colour {
        let grey = Colour::new(0x80, 0x7c, 0x76).with_lightness(lightness);
        let hue = self.accent.colour().with_lightness(lightness);
        hue.over(grey, colourful)
    }
}

/// A stone that rests on `foot`.
struct Pebble {
    middle: f64,
    foot: f64,
    width: f64,
    height: f64,
    /// Which shoulder is higher, from -1 to 1.
    lean: f64,
}

impl Pebble {
    /// The face on which light falls.
    fn lit(&self) -> Self {
        Self {
            middle: self.middle - self.width * 0.06,
            foot: self.foot - self.height * 0.36,
            width: self.width * 0.74,
            height: self.height * 0.5,
            lean: self.lean,
        }
    }
}

impl Display for Pebble {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            middle,
            foot,
            width,
            height,
            lean,
        } = self;
        let half = width / 2.0;
        let (left, right, crown) = (middle - half, middle + half, foot - height);
        let waist = foot - height * (0.46 + 0.06 * lean);
        let (above, below) = (waist - crown, foot - waist);
        let peak = middle + 0.18 * half * lean;
        let curve = |f: &mut Formatter<'_>, points: [f64; 6]| {
            let [x1, y1, x2, y2, x, y] = points;
            write!(f, "C{x1:.1} {y1:.1} {x2:.1} {y2:.1} {x:.1} {y:.1}")
        };
        write!(f, "M{left:.1} {waist:.1}")?;
        curve(
            f,
            [left, waist - above * 0.72, peak - half * 0.62, crown, peak, crown],
        )?;
        curve(
            f,
            [
                peak + half * 0.58,
                crown,
                right,
                waist - above * 0.66,
                right,
                waist,
            ],
        )?;
        curve(
            f,
            [
                right,
                waist + below * 0.74,
                middle + half * 0.7,
                *foot,
                *middle,
                *foot,
            ],
        )?;
        curve(
            f,
            [
                middle - half * 0.74,
                *foot,
                left,
                waist + below * 0.7,
                left,
                waist,
            ],
        )?;
        f.write_str("Z")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn image(name: &str, level: Option<u8>) -> String {
        BadgeImage {
            name,
            level: level.map(|level| Level::try_from(level).unwrap()),
            accent: Accent::parse("#1f5c4d").unwrap(),
        }
        .to_string()
    }

    #[test]
    fn a_name_is_text_and_never_markup() {
        let svg = image(r#"</title><script>alert("1")</script> & 'co'"#, None);
        assert!(!svg.contains("<script"));
        assert!(svg.contains("<title>&lt;/title&gt;&lt;script&gt;"));
        assert!(svg.contains("&amp; &apos;co&apos;"));
        assert!(!image("a\u{0}b\u{ffff}c\u{202e}d", None).contains(['\u{0}', '\u{ffff}', '\u{202e}']));
    }

    #[test]
    fn a_higher_level_has_more_marks_and_a_taller_cairn() {
        let count = |svg: &str, what: &str| svg.matches(what).count();
        for level in 1..=8 {
            let svg = image("Tide tables", Some(level));
            assert_eq!(count(&svg, r#"cy="466""#), usize::from(level));
        }
        assert!(
            count(&image("Tide tables", Some(8)), "<path") > count(&image("Tide tables", Some(1)), "<path")
        );
        assert_eq!(count(&image("Tide tables", None), r#"cy="466""#), 0);
    }

    #[test]
    fn a_badge_always_looks_the_same_and_another_looks_different() {
        assert_eq!(image("Tide tables", Some(3)), image("Tide tables", Some(3)));
        let stones = |name| {
            image(name, Some(3))
                .split("<text")
                .next()
                .unwrap()
                .replace(name, "")
        };
        assert_ne!(stones("Tide tables"), stones("Knots"));
    }

    #[test]
    fn a_long_name_is_cut_in_the_end() {
        let svg = image(&"navigation ".repeat(30), None);
        assert_eq!(svg.matches("<text").count(), 3);
        assert!(svg.contains('…'));
    }

    proptest! {
        #[test]
        fn any_name_gives_a_document_of_bounded_size(name in ".{0,200}", level in prop::option::of(1..=8_u8)) {
            let svg = image(&name, level);
            prop_assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
            prop_assert_eq!(svg.matches('<').count(), svg.matches('>').count());
            prop_assert!(svg.len() < 12_000);
        }
    }
}
