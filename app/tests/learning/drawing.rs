//! Saying in the editor which items a section draws, without script.

use axum::http::StatusCode;
use domain::tenancy::Role;

use crate::{
    browser::{Browser, Shown},
    world::{World, cut_score},
};

/// What is typed into the editor of the assessment, beside the competency.
const TYPED: [(&str, &str); 12] = [
    ("title", "Check"),
    ("mode", "form"),
    ("draw-0-count", "2"),
    ("draw-0-kind", "text"),
    ("draw-0-easiest", "\u{2212}1"),
    ("draw-0-hardest", "1,5"),
    ("draw-0-exposed", "40"),
    ("cut", "60"),
    ("tries", "1"),
    ("unseen", "preferred"),
    ("feedback", "atEnd"),
    ("layout", "oneItemPerPage"),
];

#[tokio::test]
async fn which_items_a_row_draws_is_said_kept_and_put_right_at_its_field() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 3).await;
    let author = world.member(Role::Instructor).await;
    let browser = Browser::of(&author);
    let page = browser.get("/t/harbour/teach/assessments/new").await;
    let new = [("title", "Check"), ("mode", "form")];
    let path = browser.fill(&page, &new).await.path;
    let competency = competency.to_string();
    let press = async |button: &str, more: &[(&str, &str)]| -> Shown {
        let page = browser.get(&path).await;
        let mut fields = vec![("do", button), ("draw-0-competency", competency.as_str())];
        let is_kept = |name: &str| more.iter().all(|(other, _)| *other != name);
        fields.extend(TYPED.iter().filter(|(name, _)| is_kept(name)));
        fields.extend(more);
        browser.fill(&page, &fields).await
    };

    let saved = press("save", &[]).await;
    assert!(saved.says("The draft is saved"), "{}", saved.html);
    assert!(saved.says("<details open"), "what is said is in view");
    assert!(saved.says("3 published questions are there"), "{}", saved.html);
    assert_eq!(saved.values("draw-0-easiest"), ["-1"]);
    assert_eq!(saved.values("draw-0-hardest"), ["1.5"]);

    let hard = [("draw-0-easiest", "1"), ("draw-0-hardest", "")];
    let short = press("publish", &hard).await;
    assert!(short.says("has 0 published questions like these; 2 are needed"));
    assert!(short.says("id=\"f-draw-0-count-error\""), "{}", short.html);
    assert_eq!(short.values("draw-0-easiest"), ["1"]);

    let crossed = [("draw-0-easiest", "2"), ("draw-0-hardest", "1")];
    let crossed = press("publish", &crossed).await;
    assert!(crossed.says("id=\"f-draw-0-hardest-error\""), "{}", crossed.html);
    assert!(crossed.says("Enter a number from 2 to 6"));

    let hostile = [
        ("draw-0-kind", "<b>"),
        ("draw-0-easiest", "1e999"),
        ("draw-0-exposed", "-1"),
    ];
    let hostile = press("save", &hostile).await;
    assert_eq!(hostile.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["kind", "easiest", "exposed"] {
        assert!(hostile.says(&format!("id=\"f-draw-0-{field}-error\"")), "{field}");
    }

    let published = press("publish", &[]).await;
    assert!(published.says("It is published"), "{}", published.html);
}
