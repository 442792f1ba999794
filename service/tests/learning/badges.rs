//! From an award to a signed badge, and back.

use std::{collections::BTreeSet, future::Future, pin::pin, sync::Arc, task::Poll, time::Duration};

use async_trait::async_trait;
use domain::{
    credential::{CheckName, Finding, Outcome, Presented},
    id::{AchievementId, AwardId, CredentialId, PersonId},
    tenancy::Role,
};
use entity::{
    credential::{credential, credential_event, status_list},
    job::job as queued,
    program::award,
    wallet::wallet_item,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use service::{
    Ctx, Error, Installation, PersonCtx, SystemCtx,
    credential::{Outside, baked, issue, public_credential, revoke, rotate_key, token, verify},
    job::run_due,
    mail::Message,
    program::achievement::Format,
    wallet::{self, Sharing, WalletItem},
};
use tokio::{sync::Barrier, time::timeout};
use url::Url;

use crate::world::{World, cut_score, take};

/// A tenant whose learner has earned a badge, and by it a larger one.
pub(crate) struct Stack {
    pub(crate) world: World,
    /// The same installation where `did:web` leads to it: behind TLS.
    cairn: Arc<Installation>,
    pub(crate) learner: Ctx,
    /// The badge that the other stacks on.
    pub(crate) part: AchievementId,
}

impl Stack {
    pub(crate) async fn earned() -> Self {
        let world = World::new().await;
        let competency = world.competency(cut_score(1, 100)).await;
        world.items(competency, "assessment", 2).await;
        let assessment = world.assessment(competency, 1, json!({})).await;
        let part = world
            .achievement(json!({ "kind": "competency-mastered", "competency": competency }))
            .await;
        world
            .achievement(json!({ "kind": "badge-held", "achievement": part }))
            .await;
        let learner = world.learner().await;
        take(&learner, assessment, "+").await;
        let cairn = Arc::new(Installation {
            base_url: "https://cairn.test".parse().unwrap(),
            ..Installation::clone(&world.installation)
        });
        Self {
            world,
            cairn,
            learner,
            part,
        }
    }

    pub(crate) async fn issued() -> Self {
        let stack = Self::earned().await;
        stack.run_jobs().await;
        stack
    }

    pub(crate) async fn run_jobs(&self) {
        while run_due(&self.cairn, 100).await.unwrap() > 0 {}
    }

    pub(crate) fn system(&self) -> SystemCtx {
        SystemCtx::new(Arc::clone(&self.cairn))
    }

    /// Cairn itself in the tenant.
    pub(crate) fn worker(&self) -> Ctx {
        self.system().in_tenant(self.world.tenant)
    }

    /// A new member with that role.
    pub(crate) async fn member(&self, role: Role) -> Ctx {
        let member = self.world.member(role).await;
        Ctx::new(Arc::clone(&self.cairn), self.world.tenant, member.actor().clone())
    }

    /// The awards, the part before the whole.
    async fn awards(&self) -> Vec<AwardId> {
        let tx = self.world.look().await;
        let mut awards = tx.rows::<award::Entity>().all().await.unwrap();
        awards.sort_by_key(|award| award.achievement_id != self.part);
        awards.into_iter().map(|award| award.id).collect()
    }

    pub(crate) fn holder(&self) -> PersonCtx {
        PersonCtx::new(Arc::clone(&self.cairn), self.learner.person().unwrap())
    }

    /// The badges in the wallet, the part before the whole.
    pub(crate) async fn badges(&self) -> Vec<WalletItem> {
        let mut items = wallet::items(&self.holder()).await.unwrap();
        let part = json!(format!("https://cairn.test/t/harbour/achievements/{}", self.part));
        items.sort_by_key(|item| item.document["credentialSubject"]["achievement"]["id"] != part);
        items
    }

    pub(crate) async fn finding(&self, badge: &Value, check: CheckName) -> Finding {
        let report = verify(&self.system(), Presented::Document(badge.clone()))
            .await
            .unwrap();
        report.check(check).unwrap().finding
    }

    /// How many there are of what signing a badge makes: badges, wallet items,
    /// notes that it was issued, places taken in lists of those revoked and of
    /// those suspended, mails that wait. A signing that broke off may still be
    /// ending: it holds its award until it has.
    async fn made(&self) -> [usize; 6] {
        let tx = self.worker().write().await.unwrap();
        tx.rows::<award::Entity>().locked().all().await.unwrap();
        let badges = tx.rows::<credential::Entity>().all().await.unwrap().len();
        let items = tx.rows::<wallet_item::Entity>().all().await.unwrap().len();
        let lists = tx.rows::<status_list::Entity>().all().await.unwrap();
        let taken = |purpose: &str| -> usize {
            let lists = lists.iter().filter(|list| list.purpose == purpose);
            usize::try_from(lists.map(|list| list.taken).sum::<i64>()).unwrap()
        };
        let events = tx.rows::<credential_event::Entity>().all().await.unwrap();
        let mails = queued::Entity::find()
            .filter(queued::Column::Kind.eq("send-mail"))
            .all(tx.unowned())
            .await
            .unwrap();
        [
            badges,
            items,
            events.len(),
            taken("revocation"),
            taken("suspension"),
            mails.len(),
        ]
    }
}

/// Lets `work` come as far as its `n`th wait, and drops it there, as a worker
/// does that dies. Whether it was done before.
async fn dies_at(n: usize, work: impl Future) -> bool {
    let mut work = pin!(work);
    let mut waits = 0;
    std::future::poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(_) => Poll::Ready(true),
        Poll::Pending if waits == n => Poll::Ready(false),
        Poll::Pending => {
            waits += 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn a_worker_that_dies_anywhere_and_is_run_again_makes_one_badge() {
    let stack = Stack::earned().await;
    let mut deaths = 0;
    for (before, award) in stack.awards().await.into_iter().enumerate() {
        let mut waits = 0;
        while !dies_at(waits, issue(&stack.worker(), award)).await {
            let made = stack.made().await;
            assert!(
                made == [before; 6] || made == [before + 1; 6],
                "all or nothing, after {waits} waits: {made:?}"
            );
            waits += 1;
        }
        deaths += waits;
        assert_eq!(stack.made().await, [before + 1; 6]);
        issue(&stack.worker(), award).await.unwrap();
        assert_eq!(stack.made().await, [before + 1; 6]);
    }
    assert!(deaths > 0, "it waits for the database now and then");
}

#[tokio::test]
async fn workers_that_take_the_same_award_at_once_make_one_badge_of_it() {
    let stack = Stack::earned().await;
    let awards = stack.awards().await;
    let works = (0..20).map(|n| {
        let (ctx, award) = (stack.worker(), awards[n % 2]);
        tokio::spawn(async move { issue(&ctx, award).await })
    });
    for work in works.collect::<Vec<_>>() {
        work.await.unwrap().unwrap();
    }
    assert_eq!(stack.made().await, [2; 6]);
}

#[tokio::test]
async fn a_badge_verifies_and_after_a_change_of_keys_it_still_does() {
    let stack = Stack::issued().await;
    let badges = stack.badges().await;
    let system = stack.system();
    let report = verify(&system, Presented::Document(badges[0].document.clone()))
        .await
        .unwrap();
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    rotate_key(&stack.member(Role::Owner).await).await.unwrap();
    let report = verify(&system, Presented::Document(badges[0].document.clone()))
        .await
        .unwrap();
    assert_eq!(report.outcome, Outcome::Valid, "{report:?}");
    let mut forged = badges[0].document.clone();
    forged["name"] = json!("River pilot");
    assert_eq!(
        stack.finding(&forged, CheckName::Proof).await,
        Finding::BadSignature
    );
}

/// Serves nothing before so many have asked.
#[derive(Debug)]
struct AllAtOnce(Barrier);

#[async_trait]
impl Outside for AllAtOnce {
    async fn json(&self, url: &Url) -> service::Result<Value> {
        self.0.wait().await;
        Err(Error::Outside(format!("{url} is empty")))
    }
}

#[tokio::test]
async fn the_keys_and_the_lists_of_anothers_badge_are_fetched_at_once() {
    let stack = Stack::issued().await;
    let badge = stack.badges().await[0].document.clone();
    let elsewhere = SystemCtx::new(Arc::new(Installation {
        base_url: "https://elsewhere.test".parse().unwrap(),
        outside: Arc::new(AllAtOnce(Barrier::new(3))),
        ..Installation::clone(&stack.cairn)
    }));
    let report = verify(&elsewhere, Presented::Document(badge));
    let Ok(report) = timeout(Duration::from_secs(5), report).await else {
        panic!("one waited for the other")
    };
    assert_eq!(report.unwrap().outcome, Outcome::Unchecked);
}

#[tokio::test]
async fn a_badge_verifies_as_a_token_and_in_its_picture_until_it_is_revoked() {
    let stack = Stack::issued().await;
    let system = stack.system();
    let holder = stack.learner.person().ok();
    let id = stack.badges().await[0].id;
    let forms = async || {
        let badge = public_credential(&system, id, holder).await.unwrap();
        let [png, svg] = [Format::Png, Format::Svg].map(|format| baked(&system, &badge, format));
        [
            token(&system, &badge).await.unwrap().into_bytes(),
            png.await.unwrap(),
            svg.await.unwrap(),
        ]
    };
    let outcome = async |bytes: &[u8]| {
        let presented = Presented::read(bytes).unwrap();
        verify(&system, presented).await.unwrap().outcome
    };
    let before = forms().await;
    assert_eq!(forms().await, before, "the same at any time");
    rotate_key(&stack.member(Role::Owner).await).await.unwrap();
    for bytes in before.iter().chain(&forms().await) {
        assert_eq!(outcome(bytes).await, Outcome::Valid);
    }
    let admin = stack.member(Role::Admin).await;
    revoke(&admin, id, "Given by mistake.").await.unwrap();
    for bytes in before.iter().chain(&forms().await) {
        assert_eq!(outcome(bytes).await, Outcome::Invalid);
    }
}

#[tokio::test]
async fn under_another_address_a_badge_keeps_its_pictures_and_gets_no_new_signature() {
    let stack = Stack::issued().await;
    let moved = SystemCtx::new(Arc::new(Installation {
        base_url: "https://moved.example/".parse().unwrap(),
        ..Installation::clone(&stack.cairn)
    }));
    let id = stack.badges().await[0].id;
    let badge = public_credential(&moved, id, stack.learner.person().ok());
    let badge = badge.await.unwrap();
    assert!(baked(&moved, &badge, Format::Svg).await.is_ok());
    let refused = token(&moved, &badge).await;
    assert!(
        matches!(refused, Err(Error::Refused("credential-elsewhere"))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_revoked_badge_takes_along_what_stacks_on_it_and_stays_revoked() {
    let stack = Stack::issued().await;
    let _ = stack.world.installation.take_mails();
    let badges = stack.badges().await;
    let admin = stack.member(Role::Admin).await;
    revoke(&admin, badges[0].id, "Given by mistake.").await.unwrap();
    revoke(&admin, badges[0].id, "Again.").await.unwrap();
    for badge in &stack.badges().await {
        assert!(badge.standing.is_revoked());
        assert_eq!(badge.standing.halt().unwrap().reason, "Given by mistake.");
        assert_eq!(
            stack.finding(&badge.document, CheckName::Status).await,
            Finding::Revoked
        );
    }
    stack.run_jobs().await;
    let told = stack.world.installation.take_mails();
    let revoked = |mail: &service::mail::Mail| matches!(mail.message, Message::BadgeRevoked { .. });
    assert_eq!(told.iter().filter(|mail| revoked(mail)).count(), 2);
    let given = service::program::evaluate_all(&stack.worker(), stack.learner.person().unwrap()).await;
    assert_eq!(given.unwrap(), []);
    assert_eq!(stack.badges().await.len(), 2);
}

#[tokio::test]
async fn the_larger_badge_falls_alone() {
    let stack = Stack::issued().await;
    let badges = stack.badges().await;
    let admin = stack.member(Role::Admin).await;
    revoke(&admin, badges[1].id, "The program has ended.")
        .await
        .unwrap();
    let after: Vec<bool> = stack
        .badges()
        .await
        .iter()
        .map(|it| it.standing.is_revoked())
        .collect();
    assert_eq!(after, [false, true]);
}

#[tokio::test]
async fn an_award_that_falls_before_it_is_signed_is_never_signed() {
    let stack = Stack::earned().await;
    let awards = stack.awards().await;
    issue(&stack.worker(), awards[0]).await.unwrap();
    let part = stack.badges().await.remove(0);
    revoke(&stack.member(Role::Admin).await, part.id, "Given by mistake.")
        .await
        .unwrap();
    stack.run_jobs().await;
    assert_eq!(stack.badges().await.len(), 1);
}

#[tokio::test]
async fn what_a_badge_shows_is_for_its_holder_to_say() {
    let stack = Stack::issued().await;
    let badge = stack.badges().await[0].id;
    let system = stack.system();
    let owner = stack.member(Role::Owner).await.person().unwrap();
    let seen = async |viewer: Option<PersonId>| public_credential(&system, badge, viewer).await;
    for stranger in [None, Some(owner)] {
        assert!(matches!(seen(stranger).await, Err(Error::NotFound)));
    }
    let holder = stack.learner.person().unwrap();
    assert!(!seen(Some(holder)).await.unwrap().is_public);
    for (is_public, shows_evidence) in [(true, false), (true, true), (false, true)] {
        let sharing = Sharing {
            is_public,
            shows_evidence,
        };
        wallet::share(&stack.holder(), badge, sharing).await.unwrap();
        match seen(None).await {
            Ok(page) => assert_eq!((is_public, page.evidence.is_some()), (true, shows_evidence)),
            Err(cause) => assert!(!is_public && matches!(cause, Error::NotFound), "{cause}"),
        }
    }
    let others = PersonCtx::new(Arc::clone(&stack.cairn), owner);
    let sharing = Sharing {
        is_public: true,
        shows_evidence: true,
    };
    assert!(matches!(wallet::item(&others, badge).await, Err(Error::NotFound)));
    assert!(matches!(
        wallet::share(&others, badge, sharing).await,
        Err(Error::NotFound)
    ));
}

#[tokio::test]
async fn no_two_badges_share_a_place_and_none_tells_who_holds_it() {
    let stack = Stack::issued().await;
    let mut places = BTreeSet::new();
    for badge in stack.badges().await {
        for entry in badge.document["credentialStatus"].as_array().unwrap() {
            let place = (
                entry["statusListCredential"].to_string(),
                entry["statusListIndex"].to_string(),
            );
            assert!(places.insert(place), "a place of its own in each list");
        }
        let text = badge.document.to_string();
        assert!(!text.contains("Wren") && !text.contains("@example.org"), "{text}");
    }
}

#[tokio::test]
async fn a_badge_that_is_unknown_is_not_found() {
    let stack = Stack::earned().await;
    let admin = stack.member(Role::Admin).await;
    let unknown: CredentialId = stack.world.installation.new_id();
    assert!(matches!(
        revoke(&admin, unknown, "No such badge.").await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        revoke(&stack.learner, unknown, "Not mine to say.").await,
        Err(Error::NotFound)
    ));
}
