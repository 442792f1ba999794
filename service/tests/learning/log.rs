//! What issuers did with badges, in the public log.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
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
use sea_orm::{ColumnTrait, EntityTrait};
use serde_json::{Value, json};
use service::{
    Error, Installation, SystemCtx,
    credential::{Outside, public_credential, reinstate, revoke, suspend, token, verify},
    log::{append, begin_anew, check, checkpoint, log_key, log_proof, proof_of_document, state, tile},
    testing::TestInstallation,
};
use url::Url;

use crate::badges::Stack;

async fn number(stack: &Stack) -> String {
    state(&stack.system()).await.unwrap().unwrap().number
}

async fn known(stack: &Stack) -> VerifierKey {
    let key = log_key(&stack.system(), &number(stack).await).await;
    key.unwrap().parse().unwrap()
}

async fn now(stack: &Stack) -> Checkpoint {
    let note = checkpoint(&stack.system(), &number(stack).await).await.unwrap();
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

/// So many more steps of the first badge that wait to be entered.
async fn wait(stack: &Stack, count: i64) {
    let badge = stack.badges().await[0].id;
    let tx = stack.worker().write().await.unwrap();
    for number in 2..2 + count {
        let row = credential_event::Model {
            tenant_id: stack.world.tenant,
            credential_id: badge,
            number,
            person_id: stack.learner.person().unwrap(),
            step: Step::Revoked.to_string(),
            reason: "The program has ended.".to_owned(),
            taken_by: None,
            at: stack.world.now(),
            log_index: None,
            logged_at: None,
        };
        tx.insert::<credential_event::Entity>(row).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn that_a_badge_was_issued_and_revoked_is_entered_once_and_names_nobody() {
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
    assert_eq!(
        steps,
        [Step::Issued, Step::Issued, Step::Revoked],
        "what was lifted is nobody else's business"
    );
    assert_eq!(now(&stack).await.size, 3);
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
    wait(&stack, 8).await;
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
async fn a_badge_is_entered_as_issued_before_it_is_entered_as_revoked_whatever_the_clock_said() {
    let stack = Stack::issued().await;
    let later = stack.world.now().after(Duration::from_hours(1));
    wait(&stack, 1).await;
    let tx = stack.worker().write().await.unwrap();
    tx.change::<credential_event::Entity>()
        .filter(credential_event::Column::Number.eq(1))
        .set(credential_event::Column::LogIndex, None::<i64>)
        .set(credential_event::Column::At, later)
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    append(&stack.system()).await.unwrap();
    let steps: Vec<Step> = entries(&stack).await.iter().map(|entry| entry.step).collect();
    assert_eq!(steps[2..], [Step::Issued, Step::Issued, Step::Revoked]);
}

/// What serves proofs to other installations, as our own pages do.
#[derive(Debug)]
struct Pages(SystemCtx);

#[async_trait]
impl Outside for Pages {
    async fn json(&self, url: &Url) -> service::Result<Value> {
        let path: Vec<&str> = url.path().split('/').collect();
        let ["", "c", id, "proof"] = path.as_slice() else {
            return Err(Error::NotFound);
        };
        let id = id.parse().map_err(|_| Error::NotFound)?;
        let hash = url.query().and_then(|query| query.strip_prefix("document="));
        let proof = proof_of_document(&self.0, id, hash.unwrap_or_default()).await?;
        Ok(serde_json::to_value(proof)?)
    }
}

#[tokio::test]
async fn whoever_was_handed_a_badge_elsewhere_gets_its_proof_by_its_hash_and_nobody_without() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let key = known(&stack).await;
    let part = stack.badges().await.remove(0);
    let elsewhere = SystemCtx::new(Arc::new(Installation {
        base_url: "https://elsewhere.test".parse().unwrap(),
        outside: Arc::new(Pages(stack.system())),
        ..Installation::clone(system.installation())
    }));
    let document = Presented::Document(part.document.clone());
    let report = verify(&system, document.clone()).await.unwrap();
    let report = check(&elsewhere, &document, &key, report).await.unwrap();
    assert_eq!(report.check(CheckName::Logged).unwrap().finding, Finding::Fine);
    assert_eq!(report.outcome, Outcome::Valid);
    for hash in [String::new(), hash_of_document(&json!({}))] {
        let refused = proof_of_document(&system, part.id, &hash).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{hash}");
    }
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
        Finding::LogUnavailable
    );
    assert_eq!(report.outcome, Outcome::Unchecked, "another log says nothing");

    let shown = public_credential(&system, part.id, stack.learner.person().ok()).await;
    let signed_now = token(&system, &shown.unwrap()).await.unwrap();
    let report = checked(Presented::read(signed_now.as_bytes()).unwrap(), &key).await;
    assert_eq!(
        report.check(CheckName::Logged).unwrap().finding,
        Finding::LogUnavailable,
        "a token can be made at any time"
    );

    let proof = log_proof(&system, stack.world.tenant, part.id).await.unwrap();
    let claims = report.claims.unwrap();
    assert_eq!(judge(&proof, &key, &claims, &part.document).0, Finding::Fine);
    let mut signed_anew = part.document.clone();
    signed_anew["proof"]["created"] = "2020-01-01T00:00:00Z".into();
    assert_eq!(
        judge(&proof, &key, &claims, &signed_anew).0,
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
    let part = stack.badges().await[0].id;
    let before = now(&stack).await;
    let log = number(&stack).await;
    // Over the edge of a tile.
    wait(&stack, 256).await;
    append(&system).await.unwrap();
    let after = now(&stack).await;
    assert_eq!((before.size, after.size), (2, 258));

    let fetch = async |holds, number, width| tile(&system, &log, Tile { holds, number, width }).await;
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
    let (key, before, old) = (known(&stack).await, now(&stack).await, number(&stack).await);
    stack.world.installation.pass(Duration::from_hours(1));
    begin_anew(&system).await.unwrap();
    let anew = now(&stack).await;
    assert_eq!(
        (anew.size, anew.root),
        (before.size, before.root),
        "it is there at once"
    );
    let all = Tile {
        holds: Holds::Entries,
        number: 0,
        width: 2,
    };
    assert!(tile(&system, &number(&stack).await, all).await.is_ok());
    assert!(
        tile(&system, &old, all).await.is_err(),
        "at the addresses of the one before nothing else is served"
    );
    assert!(checkpoint(&system, &old).await.is_err());
    wait(&stack, 1).await;
    append(&system).await.unwrap();
    let after = now(&stack).await;
    assert_eq!(after.size, before.size + 1, "what is known stays in it");
    assert_ne!(after.origin, before.origin);
    assert_ne!(known(&stack).await, key);
    let note = checkpoint(&system, &number(&stack).await).await.unwrap();
    assert!(
        open_note(&note, &key).is_err(),
        "nothing contradicts the one before"
    );
}

#[tokio::test]
async fn a_log_without_an_entry_does_not_take_over_a_name_either() {
    let cairn = TestInstallation::new().await;
    let mut names = Vec::new();
    for _ in 0..2 {
        begin_anew(&cairn.system()).await.unwrap();
        let log = state(&cairn.system()).await.unwrap().unwrap();
        assert_eq!(log.checkpoint.size, 0);
        assert!(log.checkpoint.origin.ends_with(&format!("/log/{}", log.number)));
        names.push(log.checkpoint.origin);
        cairn.pass(Duration::from_hours(1));
    }
    assert_ne!(names[0], names[1]);
}
