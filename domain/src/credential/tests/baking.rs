//! Badges in pictures, in and out.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    badges::{barest, did, fullest, key, now},
    standards,
};
use crate::credential::{
    CheckName, Evidence, Finding, Multikey, NotPresented, Outcome, Presented, Report, SignWith,
    baked::{BakingError, into_png, into_svg},
    did_document,
    did_document::method_id,
    jwt::sign_token,
    sign,
};

const SVG: &str =
    "<?xml version=\"1.0\"?>\n<!-- a > b --><svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>";

/// A PNG of no pixels that anybody would look at: what is not looked at here.
fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let checked = [kind.as_slice(), data].concat();
        bytes.extend(&checked);
        bytes.extend(crc32fast::hash(&checked).to_be_bytes());
    }
    bytes
}

fn plain() -> Vec<u8> {
    png(&[(b"IHDR", &[0; 13]), (b"IDAT", b"x"), (b"IEND", b"")])
}

fn with_method<T>(make: impl Fn(&SignWith<'_>) -> T) -> T {
    let method = method_id(&did(), Multikey(key().verifying_key()));
    make(&SignWith {
        key: &key(),
        verification_method: &method,
        created: now(),
    })
}

fn signed() -> String {
    with_method(|with| sign(barest().to_document(), with))
        .unwrap()
        .to_string()
}

fn token() -> String {
    with_method(|with| sign_token(&fullest().to_document(), with)).unwrap()
}

fn evidence() -> Evidence {
    let keys = did_document(&did(), &[Multikey(key().verifying_key())]);
    Evidence {
        now: now(),
        fetched: BTreeMap::from([("https://badges.example/t/acme/did.json".to_owned(), keys)]),
    }
}

fn judged(bytes: &[u8]) -> Report {
    Presented::read(bytes).unwrap().verify(&evidence())
}

fn refused(bytes: &[u8]) -> BakingError {
    match Presented::read(bytes) {
        Err(NotPresented::Picture(cause)) => cause,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_badge_that_was_baked_verifies_and_leaves_the_picture_as_it_was() {
    let baked = into_png(&plain(), &signed()).unwrap();
    assert_eq!(judged(&baked).outcome, Outcome::Valid);
    let again = into_png(&baked, &signed()).unwrap();
    assert_eq!(again, baked, "the badge that was in it made room");
    assert!(baked.ends_with(&plain()[33..]));

    let baked = into_svg(SVG, &signed()).unwrap();
    assert_eq!(judged(baked.as_bytes()).outcome, Outcome::Valid);
    assert_eq!(into_svg(&baked, &signed()), Err(BakingError::Several));
    assert!(baked.starts_with(SVG.strip_suffix("<g/></svg>").unwrap()) && baked.ends_with("<g/></svg>"));
}

#[test]
fn a_token_that_was_issued_verifies_by_itself_and_in_a_picture() {
    let png = into_png(&plain(), &token()).unwrap();
    let svg = SVG.replace(
        "<g/>",
        &format!(
            "<b:credential xmlns:b='https://purl.imsglobal.org/ob/v3p0' verify='{}'/>",
            token()
        ),
    );
    for bytes in [token().as_bytes(), &png, svg.as_bytes()] {
        let report = judged(bytes);
        assert_eq!(report.check(CheckName::Proof).unwrap().finding, Finding::Fine);
        assert_eq!(report.check(CheckName::Issuer).unwrap().finding, Finding::Fine);
        assert_eq!(report.claims.unwrap().valid_from, Some(now()));
    }
    assert_eq!(token(), token(), "the same token at any time");
}

#[test]
fn a_badge_with_a_term_that_nothing_defines_gets_no_token() {
    let mut document = barest().to_document();
    document["honours"] = json!("first class");
    assert!(with_method(|with| sign_token(&document, with)).is_err());
}

#[test]
fn the_published_pictures_hold_the_published_badges() {
    let Some(folder) = standards("ob30-samples") else {
        return;
    };
    for (name, issuer) in [
        ("simple-json.png", "https://example.com/issuers/876543"),
        ("simple-jwt.svg", "https://1edtech.edu/issuers/565049"),
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let presented = Presented::read(&bytes).unwrap();
        assert_eq!(presented.document()["name"], "Teamwork Badge");
        assert_eq!(presented.needs().issuer_documents, [issuer]);
        // The issuers are not on the web, so what they would say is made up here.
        let report = presented.verify(&Evidence {
            fetched: BTreeMap::from([(issuer.to_owned(), profile(&presented.document(), issuer))]),
            ..evidence()
        });
        assert_eq!(report.outcome, Outcome::Valid, "{name}: {report:?}");
    }
}

/// A document with the keys of the published samples: one is named by itself,
/// the other is in the header of its token.
fn profile(document: &Value, issuer: &str) -> Value {
    let method = |id: String, name: &str, key: Value| {
        let mut method = json!({"id": id, "type": "Multikey", "controller": issuer});
        method[name] = key;
        json!({"id": issuer, "assertionMethod": [method]})
    };
    match document["proof"][0]["verificationMethod"].as_str() {
        Some(id) => method(
            id.to_owned(),
            "publicKeyMultibase",
            json!(id.split_once('#').unwrap().1),
        ),
        None => method("#key".to_owned(), "publicKeyJwk", sample_jwk()),
    }
}

fn sample_jwk() -> Value {
    json!({
        "kty": "RSA",
        "e": "AQAB",
        "n": concat!(
            "04q_KmxLWmWsBSv-sHlesyD6lFf_HkKiLE6TBQvWP3E8QgYzf1YuwH3lijpcyFPEEXWxlN7G1Xxr_grj2-GPcwRfvf-UDkKxgQwS",
            "QbnW6xCZsU9qi5dEnkU7LfOYz0mYVxAzjgM1LRtVDMnrqnR6YRX1vQ7mY9kzH3xhw92MATQFrKtTK4VN27UDlzUipZyvA2OUl29-",
            "TGhBdYU7otyOMHw1U4W8j3zBNMSvLUKo-b45wRWSSXy46s8eVl4O9A6vGhZSiKi6YlQQwi2_9YYVkiTB0pWoub9ABr4t_erI_4Sq",
            "RMOw53kVRSHyimSIFLQiTuDttAM1gskxvUNvskdN1Q",
        ),
    })
}

#[test]
fn a_png_that_is_damaged_or_says_two_things_is_refused() {
    let text = |plain: &[u8]| [b"openbadgecredential\0", plain, b"{}"].concat();
    let good = text(&[0; 4]);
    let with = |chunks: &[(&[u8; 4], &[u8])]| {
        let head: (&[u8; 4], &[u8]) = (b"IHDR", &[0; 13]);
        png(&[&[head], chunks, &[(b"IEND", b"")]].concat())
    };
    let mut damaged = into_png(&plain(), "{}").unwrap();
    damaged[60] ^= 1;
    let mut endless = plain();
    endless[33..37].copy_from_slice(&[0xff; 4]);
    for (bytes, cause) in [
        (plain(), BakingError::NoCredential),
        (damaged, BakingError::Damaged),
        (endless, BakingError::Malformed),
        (b"\x89PNG\r\n\x1a\n".to_vec(), BakingError::Malformed),
        (png(&[(b"IEND", b"")]), BakingError::Malformed),
        (with(&[(b"IHDR", &[0; 13])]), BakingError::Malformed),
        (with(&[(b"iTXt", &good), (b"iTXt", &good)]), BakingError::Several),
        (with(&[(b"iTXt", &text(&[1, 0, 0, 0]))]), BakingError::Refused),
        (with(&[(b"iTXt", &text(&[0; 2]))]), BakingError::Malformed),
        (with(&[(b"tEXt", &good)]), BakingError::NoCredential),
    ] {
        assert_eq!(refused(&bytes), cause);
    }
    let large = [plain(), vec![0; 16 << 20]].concat();
    assert_eq!(refused(&large), BakingError::TooLarge);
}

#[test]
fn an_svg_that_could_mean_something_else_elsewhere_is_refused() {
    let badge = "<o:credential xmlns:o=\"https://purl.imsglobal.org/ob/v3p0\">{}</o:credential>";
    let with = |content: &str| SVG.replace("<g/>", content);
    let deep = |depth: usize| with(&format!("{}{badge}{}", "<g>".repeat(depth), "</g>".repeat(depth)));
    assert!(Presented::read(deep(100).as_bytes()).is_ok());
    let entity = format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{SVG}");
    let prefixes: String = (0..40).map(|at| format!(" xmlns:p{at}=\"u\"")).collect();
    for (text, cause) in [
        (SVG.to_owned(), BakingError::NoCredential),
        (with(&badge.repeat(2)), BakingError::Several),
        (with(&format!("&a;{badge}")), BakingError::Refused),
        (with(&badge.replace("{}", "{&a;}")), BakingError::Refused),
        (with(&badge.replace("{}", "<g/>")), BakingError::Malformed),
        (
            with(&badge.replace("ob/v3p0", "ob/v2")),
            BakingError::NoCredential,
        ),
        (with(&format!("<g{prefixes}/>{badge}")), BakingError::Malformed),
        (with("<g>"), BakingError::Malformed),
        (deep(100_000), BakingError::Refused),
        (entity, BakingError::Refused),
        ("<html/>".to_owned(), BakingError::Malformed),
        ("<svg/>".to_owned(), BakingError::Malformed),
    ] {
        assert_eq!(
            refused(text.as_bytes()),
            cause,
            "{}",
            &text[..text.len().min(200)]
        );
    }
}

proptest! {
    #[test]
    fn whatever_is_baked_comes_out_the_same(texts in proptest::collection::vec(".{0,40}", 1..4), more in "[\\]>\u{fffe}\u{ffff}<&\"]{0,12}") {
        let document = json!({"texts": texts, "more": more});
        let credential = document.to_string();
        for bytes in [into_png(&plain(), &credential).unwrap(), into_svg(SVG, &credential).unwrap().into_bytes()] {
            prop_assert_eq!(Presented::read(&bytes).unwrap().document(), document.clone());
        }
    }

    #[test]
    fn no_picture_makes_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..400) {
        let mut baked = into_png(&plain(), "{}").unwrap();
        let at = at % baked.len();
        baked.splice(at.., bytes.iter().copied());
        let _ = Presented::read(&baked);
        let mut svg = into_svg(SVG, "{}").unwrap().into_bytes();
        let at = at % svg.len();
        svg.splice(at.., bytes);
        let _ = Presented::read(&svg);
    }
}
