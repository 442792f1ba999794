//! All items, and finding one among them.

use std::collections::BTreeSet;

use domain::assessment::{ItemKind, Purpose, ReviewState, Tag, analysis::Band};
use leptos::prelude::*;
use service::{
    Leaf, Mark, Turn,
    assessment::item::{self, Filter, Row},
    draft::Stage,
};

use super::{competencies, review::tag, usage::difficulty};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    pages::{
        authoring::draft::Noun,
        teach::{Desk, TeachFrame},
    },
    ui::{Day, Empty, Layout, Select, Table, TextField, Turns},
    visit::Author,
};

const FILTERS: [&str; 9] = [
    "text",
    "competency",
    "kind",
    "tag",
    "language",
    "band",
    "purpose",
    "stage",
    "review",
];

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let asked = |name: &str| place.query(name).unwrap_or_default();
    let named = asked("tag");
    let tag: Result<Tag, _> = named.parse();
    // What can't be a tag is on no item.
    let has_none = tag.is_err() && !named.trim().is_empty();
    let filter = Filter {
        competency: asked("competency").parse().ok(),
        kind: asked("kind").parse().ok(),
        purpose: asked("purpose").parse().ok(),
        stage: stage_of(&asked("stage")),
        review: asked("review").parse().ok(),
        tag: tag.ok(),
        language: asked("language"),
        band: asked("band").parse().ok(),
        text: asked("text"),
    };
    let turn = match (asked("after").parse(), asked("before").parse()) {
        (Ok(mark), _) => Turn::After(mark),
        (_, Ok(mark)) => Turn::Before(mark),
        _ => Turn::First,
    };
    let found = if has_none {
        Leaf::default()
    } else {
        item::list(&place.ctx, &filter, turn).await?
    };
    let known = competencies(&place.ctx).await?;
    let fields = FILTERS.map(|name| (name, asked(name)));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()))
        .finish();
    let is_filtered = !query.is_empty();
    let languages = offered(place.tenant.languages.clone(), &filter.language);
    let desk = Desk::new(&place);
    let page = place.page(place.t("item-list-title"), move || {
        let base = desk.path("/items");
        let new = desk.path("/items/new");
        let import = desk.path("/items/import");
        let turned = |way: &str, mark: Option<Mark>| mark.map(|mark| format!("{base}?{query}&{way}={mark}"));
        let (back, on) = (turned("before", found.back), turned("after", found.on));
        let known = known
            .into_iter()
            .map(|(id, text)| (id.to_string(), text))
            .collect();
        view! {
            <TeachFrame desk>
                <div class="row apart">
                    <h1>{t!("item-list-title")}</h1>
                    <div class="buttons">
                        <a class="button" href=new>{t!("item-new")}</a>
                        <a class="button secondary" href=import>{t!("import-title")}</a>
                    </div>
                </div>
                <Filters known languages />
                <Found rows=found.rows total=found.total base=base.clone() is_filtered />
                <Turns back on />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide).filled(Form::filled(fields)))
}

/// What a list of items in use is narrowed to.
const REVIEWED: [ReviewState; 3] = [ReviewState::Draft, ReviewState::InReview, ReviewState::Approved];

/// How far the review is, where there is one.
fn looked_at(state: ReviewState) -> AnyView {
    matches!(state, ReviewState::InReview | ReviewState::Approved)
        .then(|| tag(state))
        .into_any()
}

fn stage_of(word: &str) -> Option<Stage> {
    match word {
        "draft" => Some(Stage::Draft),
        "published" => Some(Stage::Published),
        "retired" => Some(Stage::Withdrawn),
        _ => None,
    }
}

/// The languages to choose from: those of the tenant, and the one that was asked for.
pub(super) fn offered(mut tags: Vec<String>, chosen: &str) -> Vec<(String, String)> {
    if !chosen.is_empty() && !tags.iter().any(|tag| tag == chosen) {
        tags.push(chosen.to_owned());
    }
    tags.into_iter().map(|tag| (tag.clone(), tag)).collect()
}

/// What sort of question is found by that kind.
fn named(kind: ItemKind) -> String {
    match kind {
        ItemKind::ExtendedText => t!("item-kind-marked"),
        kind => t!(&format!("item-kind-{kind}")),
    }
}

/// The kinds by which items are found, each with what sort of question it is. A file is
/// found among those that a person marks.
pub(crate) fn kinds() -> Vec<(String, String)> {
    let found = ItemKind::ALL.iter().filter(|kind| **kind != ItemKind::Upload);
    found.map(|kind| (kind.to_string(), named(*kind))).collect()
}

/// Tags, each a link to all items that have it.
fn tags(base: &str, tags: &BTreeSet<Tag>) -> AnyView {
    let links = tags
        .iter()
        .map(|tag| {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("tag", tag.as_str())
                .finish();
            view! { <a href=format!("{base}?{query}")>{tag.to_string()}</a> " " }
        })
        .collect_view();
    (!tags.is_empty())
        .then(|| view! { <small><span class="sr">{t!("item-tags")} ": "</span>{links}</small> })
        .into_any()
}

#[component]
fn Filters(known: Vec<(String, String)>, languages: Vec<(String, String)>) -> AnyView {
    let any = || std::iter::once((String::new(), t!("item-any")));
    let bands = Band::ALL
        .iter()
        .map(|band| (band.to_string(), t!(&format!("item-band-{band}"))));
    let purposes = Purpose::ALL
        .iter()
        .map(|purpose| (purpose.to_string(), t!(&format!("item-purpose-{purpose}"))));
    let stages = [
        ("draft", t!("stage-draft")),
        ("published", t!("stage-published")),
        ("retired", t!("item-withdrawn")),
    ]
    .map(|(stage, text)| (stage.to_owned(), text));
    let reviews = REVIEWED
        .iter()
        .map(|state| (state.to_string(), t!(&format!("review-state-{state}"))));
    view! {
        <form class="filters" method="get">
            <TextField name="text" label=t!("item-search") kind="search" required=false />
            <Select name="competency" label=t!("item-competency") options=any().chain(known).collect() />
            <Select name="kind" label=t!("item-kind") options=any().chain(kinds()).collect() />
            <TextField name="tag" label=t!("item-tag") required=false />
            <Select name="language" label=t!("item-language") options=any().chain(languages).collect() />
            <Select name="band" label=t!("item-band") options=any().chain(bands).collect() />
            <Select name="purpose" label=t!("item-purpose") options=any().chain(purposes).collect() />
            <Select name="stage" label=t!("stage") options=any().chain(stages).collect() />
            <Select name="review" label=t!("review-title") options=any().chain(reviews).collect() />
            <button class="button secondary">{t!("item-show")}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Found(rows: Vec<Row>, total: u64, base: String, is_filtered: bool) -> AnyView {
    if rows.is_empty() {
        return if is_filtered {
            view! {
                <Empty title=t!("item-none-found")>
                    <p>{t!("item-none-found-text")}</p>
                    <a class="button secondary" href=base>{t!("item-show-all")}</a>
                </Empty>
            }
            .into_any()
        } else {
            view! { <Empty title=t!("item-none")><p>{t!("item-none-text")}</p></Empty> }.into_any()
        };
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let asked = [row.asked, row.title.clone(), t!("item-untitled")]
                .into_iter()
                .find(|words| !words.is_empty());
            let tags = tags(&base, &row.tags);
            let kind = row.kind.map(named);
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("{base}/{}", row.id)>{asked}</a>
                        <small>{row.title}</small>
                        {tags}
                    </th>
                    <td>{row.competency}</td>
                    <td>{kind}</td>
                    <td>{t!(&format!("item-purpose-{}", row.purpose))}</td>
                    <td class="num">{format!("{:+.1}", row.difficulty)}</td>
                    <td>{difficulty(row.facility)}</td>
                    <td>{Noun::Item.tag(row.stage)} {looked_at(row.review)}</td>
                    <td><Day at=row.updated_at /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="items" caption=t!("item-count", total = total)>
            <thead>
                <tr>
                    <th scope="col">{t!("item-item")}</th>
                    <th scope="col">{t!("item-competency")}</th>
                    <th scope="col">{t!("item-kind")}</th>
                    <th scope="col">{t!("item-purpose")}</th>
                    <th scope="col" class="num">{t!("item-difficulty")}</th>
                    <th scope="col">{t!("item-band")}</th>
                    <th scope="col">{t!("stage")}</th>
                    <th scope="col">{t!("item-changed")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
