//! What was not taken, to be tried again or forgotten.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::id::RefusedItemId;
use leptos::prelude::*;
use service::{
    Error, Paged,
    assessment::item::{self, ExchangeError, Outcome, Refused},
};

use super::{
    FIELDS, Where, codes, destination,
    report::{in_place, why},
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{Day, Empty, ErrorSummary, Layout, Pages, Place, Table, Tick},
    visit::{Author, Member},
};

const HERE: &str = "/items/import/refused";

type RefusedPath = Path<(String, String)>;

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let wanted = place.query("page").and_then(|page| page.parse().ok());
    let kept = item::refused(&place.ctx, wanted.unwrap_or(1)).await?;
    let desk = Desk::new(&place);
    let above = above(&place, &desk, false);
    let page = place.page(place.t("import-kept-title"), move || {
        let base = desk.path(HERE);
        view! {
            <TeachFrame desk above>
                <div class="page-head">
                    <h1>{t!("import-kept-title")}</h1>
                    <p class="lead">{t!("import-kept-lead")}</p>
                </div>
                <Kept kept base />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

pub(super) async fn one(Author(place): Author, Path((_, id)): RefusedPath) -> Result<Page, Failure> {
    let row = load(&place, &id).await?;
    let form = Form::filled([("purpose", row.purpose.to_string())]);
    Ok(page(&place, row).await?.filled(form))
}

pub(super) async fn again(
    Author(place): Author,
    Path((_, id)): RefusedPath,
    form: Form,
) -> Result<Response, Failure> {
    let row = load(&place, &id).await?;
    let tried = match destination(&form) {
        Ok(to) => item::retry(&place.ctx, row.id, &to).await,
        Err(error) => Err(error.into()),
    };
    let desk = Desk::new(&place);
    match tried {
        Ok(report) => Ok(match report.outcome {
            Outcome::Imported { item, .. } | Outcome::AlreadyThere { item } | Outcome::Duplicate { item } => {
                see_done(&desk.path(&format!("/items/{item}")), "refused-taken")
            }
            Outcome::Refused { .. } => see_done(&desk.path(&format!("{HERE}/{id}")), "refused-again"),
        }),
        Err(ExchangeError::Service(Error::Invalid(errors))) => {
            let kept = FIELDS.map(|name| (name, form.text(name).to_owned()));
            let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
            Ok(page(&place, row)
                .await?
                .returned(Form::filled(kept), errors)
                .into_response())
        }
        Err(ExchangeError::Service(error)) => Err(error.into()),
        // It was opened before it was kept.
        Err(ExchangeError::Package(_)) => Err(Error::NotFound.into()),
    }
}

pub(super) async fn forget(Author(place): Author, Path((_, id)): RefusedPath) -> Result<Response, Failure> {
    item::forget(&place.ctx, refused_id(&id)?).await?;
    Ok(see_done(&Desk::new(&place).path(HERE), "refused-forgotten"))
}

fn refused_id(text: &str) -> Result<RefusedItemId, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn load(place: &Member, id: &str) -> Result<Refused, Error> {
    item::refused_one(&place.ctx, refused_id(id)?).await
}

fn above(place: &Member, desk: &Desk, is_one: bool) -> Vec<Place> {
    let mut above = vec![
        Place::new(desk.path("/items"), place.t("item-list-title")),
        Place::new(desk.path("/items/import"), place.t("import-title")),
    ];
    above.extend(is_one.then(|| Place::new(desk.path(HERE), place.t("import-kept-title"))));
    above
}

async fn page(place: &Member, row: Refused) -> Result<Page, Failure> {
    let codes = codes(&place.ctx).await?;
    let desk = Desk::new(place);
    let above = above(place, &desk, true);
    let page = place.page(place.t("import-again-title"), move || {
        let forget = desk.path(&format!("{HERE}/{}/forget", row.id));
        let name = name_of(&row);
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("import-again-title")}</h1>
                    <p class="lead">{name}</p>
                </div>
                <p>{t!("import-from", file = row.file_name.clone())}</p>
                <p>{in_place(why(&row.code), &row.place)}</p>
                <form class="panel" method="post">
                    <Where codes />
                    <Tick name="duplicates" label=t!("import-duplicates") hint=t!("import-duplicates-hint") />
                    <div class="buttons"><button class="button">{t!("import-again")}</button></div>
                </form>
                <form method="post" action=forget>
                    <button class="button secondary">{t!("import-forget")}</button>
                </form>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

fn name_of(row: &Refused) -> String {
    if row.identifier.is_empty() {
        t!("item-untitled")
    } else {
        row.identifier.clone()
    }
}

#[component]
fn Kept(kept: Paged<Refused>, base: String) -> AnyView {
    if kept.rows.is_empty() {
        return view! { <Empty title=t!("import-kept-none")><p>{t!("import-kept-none-text")}</p></Empty> }
            .into_any();
    }
    let rows = kept
        .rows
        .into_iter()
        .map(|row| {
            let name = name_of(&row);
            let reason = in_place(why(&row.code), &row.place);
            view! {
                <tr>
                    <th scope="row"><a href=format!("{base}/{}", row.id)>{name}</a></th>
                    <td>{row.file_name}</td>
                    <td>{reason}</td>
                    <td><Day at=row.at /></td>
                </tr>
            }
        })
        .collect_view();
    let (page, pages) = (kept.page, kept.pages);
    view! {
        <Table id="kept" caption=t!("import-kept-caption", total = kept.total)>
            <thead>
                <tr>
                    <th scope="col">{t!("item-item")}</th>
                    <th scope="col">{t!("import-file")}</th>
                    <th scope="col">{t!("import-detail")}</th>
                    <th scope="col">{t!("import-when")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        <Pages page of=pages address=move |page: u32| format!("{base}?page={page}") />
    }
    .into_any()
}
