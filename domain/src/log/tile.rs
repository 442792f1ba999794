//! Tiles: 256 hashes or entries at an address of their own (C2SP tlog-tiles).

use std::{fmt, str::FromStr};

/// So many hashes or entries a whole tile has.
pub const WIDTH: u16 = 256;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Hashes of this level.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// A tile. As text its address below `tile/`, such as `0/x001/x234/067.p/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// What it holds.
    pub holds: Holds,
    /// Its number in its level, from 0.
    pub number: u64,
    /// How much it holds: 1 to [`WIDTH`].
    pub width: u16,
}

/// The text is not the address of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a tile")]
pub struct NotATile;

impl Tile {
    /// The places of what it holds, from the first up to the one after the last.
    #[must_use]
    pub fn places(&self) -> (u64, u64) {
        let first = self.number.saturating_mul(u64::from(WIDTH));
        (first, first.saturating_add(u64::from(self.width)))
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.holds {
            Holds::Hashes(level) => write!(f, "{level}/")?,
            Holds::Entries => f.write_str("entries/")?,
        }
        let mut thousands = vec![self.number % 1_000];
        let mut rest = self.number / 1_000;
        while rest > 0 {
            thousands.push(rest % 1_000);
            rest /= 1_000;
        }
        for (place, digits) in thousands.iter().enumerate().rev() {
            if place > 0 {
                write!(f, "x{digits:03}/")?;
            } else {
                write!(f, "{digits:03}")?;
            }
        }
        if self.width < WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for Tile {
    type Err = NotATile;

    /// Reads the one address that a tile has, and no other spelling of it.
    fn from_str(text: &str) -> Result<Self, NotATile> {
        let (holds, rest) = text.split_once('/').ok_or(NotATile)?;
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().map_err(|_| NotATile)?),
            None => (rest, WIDTH),
        };
        let tile = Self {
            holds: match holds {
                "entries" => Holds::Entries,
                level => Holds::Hashes(level.parse().map_err(|_| NotATile)?),
            },
            number: number
                .split('/')
                .try_fold(0_u64, |number, digits| {
                    let digits: u64 = digits.trim_start_matches('x').parse().ok()?;
                    number.checked_mul(1_000)?.checked_add(digits)
                })
                .ok_or(NotATile)?,
            width,
        };
        let is_one = (1..=WIDTH).contains(&width) && !matches!(tile.holds, Holds::Hashes(64..));
        if is_one && tile.to_string() == text {
            Ok(tile)
        } else {
            Err(NotATile)
        }
    }
}
