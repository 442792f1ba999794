//! Finding one item among thousands.

use std::collections::BTreeSet;

use domain::{
    assessment::{
        ItemKind, ReviewState, ReviewStep, Tag,
        analysis::{Band, Facility},
    },
    id::{CompetencyId, ItemId},
    tenancy::Role,
};
use entity::assessment::{item_facility, item_tag};
use sea_orm::ColumnTrait;
use service::{
    Ctx, Error, Turn,
    assessment::item::{self, Content, Filter},
    testing::{School, faults},
};

use crate::world::{competency, question, step, written};

fn tags(typed: &str) -> BTreeSet<Tag> {
    Tag::parse_all(typed).unwrap()
}

fn tagged(competency: CompetencyId, title: &str, typed: &str) -> Content {
    Content {
        tags: tags(typed),
        ..question(competency, title)
    }
}

/// The titles of what is found, as they come.
async fn found(ctx: &Ctx, filter: Filter) -> Vec<String> {
    let found = item::list(ctx, &filter, Turn::First).await.unwrap();
    assert_eq!(found.total, found.rows.len() as u64);
    let mut titles: Vec<_> = found.rows.into_iter().map(|row| row.title).collect();
    titles.sort();
    titles
}

/// Lets answers to the version in force of an item have earned so much.
async fn answered(author: &Ctx, id: ItemId, answers: i64, share: i64) {
    let version = item::load(author, id).await.unwrap().published.unwrap().version;
    let tx = author.write().await.unwrap();
    tx.insert::<item_facility::Entity>(item_facility::Model {
        tenant_id: author.tenant(),
        item_version_id: version,
        answers,
        earned: answers * share,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_word_is_found_in_any_case_and_order_and_beyond_what_a_list_shows() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    written(&author, question(rivers, "Über den Fluß")).await;
    let mut long = question(rivers, "Long");
    let prose = format!("{} Oxbow", "word ".repeat(200));
    long.item.body.insert(0, domain::assessment::Block::Prose(prose));
    written(&author, long).await;

    let with = |text: &str| Filter {
        text: text.to_owned(),
        ..Filter::default()
    };
    for (text, titles) in [
        ("ÜBER", vec!["Über den Fluß"]),
        ("fluß über", vec!["Über den Fluß"]),
        ("über nirgends", vec![]),
        ("oxbow", vec!["Long"]),
        ("FASTEST where", vec!["Long", "Über den Fluß"]),
        ("%", vec![]),
        ("  ", vec!["Long", "Über den Fluß"]),
    ] {
        assert_eq!(found(&author, with(text)).await, titles, "{text}");
    }
}

#[tokio::test]
async fn an_item_is_found_by_its_tags_language_review_and_what_answers_say() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let easy = written(&author, tagged(rivers, "Easy", "Water, first year")).await;
    let hard = written(&author, tagged(rivers, "Hard", "water")).await;
    let mut german = question(rivers, "German");
    german.item.language = "de-CH".to_owned();
    let german = written(&author, german).await;
    for (id, answers, share) in [(easy, 20, 750_000), (hard, 500, 100_000), (german, 19, 1_000_000)] {
        item::publish(&author, id, 1).await.unwrap();
        answered(&author, id, answers, share).await;
    }
    step(&author, hard, ReviewStep::Send, "").await.unwrap();

    let all = Filter::default;
    for (filter, titles) in [
        (
            Filter {
                tag: Some("WATER".parse().unwrap()),
                ..all()
            },
            vec!["Easy", "Hard"],
        ),
        (
            Filter {
                tag: Some("first".parse().unwrap()),
                ..all()
            },
            vec![],
        ),
        (
            Filter {
                language: "de-CH".to_owned(),
                ..all()
            },
            vec!["German"],
        ),
        (
            Filter {
                review: Some(ReviewState::InReview),
                ..all()
            },
            vec!["Hard"],
        ),
        (
            Filter {
                band: Some(Band::Easy),
                ..all()
            },
            vec!["Easy"],
        ),
        (
            Filter {
                band: Some(Band::Hard),
                ..all()
            },
            vec!["Hard"],
        ),
        (
            Filter {
                band: Some(Band::Middling),
                ..all()
            },
            vec![],
        ),
        (
            Filter {
                tag: Some("water".parse().unwrap()),
                band: Some(Band::Hard),
                language: "en".to_owned(),
                kind: Some(ItemKind::Text),
                competency: Some(rivers),
                text: "hard".to_owned(),
                ..all()
            },
            vec!["Hard"],
        ),
    ] {
        assert_eq!(found(&author, filter.clone()).await, titles, "{filter:?}");
    }
    let rows = item::list(&author, &all(), Turn::First).await.unwrap().rows;
    let shown = rows.iter().find(|row| row.id == easy).unwrap();
    assert_eq!(shown.tags, tags("first year,water"));
    let facility = Facility {
        answers: 20,
        earned: 15_000_000,
    };
    assert_eq!(shown.facility, facility);
}

#[tokio::test]
async fn tags_are_changed_without_undoing_an_approval() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let colleague = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, tagged(rivers, "Bend", "a, b")).await;
    step(&author, id, ReviewStep::Send, "").await.unwrap();
    step(&colleague, id, ReviewStep::Approve, "").await.unwrap();
    item::save(&author, id, 1, tagged(rivers, "Bend", "b, c"))
        .await
        .unwrap();

    assert_eq!(item::load(&author, id).await.unwrap().content.tags, tags("b, c"));
    let review = item::reviewed(&author, id).await.unwrap();
    assert_eq!(review.state, ReviewState::Approved);
}

#[tokio::test]
async fn more_tags_than_there_may_be_and_a_language_without_end_are_refused() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    let mut content = question(rivers, "Bend");
    content.tags = (0..=Tag::MOST).map(|n| n.to_string().parse().unwrap()).collect();
    content.item.language = "x".repeat(36);
    assert_eq!(
        faults(item::create(&author, author.new_id(), content).await),
        [
            ("tags".to_owned(), "tags-too-many".to_owned()),
            ("language".to_owned(), "item-language".to_owned()),
        ]
    );
}

#[tokio::test]
async fn pages_are_turned_on_and_back_without_leaving_out_or_repeating_any() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let rivers = competency(&author, "RIV.1").await;
    // The clock stands still for some of them: the id says which comes first then.
    for number in 0..107 {
        written(&author, question(rivers, &format!("Bend {number}"))).await;
        if number % 7 == 0 {
            school.cairn.pass(std::time::Duration::from_millis(3));
        }
    }
    let page = async |turn| item::list(&author, &Filter::default(), turn).await.unwrap();
    let first = page(Turn::First).await;
    let second = page(Turn::After(first.on.unwrap())).await;
    // What is made meanwhile shifts nothing.
    written(&author, question(rivers, "New")).await;
    let third = page(Turn::After(second.on.unwrap())).await;
    assert_eq!((first.total, third.total), (107, 108));
    assert_eq!((first.back, third.on), (None, None));
    let pages = [&first, &second, &third];
    assert_eq!(pages.map(|page| page.rows.len()), [50, 50, 7]);
    let ids: BTreeSet<ItemId> = pages
        .iter()
        .flat_map(|page| &page.rows)
        .map(|row| row.id)
        .collect();
    assert_eq!(ids.len(), 107);

    let back = page(Turn::Before(third.back.unwrap())).await;
    assert_eq!(back.rows, second.rows);
    let start = page(Turn::Before(back.back.unwrap())).await;
    assert_eq!(start.rows, first.rows);
    assert!(start.back.is_some(), "the new one stands before it");
    let newest = page(Turn::Before(start.back.unwrap())).await;
    assert_eq!((newest.rows.len(), newest.back), (1, None));
}

#[tokio::test]
async fn another_tenants_items_and_tags_are_not_found() {
    let school = School::new().await;
    let author = school.somebody(Role::Instructor).await;
    let stranger = school.stranger(Role::Owner).await;
    let rivers = competency(&author, "RIV.1").await;
    let id = written(&author, tagged(rivers, "Bend", "water")).await;
    let filter = Filter {
        tag: Some("water".parse().unwrap()),
        ..Filter::default()
    };
    assert_eq!(found(&stranger, filter.clone()).await, [""; 0]);
    assert!(matches!(item::usage(&stranger, id).await, Err(Error::NotFound)));
    let learner = school.somebody(Role::Learner).await;
    for nobody in [
        item::list(&learner, &filter, Turn::First).await.map(drop),
        item::usage(&learner, id).await.map(drop),
    ] {
        assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
    }
    let tx = stranger.read().await.unwrap();
    let theirs = tx
        .rows::<item_tag::Entity>()
        .filter(item_tag::Column::Tag.eq("water"));
    assert_eq!(theirs.count().await.unwrap(), 0);
}
