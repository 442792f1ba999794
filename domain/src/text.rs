//! Types that are one word or one line of text outside: in a column, in JSON,
//! in a form. Each has one spelling, given once.

/// The text is none of the words of the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a known word")]
pub struct UnknownWord;

/// An enum whose cases each have one stable kebab-case word: `ALL`, `as_str`,
/// `Display`, `FromStr`, serde, and (with the feature `sea-orm`) a text column.
macro_rules! text_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $case:ident = $word:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
        #[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
        pub enum $name { $($(#[$doc])* $case,)+ }

        impl $name {
            /// Every case, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$case,)+];

            /// The one spelling, in columns and documents.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($word => Ok(Self::$case),)+ _ => Err($crate::text::UnknownWord) }
            }
        }

        $crate::text::serde_as_text!($name);
    };
}

/// A validated line of text: the tuple struct of a private `String` gets
/// `as_str`, `Display`, `FromStr` through its `parse`, serde, and (with the
/// feature `sea-orm`) a text column. What does not parse does not deserialise.
macro_rules! text_type {
    ($name:ident, $error:ty) => {
        impl $name {
            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        $crate::text::serde_as_text!($name);
    };
}

/// Serialises by `Display` and deserialises by `FromStr`.
macro_rules! serde_as_text {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use {serde_as_text, text_enum, text_type};

/// Whether a character has no place in a line of text that people read:
/// controls, line and paragraph separators, and those that turn the direction
/// of what follows (Unicode Technical Report 36 §2.5), with which one name can
/// be made to look like another.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
