//! All items, and finding one among them.

use domain::assessment::{ItemKind, Purpose};
use leptos::prelude::*;
use service::{
    assessment::item::{self, Filter, Row},
    draft::Stage,
};

use super::competencies;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    pages::{
        authoring::draft::Noun,
        teach::{Desk, TeachFrame},
    },
    ui::{Day, Empty, Layout, Pages, Select, Table, TextField},
    visit::Author,
};

const FILTERS: [&str; 5] = ["text", "competency", "kind", "purpose", "stage"];

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let asked = |name: &str| place.query(name).unwrap_or_default();
    let filter = Filter {
        competency: asked("competency").parse().ok(),
        kind: asked("kind").parse().ok(),
        purpose: asked("purpose").parse().ok(),
        stage: stage_of(&asked("stage")),
        text: asked("text"),
    };
    let wanted = asked("page").parse().unwrap_or(1);
    let found = item::list(&place.ctx, &filter, wanted).await?;
    let known = competencies(&place.ctx).await?;
    let fields = FILTERS.map(|name| (name, asked(name)));
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()))
        .finish();
    let is_filtered = !query.is_empty();
    let desk = Desk::new(&place);
    let page = place.page(place.t("item-list-title"), move || {
        let base = desk.path("/items");
        let new = desk.path("/items/new");
        let import = desk.path("/items/import");
        let numbered = base.clone();
        let address = move |page: u32| format!("{numbered}?{query}&page={page}");
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
                <Filters known />
                <Found rows=found.rows total=found.total base is_filtered />
                <Pages page=found.page of=found.pages address />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide).filled(Form::filled(fields)))
}

fn stage_of(word: &str) -> Option<Stage> {
    match word {
        "draft" => Some(Stage::Draft),
        "published" => Some(Stage::Published),
        "retired" => Some(Stage::Withdrawn),
        _ => None,
    }
}

#[component]
fn Filters(known: Vec<(String, String)>) -> AnyView {
    let any = || std::iter::once((String::new(), t!("item-any")));
    let kinds = ItemKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), t!(&format!("item-kind-{kind}"))));
    let purposes = Purpose::ALL
        .iter()
        .map(|purpose| (purpose.to_string(), t!(&format!("item-purpose-{purpose}"))));
    let stages = [
        ("draft", t!("stage-draft")),
        ("published", t!("stage-published")),
        ("retired", t!("item-withdrawn")),
    ]
    .map(|(stage, text)| (stage.to_owned(), text));
    view! {
        <form class="filters" method="get">
            <TextField name="text" label=t!("item-search") kind="search" required=false />
            <Select name="competency" label=t!("item-competency") options=any().chain(known).collect() />
            <Select name="kind" label=t!("item-kind") options=any().chain(kinds).collect() />
            <Select name="purpose" label=t!("item-purpose") options=any().chain(purposes).collect() />
            <Select name="stage" label=t!("stage") options=any().chain(stages).collect() />
            <button class="button secondary">{t!("item-show")}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Found(rows: Vec<Row>, total: u64, base: String, is_filtered: bool) -> AnyView {
    if rows.is_empty() {
        let (title, text) = if is_filtered {
            (t!("item-none-found"), t!("item-none-found-text"))
        } else {
            (t!("item-none"), t!("item-none-text"))
        };
        return view! { <Empty title><p>{text}</p></Empty> }.into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let asked = [row.asked, row.title.clone(), t!("item-untitled")]
                .into_iter()
                .find(|words| !words.is_empty());
            let kind = row.kind.map(|kind| t!(&format!("item-kind-{kind}")));
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("{base}/{}", row.id)>{asked}</a>
                        <small>{row.title}</small>
                    </th>
                    <td>{row.competency}</td>
                    <td>{kind}</td>
                    <td>{t!(&format!("item-purpose-{}", row.purpose))}</td>
                    <td class="num">{format!("{:+.1}", row.difficulty)}</td>
                    <td>{Noun::Item.tag(row.stage)}</td>
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
                    <th scope="col">{t!("stage")}</th>
                    <th scope="col">{t!("item-changed")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
