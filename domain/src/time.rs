//! A moment, as everything in Cairn knows it.

use std::{fmt, time::Duration};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

/// Milliseconds since 1970-01-01T00:00:00Z, UTC.
///
/// Stored as a 64-bit integer: both databases compare it the same way, which
/// neither does with the other's text or timestamp form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
pub struct Timestamp(i64);

/// The text is not a date and time of RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time")]
pub struct NotATime;

/// The last millisecond that still has a four-digit year.
const LATEST: i64 = 253_402_300_799_999;

impl Timestamp {
    /// The moment that many milliseconds after 1970; kept within the years 1970 to 9999.
    #[must_use]
    pub fn from_unix_millis(millis: i64) -> Self {
        Self(millis.clamp(0, LATEST))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn unix_millis(self) -> i64 {
        self.0
    }

    /// The moment `duration` later.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(LATEST);
        Self::from_unix_millis(self.0.saturating_add(millis))
    }

    /// The moment `duration` earlier.
    #[must_use]
    pub fn before(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(LATEST);
        Self::from_unix_millis(self.0.saturating_sub(millis))
    }

    /// How long after `earlier` this is; zero if it is not.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0).max(0).unsigned_abs())
    }

    /// `YYYY-MM-DDTHH:MM:SSZ`: whole seconds, as credentials carry it. (VC Data
    /// Model 2.0 allows fractions, but some verifiers do not.)
    #[must_use]
    pub fn to_rfc3339_seconds(self) -> String {
        self.format(format_description!(
            "[year]-[month]-[day]T[hour]:[minute]:[second]Z"
        ))
    }

    /// `YYYY-MM-DD`.
    #[must_use]
    pub fn to_date(self) -> String {
        self.format(format_description!("[year]-[month]-[day]"))
    }

    /// Reads RFC 3339, with any offset; finer than milliseconds is cut off.
    pub fn parse_rfc3339(text: &str) -> Result<Self, NotATime> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| NotATime)?;
        let millis =
            i64::try_from(moment.unix_timestamp_nanos().div_euclid(1_000_000)).map_err(|_| NotATime)?;
        if (0..=LATEST).contains(&millis) {
            Ok(Self(millis))
        } else {
            Err(NotATime)
        }
    }

    fn format(self, form: &(impl time::formatting::Formattable + ?Sized)) -> String {
        // In range by construction, and these forms need nothing that a UTC time lacks.
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|moment| moment.format(form).ok())
            .unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(&Rfc3339))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse_rfc3339(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn credentials_carry_whole_seconds() {
        let moment = Timestamp::from_unix_millis(1_767_225_600_999);
        assert_eq!(moment.to_rfc3339_seconds(), "2026-01-01T00:00:00Z");
        assert_eq!(moment.to_date(), "2026-01-01");
    }

    #[test]
    fn an_offset_is_turned_into_utc() {
        let moment = Timestamp::parse_rfc3339("2026-01-01T02:00:00+02:00").unwrap();
        assert_eq!(moment.to_rfc3339_seconds(), "2026-01-01T00:00:00Z");
    }

    proptest! {
        #[test]
        fn text_and_back_is_the_same_moment(millis in 0..=LATEST) {
            let moment = Timestamp::from_unix_millis(millis);
            prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_string()), Ok(moment));
        }
    }
}
