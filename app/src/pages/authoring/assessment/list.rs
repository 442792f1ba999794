//! All assessments.

use domain::assessment::Mode;
use leptos::prelude::*;
use service::assessment::definition::{self, Row};

use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::{
        authoring::draft::{Noun, shelves},
        teach::{Desk, TeachFrame},
    },
    ui::{Day, Empty, Layout, Pages, Table, Tabs},
    visit::Author,
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let archived = place.query("archived").is_some();
    let wanted = place
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let found = definition::list(&place.ctx, archived, wanted).await?;
    let desk = Desk::new(&place);
    let page = place.page(place.t("assessment-list-title"), move || {
        let base = desk.path("/assessments");
        let (tabs, numbered) = shelves(&base, archived);
        let address = move |page: u32| format!("{numbered}{page}");
        view! {
            <TeachFrame desk>
                <div class="row apart">
                    <h1>{t!("assessment-list-title")}</h1>
                    <a class="button" href=format!("{base}/new")>{t!("assessment-new")}</a>
                </div>
                <Tabs label=t!("assessment-list-title") places=tabs />
                <Found rows=found.rows total=found.total base archived />
                <Pages page=found.page of=found.pages address />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

#[component]
fn Found(rows: Vec<Row>, total: u64, base: String, archived: bool) -> AnyView {
    if rows.is_empty() {
        let text = if archived {
            t!("assessment-none-archived")
        } else {
            t!("assessment-none-text")
        };
        return view! { <Empty title=t!("assessment-none")><p>{text}</p></Empty> }.into_any();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let mode = match row.mode {
                Mode::SequentialGate => t!("assessment-mode-gate"),
                Mode::FixedForm => t!("assessment-mode-form"),
            };
            let tries = match row.attempts {
                Some(tries) => tries.to_string(),
                None => t!("assessment-any-number"),
            };
            view! {
                <tr>
                    <th scope="row"><a href=format!("{base}/{}", row.id)>{row.title}</a></th>
                    <td>{mode}</td>
                    <td class="num">{row.items}</td>
                    <td class="num">{tries}</td>
                    <td>{Noun::Assessment.tag(row.stage)}</td>
                    <td><Day at=row.updated_at /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="assessments" caption=t!("assessment-count", total = total)>
            <thead>
                <tr>
                    <th scope="col">{t!("assessment-title")}</th>
                    <th scope="col">{t!("assessment-mode")}</th>
                    <th scope="col" class="num">{t!("assessment-items")}</th>
                    <th scope="col" class="num">{t!("assessment-tries")}</th>
                    <th scope="col">{t!("stage")}</th>
                    <th scope="col">{t!("assessment-changed")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
