//! `/t/{tenant}/admin/credentials`: what was issued, and each of it.

use domain::id::CredentialId;
use leptos::prelude::*;
use service::{
    Paged,
    credential::{self, Event, IssuedCredential},
};

use super::happened::{Halted, Happened, in_short, mark};
use crate::{
    failure::Failure,
    i18n::t,
    in_path::InPath,
    page::Page,
    pages::admin::frame::{self, CREDENTIALS, SETTINGS},
    ui::{Crumbs, Day, Empty, Pages, Place, Table},
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

pub(super) async fn one(place: Member, InPath(id): InPath<CredentialId>) -> Result<Page, Failure> {
    let badge = credential::issued_one(&place.ctx, id).await?;
    let events = credential::history(&place.ctx, id).await?;
    let path = place.path("/admin/credentials");
    let settings = place.path(SETTINGS.0);
    Ok(frame::page(
        &place,
        CREDENTIALS,
        badge.badge.clone(),
        move || view! { <One badge events path settings /> },
    ))
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
    let state = mark(&badge.standing).unwrap_or_else(|| in_short(&badge.standing).1.into_any());
    view! {
        <tr>
            <th scope="row">
                <a href=format!("{path}/{}", badge.id)>
                    {badge.badge}
                    <span class="sr">", "{badge.holder_name.clone()}</span>
                </a>
            </th>
            <td>{badge.holder_name}</td>
            <td><Day at=badge.issued_at /></td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}

#[component]
fn One(
    badge: IssuedCredential,
    events: Vec<Event>,
    path: String,
    /// Where suspending is allowed.
    settings: String,
) -> AnyView {
    let ways = ways(&badge, &format!("{path}/{}", badge.id), settings);
    view! {
        <Crumbs places=vec![Place::new(path, t!("issued-title"))] />
        <div class="page-head">
            <h1>{badge.badge}</h1>
            <p class="lead">{t!("issued-held-by", name = badge.holder_name)}</p>
        </div>
        <Halted standing=badge.standing />
        {ways}
        <Happened events />
    }
    .into_any()
}

/// What can be done with a badge, at its `address`.
fn ways(badge: &IssuedCredential, address: &str, settings: String) -> AnyView {
    if badge.standing.is_revoked() {
        return view! { <p>{t!("badge-revoked-for-good")}</p> }.into_any();
    }
    let pause = if badge.standing.halt().is_some() {
        way(address, "reinstate", "button", t!("badge-step-reinstated-title"))
    } else if badge.can_be_suspended {
        way(
            address,
            "suspend",
            "button secondary",
            t!("badge-step-suspended-title"),
        )
    } else {
        ().into_any()
    };
    let never = !badge.can_be_suspended;
    view! {
        {never.then(|| view! {
            <p>{t!("badge-not-suspendable")}" "<a href=settings>{t!("badge-allow-suspension")}</a></p>
        })}
        <div class="buttons">
            {pause}
            {way(address, "revoke", "button danger secondary", t!("badge-step-revoked-title"))}
        </div>
    }
    .into_any()
}

fn way(address: &str, verb: &str, class: &'static str, text: String) -> AnyView {
    view! { <a class=class href=format!("{address}/{verb}")>{text}</a> }.into_any()
}
