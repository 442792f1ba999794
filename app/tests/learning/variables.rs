//! An item with variables, written, published and exchanged, without script.

use axum::http::StatusCode;
use domain::{
    assessment::{Item, Purpose, Variables, variants},
    id::{CompetencyId, ItemId},
    tenancy::Role,
};
use serde_json::json;
use service::{
    Ctx,
    assessment::item::{self, Content, Destination, Outcome, Source},
};

use crate::{
    browser::{Browser, Shown},
    world::{World, cut_score},
};

/// What is typed into the editor of the item.
const TYPED: [(&str, &str); 20] = [
    (
        "prompt",
        "A boat costs {{price:.2}} a day. What do {{days}} days cost?",
    ),
    ("title", "Days on the water"),
    ("language", "en"),
    ("purpose", "assessment"),
    ("tolerance", "absolute"),
    ("tolerance-by", "0.01"),
    ("unit", "none"),
    ("points", "2"),
    ("said-general", "{{days}} times {{price:.2}}."),
    ("variable-0-is", "whole"),
    ("variable-0-name", "days"),
    ("variable-0-from", "2"),
    ("variable-0-to", "9"),
    ("variable-0-step", "1"),
    ("variable-1-is", "decimal"),
    ("variable-1-name", "price"),
    ("variable-1-from", "12.50"),
    ("variable-1-to", "40"),
    ("variable-1-step", "0.50"),
    ("constraint-0-formula", "days * price > 30"),
];

struct Editor {
    browser: Browser,
    ctx: Ctx,
    competency: CompetencyId,
    path: String,
}

impl Editor {
    /// That of a new item that asks for a number.
    async fn new(world: &World) -> Self {
        let competency = world.competency(cut_score(1, 100)).await;
        let ctx = world.member(Role::Instructor).await;
        let browser = Browser::of(&ctx);
        let page = browser.get("/t/harbour/teach/items/new").await;
        let (kind, competency_id) = (("kind", "numeric"), competency.to_string());
        let fields = [
            kind,
            ("title", "New"),
            ("purpose", "assessment"),
            ("competency", &competency_id),
        ];
        let page = browser.fill(&page, &fields).await;
        assert!(page.says("Add a variable"), "{}", page.html);
        Self {
            browser,
            ctx,
            competency,
            path: page.path.split('?').next().unwrap().to_owned(),
        }
    }

    fn id(&self) -> ItemId {
        self.path.rsplit('/').next().unwrap().parse().unwrap()
    }

    async fn draft(&self) -> Content {
        item::load(&self.ctx, self.id()).await.unwrap().content
    }

    /// Presses a button, with what is typed in the item and `more` instead or beside.
    async fn press(&self, button: &str, more: &[(&str, &str)]) -> Shown {
        let page = self.browser.get(&self.path).await;
        let competency = self.competency.to_string();
        let mut fields = vec![("do", button), ("competency", competency.as_str())];
        fields.extend(
            TYPED
                .iter()
                .filter(|(name, _)| more.iter().all(|(other, _)| other != name)),
        );
        fields.extend(more);
        self.browser.fill(&page, &fields).await
    }
}

#[tokio::test]
async fn an_item_with_variables_goes_from_an_empty_page_to_another_system_and_back() {
    let world = World::new().await;
    let editor = Editor::new(&world).await;

    let added = editor.press("add variable", &[]).await;
    assert_eq!(added.values("variable-2-name"), [""], "a row more");
    assert_eq!(
        added.values("variable-1-from"),
        ["12.50"],
        "what was typed is there"
    );

    let saved = editor.press("save", &[("key-formula", "days*price")]).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert!(saved.says("The draft is saved") && saved.says("Look at twenty variants"));
    assert_eq!(saved.values("key-formula"), ["days * price"]);
    assert_eq!(saved.values("variable-1-to"), ["40.00"]);

    let looked = editor.browser.get(&format!("{}/variants", editor.path)).await;
    assert_eq!(looked.html.matches("<th scope=\"row\">").count(), 20);
    let item = editor.draft().await.item;
    for variant in variants(&item) {
        let [(_, days), (_, price)] = variant.values.as_slice() else {
            panic!("{variant:?}")
        };
        let right = days.parse::<f64>().unwrap() * price.parse::<f64>().unwrap();
        let answer: f64 = variant.answers[0].parse().unwrap();
        assert!((answer - right).abs() < 1e-9 && right > 30.0, "{variant:?}");
        assert!(
            looked.says(&format!("<td>{}</td>", variant.answers[0])),
            "{answer}"
        );
        assert!(looked.says(&format!("What do {days} days cost?")));
    }

    let published = editor.press("publish", &[("key-formula", "days * price")]).await;
    assert!(published.says("It is published"), "{}", published.html);

    let package = item::export(&editor.ctx, None).await.unwrap();
    let to = Destination {
        competency: format!("RIV.{}", editor.competency),
        purpose: Purpose::Assessment,
        duplicates: true,
    };
    let source = Source {
        name: "items.zip",
        bytes: package,
    };
    let reports = item::import(&editor.ctx, &to, source).await.unwrap();
    let [Outcome::Imported { item: id, changes }] = [&reports[0].outcome] else {
        panic!("{reports:?}")
    };
    assert_eq!(changes, &[]);
    let back = item::load(&editor.ctx, *id).await.unwrap().content.item;
    assert_eq!(Variables::of(&back), Variables::of(&item));
    let answers = |item: &Item| {
        variants(item)
            .into_iter()
            .map(|it| it.answers)
            .collect::<Vec<_>>()
    };
    assert_eq!(answers(&back), answers(&item));
    let page = editor.browser.get(&format!("/t/harbour/teach/items/{id}")).await;
    assert_eq!(
        page.values("key-formula"),
        ["days * price"],
        "and can be changed here"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_formula_is_said_at_its_field_with_its_place() {
    let world = World::new().await;
    let editor = Editor::new(&world).await;
    let wrong = [
        ("key-formula", "days * * price"),
        ("constraint-0-formula", "days * \"<b>\" > 1"),
    ];
    let returned = editor.press("save", &wrong).await;
    assert_eq!(returned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(returned.values("key-formula"), ["days * * price"]);
    for (field, sentence) in [
        (
            "key-formula",
            "Character 8: a number or a variable is missing before *",
        ),
        ("constraint-0-formula", "Character 8: a number is needed here"),
    ] {
        assert!(
            returned.says(&format!("href=\"#f-{field}\"")),
            "{}",
            returned.html
        );
        assert!(
            returned.says(&format!("id=\"f-{field}-error\" class=\"error\">{sentence}</p>")),
            "{}",
            returned.html
        );
    }
    assert!(editor.draft().await.item.template.is_none(), "nothing is stored");

    let never = [("constraint-0-formula", "days > 10"), ("key-formula", "days")];
    let refused = editor.press("publish", &never).await;
    assert!(
        refused.says("No question could be made with these variables"),
        "{}",
        refused.html
    );
    assert!(refused.says("href=\"#f-template\"") && refused.says("id=\"f-template\""));
}

#[tokio::test]
async fn a_template_that_the_editor_does_not_show_stays_as_it_is_when_the_item_is_saved() {
    let world = World::new().await;
    let editor = Editor::new(&world).await;
    editor.press("save", &[("key-formula", "days * price")]).await;
    let mut content = editor.draft().await;
    let template = content.item.template.as_mut().unwrap();
    template.rules[1] = serde_json::from_value(json!({ "do": { "setTemplateValue": {
        "identifier": "price", "value": { "randomFloat": { "min": "12.5", "max": "40" } },
    } } }))
    .unwrap();
    let kept = template.clone();
    let revision = item::load(&editor.ctx, editor.id()).await.unwrap().revision;
    item::save(&editor.ctx, editor.id(), revision, content)
        .await
        .unwrap();

    let page = editor.browser.get(&editor.path).await;
    assert!(page.says("They stay as they are when you save"), "{}", page.html);
    assert!(!page.says("Add a variable"));
    let changed = [("title", "Another title"), ("key-formula", "1"), ("do", "save")];
    let competency = editor.competency.to_string();
    let mut fields = TYPED.to_vec();
    fields.retain(|(name, _)| *name != "title");
    fields.extend(changed);
    fields.push(("competency", &competency));
    let saved = editor.browser.fill(&page, &fields).await;
    assert!(saved.says("The draft is saved"), "{}", saved.html);
    let item = editor.draft().await.item;
    assert_eq!(
        (item.title.as_str(), item.template),
        ("Another title", Some(kept))
    );
}
