use super::Colour;

/// The one colour that a tenant gives to its pages. What it chose is seldom
/// what can be read; [`Palette`] is made from it so that everything can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent(Colour);

/// Why an accent was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccentProblem {
    /// Not of the form `#rrggbb`.
    #[error("accent-format")]
    Format,
}

impl From<AccentProblem> for &'static str {
    fn from(problem: AccentProblem) -> Self {
        match problem {
            AccentProblem::Format => "accent-format",
        }
    }
}

/// An accent's shades in both themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// On light paper.
    pub light: Shades,
    /// On dark paper.
    pub dark: Shades,
}

/// An accent's shades in one theme. Contrasts are those of WCAG 2.2 AA, with
/// every ground of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// Of buttons, bars and stones: at least 3 with the ground.
    pub fill: Colour,
    /// Of text on such a fill: at least 4.5 with it.
    pub on_fill: Colour,
    /// Of links: at least 4.5 with the ground.
    pub text: Colour,
}

impl Accent {
    /// Checks `#rrggbb`.
    pub fn parse(text: &str) -> Result<Self, AccentProblem> {
        Colour::parse(text).map(Self).ok_or(AccentProblem::Format)
    }

    /// The colour as the tenant chose it.
    #[must_use]
    pub fn colour(self) -> Colour {
        self.0
    }

    /// Its shades: the colour itself wherever it can be read, else the nearest
    /// darker (on light paper) or lighter one (on dark paper) of its hue that can.
    #[must_use]
    pub fn palette(self) -> Palette {
        Palette {
            light: LIGHT.shades(self.0),
            dark: DARK.shades(self.0),
        }
    }
}

/// A theme's grounds, as style/tokens.css has them.
struct Theme {
    paper: Colour,
    raised: Colour,
    sunken: Colour,
    ink: Colour,
    /// Where shades go when they can't be read: black or white.
    end: f64,
    /// What a fill has at least with `raised`. More than it must in the dark
    /// theme, where a fill that only just stands out looks like a stain.
    fill: f64,
}

const LIGHT: Theme = Theme {
    paper: Colour::new(0xf7, 0xf4, 0xed),
    raised: Colour::new(0xff, 0xfd, 0xf9),
    sunken: Colour::new(0xec, 0xe7, 0xdc),
    ink: Colour::new(0x24, 0x21, 0x1c),
    end: 0.0,
    fill: 3.5,
};
const DARK: Theme = Theme {
    paper: Colour::new(0x1b, 0x1a, 0x18),
    raised: Colour::new(0x26, 0x24, 0x21),
    sunken: Colour::new(0x13, 0x12, 0x10),
    ink: Colour::new(0x13, 0x12, 0x10),
    end: 1.0,
    fill: 6.5,
};
/// How much of the accent a washed ground has (`--wash`).
const WASH: f64 = 0.11;
const STEPS: u8 = 100;
/// For text (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

impl Theme {
    fn shades(&self, accent: Colour) -> Shades {
        let fill = self.nearest(accent, |shade| {
            shade.contrast(self.raised) >= self.fill
                && shade.contrast(self.paper) >= 3.0
                && shade.contrast(self.on(shade)) >= READABLE
        });
        let wash = fill.over(self.raised, WASH);
        let grounds = [self.paper, self.raised, self.sunken, wash];
        Shades {
            fill,
            on_fill: self.on(fill),
            text: self.nearest(fill, |shade| {
                grounds.iter().all(|ground| shade.contrast(*ground) >= READABLE)
            }),
        }
    }

    fn nearest(&self, from: Colour, readable: impl Fn(Colour) -> bool) -> Colour {
        let start = from.lightness();
        let shades = (1..=STEPS)
            .map(|step| from.with_lightness(start + (self.end - start) * f64::from(step) / f64::from(STEPS)));
        let end = if self.end > 0.5 {
            Colour::WHITE
        } else {
            Colour::BLACK
        };
        std::iter::once(from)
            .chain(shades)
            .find(|shade| readable(*shade))
            .unwrap_or(end)
    }

    fn on(&self, fill: Colour) -> Colour {
        if fill.contrast(Colour::WHITE) >= READABLE {
            Colour::WHITE
        } else {
            self.ink
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn palette(accent: &str) -> Palette {
        Accent::parse(accent).unwrap().palette()
    }

    #[test]
    fn a_colour_that_can_be_read_is_kept() {
        let pine = palette("#1f5c4d");
        assert_eq!(pine.light.fill.to_string(), "#1f5c4d");
        assert_eq!(pine.light.text.to_string(), "#1f5c4d");
        assert_eq!(pine.light.on_fill, Colour::WHITE);
        assert_eq!(palette("#ffd9a0").dark.fill.to_string(), "#ffd9a0");
    }

    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let tokens = include_str!("../../../style/tokens.css");
        for (name, light, dark) in [
            ("paper", LIGHT.paper, DARK.paper),
            ("raised", LIGHT.raised, DARK.raised),
            ("sunken", LIGHT.sunken, DARK.sunken),
        ] {
            let line = format!("--{name}: light-dark({light}, {dark});");
            assert!(tokens.contains(&line), "no {line}");
        }
        assert!(tokens.contains("color-mix(in srgb, var(--accent) 11%, var(--raised))"));
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "green", "#1f5c4", "#1f5c4d;}"] {
            assert_eq!(Accent::parse(text), Err(AccentProblem::Format), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_accent_can_be_read(channels: [u8; 3]) {
            let palette = Accent(Colour { channels }).palette();
            for (theme, shades) in [(LIGHT, palette.light), (DARK, palette.dark)] {
                let wash = shades.fill.over(theme.raised, WASH);
                prop_assert!(shades.fill.contrast(shades.on_fill) >= READABLE, "{shades:?}");
                for ground in [theme.paper, theme.raised, theme.sunken, wash] {
                    prop_assert!(shades.text.contrast(ground) >= READABLE, "{shades:?} on {ground}");
                }
                for ground in [theme.paper, theme.raised] {
                    prop_assert!(shades.fill.contrast(ground) >= 3.0, "{shades:?} on {ground}");
                }
            }
        }
    }
}
