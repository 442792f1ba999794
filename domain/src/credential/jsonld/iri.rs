//! What counts as an absolute IRI.

/// What may not stand in an IRI. A table, as every id in every document is looked over.
static FORBIDDEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0;
    while control <= b' ' as usize {
        table[control] = true;
        control += 1;
    }
    let others = b"<>\"{}|\\^`\x7f";
    let mut at = 0;
    while at < others.len() {
        table[others[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether `text` is an absolute IRI (RFC 3987 §2.2) as far as RDF needs it: a
/// scheme, a colon, and none of the characters that N-Quads does not allow.
pub(super) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.bytes().any(|byte| FORBIDDEN[usize::from(byte)])
}

/// Whether `text` is a language tag of well-formed length and characters (BCP 47 §2.1).
pub(super) fn is_language(text: &str) -> bool {
    let subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let primary = text.split('-').next().unwrap_or_default();
    primary.bytes().all(|byte| byte.is_ascii_alphabetic()) && text.split('-').all(subtag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iri_has_a_scheme_and_no_forbidden_character() {
        for iri in [
            "https://w.example/a?b#c",
            "urn:uuid:1",
            "did:web:w.example",
            "xsd:string",
            "a+b-c.d:",
        ] {
            assert!(is_absolute(iri), "{iri}");
        }
        for text in [
            "",
            "Degree",
            ":a",
            "1a:b",
            "_:b0",
            "https://w.example/a b",
            "u:<",
            "u:\n",
            "/a:b",
        ] {
            assert!(!is_absolute(text), "{text}");
        }
    }

    #[test]
    fn a_language_tag_is_letters_and_hyphens() {
        assert!(
            ["en", "de-CH", "zh-Hant-TW", "x-1"]
                .iter()
                .all(|tag| is_language(tag))
        );
        assert!(
            !["", "-", "en_GB", "e n", "1a", "abcdefghi"]
                .iter()
                .any(|tag| is_language(tag))
        );
    }
}
