//! Badges that do not count for the time being, and what is kept of it.

use std::time::Duration;

use domain::{
    credential::{CheckName, Finding, Outcome, Presented, Standing, Step, badge::SCHEMA},
    id::{CredentialId, PersonId},
    tenancy::Role,
};
use entity::{
    audit::audit_entry,
    credential::{credential, status_list},
    program::{achievement, achievement_version, award},
    tenancy::tenant,
};
use sea_orm::{ColumnTrait, EntityTrait, sea_query::Expr};
use serde_json::{Value, json};
use service::{
    Ctx, Error, PersonCtx,
    credential::{
        history, issued_one, on_paper, public_credential, reinstate, revoke, status_list_document, suspend,
        verify, verify_all,
    },
    mail::Message,
    program::evaluate_all,
    wallet,
};

use crate::{
    badges::Stack,
    world::{add_tenant, join},
};

async fn standing(stack: &Stack, badge: CredentialId) -> Standing {
    let badges = stack.badges().await;
    badges.into_iter().find(|it| it.id == badge).unwrap().standing
}

#[tokio::test]
async fn a_suspended_badge_says_so_everywhere_until_the_suspension_is_lifted() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let part = stack.badges().await.remove(0);
    assert!(suspend(&admin, part.id, " Being looked into. ").await.unwrap());
    let since = stack.world.now();
    stack.world.installation.pass(Duration::from_hours(1));
    assert!(!suspend(&admin, part.id, "Once more.").await.unwrap());

    let document = Presented::Document(part.document.clone());
    let report = verify(&stack.system(), document.clone()).await.unwrap();
    assert_eq!(report.outcome, Outcome::Invalid);
    assert_eq!(
        report.check(CheckName::Status).unwrap().finding,
        Finding::Suspended
    );
    let shown = public_credential(&stack.system(), part.id, stack.learner.person().ok()).await;
    let shown = shown.unwrap();
    for said in [
        report.standing.unwrap(),
        standing(&stack, part.id).await,
        shown.standing.clone(),
        issued_one(&admin, part.id).await.unwrap().standing,
    ] {
        assert!(matches!(said, Standing::Suspended(_)), "{said:?}");
        let halt = said.halt().unwrap();
        assert_eq!((halt.since, halt.reason.as_str()), (since, "Being looked into."));
    }
    assert!(
        matches!(on_paper(&stack.system(), &shown).await, Err(Error::NotFound)),
        "it is not put on paper"
    );

    assert!(reinstate(&admin, part.id, "All is well.").await.unwrap());
    assert!(!reinstate(&admin, part.id, "Again.").await.unwrap());
    let report = verify(&stack.system(), document).await.unwrap();
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    assert_eq!(standing(&stack, part.id).await, Standing::InForce);
}

#[tokio::test]
async fn each_step_is_kept_once_told_to_the_holder_and_noted() {
    let stack = Stack::issued().await;
    let _ = stack.world.installation.take_mails();
    let admin = stack.member(Role::Admin).await;
    let part = stack.badges().await[0].id;
    suspend(&admin, part, "Being looked into.").await.unwrap();
    reinstate(&admin, part, "All is well.").await.unwrap();
    suspend(&admin, part, "Another doubt.").await.unwrap();
    revoke(&admin, part, "Given by mistake.").await.unwrap();
    let expected = [
        (Step::Revoked, "Given by mistake."),
        (Step::Suspended, "Another doubt."),
        (Step::Reinstated, "All is well."),
        (Step::Suspended, "Being looked into."),
        (Step::Issued, ""),
    ];
    let kept = history(&admin, part).await.unwrap();
    let told: Vec<_> = kept.iter().map(|it| (it.step, it.reason.as_str())).collect();
    assert_eq!(told, expected);
    assert_eq!(kept[0].by.as_deref(), Some("Wren Overbrook"));
    assert_eq!(kept[4].by, None, "Cairn itself");
    let seen = wallet::history(&stack.holder(), part).await.unwrap();
    assert_eq!(seen.len(), kept.len());
    assert!(
        seen.iter().all(|it| it.by.is_none()),
        "not for the holder to know"
    );

    stack.run_jobs().await;
    let mails = stack.world.installation.take_mails();
    let about = |kind: fn(&Message) -> bool| mails.iter().filter(|mail| kind(&mail.message)).count();
    assert_eq!(about(|it| matches!(it, Message::BadgeSuspended { .. })), 2);
    assert_eq!(about(|it| matches!(it, Message::BadgeReinstated { .. })), 1);
    // The larger one falls with it.
    assert_eq!(about(|it| matches!(it, Message::BadgeRevoked { .. })), 2);
    let tx = stack.world.look().await;
    let noted = tx
        .rows::<audit_entry::Entity>()
        .filter(audit_entry::Column::Subject.eq(format!("credential:{part}")))
        .all()
        .await
        .unwrap();
    assert_eq!(noted.len(), 4);
}

#[tokio::test]
async fn what_is_revoked_is_neither_suspended_nor_put_back() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let badge = stack.badges().await.remove(1);
    suspend(&admin, badge.id, "Being looked into.").await.unwrap();
    revoke(&admin, badge.id, "Given by mistake.").await.unwrap();
    for refused in [
        suspend(&admin, badge.id, "Again.").await,
        reinstate(&admin, badge.id, "All is well.").await,
    ] {
        assert!(matches!(refused, Err(Error::Refused("credential-revoked"))));
    }
    assert_eq!(
        stack.finding(&badge.document, CheckName::Status).await,
        Finding::Revoked,
        "both lists have it, and the graver is said"
    );
}

#[tokio::test]
async fn a_reason_is_asked_for_and_bounded() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let badge = stack.badges().await[0].id;
    for reason in ["", " \n", &"x".repeat(501), "a\u{202e}b"] {
        for refused in [
            suspend(&admin, badge, reason).await,
            reinstate(&admin, badge, reason).await,
            revoke(&admin, badge, reason).await,
        ] {
            assert!(matches!(refused, Err(Error::Invalid(_))), "{reason:?}");
        }
    }
}

#[tokio::test]
async fn on_a_suspended_badge_nothing_larger_is_given_and_nothing_falls() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let part = stack.badges().await.remove(0);
    suspend(&admin, part.id, "Being looked into.").await.unwrap();
    assert_eq!(
        standing(&stack, stack.badges().await[1].id).await,
        Standing::InForce,
        "what rests on it stays"
    );

    stack
        .world
        .achievement(json!({ "kind": "badge-held", "achievement": stack.part }))
        .await;
    let person = stack.learner.person().unwrap();
    assert_eq!(evaluate_all(&stack.worker(), person).await.unwrap(), []);
    publish_anew(&stack).await;
    assert_eq!(
        evaluate_all(&stack.worker(), person).await.unwrap(),
        [],
        "nor is it given once more by a newer version"
    );

    reinstate(&admin, part.id, "All is well.").await.unwrap();
    stack.run_jobs().await;
    assert_eq!(stack.badges().await.len(), 3, "now it carries");
}

/// Another version of the badge that the other stacks on, with the same rule.
async fn publish_anew(stack: &Stack) {
    let tx = stack.worker().write().await.unwrap();
    let rows = tx.rows::<achievement_version::Entity>();
    let old = rows
        .filter(achievement_version::Column::AchievementId.eq(stack.part))
        .one()
        .await
        .unwrap()
        .unwrap();
    let id = stack.world.installation.new_id();
    tx.insert::<achievement_version::Entity>(achievement_version::Model { id, number: 2, ..old })
        .await
        .unwrap();
    tx.change::<achievement::Entity>()
        .filter(achievement::Column::Id.eq(stack.part))
        .set(achievement::Column::PublishedVersionId, Some(id.0))
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_suspended_larger_badge_falls_with_what_it_rests_on() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let badges = stack.badges().await;
    suspend(&admin, badges[1].id, "Being looked into.").await.unwrap();
    revoke(&admin, badges[0].id, "Given by mistake.").await.unwrap();
    assert!(standing(&stack, badges[1].id).await.is_revoked());
    let tx = stack.world.look().await;
    let awards = tx.rows::<award::Entity>().all().await.unwrap();
    assert!(awards.iter().all(|award| award.withdrawn_at.is_some()));
}

#[tokio::test]
async fn a_badge_from_before_there_was_suspension_can_only_be_revoked() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let badge = stack.badges().await[1].id;
    let tx = stack.worker().write().await.unwrap();
    tx.change::<credential::Entity>()
        .filter(credential::Column::Id.eq(badge))
        .set(credential::Column::SuspensionListId, None::<uuid::Uuid>)
        .set(credential::Column::SuspensionIndex, None::<i64>)
        .apply()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(!issued_one(&admin, badge).await.unwrap().can_be_suspended);
    assert!(matches!(
        suspend(&admin, badge, "Being looked into.").await,
        Err(Error::Refused("credential-not-suspendable"))
    ));
    revoke(&admin, badge, "Given by mistake.").await.unwrap();
}

#[tokio::test]
async fn unless_its_issuer_chose_otherwise_a_badge_has_one_status_and_cannot_be_suspended() {
    let stack = Stack::earned().await;
    let tx = stack.system().write().await.unwrap();
    tenant::Entity::update_many()
        .col_expr(tenant::Column::AllowsSuspension, Expr::value(false))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    stack.run_jobs().await;
    let badge = stack.badges().await.remove(0);
    let status = &badge.document["credentialStatus"];
    assert!(status.is_object(), "as the official schema wants it: {status}");
    assert_eq!(status["statusPurpose"], "revocation");
    assert_eq!(badge.document["credentialSchema"][0]["id"], SCHEMA);
    let admin = stack.member(Role::Admin).await;
    assert!(!issued_one(&admin, badge.id).await.unwrap().can_be_suspended);
    assert!(matches!(
        suspend(&admin, badge.id, "Being looked into.").await,
        Err(Error::Refused("credential-not-suspendable"))
    ));
    assert!(revoke(&admin, badge.id, "Given by mistake.").await.unwrap());
    assert!(!revoke(&admin, badge.id, "Given by mistake.").await.unwrap());
}

#[tokio::test]
async fn badges_that_name_many_addresses_hide_nothing_about_those_beside_them() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let badges = stack.badges().await;
    revoke(&admin, badges[1].id, "Given by mistake.").await.unwrap();
    let mut all: Vec<Presented> = (0..18)
        .map(|n| {
            let mut document = badges[0].document.clone();
            let entries = (0..8).map(|list| {
                let mut entry = document["credentialStatus"][0].clone();
                entry["statusListCredential"] = json!(format!("https://a{n}.example/{list}"));
                entry["id"] = json!(format!("https://a{n}.example/{list}#0"));
                entry
            });
            let entries: Vec<Value> = entries.collect();
            document["credentialStatus"] = json!(entries);
            Presented::Document(document)
        })
        .collect();
    assert!(all.iter().all(|junk| junk.needs().status_lists.len() == 8));
    all.extend(
        badges
            .into_iter()
            .map(|badge| Presented::Document(badge.document)),
    );
    let reports = verify_all(&stack.system(), all).await.unwrap();
    assert_eq!(reports[18].outcome, Outcome::Valid, "{:?}", reports[18]);
    assert_eq!(
        reports[19].check(CheckName::Status).unwrap().finding,
        Finding::Revoked
    );
}

#[tokio::test]
async fn only_those_in_charge_here_may_suspend_and_see_what_happened() {
    let stack = Stack::issued().await;
    let badge = stack.badges().await[0].id;
    let elsewhere = add_tenant(&stack.world.installation, "fallow").await;
    let neighbour = join(&stack.world.installation, elsewhere, Role::Owner).await;
    let mut others: Vec<Ctx> = vec![neighbour, stack.learner.clone()];
    for role in [Role::Instructor, Role::Assessor] {
        others.push(stack.member(role).await);
    }
    for other in &others {
        for found in [
            suspend(other, badge, "Not mine to say.").await,
            reinstate(other, badge, "Not mine to say.").await,
        ] {
            assert!(matches!(found, Err(Error::NotFound)));
        }
        match history(other, badge).await {
            Ok(events) => assert_eq!(events, [], "another tenant's owner finds none"),
            Err(cause) => assert!(matches!(cause, Error::NotFound)),
        }
    }
    let stranger: PersonId = others[2].person().unwrap();
    let theirs = PersonCtx::new(std::sync::Arc::clone(others[2].installation()), stranger);
    assert_eq!(wallet::history(&theirs, badge).await.unwrap(), []);
    assert_eq!(standing(&stack, badge).await, Standing::InForce);
}

#[tokio::test]
async fn a_made_up_document_is_told_nothing_about_the_badge_whose_address_it_has() {
    let stack = Stack::issued().await;
    let admin = stack.member(Role::Admin).await;
    let part = stack.badges().await.remove(0);
    suspend(&admin, part.id, "Being looked into.").await.unwrap();
    let mut forged = part.document.clone();
    forged["name"] = json!("River pilot");
    let report = verify(&stack.system(), Presented::Document(forged))
        .await
        .unwrap();
    assert_eq!(report.standing, None);
}

#[tokio::test]
async fn the_two_lists_are_of_the_least_length_and_say_what_they_are_for() {
    let stack = Stack::issued().await;
    let tx = stack.world.look().await;
    let lists = tx.rows::<status_list::Entity>().all().await.unwrap();
    let mut purposes: Vec<String> = Vec::new();
    for list in lists {
        let document = status_list_document(&stack.system(), list.id).await.unwrap();
        let document: Value = serde_json::from_str(&document).unwrap();
        let subject = &document["credentialSubject"];
        assert_eq!(subject["statusPurpose"], json!(list.purpose));
        let bits = domain::credential::StatusList::decode(subject["encodedList"].as_str().unwrap());
        assert_eq!(bits.unwrap().length(), 131_072);
        purposes.push(list.purpose);
    }
    purposes.sort_unstable();
    assert_eq!(purposes, ["revocation", "suspension"]);
}
