//! Looking at each other's items before learners meet them.

use domain::{
    assessment::{Assessment, PassMark, ReviewState, ReviewStep},
    id::{AssessmentId, ItemId},
    mastery::Percent,
    tenancy::Role,
};
use serde_json::json;
use service::{
    Ctx, Error, Turn,
    assessment::{
        definition,
        item::{self, Filter, Review, ReviewForm},
    },
    audit,
    testing::{School, faults},
};

use crate::world::{competency, question, require_review, step, written};

async fn review_of(ctx: &Ctx, id: ItemId) -> Review {
    item::reviewed(ctx, id).await.unwrap()
}

async fn state_of(ctx: &Ctx, id: ItemId) -> ReviewState {
    review_of(ctx, id).await.state
}

fn refused(code: &str) -> Vec<(String, String)> {
    vec![("comment".to_owned(), code.to_owned())]
}

#[tokio::test]
async fn what_was_said_stays_in_its_order_with_who_said_it_and_when() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let colleague = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    let began = author.now();
    for (who, what, words) in [
        (&author, ReviewStep::Send, ""),
        (&colleague, ReviewStep::SendBack, "Which bank?\r\nSay so."),
        (&author, ReviewStep::Comment, "The outer one."),
        (&author, ReviewStep::Send, "Better?"),
        (&colleague, ReviewStep::Approve, ""),
    ] {
        step(who, id, what, words).await.unwrap();
    }
    let review = review_of(&author, id).await;
    assert_eq!(review.state, ReviewState::Approved);
    let said: Vec<_> = review
        .said
        .iter()
        .map(|said| (said.step, said.comment.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (ReviewStep::Send, ""),
            (ReviewStep::SendBack, "Which bank?\nSay so."),
            (ReviewStep::Comment, "The outer one."),
            (ReviewStep::Send, "Better?"),
            (ReviewStep::Approve, ""),
        ]
    );
    assert!(
        review
            .said
            .iter()
            .all(|said| said.by.is_some() && said.at >= began)
    );

    let owner = school.somebody(Role::Owner).await;
    let trail = audit::list(&owner, 1).await.unwrap().rows;
    for (action, times) in [
        ("item-sent-to-review", 2),
        ("item-sent-back", 1),
        ("item-commented", 1),
        ("item-approved", 1),
    ] {
        let found = trail.iter().filter(|entry| entry.action == action).count();
        assert_eq!(found, times, "{action}");
    }
}

#[tokio::test]
async fn nobody_approves_what_they_have_written_themselves() {
    let school = School::new().await;
    let author = school.somebody(Role::Owner).await;
    let helper = school.somebody(Role::Instructor).await;
    let colleague = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    item::save(&helper, id, 1, question(rivers, "Meander"))
        .await
        .unwrap();
    step(&helper, id, ReviewStep::Send, "").await.unwrap();

    for writer in [&author, &helper] {
        let own = step(writer, id, ReviewStep::Approve, "").await;
        assert_eq!(faults(own), refused("review-own-work"));
        assert!(!review_of(writer, id).await.steps.contains(&ReviewStep::Approve));
    }
    assert!(
        review_of(&colleague, id)
            .await
            .steps
            .contains(&ReviewStep::Approve)
    );
    step(&colleague, id, ReviewStep::Approve, "").await.unwrap();

    // Approved, it is the work of both no more: each may judge what the other does to it.
    item::save(&helper, id, 2, question(rivers, "Loop"))
        .await
        .unwrap();
    step(&helper, id, ReviewStep::Send, "").await.unwrap();
    assert_eq!(
        faults(step(&helper, id, ReviewStep::Approve, "").await),
        refused("review-own-work")
    );
    step(&author, id, ReviewStep::Approve, "").await.unwrap();
}

#[tokio::test]
async fn writing_in_an_approved_item_makes_it_a_draft_again_and_saving_it_as_it_is_does_not() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let colleague = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    step(&author, id, ReviewStep::Send, "").await.unwrap();
    step(&colleague, id, ReviewStep::Approve, "").await.unwrap();

    let revision = item::save(&author, id, 1, question(rivers, "Bend"))
        .await
        .unwrap();
    assert_eq!(state_of(&author, id).await, ReviewState::Approved);

    let mut harder = question(rivers, "Bend");
    harder.difficulty = 1.0;
    item::save(&author, id, revision, harder).await.unwrap();
    let review = review_of(&author, id).await;
    assert_eq!(review.state, ReviewState::Draft);
    assert_eq!(review.said.last().map(|said| said.step), Some(ReviewStep::Edit));
}

#[tokio::test]
async fn where_the_tenant_asks_for_it_only_what_is_approved_is_published() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let owner = school.somebody(Role::Owner).await;
    let rivers = competency(&author, "RIV.1").await;
    let before = written(&author, question(rivers, "Before")).await;
    item::publish(&author, before, 1).await.unwrap();

    require_review(&owner).await;
    let id = written(&author, question(rivers, "Bend")).await;
    assert!(review_of(&author, id).await.is_required);
    for ready in [ReviewStep::Comment, ReviewStep::Send] {
        step(&author, id, ready, "See here.").await.unwrap();
        let published = item::publish(&author, id, 1).await;
        assert_eq!(faults(published), refused("item-not-approved"));
    }
    step(&owner, id, ReviewStep::Approve, "").await.unwrap();
    item::publish(&author, id, 1).await.unwrap();

    item::save(&author, id, 1, question(rivers, "Meander"))
        .await
        .unwrap();
    assert_eq!(
        faults(item::publish(&author, id, 2).await),
        refused("item-not-approved")
    );
    // What was in force stays so.
    let draft = item::load(&author, id).await.unwrap();
    assert_eq!(draft.published.map(|version| version.number), Some(1));
}

#[tokio::test]
async fn a_step_that_was_sent_twice_is_one_and_one_at_an_older_draft_is_none() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let colleague = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    step(&author, id, ReviewStep::Send, "").await.unwrap();
    let form = ReviewForm {
        id: colleague.new_id(),
        revision: 1,
        step: ReviewStep::SendBack,
        comment: "Which bank?",
    };
    for _ in 0..2 {
        item::review(&colleague, id, form).await.unwrap();
    }
    assert_eq!(review_of(&author, id).await.said.len(), 2);
    // Somebody else's step under the same id is not taken for it.
    let taken = item::review(&author, id, form).await;
    assert!(matches!(taken, Err(Error::Stale)), "{taken:?}");

    item::save(&author, id, 1, question(rivers, "Meander"))
        .await
        .unwrap();
    step(&author, id, ReviewStep::Send, "").await.unwrap();
    let late = ReviewForm {
        id: colleague.new_id(),
        step: ReviewStep::Approve,
        ..form
    };
    let late = item::review(&colleague, id, late).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert_eq!(state_of(&author, id).await, ReviewState::InReview);
}

#[tokio::test]
async fn what_cannot_be_done_now_or_says_nothing_is_refused_at_its_field() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let colleague = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    for (what, words, code) in [
        (ReviewStep::Approve, "Good", "review-not-now"),
        (ReviewStep::SendBack, "No", "review-not-now"),
        (ReviewStep::SendBack, " \n", "review-comment-missing"),
        (ReviewStep::Comment, "", "review-comment-missing"),
        (ReviewStep::Comment, &"x".repeat(2_001), "review-comment-too-long"),
        (ReviewStep::Comment, "turned \u{202e}around", "text-unprintable"),
    ] {
        assert_eq!(faults(step(&colleague, id, what, words).await), refused(code));
    }
    for unasked in [ReviewStep::Edit, ReviewStep::Retire, ReviewStep::Restore] {
        let taken = step(&colleague, id, unasked, "Now").await;
        assert!(matches!(taken, Err(Error::NotFound)), "{unasked}: {taken:?}");
    }
    assert_eq!(review_of(&author, id).await.said, []);
}

#[tokio::test]
async fn a_retired_item_waits_for_nobody_and_is_a_draft_when_it_is_put_back() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    step(&author, id, ReviewStep::Send, "").await.unwrap();
    let waiting = Filter {
        review: Some(ReviewState::InReview),
        ..Filter::default()
    };
    assert_eq!(item::list(&author, &waiting, Turn::First).await.unwrap().total, 1);

    item::retire(&author, id).await.unwrap();
    assert_eq!(state_of(&author, id).await, ReviewState::Retired);
    assert_eq!(item::list(&author, &waiting, Turn::First).await.unwrap().total, 0);
    assert_eq!(
        faults(step(&author, id, ReviewStep::Send, "").await),
        refused("review-not-now")
    );
    item::restore(&author, id).await.unwrap();
    assert_eq!(state_of(&author, id).await, ReviewState::Draft);
}

#[tokio::test]
async fn what_an_assessment_asks_by_itself_is_not_retired_and_what_is_retired_not_asked() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    let version = item::publish(&author, id, 1).await.unwrap();
    let mut fixed: Assessment = serde_json::from_value(json!({
        "title": "Check", "mode": "fixedForm", "attempts": 1, "unseen": "any",
        "feedback": { "when": "never" },
        "sections": [{ "selection": { "items": [version] } }],
    }))
    .unwrap();
    fixed.pass_rule = Some(fixed.rule_for(PassMark::Cut(Percent::try_from(75).unwrap())));
    let assessment: AssessmentId = author.new_id();
    definition::create(&author, assessment, &fixed).await.unwrap();
    definition::publish(&author, assessment, 1).await.unwrap();

    let retired = item::retire(&author, id).await;
    assert!(
        matches!(retired, Err(Error::Refused("item-fixed"))),
        "{retired:?}"
    );
    definition::archive(&author, assessment).await.unwrap();
    item::retire(&author, id).await.unwrap();
    let asked = [(
        "sections[0].selection.items".to_owned(),
        "assessment-items-retired".to_owned(),
    )];
    assert_eq!(faults(definition::restore(&author, assessment).await), asked);
}

#[tokio::test]
async fn only_who_may_judges_an_item_and_another_tenants_is_not_there() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, question(rivers, "Bend")).await;
    step(&author, id, ReviewStep::Send, "").await.unwrap();
    let form = ReviewForm {
        id: author.new_id(),
        revision: 1,
        step: ReviewStep::Approve,
        comment: "",
    };
    for nobody in [
        school.somebody(Role::Assessor).await,
        school.somebody(Role::Learner).await,
        school.visitor(),
        school.stranger(Role::Owner).await,
    ] {
        for step in [ReviewStep::Approve, ReviewStep::Comment] {
            let taken = item::review(
                &nobody,
                id,
                ReviewForm {
                    step,
                    comment: "Yes",
                    ..form
                },
            )
            .await;
            assert!(matches!(taken, Err(Error::NotFound)), "{taken:?}");
        }
    }
    let learner = school.somebody(Role::Learner).await;
    assert!(matches!(item::reviewed(&learner, id).await, Err(Error::NotFound)));
    // Who sees drafts sees what is said of them.
    let assessor = school.somebody(Role::Assessor).await;
    assert_eq!(review_of(&assessor, id).await.steps, []);
    assert_eq!(state_of(&author, id).await, ReviewState::InReview);
}
