//! Putting right what was asked wrongly.

use std::time::Duration;

use domain::{
    assessment::{Amendment, AnswerView, AttemptState, Points, RegradeState, Remedy},
    id::{AchievementId, AssessmentId, AttemptId, AwardId, ItemVersionId, RegradeId},
    mastery::Outcome,
    tenancy::Role,
};
use entity::{
    assessment::{amendment, assessment_tally, attempt as attempts, item_tally, regrade as regrades},
    audit::audit_entry,
    competency::competency,
    credential::credential,
    mastery::{decision, evidence, mastery},
    program::{award, groundless_award},
};
use sea_orm::ColumnTrait;
use serde_json::{Value as Json, json};
use service::{
    Ctx, Error,
    assessment::{
        analysis::analysis,
        attempt, marking,
        regrade::{self, Chosen, Proposal},
    },
    credential as badges,
    job::{self, Job},
    mail::Message,
    mastery::replay,
    testing::faults,
};

use crate::world::{
    World, add_tenant, answer_with, cut_score, essay, join, start, take, text_item, text_item_with,
};

/// An assessment of one question, whose key is `right` and in a mended version
/// `wrong`; whoever masters it earns a badge, and with it a larger one.
struct Asked {
    world: World,
    assessment: AssessmentId,
    version: ItemVersionId,
    mended: ItemVersionId,
    badge: AchievementId,
}

impl Asked {
    async fn new() -> Self {
        Self::with(json!({})).await
    }

    /// With `more` in the assessment's definition.
    async fn with(more: Json) -> Self {
        let world = World::new().await;
        let competency = world.competency(cut_score(1, 100)).await;
        let version = world.item(competency, "assessment", &text_item()).await;
        let mut asks = json!({
            "sections": [{ "selection": { "items": [version] } }],
            "passRule": cut_score(1, 100),
        });
        let asked = asks.as_object_mut().unwrap();
        asked.extend(more.as_object().unwrap().clone());
        let assessment = world.assessment(competency, 1, asks).await;
        let mended = world.mended(version, &text_item_with("wrong")).await;
        let badge = world
            .achievement(json!({ "kind": "competency-mastered", "competency": competency }))
            .await;
        world
            .achievement(json!({ "kind": "badge-held", "achievement": badge }))
            .await;
        Self {
            world,
            assessment,
            version,
            mended,
            badge,
        }
    }

    async fn member(&self, role: Role) -> Ctx {
        self.world.member(role).await
    }

    /// A learner with an attempt that is scored and counted.
    async fn sat(&self, marks: &str) -> (Ctx, AttemptId) {
        let learner = self.world.learner().await;
        let (attempt, _) = take(&learner, self.assessment, marks).await;
        work(&self.world).await;
        (learner, attempt)
    }

    /// A proposal of which it is known what it would change.
    async fn proposed(&self, chosen: Chosen) -> (Ctx, RegradeId) {
        let instructor = self.member(Role::Instructor).await;
        self.world.installation.pass(Duration::from_mins(1));
        let proposal = proposal(&instructor, chosen, self.mended);
        let id = regrade::propose(&instructor, self.assessment, self.version, proposal)
            .await
            .unwrap();
        work(&self.world).await;
        assert_eq!(self.row(id).await.state, RegradeState::Ready);
        (instructor, id)
    }

    async fn applied(&self, chosen: Chosen) -> (Ctx, RegradeId) {
        let (instructor, id) = self.proposed(chosen).await;
        regrade::confirm(&instructor, id).await.unwrap();
        work(&self.world).await;
        assert_eq!(self.row(id).await.state, RegradeState::Done);
        (instructor, id)
    }

    async fn row(&self, id: RegradeId) -> regrades::Model {
        let tx = self.world.look().await;
        let row = tx.rows::<regrades::Entity>().filter(regrades::Column::Id.eq(id));
        row.one().await.unwrap().unwrap()
    }

    async fn awards(&self) -> Vec<award::Model> {
        let tx = self.world.look().await;
        tx.rows::<award::Entity>().all().await.unwrap()
    }
}

/// An assessment that asks these, passed with so many percent.
async fn form(
    world: &World,
    competency: domain::id::CompetencyId,
    versions: &[ItemVersionId],
    cut: u8,
) -> AssessmentId {
    let items = u16::try_from(versions.len()).unwrap();
    let more = json!({
        "sections": [{ "selection": { "items": versions } }],
        "passRule": cut_score(items, cut),
    });
    world.assessment(competency, items, more).await
}

fn proposal(ctx: &Ctx, chosen: Chosen, by: ItemVersionId) -> Proposal {
    Proposal {
        id: ctx.new_id(),
        remedy: Some(chosen),
        by: Some(by),
        reason: "The key named the wrong bank.".to_owned(),
        told: "The key of this question was wrong.".to_owned(),
    }
}

async fn work(world: &World) {
    while job::run_due(&world.installation, 100).await.unwrap() > 0 {}
}

async fn queue(ctx: &Ctx, again: Job) {
    let tx = ctx.write().await.unwrap();
    job::now(tx.unowned(), ctx.installation(), &again).await.unwrap();
    tx.commit().await.unwrap();
}

fn changed_results(world: &World) -> usize {
    let mails = world.installation.take_mails();
    let changed = |mail: &&service::mail::Mail| matches!(mail.message, Message::ResultChanged { .. });
    mails.iter().filter(changed).count()
}

const ONE: (Points, Points) = (Points::ONE, Points::ONE);

#[tokio::test]
async fn a_changed_key_turns_a_fail_into_a_pass_and_gives_the_badge_once() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("-").await;
    let (instructor, id) = asked.proposed(Chosen::Key).await;

    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!((sheet.changes.people, sheet.changes.now_passed), (1, 1));
    assert_eq!(sheet.changes.badges[&asked.badge].gained, 1);
    let before = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        before.points,
        Some((Points::ZERO, Points::ONE)),
        "a preview changes nothing"
    );
    assert!(before.amendments.is_empty() && asked.awards().await.is_empty());
    assert_eq!(changed_results(&asked.world), 0);

    for _ in 0..2 {
        regrade::confirm(&instructor, id).await.unwrap();
        work(&asked.world).await;
    }
    let again = Job::Regrade {
        tenant: instructor.tenant(),
        regrade: id,
        after: None,
    };
    queue(&instructor, again).await;
    work(&asked.world).await;

    let after = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        (after.points, after.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
    assert_eq!(after.amendments.len(), 1);
    assert_eq!(
        after.amendments[0].told.as_deref(),
        Some("The key of this question was wrong.")
    );
    assert_eq!(after.amendments[0].before.points, Points::ZERO);
    assert!(after.decisions.iter().all(|it| it.outcome == Outcome::Mastered));
    assert_eq!(
        after.earlier_decisions.len(),
        2,
        "what was decided stays in the record"
    );
    let named = Amendment::Regrade(Remedy::KeyOf(asked.mended));
    assert_eq!(after.questions[0].amended, Some(named));
    assert_eq!(after.awards.len(), 2, "the badge, and what stacks on it");
    assert_eq!(asked.awards().await.len(), 2);
    let tx = asked.world.look().await;
    assert_eq!(tx.rows::<credential::Entity>().all().await.unwrap().len(), 2);
    drop(tx);
    assert_eq!(changed_results(&asked.world), 1);
}

#[tokio::test]
async fn the_new_decision_replays_byte_for_byte_and_names_the_remedy() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    asked.applied(Chosen::Key).await;
    let awards: Vec<AwardId> = asked.awards().await.into_iter().map(|row| row.id).collect();
    for award in awards {
        let replayed = replay(&asked.world.installation.system(), award).await.unwrap();
        assert!(!replayed.is_empty() && replayed.iter().all(service::mastery::Replayed::is_same));
    }
    let tx = asked.world.look().await;
    let decisions = tx.rows::<decision::Entity>().all().await.unwrap();
    let named = format!(r#""amended":{{"regrade":{{"key-of":"{}"}}}}"#, asked.mended);
    let (new, old): (Vec<_>, Vec<_>) = decisions.iter().partition(|row| row.record.contains(&named));
    assert_eq!((new.len(), old.len()), (2, 2));
    let shown = tx.rows::<evidence::Entity>().all().await.unwrap();
    let counted = shown.iter().filter(|row| row.superseded_at.is_none());
    assert_eq!((shown.len(), counted.count()), (2, 1));
}

#[tokio::test]
async fn what_was_shown_before_is_what_happens() {
    for chosen in [Chosen::Key, Chosen::FullCredit, Chosen::Drop] {
        let asked = Asked::new().await;
        for marks in ["+", "-", "", "+", "-"] {
            asked.sat(marks).await;
        }
        let (_, id) = asked.applied(chosen).await;
        let row = asked.row(id).await;
        assert_eq!(row.preview, row.changes, "{chosen:?}");
        assert_eq!((row.looked_at, row.attempts), (5, 5));
        let tx = asked.world.look().await;
        let amended = tx.rows::<amendment::Entity>().all().await.unwrap();
        assert_eq!(amended.len(), 5, "{chosen:?}");
    }
}

#[tokio::test]
async fn killed_between_two_batches_it_goes_on_and_does_nothing_twice() {
    let asked = Asked::new().await;
    let mut first = None;
    for _ in 0..23 {
        let (learner, attempt) = asked.sat("-").await;
        first.get_or_insert((learner, attempt));
    }
    let (instructor, id) = asked.proposed(Chosen::FullCredit).await;
    regrade::confirm(&instructor, id).await.unwrap();
    job::run_due(&asked.world.installation, 1).await.unwrap();
    let row = asked.row(id).await;
    assert_eq!((row.state, row.looked_at), (RegradeState::Applying, 20));
    // Whoever died after the commit, and before the job was removed, left it there.
    let again = Job::Regrade {
        tenant: instructor.tenant(),
        regrade: id,
        after: None,
    };
    queue(&instructor, again).await;
    work(&asked.world).await;
    let row = asked.row(id).await;
    assert_eq!((row.state, row.looked_at), (RegradeState::Done, 23));
    assert_eq!(row.preview, row.changes);
    assert_eq!(changed_results(&asked.world), 23);
    assert_eq!(asked.awards().await.len(), 2 * 23);
}

#[tokio::test]
async fn a_dropped_question_leaves_a_cut_score_to_the_others() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 75)).await;
    let one = world.item(competency, "assessment", &text_item()).await;
    let other = world.item(competency, "assessment", &text_item()).await;
    let assessment = form(&world, competency, &[one, other], 75).await;
    let learner = world.learner().await;
    let (attempt, _) = take(&learner, assessment, "+-").await;
    work(&world).await;
    assert_eq!(
        attempt::result(&learner, attempt).await.unwrap().outcome,
        Some(Outcome::NotYet)
    );
    let instructor = world.member(Role::Instructor).await;
    world.installation.pass(Duration::from_mins(1));
    let id = regrade::propose(
        &instructor,
        assessment,
        other,
        proposal(&instructor, Chosen::Drop, other),
    )
    .await
    .unwrap();
    work(&world).await;
    regrade::confirm(&instructor, id).await.unwrap();
    work(&world).await;
    let after = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        (after.points, after.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
    assert!(after.decisions.iter().all(|it| it.outcome == Outcome::Mastered));
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert!(sheet.still_asked, "its author is told");
}

#[tokio::test]
async fn a_badge_without_ground_is_listed_and_falls_only_when_somebody_withdraws_it() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    assert_eq!(asked.awards().await.len(), 2);
    let (instructor, id) = asked.applied(Chosen::Key).await;
    assert_eq!(
        attempt::result(&learner, attempt).await.unwrap().outcome,
        Some(Outcome::NotYet)
    );
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!(sheet.changes.badges[&asked.badge].lost, 1);
    let [lost] = &sheet.groundless[..] else {
        panic!("{:?}", sheet.groundless)
    };
    let revoked = async || {
        let tx = asked.world.look().await;
        let badges = tx.rows::<credential::Entity>().all().await.unwrap();
        badges.iter().filter(|row| row.revoked_at.is_some()).count()
    };
    assert_eq!(revoked().await, 0, "nobody has looked at it");
    let refused = regrade::withdraw(&instructor, lost.award, "The key was wrong.").await;
    assert!(
        matches!(refused, Err(Error::NotFound)),
        "instructors revoke no badges"
    );

    let admin = asked.member(Role::Admin).await;
    let without = regrade::withdraw(&admin, lost.award, " ").await;
    assert_eq!(
        faults(without),
        [("reason".to_owned(), "reason-missing".to_owned())]
    );
    for _ in 0..2 {
        regrade::withdraw(&admin, lost.award, "The key was wrong.")
            .await
            .unwrap();
    }
    assert_eq!(revoked().await, 2, "with what stacked on it");
    assert!(regrade::show(&admin, id).await.unwrap().groundless.is_empty());
    let tx = asked.world.look().await;
    let trail = tx.rows::<audit_entry::Entity>().all().await.unwrap();
    for action in ["regrade-proposed", "regrade-applied", "credential-revoked"] {
        assert!(trail.iter().any(|entry| entry.action == action), "{action}");
    }
}

#[tokio::test]
async fn a_badge_that_stands_again_is_not_withdrawn() {
    let asked = Asked::new().await;
    asked.sat("+").await;
    let (_, first) = asked.applied(Chosen::Key).await;
    let admin = asked.member(Role::Admin).await;
    let lost = regrade::show(&admin, first).await.unwrap().groundless[0].award;
    asked.applied(Chosen::FullCredit).await;
    let tx = asked.world.look().await;
    assert!(
        tx.rows::<groundless_award::Entity>()
            .all()
            .await
            .unwrap()
            .is_empty()
    );
    drop(tx);
    let gone = regrade::withdraw(&admin, lost, "The key was wrong.").await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn an_attempt_that_is_under_way_is_scored_by_the_remedy() {
    let asked = Asked::new().await;
    let (_, _) = asked.sat("+").await;
    let learner = asked.world.learner().await;
    let under_way = start(&learner, asked.assessment).await.unwrap();
    let saving = attempt::Saving::Deliberate(1);
    attempt::save(&learner, under_way, 0, &answer_with("wrong"), saving)
        .await
        .unwrap();
    asked.applied(Chosen::Key).await;
    attempt::submit(&learner, under_way).await.unwrap();
    let result = attempt::result(&learner, under_way).await.unwrap();
    assert_eq!(
        (result.points, result.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
    assert!(result.amendments.is_empty(), "nothing stood there before");
}

#[tokio::test]
async fn an_attempt_that_both_missed_is_caught_up_with() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("-").await;
    let (_, id) = asked.proposed(Chosen::Key).await;
    // As if the job had gone by before the attempt was there.
    asked
        .world
        .store(async |tx| {
            tx.change::<regrades::Entity>()
                .filter(regrades::Column::Id.eq(id))
                .set(regrades::Column::State, RegradeState::Done)
                .set(regrades::Column::AppliedAt, asked.world.now())
                .apply()
                .await
                .unwrap();
        })
        .await;
    for _ in 0..2 {
        let count = Job::CountAttempt {
            tenant: learner.tenant(),
            attempt,
        };
        queue(&learner, count).await;
        work(&asked.world).await;
    }
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.outcome, Some(Outcome::Mastered));
    assert_eq!(result.amendments.len(), 1);
    assert_eq!(changed_results(&asked.world), 1);
    let row = asked.row(id).await;
    assert_eq!(row.preview, row.changes);
}

#[tokio::test]
async fn a_gate_that_is_under_way_goes_by_the_remedy_from_its_next_answer_on() {
    let gate = json!({ "kind": "sequential-gate", "tables": "gate-1", "tries": 2, "cooldown-hours": 0 });
    let world = World::new().await;
    let competency = world.competency(gate.clone()).await;
    let mut versions = Vec::new();
    for _ in 0..27 {
        versions.push(world.item(competency, "assessment", &text_item()).await);
    }
    let more = json!({
        "mode": "sequentialGate", "attempts": 2, "passRule": gate,
        "sections": [{ "selection": { "items": versions } }],
    });
    let assessment = world.assessment(competency, 27, more).await;
    let answers = async |ctx: &Ctx, id: AttemptId, marks: &str| {
        let mut last = None;
        for (position, mark) in marks.chars().enumerate() {
            let typed = answer_with(if mark == '+' { "right" } else { "wrong" });
            last = attempt::answer(ctx, id, position, &typed).await.ok();
        }
        last
    };
    let failed = world.learner().await;
    let id = start(&failed, assessment).await.unwrap();
    answers(&failed, id, "----").await;
    work(&world).await;

    let learner = world.learner().await;
    let under_way = start(&learner, assessment).await.unwrap();
    answers(&learner, under_way, "-+++++++").await;
    let instructor = world.member(Role::Instructor).await;
    world.installation.pass(Duration::from_mins(1));
    let remedy = proposal(&instructor, Chosen::FullCredit, versions[0]);
    let id = regrade::propose(&instructor, assessment, versions[0], remedy)
        .await
        .unwrap();
    work(&world).await;
    regrade::confirm(&instructor, id).await.unwrap();
    work(&world).await;

    let typed = answer_with("right");
    let ended = attempt::answer(&learner, under_way, 8, &typed).await.unwrap();
    assert!(
        matches!(ended, attempt::Answered::Ended(_)),
        "nine of nine: {ended:?}"
    );
    let result = attempt::result(&learner, under_way).await.unwrap();
    assert_eq!(result.outcome, Some(Outcome::Mastered));
}

#[tokio::test]
async fn tallies_are_what_counting_from_scratch_gives() {
    let asked = Asked::new().await;
    for marks in ["+", "-", "", "+"] {
        asked.sat(marks).await;
    }
    let (instructor, _) = asked.applied(Chosen::Key).await;
    let now = analysis(&instructor, asked.assessment).await.unwrap();
    assert_eq!((now.whole.attempts, now.whole.passed), (4, 1));
    let ids = {
        let tx = asked.world.look().await;
        tx.rows::<attempts::Entity>().all().await.unwrap()
    };
    asked
        .world
        .store(async |tx| {
            tx.remove::<assessment_tally::Entity>().apply().await.unwrap();
            tx.remove::<item_tally::Entity>().apply().await.unwrap();
            tx.change::<attempts::Entity>()
                .set(attempts::Column::CountedAt, None::<i64>)
                .apply()
                .await
                .unwrap();
        })
        .await;
    for row in ids {
        let count = Job::CountAttempt {
            tenant: instructor.tenant(),
            attempt: row.id,
        };
        queue(&instructor, count).await;
    }
    work(&asked.world).await;
    assert_eq!(analysis(&instructor, asked.assessment).await.unwrap(), now);
}

#[tokio::test]
async fn a_later_remedy_starts_from_the_answer_and_not_from_the_one_before() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    for (chosen, points) in [
        (Chosen::Drop, (Points::ZERO, Points::ZERO)),
        (Chosen::Key, (Points::ZERO, Points::ONE)),
        (Chosen::FullCredit, ONE),
    ] {
        asked.applied(chosen).await;
        let result = attempt::result(&learner, attempt).await.unwrap();
        assert_eq!(result.points, Some(points), "{chosen:?}");
    }
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.amendments.len(), 3);
}

#[tokio::test]
async fn an_earlier_attempt_that_is_regraded_decides_for_the_later_ones_too() {
    let asked = Asked::new().await;
    let (learner, first) = asked.sat("-").await;
    asked.world.installation.pass(Duration::from_mins(1));
    let (second, _) = take(&learner, asked.assessment, "").await;
    work(&asked.world).await;
    asked.applied(Chosen::Key).await;
    for attempt in [first, second] {
        let result = attempt::result(&learner, attempt).await.unwrap();
        assert_eq!(result.outcome, Some(Outcome::Mastered), "passed once is passed");
    }
}

#[tokio::test]
async fn one_question_of_an_assessment_is_regraded_at_a_time() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let (instructor, id) = asked.proposed(Chosen::Drop).await;
    let second = proposal(&instructor, Chosen::Key, asked.mended);
    let refused = regrade::propose(&instructor, asked.assessment, asked.version, second.clone()).await;
    assert!(matches!(refused, Err(Error::Refused("regrade-open"))));
    regrade::discard(&instructor, id).await.unwrap();
    assert!(matches!(
        regrade::confirm(&instructor, id).await,
        Err(Error::Stale)
    ));
    let first = regrade::propose(&instructor, asked.assessment, asked.version, second.clone()).await;
    let again = regrade::propose(&instructor, asked.assessment, asked.version, second).await;
    assert_eq!(first.unwrap(), again.unwrap());
    let early = asked.world.member(Role::Instructor).await;
    let open = regrade::regradable(&early, asked.assessment, asked.version)
        .await
        .unwrap()
        .open;
    let early = regrade::confirm(&early, open.unwrap()).await;
    assert!(matches!(early, Err(Error::Refused("regrade-not-ready"))));
}

#[tokio::test]
async fn a_version_that_asks_something_else_scores_nothing() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let instructor = asked.member(Role::Instructor).await;
    let mut other = text_item();
    other["responses"][0]["identifier"] = json!("S");
    other["body"][0]["interaction"]["response"] = json!("S");
    let unlike = {
        let world = World::new().await;
        let competency = world.competency(cut_score(1, 100)).await;
        let version = world.item(competency, "assessment", &text_item()).await;
        let unlike = world.mended(version, &other).await;
        let assessment = form(&world, competency, &[version], 100).await;
        take(&world.learner().await, assessment, "-").await;
        work(&world).await;
        let instructor = world.member(Role::Instructor).await;
        let refused = regrade::propose(
            &instructor,
            assessment,
            version,
            proposal(&instructor, Chosen::Key, unlike),
        )
        .await;
        assert_eq!(
            faults(refused),
            [("version".to_owned(), "regrade-other-responses".to_owned())]
        );
        unlike
    };
    let mut empty = proposal(&instructor, Chosen::Key, unlike);
    empty.reason = " ".to_owned();
    empty.told = "x".repeat(1_001);
    let refused = regrade::propose(&instructor, asked.assessment, asked.version, empty).await;
    let fields: Vec<_> = faults(refused).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["version", "reason", "told"]);
}

#[tokio::test]
async fn who_may_not_regrade_and_another_tenant_find_nothing() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let (_, id) = asked.proposed(Chosen::Key).await;
    let elsewhere = add_tenant(&asked.world.installation, "elsewhere").await;
    let strangers = [
        asked.member(Role::Learner).await,
        asked.member(Role::Assessor).await,
        join(&asked.world.installation, elsewhere, Role::Owner).await,
    ];
    for stranger in strangers {
        let (assessment, version) = (asked.assessment, asked.version);
        assert!(matches!(
            regrade::regradable(&stranger, assessment, version).await,
            Err(Error::NotFound)
        ));
        let proposed = proposal(&stranger, Chosen::Drop, asked.mended);
        let proposed = regrade::propose(&stranger, assessment, version, proposed).await;
        assert!(matches!(proposed, Err(Error::NotFound)));
        assert!(matches!(regrade::show(&stranger, id).await, Err(Error::NotFound)));
        assert!(matches!(
            regrade::confirm(&stranger, id).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            regrade::discard(&stranger, id).await,
            Err(Error::NotFound)
        ));
        let award = stranger.new_id();
        let withdrawn = regrade::withdraw_all(&stranger, &[award], "No ground").await;
        assert!(matches!(withdrawn, Err(Error::NotFound)));
        assert!(matches!(
            regrade::keep(&stranger, award).await,
            Err(Error::NotFound)
        ));
    }
    assert_eq!(asked.row(id).await.state, RegradeState::Ready);
}

#[tokio::test]
async fn a_regrade_decides_by_the_rule_that_a_decision_was_made_by() {
    let asked = Asked::new().await;
    asked.sat("+").await;
    asked
        .world
        .store(async |tx| {
            tx.change::<competency::Entity>()
                .set(competency::Column::Rule, cut_score(5, 100).to_string())
                .set(competency::Column::RuleVersion, 2_i64)
                .apply()
                .await
                .unwrap();
        })
        .await;
    let (instructor, id) = asked.applied(Chosen::FullCredit).await;
    let tx = asked.world.look().await;
    let stands = tx.rows::<mastery::Entity>().one().await.unwrap().unwrap();
    assert_eq!(stands.outcome, Outcome::Mastered.as_str());
    let made = tx.rows::<decision::Entity>();
    let made = made.filter(decision::Column::Id.eq(stands.decision_id));
    let record = made.one().await.unwrap().unwrap().record;
    assert!(record.contains(r#""rule-version":1"#) && record.contains("full-credit"));
    drop(tx);
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!(sheet.changes.people, 0);
}

#[tokio::test]
async fn an_attempt_that_was_dropped_whole_may_be_taken_again() {
    let asked = Asked::with(json!({ "attempts": 1 })).await;
    let (learner, _) = asked.sat("-").await;
    let used_up = start(&learner, asked.assessment).await;
    assert!(matches!(used_up, Err(Error::Refused("attempt-used-up"))));
    asked.applied(Chosen::Drop).await;
    let brief = attempt::brief(&learner, asked.assessment, None).await.unwrap();
    assert_eq!(brief.readiness, attempt::Readiness::Now);
    take(&learner, asked.assessment, "-").await;
    let again = start(&learner, asked.assessment).await;
    assert!(again.is_ok(), "that one is dropped as well");
}

#[tokio::test]
async fn what_is_dropped_waits_for_no_mark_any_more() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 75)).await;
    let text = world.item(competency, "assessment", &text_item()).await;
    let written = world.item(competency, "assessment", &essay()).await;
    let assessment = form(&world, competency, &[text, written], 75).await;
    // Whoever wrote nothing needs no mark.
    take(&world.learner().await, assessment, "-").await;
    let learner = world.learner().await;
    let (waits, state) = take(&learner, assessment, "++").await;
    assert_eq!(state, AttemptState::Marking);
    work(&world).await;
    let instructor = world.member(Role::Instructor).await;
    assert_eq!(marking::queue(&instructor).await.unwrap().0.len(), 1);
    world.installation.pass(Duration::from_mins(1));
    let drop_it = proposal(&instructor, Chosen::Drop, written);
    let id = regrade::propose(&instructor, assessment, written, drop_it)
        .await
        .unwrap();
    work(&world).await;
    assert_eq!(marking::queue(&instructor).await.unwrap().0.len(), 1, "a preview");
    drop(world.installation.take_mails());
    regrade::confirm(&instructor, id).await.unwrap();
    work(&world).await;
    assert!(marking::queue(&instructor).await.unwrap().0.is_empty());
    let result = attempt::result(&learner, waits).await.unwrap();
    assert_eq!(
        (result.state, result.points, result.outcome),
        (AttemptState::Scored, Some(ONE), Some(Outcome::Mastered))
    );
    let mails = world.installation.take_mails();
    let marked = |mail: &&service::mail::Mail| matches!(mail.message, Message::AttemptMarked { .. });
    assert_eq!(mails.iter().filter(marked).count(), 1);
    let sheet = regrade::show(&instructor, id).await.unwrap();
    assert_eq!(sheet.changes.released, 1);
}

#[tokio::test]
async fn full_credit_is_refused_where_a_rule_goes_by_marks() {
    let by_level = json!({ "kind": "rubric-level", "level": 1, "assessors": 1 });
    let world = World::new().await;
    let competency = world.competency(by_level).await;
    let written = world.item(competency, "assessment", &essay()).await;
    let assessment = world.assessment(competency, 1, json!({})).await;
    take(&world.learner().await, assessment, "").await;
    work(&world).await;
    let instructor = world.member(Role::Instructor).await;
    let credit = proposal(&instructor, Chosen::FullCredit, written);
    let refused = regrade::propose(&instructor, assessment, written, credit).await;
    assert_eq!(
        faults(refused),
        [("remedy".to_owned(), "regrade-marks-decide".to_owned())]
    );
    let dropped = proposal(&instructor, Chosen::Drop, written);
    regrade::propose(&instructor, assessment, written, dropped)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_attempt_that_was_scored_by_an_earlier_remedy_is_caught_up_with() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    asked.applied(Chosen::FullCredit).await;
    let (_, id) = asked.proposed(Chosen::Key).await;
    // As if the job had gone by before the attempt was there.
    asked
        .world
        .store(async |tx| {
            tx.change::<regrades::Entity>()
                .filter(regrades::Column::Id.eq(id))
                .set(regrades::Column::State, RegradeState::Done)
                .set(regrades::Column::AppliedAt, asked.world.now())
                .apply()
                .await
                .unwrap();
        })
        .await;
    let count = Job::CountAttempt {
        tenant: learner.tenant(),
        attempt,
    };
    queue(&learner, count).await;
    work(&asked.world).await;
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.points, Some((Points::ZERO, Points::ONE)));
}

#[tokio::test]
async fn only_the_badges_that_were_shown_are_withdrawn_and_one_may_stand() {
    let asked = Asked::new().await;
    for _ in 0..3 {
        asked.sat("+").await;
    }
    asked.applied(Chosen::Key).await;
    let admin = asked.member(Role::Admin).await;
    let listed = regrade::review(&admin).await.unwrap();
    assert!(listed.may_withdraw);
    let [one, other, third] = &listed.badges[..] else {
        panic!("{listed:?}")
    };
    let left = async || {
        let left = regrade::review(&admin).await.unwrap().badges;
        left.into_iter().map(|it| it.award).collect::<Vec<_>>()
    };
    regrade::withdraw_all(&admin, &[one.award], "The key was wrong.")
        .await
        .unwrap();
    assert_eq!(left().await, [other.award, third.award]);
    badges::revoke(&admin, third.credential.unwrap(), "Asked for by its holder.")
        .await
        .unwrap();
    assert_eq!(left().await, [other.award], "whatever it was revoked for");
    for _ in 0..2 {
        regrade::keep(&admin, other.award).await.unwrap();
    }
    assert!(left().await.is_empty());
    let refused = regrade::withdraw(&admin, other.award, "The key was wrong.").await;
    assert!(matches!(refused, Err(Error::NotFound)), "it stands");
    let tx = asked.world.look().await;
    let kept = tx.rows::<audit_entry::Entity>();
    let kept = kept.filter(audit_entry::Column::Action.eq("groundless-badge-kept"));
    assert_eq!(kept.count().await.unwrap(), 1);
}

#[tokio::test]
async fn feedback_at_once_shows_the_key_that_scored() {
    let asked = Asked::with(json!({ "feedback": { "when": "atOnce", "correctAnswers": true } })).await;
    let answered = async |ctx: &Ctx| {
        let id = start(ctx, asked.assessment).await.unwrap();
        attempt::answer(ctx, id, 0, &answer_with("wrong")).await.unwrap();
        id
    };
    let first = asked.world.learner().await;
    let id = answered(&first).await;
    attempt::submit(&first, id).await.unwrap();
    work(&asked.world).await;
    asked.applied(Chosen::Key).await;
    let learner = asked.world.learner().await;
    let id = start(&learner, asked.assessment).await.unwrap();
    attempt::answer(&learner, id, 0, &answer_with("wrong"))
        .await
        .unwrap();
    let sheet = attempt::open(&learner, id, attempt::Show::One(0)).await.unwrap();
    let feedback = sheet.questions[0].feedback.clone().unwrap();
    assert_eq!(feedback.points, Points::ONE);
    assert_eq!(
        feedback.interactions[0].correct,
        Some(AnswerView::Text("wrong".to_owned()))
    );
}

#[tokio::test]
async fn why_is_told_only_where_something_may_be_said_about_the_questions() {
    let asked = Asked::with(json!({ "feedback": { "when": "never" } })).await;
    let (learner, attempt) = asked.sat("-").await;
    asked.applied(Chosen::Key).await;
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(result.amendments.len(), 1);
    assert!(result.amendments[0].by_regrade && result.amendments[0].told.is_none());
}

#[tokio::test]
async fn a_regrade_is_undone_by_the_version_that_was_asked() {
    let asked = Asked::new().await;
    let (learner, attempt) = asked.sat("+").await;
    let (instructor, _) = asked.applied(Chosen::Key).await;
    let others = regrade::regradable(&instructor, asked.assessment, asked.version)
        .await
        .unwrap()
        .others;
    assert!(
        others
            .iter()
            .any(|it| it.id == asked.version && it.difference.is_none())
    );
    asked.world.installation.pass(Duration::from_mins(1));
    let undo = proposal(&instructor, Chosen::Key, asked.version);
    let id = regrade::propose(&instructor, asked.assessment, asked.version, undo)
        .await
        .unwrap();
    work(&asked.world).await;
    regrade::confirm(&instructor, id).await.unwrap();
    work(&asked.world).await;
    let result = attempt::result(&learner, attempt).await.unwrap();
    assert_eq!(
        (result.points, result.outcome),
        (Some(ONE), Some(Outcome::Mastered))
    );
}

#[tokio::test]
async fn a_form_whose_proposal_was_given_up_is_not_taken_for_that_one() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let instructor = asked.member(Role::Instructor).await;
    let mut sent = proposal(&instructor, Chosen::Drop, asked.mended);
    let propose = async |sent: &Proposal| {
        regrade::propose(&instructor, asked.assessment, asked.version, sent.clone()).await
    };
    propose(&sent).await.unwrap();
    propose(&sent).await.unwrap();
    sent.told = "It had two right answers.".to_owned();
    let other = propose(&sent).await;
    assert!(matches!(other, Err(Error::Refused("regrade-open"))));
    regrade::discard(&instructor, sent.id).await.unwrap();
    assert_eq!(
        faults(propose(&sent).await),
        [("remedy".to_owned(), "regrade-sent-before".to_owned())]
    );
    sent.id = instructor.new_id();
    propose(&sent).await.unwrap();
}

#[tokio::test]
async fn a_preview_names_nobody() {
    let asked = Asked::new().await;
    asked.sat("-").await;
    let (instructor, id) = asked.proposed(Chosen::Key).await;
    let names = async || {
        let sheet = regrade::show(&instructor, id).await.unwrap();
        sheet.listed.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, [None]);
    regrade::confirm(&instructor, id).await.unwrap();
    work(&asked.world).await;
    assert_eq!(names().await, [Some("Wren Overbrook".to_owned())]);
}
