//! The pages of an assessment, from its start to its result.

use std::time::Duration;

use axum::http::StatusCode;
use domain::{id::AssessmentId, tenancy::Role};
use serde_json::{Value as Json, json};

use crate::{
    browser::{Browser, Shown},
    world::{World, add_tenant, cut_score, essay, join, start, text_item},
};

async fn two_questions(world: &World) -> AssessmentId {
    let competency = world.competency(cut_score(2, 60)).await;
    world.items(competency, "assessment", 4).await;
    let more = json!({ "passRule": cut_score(2, 60), "timeLimit": 600 });
    world.assessment(competency, 2, more).await
}

#[tokio::test]
async fn an_assessment_is_taken_without_script() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    let browser = Browser::of(&world.learner().await);
    let brief = browser.get(&format!("/t/harbour/assessments/{assessment}")).await;
    assert!(brief.says("Reading a river") && brief.says("60%") && brief.says("10 minutes"));

    let first = browser.fill(&brief, &[]).await;
    assert!(first.says("Question 1 of 2"), "{}", first.html);
    let second = browser.fill(&first, &[("q0.r.1", "right"), ("go", "2")]).await;
    assert!(second.says("Question 2 of 2") && second.says("1 of 2 answered"));
    let back = browser
        .fill(&second, &[("q1.r.1", "wrong"), ("q1.flag", "yes"), ("go", "1")])
        .await;
    assert_eq!(back.values("q0.r.1"), ["right"], "what was typed is there");

    let check = browser.fill(&back, &[("q0.r.1", "right"), ("go", "check")]).await;
    assert!(check.says("Check your answers") && check.says("To come back to"));
    let again = browser
        .get(&format!("{}?q=2", check.path.trim_end_matches("/check")))
        .await;
    let check = browser
        .fill(&again, &[("q1.r.1", "right"), ("go", "check")])
        .await;
    let result = browser.fill(&check, &[]).await;
    assert!(result.path.ends_with("/result"));
    assert!(result.says("Passed") && result.says("2 of 2 points") && result.says("Try 1: passed"));
}

#[tokio::test]
async fn a_page_on_which_nothing_was_changed_takes_no_answer_back() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    let browser = Browser::of(&world.learner().await);
    let brief = browser.get(&format!("/t/harbour/assessments/{assessment}")).await;
    let early = browser.fill(&brief, &[]).await;
    let late = browser.get(&early.path).await;
    let answer = [("q0.r.1", "right"), ("q0.flag", "yes"), ("go", "check")];
    assert!(browser.fill(&late, &answer).await.says("To come back to"));

    let check = browser.fill(&early, &[("q0.r.1", ""), ("go", "check")]).await;
    assert!(
        check.says("To come back to"),
        "unmarked by a page that showed no mark"
    );
    let page = browser.fill(&early, &[("q0.r.1", ""), ("go", "1")]).await;
    assert_eq!(page.values("q0.r.1"), ["right"]);
    let page = browser.fill(&early, &[("q0.r.1", "changed"), ("go", "1")]).await;
    assert_eq!(page.values("q0.r.1"), ["changed"], "what is changed there counts");
    let page = browser.fill(&page, &[("q0.r.1", ""), ("go", "1")]).await;
    assert_eq!(page.values("q0.r.1"), [""], "and so does what is taken away");
}

#[tokio::test]
async fn what_is_no_answer_comes_back_with_what_was_typed_and_why_by_its_field() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    let browser = Browser::of(&world.learner().await);
    let brief = browser.get(&format!("/t/harbour/assessments/{assessment}")).await;
    let first = browser.fill(&brief, &[]).await;
    let long = "x".repeat(1_001);
    let returned = browser.fill(&first, &[("q0.r.1", &long), ("go", "2")]).await;
    assert_eq!(returned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.says("Error: ") && returned.says("at most 1000 characters"));
    assert_eq!(returned.values("q0.r.1"), [long]);
    assert!(
        returned.says("aria-describedby=\"f-q0-r-1-error\""),
        "{}",
        returned.html
    );
    assert!(returned.says("id=\"f-q0-r-1-error\""));
}

#[tokio::test]
async fn a_page_shows_nothing_of_a_key() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    let mut item = text_item();
    item["title"] = "TITLE-SECRET".into();
    item["responses"][0]["correctResponse"] = json!({ "text": "KEY-SECRET" });
    item["feedback"] = json!({ "correct": "TOLD-SECRET", "incorrect": "TOLD-SECRET" });
    world.item(competency, "assessment", &item).await;
    let assessment = world
        .assessment(competency, 1, json!({ "passRule": cut_score(1, 60) }))
        .await;
    let ctx = world.learner().await;
    let attempt = start(&ctx, assessment).await.unwrap();
    let browser = Browser::of(&ctx);
    for path in ["", "?q=1", "/check"] {
        let page = browser.get(&format!("/t/harbour/attempts/{attempt}{path}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.says("SECRET"), "{path}");
    }
}

#[tokio::test]
async fn another_persons_attempt_is_not_found_and_a_visitor_signs_in() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    let attempt = start(&world.learner().await, assessment).await.unwrap();
    let elsewhere = add_tenant(&world.installation, "ridge").await;
    for stranger in [
        world.learner().await,
        world.member(Role::Owner).await,
        join(&world.installation, elsewhere, Role::Owner).await,
    ] {
        let browser = Browser::of(&stranger);
        for tenant in ["harbour", "ridge"] {
            for page in ["", "/check", "/result"] {
                let path = format!("/t/{tenant}/attempts/{attempt}{page}");
                assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
    }
    let visitor = Browser::new(&world.installation, None);
    let page = visitor.get(&format!("/t/harbour/attempts/{attempt}")).await;
    assert!(page.path.starts_with("/sign-in?back="), "{}", page.path);
}

/// Saves the answer to the first question as script does.
async fn save(browser: &Browser, attempt: &str, sequence: &str, text: &str) -> String {
    let fields = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("r.1", text)
        .finish();
    let sent = [
        ("tenant", "harbour"),
        ("attempt", attempt),
        ("position", "0"),
        ("sequence", sequence),
        ("fields", &fields),
    ];
    browser.post("/api/save-answer", &sent).await.html
}

#[tokio::test]
async fn the_longest_essay_saves_itself_in_any_script() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", &essay()).await;
    let assessment = world
        .assessment(competency, 1, json!({ "passRule": cut_score(1, 60) }))
        .await;
    let ctx = world.learner().await;
    let attempt = start(&ctx, assessment).await.unwrap().to_string();
    let browser = Browser::of(&ctx);
    for (sequence, letter, count, said) in [
        ("1", "\u{5ddd}", 50_000, "\"Kept\""),
        ("2", "\u{1faa8}", 50_000, "\"Kept\""),
        ("3", "x", 50_001, "\"Unfinished\""),
    ] {
        let reply = save(&browser, &attempt, sequence, &letter.repeat(count)).await;
        assert_eq!(reply, said, "{letter}");
    }
}

#[tokio::test]
async fn saving_in_the_background_keeps_the_newest_and_nobody_elses() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    let ctx = world.learner().await;
    let attempt = start(&ctx, assessment).await.unwrap().to_string();
    let browser = Browser::of(&ctx);
    let newer = r#"{"Overtaken":{"sequence":2,"fields":"r.1=newer"}}"#;
    for (sequence, text, said) in [
        ("2", "newer", "\"Kept\""),
        ("1", "older", newer),
        ("2", "of another window", newer),
        ("1", "newer", "\"Kept\""),
        ("0", "newer", "\"Kept\""),
    ] {
        let reply = save(&browser, &attempt, sequence, text).await;
        assert_eq!(reply, said, "{sequence}: {text}");
    }
    let stranger = Browser::of(&world.learner().await);
    assert_eq!(save(&stranger, &attempt, "9", "theirs").await, "\"NotFound\"");
    let page = browser.get(&format!("/t/harbour/attempts/{attempt}?q=1")).await;
    assert_eq!(page.values("q0.r.1"), ["newer"]);
    assert_eq!(page.values("q0.sequence"), ["3"]);
}

#[tokio::test]
async fn a_marker_sees_the_work_and_not_whose_it_is() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", &essay()).await;
    let assessment = world
        .assessment(competency, 1, json!({ "passRule": cut_score(1, 60) }))
        .await;
    let learner = world.learner().await;
    let (attempt, _) = crate::world::take(&learner, assessment, "+").await;

    let assessor = Browser::of(&world.member(Role::Assessor).await);
    let queue = assessor.get("/t/harbour/teach/marking").await;
    assert!(queue.says("1 piece waits"), "{}", queue.html);
    let piece = assessor
        .post(
            "/t/harbour/teach/marking",
            &[("assessment", &assessment.to_string())],
        )
        .await;
    let whose = learner.person().unwrap().to_string();
    assert!(piece.says("right") && !piece.says(&whose) && !piece.says(&attempt.to_string()));
    let returned = assessor.fill(&piece, &[("R.comment", "Well put.")]).await;
    assert_eq!(returned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.says("Choose a level") && returned.says("Well put."));
    let done = assessor
        .fill(&piece, &[("R.clear", "yes"), ("R.comment", "Well put.")])
        .await;
    assert!(done.says("The mark is given") && done.says("Nothing waits"));

    let result = Browser::of(&learner)
        .get(&format!("/t/harbour/attempts/{attempt}/result"))
        .await;
    assert!(result.says("Passed") && result.says("Well put."));
    let none = Browser::of(&learner).get("/t/harbour/teach/marking").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_mark_for_a_piece_that_somebody_else_has_by_now_is_given_back() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", &essay()).await;
    let assessment = world
        .assessment(competency, 1, json!({ "passRule": cut_score(1, 60) }))
        .await;
    crate::world::take(&world.learner().await, assessment, "+").await;
    let wanted = assessment.to_string();
    let take = async |browser: &Browser| {
        browser
            .post("/t/harbour/teach/marking", &[("assessment", &wanted)])
            .await
    };
    let slow = Browser::of(&world.member(Role::Assessor).await);
    let quick = Browser::of(&world.member(Role::Assessor).await);
    let piece = take(&slow).await;
    world.installation.pass(Duration::from_mins(31));
    let same = take(&quick).await;
    assert_eq!(same.path, piece.path);

    let comment = "\u{826f}\u{304f}\u{66f8}\u{3051}\u{305f}";
    let mark = [("R.clear", "yes"), ("R.comment", comment)];
    let late = slow.fill(&piece, &mark).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.says("Somebody else has this piece") && late.says(comment),
        "{}",
        late.html
    );
    let unknown = piece.path.rsplit_once('/').unwrap().0.to_owned() + "/0198c0de-0000-7000-8000-00000000dead";
    assert_eq!(slow.post(&unknown, &mark).await.status, StatusCode::NOT_FOUND);

    world.installation.pass(Duration::from_mins(31));
    let done = slow.fill(&piece, &mark).await;
    assert!(
        done.says("The mark is given"),
        "nobody had it any more: {}",
        done.html
    );
}

#[tokio::test]
async fn progress_shows_what_was_decided_and_why() {
    let world = World::new().await;
    let assessment = two_questions(&world).await;
    let learner = world.learner().await;
    crate::world::take(&learner, assessment, "++").await;
    let browser = Browser::of(&learner);
    for path in ["/progress", "/t/harbour/progress"] {
        let page = browser.get(path).await;
        assert!(
            page.says("Reads a river.") && page.says("Mastered"),
            "{path}: {}",
            page.html
        );
    }
    let here = browser.get("/t/harbour/progress").await;
    let why = here.html.split("href=\"/t/harbour/progress/").nth(1).unwrap();
    let id = why.split('"').next().unwrap();
    let page = browser.get(&format!("/t/harbour/progress/{id}")).await;
    assert!(
        page.says("2 right of 2") && page.says("Try 1: passed, with 2 of 2 points"),
        "{}",
        page.html
    );
}

#[tokio::test]
async fn enter_on_a_page_with_rows_to_order_does_what_its_main_button_does() {
    let world = World::new().await;
    let competency = world.competency(cut_score(2, 60)).await;
    let choice = |id: &str| json!({ "identifier": id, "content": id });
    let order = json!({
        "title": "Item", "language": "en",
        "body": [{ "interaction": {
            "kind": "order", "response": "R", "prompt": "Sort.", "choices": [choice("a"), choice("b")],
        } }],
        "responses": [{
            "identifier": "R", "cardinality": "ordered", "baseType": "identifier",
            "correctResponse": { "order": ["a", "b"] }, "scoring": { "rule": "matchCorrect", "points": 1 },
        }],
    });
    for _ in 0..2 {
        world.item(competency, "assessment", &order).await;
    }
    let assessment = world
        .assessment(competency, 2, json!({ "passRule": cut_score(2, 60) }))
        .await;
    let ctx = world.learner().await;
    let attempt = start(&ctx, assessment).await.unwrap();
    let page = Browser::of(&ctx)
        .get(&format!("/t/harbour/attempts/{attempt}?q=1"))
        .await;
    assert!(page.says("name=\"move\""), "{}", page.html);
    let form = page.html.split("id=\"attempt\"").nth(1).unwrap();
    let first = form.split("<button").nth(1).unwrap().split('>').next().unwrap();
    assert!(
        first.contains("name=\"go\"") && first.contains("value=\"2\""),
        "{first}"
    );
}

#[tokio::test]
async fn programs_are_shown_with_their_parts_and_begun_from_their_page() {
    let world = World::new().await;
    let competency = world.competency(cut_score(1, 60)).await;
    let small = world
        .achievement(json!({ "kind": "competency-mastered", "competency": competency }))
        .await;
    let admin = Browser::of(&world.member(Role::Admin).await);
    let none = admin.get("/t/harbour/admin/programs").await;
    assert!(none.says("No programs yet"), "{}", none.html);

    let held = json!({ "kind": "badge-held", "achievement": small });
    let mastered = json!({ "kind": "competency-mastered", "competency": competency });
    let large = world
        .achievement(json!({ "kind": "all", "of": [held, mastered] }))
        .await;
    let page = admin.get("/t/harbour/admin/programs").await;
    for says in [
        &format!("/t/harbour/admin/achievements/{small}"),
        &format!("/t/harbour/teach/competencies/{competency}"),
        "Held by 0 of 1 member",
        "No published assessment asks about this competency",
        "2 problems",
    ] {
        assert!(page.says(says), "{says}: {}", page.html);
    }
    let begun = admin
        .get(&format!("/t/harbour/admin/achievements/new?on={large}"))
        .await;
    let filled = [("name", "Master of rivers"), ("description", "Reads all rivers.")];
    let editor = admin.fill(&begun, &filled).await;
    assert!(
        editor.says(&format!("value=\"badge:{large}\" selected")),
        "{}",
        editor.html
    );

    let learner = Browser::of(&world.learner().await);
    let catalogue = learner.get("/t/harbour").await;
    assert!(
        catalogue.says("0 of 2 parts are yours") && catalogue.says(&format!("/achievements/{small}")),
        "{}",
        catalogue.html
    );
    let visitor = Browser::new(&world.installation, None).get("/t/harbour").await;
    assert!(visitor.says("It takes all of these") && !visitor.says("parts are yours"));
}

/// A question in a picture that is 400 by 200.
fn in_picture(interaction: &Json, declaration: &Json) -> Json {
    let mut asked = json!({
        "response": "R", "prompt": "Where?",
        "picture": { "file": "map.png", "width": 400, "height": 200, "alternative": "A map of the delta" },
    });
    let mut declared = json!({ "identifier": "R", "cardinality": "single" });
    for (whole, more) in [(&mut asked, interaction), (&mut declared, declaration)] {
        let whole = whole.as_object_mut().unwrap();
        whole.extend(more.as_object().unwrap().clone());
    }
    json!({ "title": "Item", "language": "en", "body": [{ "interaction": asked }], "responses": [declared] })
}

async fn one_question(world: &World, item: &Json) -> AssessmentId {
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", item).await;
    world
        .assessment(competency, 1, json!({ "passRule": cut_score(1, 60) }))
        .await
}

#[tokio::test]
async fn a_place_in_a_picture_is_pressed_or_told_in_percent_without_script() {
    let world = World::new().await;
    let circle = json!({ "circle": { "x": 200, "y": 100, "radius": 20 } });
    let item = in_picture(
        &json!({ "kind": "selectPoint" }),
        &json!({
            "baseType": "point", "areaMapping": { "entries": [{ "shape": circle, "value": 1 }] },
            "scoring": { "rule": "mapResponsePoint" },
        }),
    );
    let assessment = one_question(&world, &item).await;
    let browser = Browser::of(&world.learner().await);
    let brief = browser.get(&format!("/t/harbour/assessments/{assessment}")).await;
    let first = browser.fill(&brief, &[]).await;
    assert!(first.says("aria-label=\"A map of the delta\"") && !first.says("class=\"placed\""));

    let press = [
        ("q0.r.1.1.x", ""),
        ("q0.r.1.1.y", ""),
        ("q0.r.1.at.272.136.x", "68"),
        ("q0.r.1.at.272.136.y", "102"),
    ];
    let pressed = browser.fill(&first, &press).await;
    let typed = |page: &Shown| [page.values("q0.r.1.1.x"), page.values("q0.r.1.1.y")].concat();
    assert_eq!(typed(&pressed), ["25", "75"]);
    assert!(pressed.says("class=\"placed\""), "{}", pressed.html);

    let half = [("q0.r.1.1.x", "50"), ("q0.r.1.1.y", ""), ("go", "check")];
    let returned = browser.fill(&pressed, &half).await;
    assert_eq!(returned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.says("Type both numbers of this place"));
    assert_eq!(typed(&returned), ["50", ""]);

    let told = [("q0.r.1.1.x", "50"), ("q0.r.1.1.y", "52,5"), ("go", "check")];
    let check = browser.fill(&returned, &told).await;
    let result = browser.fill(&check, &[]).await;
    assert!(result.says("1 of 1 point"), "{}", result.html);
}

#[tokio::test]
async fn a_region_of_a_picture_is_chosen_in_the_list_and_lies_in_its_label() {
    let world = World::new().await;
    let region = |name: &str, left: u16| {
        let shape = json!({ "rect": { "left": left, "top": 10, "right": left + 50, "bottom": 60 } });
        json!({ "identifier": name, "name": format!("The {name}"), "shape": shape })
    };
    let item = in_picture(
        &json!({ "kind": "hotspot", "hotspots": [region("spit", 200), region("bank", 10)] }),
        &json!({
            "baseType": "identifier", "correctResponse": { "identifiers": ["spit"] },
            "scoring": { "rule": "matchCorrect", "points": 1 },
        }),
    );
    let assessment = one_question(&world, &item).await;
    let browser = Browser::of(&world.learner().await);
    let brief = browser.get(&format!("/t/harbour/assessments/{assessment}")).await;
    let page = browser.fill(&brief, &[]).await;
    let labels: Vec<&str> = page.html.split("<label class=\"region").skip(1).collect();
    let [bank, spit] = labels.as_slice() else {
        panic!("{}", page.html)
    };
    assert!(
        bank.contains("The bank") && bank.contains("x=\"10\""),
        "the leftmost first"
    );
    assert!(spit.contains("The spit") && spit.contains("x=\"200\""));
    let ids = page.values("q0.r.1");
    let check = browser.fill(&page, &[("q0.r.1", &ids[1]), ("go", "check")]).await;
    let result = browser.fill(&check, &[]).await;
    assert!(result.says("1 of 1 point"), "{}", result.html);
}
