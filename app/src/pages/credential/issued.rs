//! `/t/{tenant}/admin/credentials`: what was issued, and taking it back.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::id::CredentialId;
use leptos::prelude::*;
use service::{
    Error, Paged,
    credential::{self, IssuedCredential},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::admin::frame::{self, CREDENTIALS},
    ui::{Crumbs, Day, Empty, ErrorSummary, Pages, Place, Table, Tag, TextArea, Tone, day},
    visit::Member,
};

pub(super) async fn show(place: Member) -> Result<Page, Failure> {
    let wanted = place
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let issued = credential::issued(&place.ctx, wanted).await?;
    let path = place.path("/admin/credentials");
    let review = place.path("/teach/groundless");
    Ok(frame::page(
        &place,
        CREDENTIALS,
        place.t(CREDENTIALS.1),
        move || view! { <Issued issued path review /> },
    ))
}

pub(super) async fn ask(place: Member, Path((_, id)): Path<(String, String)>) -> Result<Page, Failure> {
    let badge = find(&place, &id).await?;
    Ok(revoke_page(&place, badge))
}

pub(super) async fn revoke(
    place: Member,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Failure> {
    let badge = find(&place, &id).await?;
    match credential::revoke(&place.ctx, badge.id, form.text("reason")).await {
        Ok(()) => Ok(see_done(&place.path("/admin/credentials"), "badge-revoked")),
        Err(Error::Invalid(errors)) => Ok(revoke_page(&place, badge).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

async fn find(place: &Member, id: &str) -> Result<IssuedCredential, Error> {
    let id: CredentialId = id.parse().map_err(|_| Error::NotFound)?;
    credential::issued_one(&place.ctx, id).await
}

fn revoke_page(place: &Member, badge: IssuedCredential) -> Page {
    let path = place.path("/admin/credentials");
    frame::page(place, CREDENTIALS, place.t("revoke-title"), move || {
        view! {
            <Crumbs places=vec![Place::new(path.clone(), t!("issued-title"))] />
            <ErrorSummary />
            <h1>{t!("revoke-title")}</h1>
            <p class="lead">{t!("revoke-lead", badge = badge.badge, name = badge.holder_name)}</p>
            <p>{t!("revoke-text")}</p>
            <form method="post">
                <TextArea name="reason" label=t!("revoke-reason") hint=t!("revoke-reason-hint") rows=3 />
                <div class="buttons">
                    <button class="button danger">{t!("revoke-do")}</button>
                    <a class="button quiet" href=path>{t!("revoke-back")}</a>
                </div>
            </form>
        }
        .into_any()
    })
}

#[component]
fn Issued(issued: Paged<IssuedCredential>, path: String, review: String) -> AnyView {
    let (page, pages, total) = (issued.page, issued.pages, issued.total);
    let rows: Vec<_> = issued.rows.into_iter().map(|badge| row(badge, &path)).collect();
    let list = if rows.is_empty() {
        view! { <Empty title=t!("issued-empty-title")><p>{t!("issued-empty-text")}</p></Empty> }.into_any()
    } else {
        view! {
            <Table id="issued" caption=t!("issued-count", total = total)>
                <thead>
                    <tr>
                        <th scope="col">{t!("issued-badge")}</th>
                        <th scope="col">{t!("issued-holder")}</th>
                        <th scope="col">{t!("issued-at")}</th>
                        <th scope="col">{t!("issued-state")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        }
        .into_any()
    };
    let address = move |page: u32| format!("{path}?page={page}");
    view! {
        <div class="page-head"><h1>{t!("issued-title")}</h1><p class="lead">{t!("issued-lead")}</p></div>
        {list}
        <Pages page of=pages address />
        <p><a href=review>{t!("groundless-title")}</a></p>
    }
    .into_any()
}

fn row(badge: IssuedCredential, path: &str) -> AnyView {
    let state = match badge.revoked {
        Some((at, _)) => view! {
            <Tag tone=Tone::Bad text=t!("badge-revoked-on", date = day(at)) />
        }
        .into_any(),
        None => view! {
            <a href=format!("{path}/{}/revoke", badge.id)>
                {t!("issued-revoke")}
                <span class="sr">" "{badge.badge.clone()}", "{badge.holder_name.clone()}</span>
            </a>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">{badge.badge}</th>
            <td>{badge.holder_name}</td>
            <td><Day at=badge.issued_at /></td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}
