//! The log against RFC 6962's own definition, and against what others published.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use serde_json::json;

use super::{
    Checkpoint, Entry, Hash, Included, LogProof, NoteError, Stored, VerifierKey, hash_of_document,
    hash_of_url, judge, open_note, sign_note,
    tile::{Holds, NotATile, Tile, WIDTH},
    tree::{
        completed, consistency, continues, includes, inclusion, leaf_hash, needed, node_hash, roll_up, root,
    },
};
use crate::{
    Timestamp,
    credential::{Finding, Outcome, Step, claims::Claims},
};

/// The root by the definition alone (RFC 6962 §2.1).
fn naive(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => unreachable!("the empty tree has a test of its own"),
        [one] => *one,
        many => {
            let middle = many.len().next_power_of_two() / 2;
            node_hash(&naive(&many[..middle]), &naive(&many[middle..]))
        }
    }
}

/// What is kept of a tree, grown step by step.
#[derive(Default)]
struct Kept {
    hashes: BTreeMap<Stored, Hash>,
    size: u64,
}

impl Kept {
    fn grow(&mut self, leaves: &[Hash]) {
        for (position, hash) in (self.size..).zip(leaves) {
            self.hashes.insert(Stored { level: 0, position }, *hash);
        }
        let new = self.size + leaves.len() as u64;
        for place in completed(self.size, new) {
            let hash = roll_up(place, &mut |at| self.hashes.get(&at).copied()).unwrap();
            self.hashes.insert(place, hash);
        }
        self.size = new;
    }

    fn look(&self) -> impl FnMut(Stored) -> Option<Hash> + '_ {
        |place| self.hashes.get(&place).copied()
    }
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

fn kept(leaves: &[Hash]) -> Kept {
    let mut kept = Kept::default();
    kept.grow(leaves);
    kept
}

fn hex(text: &str) -> Vec<u8> {
    crate::credential::hash::unhex(text).unwrap()
}

/// The inputs and roots of Certificate Transparency's reference tests.
#[test]
fn roots_are_those_of_the_reference_tests() {
    let inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let leaves: Vec<Hash> = inputs.iter().map(|input| leaf_hash(&hex(input))).collect();
    let kept = kept(&leaves);
    for (size, expected) in (0..).zip(roots) {
        assert_eq!(
            root(size, &mut kept.look()).unwrap().to_vec(),
            hex(expected),
            "{size}"
        );
    }
}

#[test]
fn a_tree_grown_in_any_steps_has_the_root_of_the_definition_over_several_tiles() {
    let all = leaves(700);
    let mut kept = Kept::default();
    for step in [1, 254, 1, 1, 300, 143] {
        let from = usize::try_from(kept.size).unwrap();
        kept.grow(&all[from..from + step]);
        let size = kept.size;
        let now = &all[..usize::try_from(size).unwrap()];
        assert_eq!(root(size, &mut kept.look()), Some(naive(now)), "{size}");
    }
    let above = kept.hashes.keys().filter(|place| place.level == 1).count();
    assert_eq!(above, 2, "a hash above for each whole tile");
}

#[test]
fn levels_above_are_kept_when_they_are_whole() {
    let place = |level, position| Stored { level, position };
    assert_eq!(completed(0, 255), []);
    assert_eq!(completed(255, 256), [place(1, 0)]);
    assert_eq!(completed(65_535, 65_537), [place(1, 255), place(2, 0)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_in_the_tree_is_shown_to_be_and_nothing_else(size in 1_usize..600, at in any::<prop::sample::Index>()) {
        let all = leaves(size);
        let kept = kept(&all);
        let (index, total) = (at.index(size), size as u64);
        let place = index as u64;
        let whole = root(total, &mut kept.look()).unwrap();
        prop_assert_eq!(whole, naive(&all));
        let mut proof = inclusion(place, total, &mut kept.look()).unwrap();
        prop_assert!(includes(&whole, total, place, &all[index], &proof));
        prop_assert!(!includes(&whole, total, place, &leaf_hash(b"another"), &proof));
        prop_assert!(!includes(&whole, total, (place + 1) % total, &all[index], &proof) || size == 1);
        prop_assert!(!includes(&whole, total, total, &all[index], &proof));
        let asked = needed(|look| {
            inclusion(place, total, look);
        });
        prop_assert!(asked.iter().all(|place| kept.hashes.contains_key(place)));
        proof.push([0; 32]);
        prop_assert!(!includes(&whole, total, place, &all[index], &proof));
    }

    #[test]
    fn a_tree_that_grew_is_shown_to_and_one_that_forked_is_not(old in 0_usize..400, more in 0_usize..300) {
        let all = leaves(old + more);
        let kept = kept(&all);
        let (from, to) = (old as u64, (old + more) as u64);
        let [before, after] = [from, to].map(|size| root(size, &mut kept.look()).unwrap());
        let proof = consistency(from, to, &mut kept.look()).unwrap();
        prop_assert!(continues((from, &before), (to, &after), &proof));
        prop_assert!(consistency(to + 1, to, &mut kept.look()).is_none());
        if old > 0 {
            let mut forked = all.clone();
            forked[old - 1] = leaf_hash(b"another");
            let kept = self::kept(&forked);
            let other = root(to, &mut kept.look()).unwrap();
            let proof = consistency(from, to, &mut kept.look()).unwrap();
            prop_assert!(!continues((from, &before), (to, &other), &proof));
        }
    }

    #[test]
    fn a_tile_has_one_address(level in 0_u8..64, number in any::<u64>(), width in 1..=WIDTH) {
        for holds in [Holds::Hashes(level), Holds::Entries] {
            let tile = Tile { holds, number, width };
            prop_assert_eq!(tile.to_string().parse(), Ok(tile));
        }
    }
}

#[test]
fn addresses_of_tiles_are_those_of_the_specification() {
    let tile = |holds, number, width| Tile { holds, number, width };
    for (address, expected) in [
        ("0/x001/x234/067", tile(Holds::Hashes(0), 1_234_067, WIDTH)),
        ("1/000.p/17", tile(Holds::Hashes(1), 0, 17)),
        ("entries/273.p/112", tile(Holds::Entries, 273, 112)),
    ] {
        assert_eq!(address.parse(), Ok(expected));
        assert_eq!(expected.to_string(), address);
    }
    for address in [
        "",
        "0",
        "0/",
        "0/0",
        "0/00",
        "00/000",
        "64/000",
        "-1/000",
        "0/x000/001",
        "0/001/002",
        "0/x001",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/08",
        "0/000.p/",
        "0/+01",
        "entries/x000",
        "data/000",
        "0/000/",
        "0/x999/x999/x999/x999/x999/x999/x999/999",
    ] {
        assert_eq!(address.parse::<Tile>(), Err(NotATile), "{address}");
    }
}

/// The example with which the form of notes was published.
#[test]
fn a_note_of_others_opens_under_their_key() {
    let key: VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        .parse()
        .unwrap();
    let text = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n";
    let signature =
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
    let note = format!("{text}\n\u{2014} PeterNeumann {signature}\n");
    assert_eq!(open_note(&note, &key), Ok(text));
    assert_eq!(
        open_note(&note.replacen("cryptography", "cartography", 1), &key),
        Err(NoteError::BadSignature)
    );
}

fn signing() -> (SigningKey, VerifierKey) {
    let key = SigningKey::from_bytes(&[7; 32]);
    let known = VerifierKey::new("badges.example/log", key.verifying_key()).unwrap();
    (key, known)
}

#[test]
fn a_checkpoint_is_signed_and_read_again() {
    let (key, known) = signing();
    assert_eq!(known.to_string().parse(), Ok(known.clone()));
    let checkpoint = Checkpoint {
        origin: "badges.example/log".to_owned(),
        size: 7,
        root: [9; 32],
    };
    let note = sign_note(&checkpoint.to_text(), "badges.example/log", &key).unwrap();
    assert_eq!(open_note(&note, &known).unwrap().parse(), Ok(checkpoint));
    let other = VerifierKey::new(
        "badges.example/log",
        SigningKey::from_bytes(&[8; 32]).verifying_key(),
    );
    assert_eq!(open_note(&note, &other.unwrap()), Err(NoteError::NotSigned));
    let more = format!("{note}\u{2014} witness.example AAAAAAAA\n");
    assert!(open_note(&more, &known).is_ok(), "what others sign says nothing");
    for broken in [
        "",
        "\n\n",
        "a\n\nb\n",
        &note[..note.len() - 1],
        "a\u{1}\n\n\u{2014} x AAAA\n",
    ] {
        assert_eq!(open_note(broken, &known), Err(NoteError::Malformed), "{broken:?}");
    }
    for text in ["", "a\n1\n", "a\n01\nAAAA\n", "\n1\nAAAA\n", "a\n-1\nAAAA\n"] {
        assert!(text.parse::<Checkpoint>().is_err(), "{text:?}");
    }
    for text in [
        "",
        "a+b",
        "a b+c74f20a3+AQ==",
        "PeterNeumann+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ] {
        assert_eq!(text.parse::<VerifierKey>(), Err(NoteError::NotAKey), "{text:?}");
    }
}

const URL: &str = "https://badges.example/c/1";

fn claims() -> Claims {
    Claims {
        id: Some(URL.to_owned()),
        issuer: "did:web:badges.example:t:acme".to_owned(),
        subject: None,
        valid_from: None,
        valid_until: None,
        status: Vec::new(),
    }
}

fn entry(step: Step) -> Entry {
    Entry {
        credential: hash_of_url(URL),
        document: hash_of_document(&json!({"id": URL, "proof": "p"})),
        issuer: claims().issuer,
        logged: Timestamp::from_unix_millis(2_000),
        moment: Timestamp::from_unix_millis(1_000),
        step,
    }
}

/// A log of these entries among others, and what it says of them.
fn logged(entries: &[Entry]) -> LogProof {
    let (key, known) = signing();
    let texts: Vec<String> = entries
        .iter()
        .map(|entry| serde_json::to_string(entry).unwrap())
        .collect();
    let mut all = leaves(5);
    all.extend(texts.iter().map(|text| leaf_hash(text.as_bytes())));
    all.extend(leaves(3));
    let kept = kept(&all);
    let checkpoint = Checkpoint {
        origin: known.name().to_owned(),
        size: kept.size,
        root: root(kept.size, &mut kept.look()).unwrap(),
    };
    let included = (5..).zip(texts).map(|(index, entry)| Included {
        index,
        entry,
        proof: inclusion(index, kept.size, &mut kept.look())
            .unwrap()
            .iter()
            .map(|hash| STANDARD.encode(hash))
            .collect(),
    });
    LogProof {
        key: known.to_string(),
        checkpoint: sign_note(&checkpoint.to_text(), known.name(), &key).unwrap(),
        entries: included.collect(),
    }
}

#[test]
fn an_entry_has_one_spelling_and_names_no_badge() {
    let text = serde_json::to_string(&entry(Step::Issued)).unwrap();
    let hash = hash_of_url(URL);
    let document = hash_of_document(&json!({"proof": "p", "id": URL}));
    assert_eq!(
        text,
        format!(
            r#"{{"credential":"{hash}","document":"{document}","issuer":"did:web:badges.example:t:acme","logged":"1970-01-01T00:00:02Z","moment":"1970-01-01T00:00:01Z","type":"issued"}}"#
        )
    );
    assert!(!text.contains(URL));
}

#[test]
fn a_badge_that_was_entered_is_found_and_one_that_was_not_is_not() {
    let (_, known) = signing();
    let badge = json!({"id": URL, "proof": "p"});
    let proof = logged(&[entry(Step::Issued), entry(Step::Revoked)]);
    let found = |proof: &LogProof, claims: &Claims, badge| judge(proof, &known, claims, badge).0;
    assert_eq!(found(&proof, &claims(), &badge), Finding::Fine);

    let changed = json!({"id": URL, "proof": "another"});
    assert_eq!(found(&proof, &claims(), &changed), Finding::NotLogged);
    let other = Claims {
        id: Some("https://badges.example/c/2".to_owned()),
        ..claims()
    };
    assert_eq!(found(&proof, &other, &badge), Finding::NotLogged);
    let stranger = Claims {
        issuer: "did:web:elsewhere.example".to_owned(),
        ..claims()
    };
    assert_eq!(found(&proof, &stranger, &badge), Finding::NotLogged);
    assert_eq!(
        found(&logged(&[entry(Step::Revoked)]), &claims(), &badge),
        Finding::NotLogged,
        "it was never issued"
    );
    let mut moved = proof.clone();
    moved.entries[0].index += 1;
    assert_eq!(found(&moved, &claims(), &badge), Finding::NotLogged);
    let mut backdated = proof.clone();
    backdated.entries[0].entry = backdated.entries[0].entry.replace("00:00:02Z", "00:00:00Z");
    assert_ne!(backdated, proof);
    assert_eq!(found(&backdated, &claims(), &badge), Finding::NotLogged);
}

#[test]
fn a_checkpoint_that_the_known_key_did_not_sign_says_nothing_against_a_badge() {
    let (_, known) = signing();
    let badge = json!({"id": URL, "proof": "p"});
    let proof = logged(&[entry(Step::Issued)]);
    let key = SigningKey::from_bytes(&[8; 32]).verifying_key();
    for other in ["badges.example/log", "badges.example/log/1"] {
        let other = VerifierKey::new(other, key).unwrap();
        assert_eq!(
            judge(&proof, &other, &claims(), &badge).0,
            Finding::LogUnavailable
        );
    }
    let mut unsigned = proof.clone();
    unsigned.checkpoint = unsigned.checkpoint.replacen("\n9\n", "\n10\n", 1);
    assert_ne!(unsigned, proof);
    assert_eq!(
        judge(&unsigned, &known, &claims(), &badge).0,
        Finding::LogUnavailable
    );
}

#[test]
fn a_badge_that_says_it_is_much_older_than_its_entry_is_not_shown_to_be() {
    let (_, known) = signing();
    let badge = json!({"id": URL, "proof": "p"});
    let day = 24 * 60 * 60 * 1_000;
    let late = Entry {
        logged: Timestamp::from_unix_millis(10 * day),
        ..entry(Step::Issued)
    };
    let proof = logged(&[late]);
    let from = |millis| Claims {
        valid_from: Some(Timestamp::from_unix_millis(millis)),
        ..claims()
    };
    for (valid_from, finding) in [
        (9 * day - 1, Finding::LoggedLate),
        (9 * day, Finding::Fine),
        (11 * day, Finding::Fine),
    ] {
        let (found, said) = judge(&proof, &known, &from(valid_from), &badge);
        assert_eq!(found, finding, "{said}");
    }
    assert_eq!(Finding::LoggedLate.outcome(), Outcome::Unchecked);
}
