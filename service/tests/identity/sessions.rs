//! Where somebody is signed in, and for how long.

use std::time::Duration;

use domain::Timestamp;
use serde_json::json;
use service::{
    identity::{
        self,
        sessions::{self, Data, IDLE, LONGEST},
    },
    testing::TestInstallation,
};

use crate::people::{EMAIL, account, is_alive, session_of};

#[tokio::test]
async fn a_session_holds_what_was_stored() {
    let cairn = TestInstallation::new().await;
    let data = Data::from([("colour".to_owned(), json!("slate"))]);
    assert!(sessions::create(&cairn, "id", &data).await.unwrap());
    assert!(!sessions::create(&cairn, "id", &Data::new()).await.unwrap());
    assert_eq!(sessions::load(&cairn, "id").await.unwrap().unwrap().data, data);
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "here", ines.person(), "").await;
    cairn.pass(IDLE);
    assert!(!is_alive(&cairn, "here").await);
}

#[tokio::test]
async fn using_a_session_keeps_it_but_not_for_good() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "here", ines.person(), "").await;
    let began = cairn.now();
    let nearly_idle = IDLE.saturating_sub(Duration::from_hours(1));
    for _ in 0..2 {
        cairn.pass(nearly_idle);
        assert!(is_alive(&cairn, "here").await);
    }
    let left = LONGEST.saturating_sub(cairn.now().since(began));
    assert!(left < IDLE, "the longest life is what ends it");
    cairn.pass(left.saturating_sub(Duration::from_secs(1)));
    assert!(is_alive(&cairn, "here").await);
    cairn.pass(Duration::from_secs(1));
    assert!(!is_alive(&cairn, "here").await);
}

#[tokio::test]
async fn a_person_sees_and_ends_their_own_sessions_only() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    let odo = account(&cairn, "odo@marsh.example").await;
    session_of(&cairn, "here", ines.person(), "Stone Browser").await;
    session_of(&cairn, "phone", ines.person(), "Pocket Browser").await;
    session_of(&cairn, "odo", odo.person(), "").await;

    let listed = identity::own_sessions(&ines, Some("here")).await.unwrap();
    assert_eq!(listed.len(), 2);
    let phone = listed.iter().find(|session| !session.is_current).unwrap();
    assert_eq!(phone.user_agent, "Pocket Browser");

    identity::end_session(&odo, phone.id).await.unwrap();
    assert!(is_alive(&cairn, "phone").await);
    identity::end_session(&ines, phone.id).await.unwrap();
    assert!(!is_alive(&cairn, "phone").await);

    session_of(&cairn, "tablet", ines.person(), "").await;
    identity::end_other_sessions(&ines, Some("here")).await.unwrap();
    assert!(is_alive(&cairn, "here").await && is_alive(&cairn, "odo").await);
    assert!(!is_alive(&cairn, "tablet").await);
}

#[tokio::test]
async fn a_session_that_was_ended_is_not_brought_back_by_a_request_under_way() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "here", ines.person(), "").await;
    let under_way = sessions::load(&cairn, "here").await.unwrap().unwrap();
    sessions::delete(&cairn, "here").await.unwrap();
    sessions::save(&cairn, "here", &under_way.data).await.unwrap();
    assert!(!is_alive(&cairn, "here").await);
}

#[tokio::test]
async fn when_a_session_was_last_seen_is_known_to_five_minutes() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "here", ines.person(), "").await;
    let began = cairn.now();
    let seen_after = async |pause: Duration| -> Timestamp {
        cairn.pass(pause);
        sessions::load(&cairn, "here").await.unwrap();
        identity::own_sessions(&ines, None).await.unwrap()[0].seen_at
    };
    assert_eq!(seen_after(Duration::from_mins(4)).await, began);
    assert_eq!(
        seen_after(Duration::from_mins(2)).await,
        began.after(Duration::from_mins(6))
    );
}

#[tokio::test]
async fn sweeping_removes_what_is_past_its_time_and_nothing_else() {
    let cairn = TestInstallation::new().await;
    let ines = account(&cairn, EMAIL).await;
    session_of(&cairn, "old", ines.person(), "").await;
    cairn.pass(IDLE.saturating_sub(Duration::from_hours(4)));
    session_of(&cairn, "young", ines.person(), "").await;
    cairn.pass(Duration::from_hours(5));
    identity::sweep(&cairn.system()).await.unwrap();
    let listed = identity::own_sessions(&ines, None).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert!(is_alive(&cairn, "young").await);
}
