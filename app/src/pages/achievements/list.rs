//! All achievements of a tenant.

use leptos::prelude::*;
use service::program::achievement::{self, Row};

use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::{
        admin::frame::{self, ACHIEVEMENTS, PROGRAMS},
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
    let (base, programs) = (place.path(ACHIEVEMENTS.0), place.path(PROGRAMS.0));
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
                <Found rows=found.rows total=found.total base=base.clone() archived />
                <Pages page=found.page of=found.pages address />
                <p><a href=programs>{t!("achievement-programs")}</a></p>
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
