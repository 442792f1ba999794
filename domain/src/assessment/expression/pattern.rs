//! Patterns of XML Schema (part 2, appendix F), as the crate `regex` has them:
//! in time that grows with the text only, whatever the pattern.

use std::{iter::Peekable, str::Chars};

use regex::{Regex, RegexBuilder};

use super::limits::{Fault, PATTERN};

/// Bytes of a pattern that is ready.
const SIZE: usize = 1 << 20;
/// Groups and classes in one another.
const NEST: u32 = 32;

/// Whether it is a pattern that is taken.
pub(in crate::assessment) fn is_pattern(pattern: &str) -> bool {
    ready(pattern).is_ok()
}

/// Whether the whole text is as the pattern says.
pub(super) fn matches(pattern: &str, text: &str) -> Result<bool, Fault> {
    Ok(ready(pattern)?.is_match(text))
}

fn ready(pattern: &str) -> Result<Regex, Fault> {
    if pattern.chars().count() > PATTERN {
        return Err(Fault::BadPattern);
    }
    let translated = translate(pattern).ok_or(Fault::BadPattern)?;
    RegexBuilder::new(&format!("\\A(?:{translated})\\z"))
        .size_limit(SIZE)
        .dfa_size_limit(SIZE)
        .nest_limit(NEST)
        .build()
        .map_err(|_| Fault::BadPattern)
}

/// The pattern in the crate's spelling; none if it says what XML Schema does not.
fn translate(pattern: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern.chars().peekable();
    // Whether something stands there that may be repeated.
    let mut is_atom = false;
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                out.push_str(&escape(&mut rest)?);
                is_atom = true;
            }
            '[' => {
                out.push_str(&class(&mut rest, 0)?);
                is_atom = true;
            }
            // It has groups, but none that look around or have names.
            '(' => {
                out.push_str("(?:");
                is_atom = false;
            }
            '|' => {
                out.push('|');
                is_atom = false;
            }
            // Nothing is repeated twice: a second `?` would make it lazy.
            '?' | '*' | '+' | '{' if !is_atom => return None,
            '?' | '*' | '+' => {
                out.push(c);
                is_atom = false;
            }
            '{' => {
                out.push('{');
                loop {
                    let c = rest
                        .next()
                        .filter(|c| c.is_ascii_digit() || matches!(c, ',' | '}'))?;
                    out.push(c);
                    if c == '}' {
                        break;
                    }
                }
                is_atom = false;
            }
            ')' => {
                out.push(')');
                is_atom = true;
            }
            '.' => {
                out.push_str("[^\\n\\r]");
                is_atom = true;
            }
            // They begin and end nothing here.
            '^' | '$' => {
                out.extend(['\\', c]);
                is_atom = true;
            }
            ']' | '}' => return None,
            c => {
                out.push(c);
                is_atom = true;
            }
        }
    }
    Some(out)
}

/// What a backslash begins.
fn escape(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let c = rest.next()?;
    Some(match c {
        'n' | 'r' | 't' | '\\' | '|' | '.' | '-' | '^' | '?' | '*' | '+' | '{' | '}' | '(' | ')' | '['
        | ']' | '$' => {
            format!("\\{c}")
        }
        'd' => "\\p{Nd}".to_owned(),
        'D' => "\\P{Nd}".to_owned(),
        's' => "[ \\t\\n\\r]".to_owned(),
        'S' => "[^ \\t\\n\\r]".to_owned(),
        // All but punctuation, separators and what is not a character.
        'w' => "[^\\p{P}\\p{Z}\\p{C}]".to_owned(),
        'W' => "[\\p{P}\\p{Z}\\p{C}]".to_owned(),
        'i' => "[\\p{L}_:]".to_owned(),
        'I' => "[^\\p{L}_:]".to_owned(),
        'c' => "[\\p{L}\\p{Nd}\\p{M}_:.·\\-]".to_owned(),
        'C' => "[^\\p{L}\\p{Nd}\\p{M}_:.·\\-]".to_owned(),
        'p' | 'P' => {
            rest.next().filter(|c| *c == '{')?;
            let mut name = String::new();
            loop {
                match rest.next()? {
                    '}' => break,
                    c if c.is_ascii_alphanumeric() && name.len() < 2 => name.push(c),
                    // A block, such as IsGreek: not a category.
                    _ => return None,
                }
            }
            format!("\\{c}{{{name}}}")
        }
        _ => return None,
    })
}

/// A class, after its bracket: what is in it, and what is taken away from that.
fn class(rest: &mut Peekable<Chars<'_>>, depth: u32) -> Option<String> {
    if depth > NEST {
        return None;
    }
    let mut out = String::from("[");
    if rest.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut is_empty = true;
    loop {
        match rest.next()? {
            ']' if !is_empty => {
                out.push(']');
                return Some(out);
            }
            '\\' => out.push_str(&escape(rest)?),
            '-' if rest.peek() == Some(&'[') && !is_empty => {
                rest.next();
                let less = class(rest, depth + 1)?;
                rest.next().filter(|c| *c == ']')?;
                // What stands before is one class, from which the other is taken.
                return Some(format!("[{out}]--{less}]"));
            }
            '-' if is_empty || rest.peek() == Some(&']') => out.push_str("\\-"),
            '-' => out.push('-'),
            '[' | ']' => return None,
            c @ ('&' | '~' | '^' | '#' | ' ') => out.extend(['\\', c]),
            c => out.push(c),
        }
        is_empty = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_whole_text_must_be_as_the_pattern_says() {
        for (pattern, text, expected) in [
            ("[a-c]+", "abc", true),
            ("[a-c]+", "abcd", false),
            ("a|bc", "bc", true),
            ("a|bc", "ac", false),
            ("\\d{2,3}", "123", true),
            ("\\d{2,3}", "1", false),
            ("^a$", "a", false),
            ("^a$", "^a$", true),
            ("[a-z-[aeiou]]+", "xyz", true),
            ("[a-z-[aeiou]]+", "xya", false),
            ("[^0-9]*", "abc", true),
            ("\\p{Lu}\\p{Ll}*", "Élan", true),
            ("a.c", "a\nc", false),
            ("\\w+", "naïve", true),
            ("\\w+", "a-b", false),
            ("[\\-+]?\\d+(\\.\\d+)?", "-12.5", true),
            ("(ab)*", "", true),
            ("\\s", "\t", true),
            ("[&&]", "&", true),
        ] {
            assert_eq!(matches(pattern, text), Ok(expected), "{pattern} on {text:?}");
        }
    }

    #[test]
    fn what_xml_schema_does_not_say_is_no_pattern() {
        for pattern in [
            "(?i)a",
            "a*?",
            "a++",
            "\\bword",
            "(",
            "a{",
            "[a",
            "[]",
            "\\p{IsGreek}",
            "*",
            "\\1",
        ] {
            assert_eq!(matches(pattern, "a"), Err(Fault::BadPattern), "{pattern}");
        }
        assert!(!is_pattern(&"a".repeat(501)));
        assert!(!is_pattern("((a{1000}){1000}){1000}"));
    }

    #[test]
    fn a_pattern_that_would_backtrack_for_ever_does_not() {
        let text = "a".repeat(20_000) + "b";
        assert_eq!(matches("(a*)*(a|aa)*(a*)*", &text), Ok(false));
    }

    proptest! {
        #[test]
        fn no_pattern_panics(pattern in "[]\\\\(){}|?*+.^$a-c0-9,pP\\[-]{0,40}|.{0,40}", text in ".{0,20}") {
            let _ = matches(&pattern, &text);
        }
    }
}
