//! What issuers did with badges, in the public log.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    credential::{CheckName, Finding, Multikey, Outcome, Presented, Step},
    log::{
        Checkpoint, Entry, Hash, LogProof, VerifierKey, hash_of_document, judge, open_note,
        tile::{Holds, Tile, WIDTH},
        tree::{continues, leaf_hash},
    },
    tenancy::Role,
};
use entity::{credential::credential_event, log::log_entry};
use sea_orm::EntityTrait;
use service::{
    credential::{reinstate, revoke, suspend, verify},
    log::{append, begin_anew, check, checkpoint, log_key, log_proof, state, tile},
};

use crate::badges::Stack;

async fn known(stack: &Stack) -> VerifierKey {
    log_key(&stack.system()).await.unwrap().parse().unwrap()
}

async fn now(stack: &Stack) -> Checkpoint {
    let note = checkpoint(&stack.system()).await.unwrap();
    open_note(&note, &known(stack).await).unwrap().parse().unwrap()
}

async fn entries(stack: &Stack) -> Vec<Entry> {
    let tx = stack.system().read().await.unwrap();
    let mut rows = log_entry::Entity::find().all(&tx).await.unwrap();
    rows.sort_by_key(|row| row.position);
    rows.iter()
        .map(|row| serde_json::from_str(&row.content).unwrap())
        .collect()
}

#[tokio::test]
async fn each_step_is_entered_once_and_names_nobody() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let badges = stack.badges().await;
    let part = &badges[0];
    suspend(&admin, part.id, "Being looked into.").await.unwrap();
    reinstate(&admin, part.id, "All is well.").await.unwrap();
    revoke(&admin, badges[1].id, "The program has ended.")
        .await
        .unwrap();
    stack.run_jobs().await;
    append(&stack.system()).await.unwrap();
    let entered = entries(&stack).await;
    let steps: Vec<Step> = entered.iter().map(|entry| entry.step).collect();
    assert_eq!(steps.iter().filter(|step| **step == Step::Issued).count(), 2);
    assert_eq!(steps.len(), 5, "{steps:?}");
    assert_eq!(now(&stack).await.size, 5);
    for entry in &entered {
        let text = serde_json::to_string(entry).unwrap();
        for own in [part.id.to_string(), stack.learner.person().unwrap().to_string()] {
            assert!(!text.contains(&own), "{text}");
        }
        for own in ["Wren", "example.org", "Being looked into"] {
            assert!(!text.contains(own), "{text}");
        }
    }
    assert!(
        entered
            .iter()
            .any(|entry| entry.document == hash_of_document(&part.document))
    );
}

#[tokio::test]
async fn workers_that_enter_at_once_enter_each_step_once() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let part = stack.badges().await[0].id;
    for _ in 0..4 {
        suspend(&admin, part, "Being looked into.").await.unwrap();
        reinstate(&admin, part, "All is well.").await.unwrap();
    }
    let works: Vec<_> = (0..6)
        .map(|_| {
            let system = stack.system();
            tokio::spawn(async move { append(&system).await })
        })
        .collect();
    for work in works {
        work.await.unwrap().unwrap();
    }
    stack.run_jobs().await;
    assert_eq!(entries(&stack).await.len(), 10);
    let tx = stack.world.look().await;
    let events = tx.rows::<credential_event::Entity>().all().await.unwrap();
    let mut places: Vec<i64> = events.iter().map(|event| event.log_index.unwrap()).collect();
    places.sort_unstable();
    assert_eq!(places, (0..10).collect::<Vec<i64>>());
}

#[tokio::test]
async fn a_badge_comes_with_what_shows_that_it_was_entered_and_a_changed_one_does_not() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let key = known(&stack).await;
    let part = stack.badges().await.remove(0);
    let checked = async |presented: Presented, key: &VerifierKey| {
        let report = verify(&system, presented.clone()).await.unwrap();
        check(&system, &presented, key, report).await.unwrap()
    };
    let document = Presented::Document(part.document.clone());
    let report = checked(document.clone(), &key).await;
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    assert_eq!(report.check(CheckName::Logged).unwrap().finding, Finding::Fine);

    let other = ed25519_dalek::SigningKey::from_bytes(&[9; 32]).verifying_key();
    let other = VerifierKey::new(key.name(), Multikey(other).0).unwrap();
    let report = checked(document, &other).await;
    assert_eq!(
        report.check(CheckName::Logged).unwrap().finding,
        Finding::NotLogged
    );
    assert_eq!(report.outcome, Outcome::Invalid);

    let proof = log_proof(&system, stack.world.tenant, part.id).await.unwrap();
    let claims = report.claims.unwrap();
    assert_eq!(
        judge(&proof, &key, &claims, Some(&part.document)).0,
        Finding::Fine
    );
    let mut signed_anew = part.document.clone();
    signed_anew["proof"]["created"] = "2020-01-01T00:00:00Z".into();
    assert_eq!(
        judge(&proof, &key, &claims, Some(&signed_anew)).0,
        Finding::NotLogged,
        "nobody backdates it by signing it once more"
    );
}

#[tokio::test]
async fn what_has_not_been_entered_yet_leaves_the_check_open() {
    let stack = Stack::issued().await;
    let key = known(&stack).await;
    let tx = stack.worker().write().await.unwrap();
    tx.change::<credential_event::Entity>()
        .set(credential_event::Column::LogIndex, None::<i64>)
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let document = Presented::Document(stack.badges().await.remove(0).document);
    let report = verify(&stack.system(), document.clone()).await.unwrap();
    let report = check(&stack.system(), &document, &key, report).await.unwrap();
    assert_eq!(
        report.check(CheckName::Logged).unwrap().finding,
        Finding::LogUnavailable
    );
    assert_eq!(report.outcome, Outcome::Unchecked);
}

/// The log as a stranger reads it: from its checkpoint and tiles alone.
#[tokio::test]
async fn a_stranger_rebuilds_the_tree_from_its_tiles_and_sees_that_it_only_grew() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let admin = stack.member(Role::Admin).await;
    let part = stack.badges().await[0].id;
    let before = now(&stack).await;
    // Over the edge of a tile.
    for _ in 0..128 {
        suspend(&admin, part, "Being looked into.").await.unwrap();
        reinstate(&admin, part, "All is well.").await.unwrap();
    }
    append(&system).await.unwrap();
    let after = now(&stack).await;
    assert_eq!((before.size, after.size), (2, 258));

    let fetch = async |holds, number, width| tile(&system, Tile { holds, number, width }).await;
    let mut leaves: Vec<Hash> = Vec::new();
    for (number, width) in [(0, WIDTH), (1, 2)] {
        let hashes = fetch(Holds::Hashes(0), number, width).await.unwrap();
        let hashes: Vec<Hash> = hashes.chunks(32).map(|hash| hash.try_into().unwrap()).collect();
        let bundle = fetch(Holds::Entries, number, width).await.unwrap();
        let mut rest = bundle.as_slice();
        for hash in &hashes {
            let (length, more) = rest.split_first_chunk::<2>().unwrap();
            let (entry, more) = more.split_at(usize::from(u16::from_be_bytes(*length)));
            assert_eq!(leaf_hash(entry), *hash, "each entry hashes to its leaf");
            rest = more;
        }
        assert!(rest.is_empty());
        leaves.extend(hashes);
    }
    let mut kept = std::collections::BTreeMap::new();
    for (position, hash) in (0..).zip(&leaves) {
        kept.insert(domain::log::Stored { level: 0, position }, *hash);
    }
    for place in domain::log::tree::completed(0, 258) {
        let hash = domain::log::tree::roll_up(place, &mut |at| kept.get(&at).copied()).unwrap();
        assert_eq!(fetch(Holds::Hashes(1), 0, 1).await.unwrap(), hash);
        kept.insert(place, hash);
    }
    let mut look = |at| kept.get(&at).copied();
    assert_eq!(domain::log::tree::root(258, &mut look), Some(after.root));
    let proof = domain::log::tree::consistency(2, 258, &mut look).unwrap();
    assert!(continues((2, &before.root), (258, &after.root), &proof));

    for (holds, number, width) in [
        (Holds::Hashes(0), 1, 3),
        (Holds::Hashes(0), 2, 1),
        (Holds::Hashes(1), 0, 2),
        (Holds::Entries, 1, WIDTH),
    ] {
        assert!(
            fetch(holds, number, width).await.is_err(),
            "{holds:?} {number} {width}"
        );
    }
    let proof: LogProof = log_proof(&system, stack.world.tenant, part).await.unwrap();
    assert!(!proof.entries.is_empty());
    assert!(STANDARD.decode(&proof.entries[0].proof[0]).is_ok());
}

#[tokio::test]
async fn a_log_that_was_left_goes_on_under_another_name_and_key() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let (key, before) = (known(&stack).await, now(&stack).await);
    stack.world.installation.pass(Duration::from_hours(1));
    begin_anew(&system).await.unwrap();
    assert_eq!(state(&system).await.unwrap(), None);
    let admin = stack.member(Role::Admin).await;
    suspend(&admin, stack.badges().await[0].id, "Being looked into.")
        .await
        .unwrap();
    append(&system).await.unwrap();
    let after = now(&stack).await;
    assert_eq!(after.size, before.size + 1, "what is known stays in it");
    assert_ne!(after.origin, before.origin);
    assert_ne!(known(&stack).await, key);
    let note = checkpoint(&system).await.unwrap();
    assert!(
        open_note(&note, &key).is_err(),
        "nothing contradicts the one before"
    );
}
