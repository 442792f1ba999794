use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::{DisplayName, EmailAddress};

/// A password as it is hashed: bounded, and normalised so that the same keys
/// on two keyboards give the same bytes (RFC 8265 §4.2, `OpaqueString`).
/// Wiped from memory when dropped, and never printed.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

/// Why a password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    /// Fewer than [`Password::MIN_CHARS`] characters.
    #[error("password-too-short")]
    TooShort,
    /// More than [`Password::MAX_CHARS`] characters.
    #[error("password-too-long")]
    TooLong,
    /// A control character, which no keyboard gives and some forms lose.
    #[error("password-unprintable")]
    Unprintable,
    /// Among the first that anybody would try.
    #[error("password-common")]
    Common,
    /// The person's own mail address or name.
    #[error("password-is-name")]
    IsName,
}

impl Password {
    /// The fewest characters of a new password.
    pub const MIN_CHARS: usize = 10;
    /// The most characters. A bound is needed because hashing takes time; this one no passphrase meets.
    pub const MAX_CHARS: usize = 256;

    /// What somebody typed to sign in. Only bounded: whether it would be
    /// taken as a new one is no matter here.
    pub fn typed(text: &str) -> Result<Self, PasswordProblem> {
        if text.len() > Self::MAX_CHARS * 4 || text.chars().count() > Self::MAX_CHARS {
            return Err(PasswordProblem::TooLong);
        }
        let spaced = text.chars().map(|c| {
            if c.is_whitespace() && !c.is_control() {
                ' '
            } else {
                c
            }
        });
        Ok(Self(Zeroizing::new(spaced.nfc().collect())))
    }

    /// A new password for the person with that address and name, by the rules
    /// of NIST SP 800-63B §3.1.1.2: length and a list of what is tried first;
    /// no rules about kinds of characters.
    pub fn choose(text: &str, email: &EmailAddress, name: &DisplayName) -> Result<Self, PasswordProblem> {
        let password = Self::typed(text)?;
        let chars = password.0.chars().count();
        if chars < Self::MIN_CHARS {
            return Err(PasswordProblem::TooShort);
        }
        if password.0.chars().any(char::is_control) {
            return Err(PasswordProblem::Unprintable);
        }
        let plain = Zeroizing::new(plain(&password.0));
        let own = [email.as_str(), email.local(), email.domain(), name.as_str()];
        if own.iter().any(|own| self::plain(own) == *plain) {
            return Err(PasswordProblem::IsName);
        }
        if is_common(&plain) {
            return Err(PasswordProblem::Common);
        }
        Ok(password)
    }

    /// The bytes to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Lower case, letters and digits only: `Pass-Word 1` and `password1` are one guess.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A word that is tried first with at most four digits behind it, a walk
/// along the keyboard or the alphabet, or one short piece over and over.
fn is_common(plain: &str) -> bool {
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = plain.len() - word.len();
    (digits <= 4 && WORDS.contains(&word)) || WHOLE.contains(&plain) || is_walk(plain) || repeats(plain)
}

/// Whether a piece of at most four characters is all there is.
fn repeats(plain: &str) -> bool {
    let chars: Vec<char> = plain.chars().collect();
    (1..=4).any(|period| chars.iter().zip(chars.iter().skip(period)).all(|(a, b)| a == b))
}

fn is_walk(plain: &str) -> bool {
    WALKS.iter().any(|walk| {
        let backward: String = walk.chars().rev().collect();
        walk.contains(plain) || backward.contains(plain)
    })
}

const WALKS: &[&str] = &[
    "0123456789012345678901234567890123456789",
    "1234567890123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiop1234567890",
    "1234567890qwertyuiop",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "qazwsxedcrfvtgbyhnujm",
    "zaq12wsxcde34rfvbgt56yhn",
];

const WORDS: &[&str] = &[
    "",
    "administrator",
    "badge",
    "badges",
    "baseball",
    "basketball",
    "butterfly",
    "cairn",
    "changeme",
    "charlie",
    "chocolate",
    "computer",
    "dragon",
    "football",
    "hallowelt",
    "helloworld",
    "iloveyou",
    "letmein",
    "liverpool",
    "manchester",
    "master",
    "michael",
    "minecraft",
    "monkey",
    "motdepasse",
    "mypassword",
    "passphrase",
    "passwort",
    "password",
    "passw0rd",
    "pa55word",
    "p4ssword",
    "pokemon",
    "princess",
    "qwerty",
    "qwertyuiop",
    "secret",
    "spiderman",
    "starwars",
    "summer",
    "sunshine",
    "superman",
    "teacher",
    "student",
    "trustnoone",
    "unknown",
    "welcome",
    "whatever",
    "winter",
];

const WHOLE: &[&str] = &[
    "passwordpassword",
    "adminadmin",
    "testtest12",
    "testpassword",
    "correcthorsebatterystaple",
    "iloveyouforever",
    "thisismypassword",
    "opensesame",
    "letmeinplease",
    "password123456",
    "qwerty123456",
    "qwerty123456789",
    "a123456789",
    "abc123456789",
    "abcd123456",
    "abcdef123456",
    "aa12345678",
    "asd123456789",
    "q123456789",
    "123456789a",
    "12345678910",
    "1234567891011",
    "123123123123",
    "147258369",
    "1472583690",
    "789456123",
    "7894561230",
    "987654321a",
    "0987654321",
    "3141592653",
    "31415926535",
    "asdfghjkl123",
    "zxcvbnm123",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<Password, PasswordProblem> {
        let email = EmailAddress::parse("mara.quill@example.org").unwrap();
        let name = DisplayName::parse("Mara Quill-Nightingale").unwrap();
        Password::choose(text, &email, &name)
    }

    #[test]
    fn length_and_strangeness_are_enough() {
        for text in [
            "otters sleep holding hands",
            "gx7-lantern-8q",
            "тихая река",
            "  leading spaces are fine ",
            "password of the green door",
        ] {
            assert!(choose(text).is_ok(), "{text}");
        }
        assert!(choose(&"ab cd9!".repeat(36)).is_ok());
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for (text, problem) in [
            ("short", PasswordProblem::TooShort),
            ("ümlautöäü", PasswordProblem::TooShort),
            ("tab\there it is", PasswordProblem::Unprintable),
            ("1234567890", PasswordProblem::Common),
            ("0987654321", PasswordProblem::Common),
            ("Password123!", PasswordProblem::Common),
            ("P-a-s-s-w-o-r-d-1", PasswordProblem::Common),
            ("qwertyuiop", PasswordProblem::Common),
            ("1q2w3e4r5t", PasswordProblem::Common),
            ("zzzzzzzzzzzz", PasswordProblem::Common),
            ("abcabcabcabc", PasswordProblem::Common),
            ("!!!!!!!!!!!!", PasswordProblem::Common),
            ("Sunshine2024", PasswordProblem::Common),
            ("MARA.QUILL@example.org", PasswordProblem::IsName),
            ("mara quill nightingale", PasswordProblem::IsName),
        ] {
            assert_eq!(choose(text).unwrap_err(), problem, "{text}");
        }
        assert_eq!(choose(&"ab".repeat(129)).unwrap_err(), PasswordProblem::TooLong);
    }

    #[test]
    fn the_same_keys_give_the_same_bytes() {
        let composed = Password::typed("caf\u{e9} au lait").unwrap();
        let decomposed = Password::typed("cafe\u{301}\u{a0}au\u{3000}lait").unwrap();
        assert_eq!(composed.as_bytes(), decomposed.as_bytes());
    }

    #[test]
    fn a_password_is_not_printed() {
        assert_eq!(
            format!("{:?}", Password::typed("hunter-of-otters").unwrap()),
            "Password"
        );
    }
}
