//! Badges to try things on, and their plainly fictional issuer.

use std::time::Duration;

use ed25519_dalek::SigningKey;

use crate::{
    Timestamp,
    credential::{
        Badge, DidWeb, StatusEntry, StatusPurpose,
        badge::{
            Achievement, AchievementResult, Alignment, Criteria, Evidence, Identity, Image, Issuer,
            ResultDescription, RubricLevel, Subject,
        },
    },
};

pub(super) const LIST: &str = "https://badges.example/status/1";

pub(super) fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-03-01T12:00:00Z").unwrap()
}

pub(super) fn did() -> DidWeb {
    "did:web:badges.example:t:acme".parse().unwrap()
}

pub(super) fn key() -> SigningKey {
    SigningKey::from_bytes(&[42; 32])
}

/// A badge with every part that a badge can have.
pub(super) fn fullest() -> Badge {
    let image = || Image {
        id: "https://badges.example/i/1.png".into(),
        caption: Some("A blue kite".into()),
    };
    Badge {
        id: "https://badges.example/c/1".into(),
        name: "Reading graphs".into(),
        description: Some("Reads graphs of motion".into()),
        image: Some(image()),
        issuer: Issuer {
            id: did().to_string(),
            name: "Acme Evening School".into(),
            url: Some("https://badges.example/t/acme".into()),
            description: Some("Courses for adults".into()),
            email: Some("office@badges.example".into()),
            image: Some(image()),
        },
        valid_from: now(),
        valid_until: Some(now().after(Duration::from_hours(24 * 365))),
        awarded: Some(now()),
        subject: Subject {
            id: Some("did:example:learner".into()),
            identities: vec![Identity::email("ada@learners.example", "salt-1")],
            started: Some(now()),
            ended: Some(now()),
            credits: Some(2.5),
            results: vec![AchievementResult {
                description: Some("urn:uuid:00000000-0000-4000-8000-000000000001".into()),
                value: Some("95".into()),
                level: Some("urn:uuid:00000000-0000-4000-8000-000000000002".into()),
            }],
            narrative: Some("Answered 13 of 14 fresh items".into()),
        },
        achievement: Achievement {
            id: "https://badges.example/t/acme/achievements/graphs/2".into(),
            name: "Reading graphs".into(),
            description: "Reads position, velocity and time from graphs".into(),
            criteria: Criteria {
                id: Some("https://badges.example/t/acme/achievements/graphs".into()),
                narrative: Some("12 of 13 fresh items".into()),
            },
            image: Some(image()),
            achievement_type: Some("Badge".into()),
            alignments: vec![Alignment {
                name: "Reads graphs of motion".into(),
                url: "https://badges.example/competencies/p-1".into(),
                description: Some("Reads values from graphs".into()),
                framework: Some("Acme physics".into()),
                code: Some("P-1".into()),
                target_type: Some("CFItem".into()),
            }],
            results: vec![ResultDescription {
                id: "urn:uuid:00000000-0000-4000-8000-000000000001".into(),
                name: "Items right".into(),
                result_type: "Percent".into(),
                allowed_values: vec!["low".into(), "high".into()],
                required_value: Some("80".into()),
                value_max: Some("100".into()),
                value_min: Some("0".into()),
                levels: vec![RubricLevel {
                    id: "urn:uuid:00000000-0000-4000-8000-000000000002".into(),
                    name: "Secure".into(),
                    description: Some("Every time".into()),
                    points: Some("3".into()),
                }],
                required_level: Some("urn:uuid:00000000-0000-4000-8000-000000000002".into()),
            }],
            tags: vec!["physics".into()],
            version: Some("2".into()),
            language: Some("en".into()),
        },
        evidence: vec![Evidence {
            id: Some("https://badges.example/e/1".into()),
            name: Some("Attempt".into()),
            description: Some("The attempt that showed it".into()),
            narrative: Some("14 items".into()),
            genre: Some("Assessment".into()),
        }],
        status: vec![StatusEntry {
            list_url: LIST.into(),
            index: 94_567,
            purpose: StatusPurpose::Revocation,
        }],
    }
}

/// A badge with no part that it can be without.
pub(super) fn barest() -> Badge {
    Badge {
        description: None,
        image: None,
        issuer: Issuer {
            id: did().to_string(),
            name: "Acme Evening School".into(),
            url: None,
            description: None,
            email: None,
            image: None,
        },
        valid_until: None,
        awarded: None,
        subject: Subject {
            id: Some("did:example:learner".into()),
            ..Subject::default()
        },
        achievement: Achievement {
            id: "urn:uuid:00000000-0000-4000-8000-000000000003".into(),
            name: "Reading graphs".into(),
            description: "Reads graphs".into(),
            criteria: Criteria {
                id: None,
                narrative: Some("12 of 13".into()),
            },
            ..Achievement::default()
        },
        evidence: vec![],
        status: vec![],
        ..fullest()
    }
}
