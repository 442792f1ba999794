//! All achievements of a tenant, and what stacks into what.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::AchievementId;
use leptos::prelude::*;
use service::program::achievement::{self, Row};

use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::{
        admin::frame::{self, ACHIEVEMENTS},
        authoring::draft::{Noun, shelves},
    },
    ui::{Day, Empty, Pages, Table, Tabs},
    visit::Member,
};

pub(super) async fn show(Member(place): Member) -> Result<Page, Failure> {
    let archived = place.query("archived").is_some();
    let wanted = place
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let found = achievement::list(&place.ctx, archived, wanted).await?;
    let base = place.path(ACHIEVEMENTS.0);
    Ok(frame::page(
        &place,
        ACHIEVEMENTS,
        place.t(ACHIEVEMENTS.1),
        move || {
            let (tabs, numbered) = shelves(&base, archived);
            let address = move |page: u32| format!("{numbered}{page}");
            view! {
                <div class="row apart">
                    <h1>{t!(ACHIEVEMENTS.1)}</h1>
                    <a class="button" href=format!("{base}/new")>{t!("achievement-new")}</a>
                </div>
                <Tabs label=t!(ACHIEVEMENTS.1) places=tabs />
                <Found rows=found.rows.clone() total=found.total base=base.clone() archived />
                <Pages page=found.page of=found.pages address />
                {stacks(&found.rows, &base)}
            }
        },
    ))
}

#[component]
fn Found(rows: Vec<Row>, total: u64, base: String, archived: bool) -> AnyView {
    if rows.is_empty() {
        let text = if archived {
            t!("achievement-none-archived")
        } else {
            t!("achievement-none-text")
        };
        return view! { <Empty title=t!("achievement-none")><p>{text}</p></Empty> }.into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("{base}/{}", row.id)>{row.name}</a></th>
                    <td class="num">{row.parts.len()}</td>
                    <td class="num">{row.holders}</td>
                    <td>{Noun::Achievement.tag(row.stage)}</td>
                    <td><Day at=row.updated_at /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="achievements" caption=t!("achievement-count", total = total)>
            <thead>
                <tr>
                    <th scope="col">{t!("achievement-name")}</th>
                    <th scope="col" class="num">{t!("achievement-parts")}</th>
                    <th scope="col" class="num">{t!("achievement-holders")}</th>
                    <th scope="col">{t!("stage")}</th>
                    <th scope="col">{t!("achievement-changed")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

/// What stacks into what: each badge that no other asks for, with its parts
/// under it. Nothing where no badge asks for another.
fn stacks(rows: &[Row], base: &str) -> AnyView {
    let parts: BTreeMap<AchievementId, &Row> = rows.iter().map(|row| (row.id, row)).collect();
    let asked: BTreeSet<AchievementId> = rows.iter().flat_map(|row| row.parts.iter().copied()).collect();
    let tops: Vec<&Row> = rows
        .iter()
        .filter(|row| !row.parts.is_empty() && !asked.contains(&row.id))
        .collect();
    if tops.is_empty() {
        return ().into_any();
    }
    let trees = tops
        .into_iter()
        .map(|row| view! { <li>{tree(row, &parts, base, MOST_DEPTH)}</li> })
        .collect_view();
    view! {
        <section class="section">
            <h2>{t!("achievement-stacks")}</h2>
            <p>{t!("achievement-stacks-text")}</p>
            <ul>{trees}</ul>
        </section>
    }
    .into_any()
}

/// Drafts may go round in a circle until somebody publishes them.
const MOST_DEPTH: usize = 8;

fn tree(row: &Row, all: &BTreeMap<AchievementId, &Row>, base: &str, depth: usize) -> AnyView {
    let under = row
        .parts
        .iter()
        .filter_map(|id| all.get(id))
        .filter(|_| depth > 0)
        .map(|part| view! { <li>{tree(part, all, base, depth - 1)}</li> })
        .collect::<Vec<_>>();
    let under = (!under.is_empty()).then(|| view! { <ul>{under}</ul> });
    view! { <a href=format!("{base}/{}", row.id)>{row.name.clone()}</a>{under} }.into_any()
}
