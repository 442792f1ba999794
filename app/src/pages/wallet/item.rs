//! `/wallet/{credential}`: one badge, for its holder: what it proves, who may
//! see it, and the badge itself to take away.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use domain::{credential::Standing, id::CredentialId};
use leptos::prelude::*;
use serde_json::Value;
use service::{
    Error,
    credential::Event,
    wallet::{self, Sharing, WalletItem},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::credential::{Downloads, Halted, Happened, OnPaper},
    ui::{Crumbs, Day, Place, Tick},
    visit::SignedIn,
};

pub(super) async fn show(visit: SignedIn, Path(id): Path<String>) -> Result<Page, Failure> {
    let item = wallet::item(&visit.ctx(), parse(&id)?).await?;
    let events = wallet::history(&visit.ctx(), item.id).await?;
    let boxes = [("public", item.is_public), ("evidence", item.shows_evidence)];
    let form = Form::filled(
        boxes
            .into_iter()
            .filter(|(_, on)| *on)
            .map(|(name, _)| (name, "yes")),
    );
    let address = visit.installation().address(&format!("/c/{}", item.id));
    Ok(visit
        .page(
            text(&item.document, "/name"),
            move || view! { <Item item events address /> },
        )
        .filled(form))
}

pub(super) async fn share(visit: SignedIn, Path(id): Path<String>, form: Form) -> Result<Response, Failure> {
    let id = parse(&id)?;
    let sharing = Sharing {
        is_public: form.ticked("public"),
        shows_evidence: form.ticked("evidence"),
    };
    wallet::share(&visit.ctx(), id, sharing).await?;
    Ok(see_done(&format!("/wallet/{id}"), "sharing-saved"))
}

pub(super) async fn download(visit: SignedIn, Path(id): Path<String>) -> Result<Response, Failure> {
    let signed = wallet::download(&visit.ctx(), parse(&id)?).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/vc+ld+json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"badge.json\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, signed).into_response())
}

pub(super) fn parse(id: &str) -> Result<CredentialId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// A text of a badge's document; empty if it has none there.
pub(in crate::pages) fn text(document: &Value, pointer: &str) -> String {
    document
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// The address of a badge's picture. Documents name the PNG, which every program
/// takes; browsers get the drawing, which is a twentieth of it.
pub(in crate::pages) fn picture(document: &Value) -> String {
    text(document, "/credentialSubject/achievement/image/id").replacen(
        "/image.png?version=",
        "/image.svg?version=",
        1,
    )
}

#[component]
fn Item(item: WalletItem, events: Vec<Event>, address: String) -> impl IntoView {
    let name = text(&item.document, "/name");
    let id = item.id;
    let counts = item.standing == Standing::InForce;
    view! {
        <Crumbs places=vec![Place::new("/wallet", t!("wallet-title"))] />
        <div class="page-head">
            <h1>{name}</h1>
            <p class="lead">{text(&item.document, "/credentialSubject/achievement/description")}</p>
        </div>
        <Halted standing=item.standing />
        <div class="badge large"><img src=picture(&item.document) alt="" width="256" height="256" /></div>
        <dl>
            <dt>{t!("badge-issuer")}</dt>
            <dd><a href=format!("/t/{}", item.issuer_slug)>{item.issuer_name}</a></dd>
            <dt>{t!("badge-issued")}</dt>
            <dd><Day at=item.issued_at /></dd>
        </dl>
        <section class="section">
            <h2>{t!("wallet-share-title")}</h2>
            <p>{t!("wallet-share-text")}</p>
            <form method="post">
                <Tick name="public" label=t!("wallet-share-public") hint=t!("wallet-share-public-hint") />
                <Tick name="evidence" label=t!("wallet-share-evidence") hint=t!("wallet-share-evidence-hint") />
                <button class="button">{t!("wallet-share-save")}</button>
            </form>
            {item.is_public.then(|| view! { <p>{t!("wallet-link")}<br /><code>{address}</code></p> })}
            <p><a href=format!("/c/{id}")>{t!("wallet-see-public")}</a></p>
        </section>
        <section class="section">
            <h2>{t!("wallet-take-title")}</h2>
            <p>{t!("wallet-take-text")}</p>
            <p><a class="button secondary" href=format!("/wallet/{id}/badge.json") download="badge.json">{t!("wallet-take-json")}</a></p>
            {counts.then(|| view! {
                <p>{t!("offer-lead")}</p>
                <p><a class="button secondary" href=format!("/wallet/{id}/offer")>{t!("offer-title")}</a></p>
            })}
            <p>{t!("badge-copies-text")}</p>
            <Downloads id />
        </section>
        {counts.then(|| view! { <OnPaper id /> })}
        <Happened events />
    }
    .into_any()
}
