//! `/wallet/{credential}/offer`: a badge into another wallet.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::wallet::{
    self, WalletItem,
    offer::{Offer, offer},
};

use super::item::{parse, text};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    ui::{Crumbs, Moment, Place, Tick},
    visit::SignedIn,
};

pub(super) async fn ask(visit: SignedIn, Path(id): Path<String>) -> Result<Page, Failure> {
    let item = wallet::item(&visit.ctx(), parse(&id)?).await?;
    Ok(visit.page(visit.t("offer-title"), move || {
        view! {
            <Head item />
            <p>{t!("offer-text")}</p>
            <form method="post">
                <Tick name="pin" label=t!("offer-pin-tick") hint=t!("offer-pin-hint") />
                <button class="button">{t!("offer-make")}</button>
            </form>
        }
    }))
}

/// The offer is in this answer and nowhere else.
pub(super) async fn make(visit: SignedIn, Path(id): Path<String>, form: Form) -> Result<Response, Failure> {
    let id = parse(&id)?;
    let item = wallet::item(&visit.ctx(), id).await?;
    let made = offer(&visit.ctx(), id, form.ticked("pin")).await?;
    let page = visit.page(visit.t("offer-title"), move || {
        view! {
            <Head item />
            <Made made />
        }
    });
    Ok(page.into_response())
}

#[component]
fn Head(item: WalletItem) -> AnyView {
    let name = text(&item.document, "/name");
    let badge = format!("/wallet/{}", item.id);
    view! {
        <Crumbs places=vec![
            Place::new("/wallet", t!("wallet-title")),
            Place::new(badge, name.clone()),
        ] />
        <div class="page-head">
            <h1>{t!("offer-title")}</h1>
            <p class="lead">{name}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Made(made: Offer) -> AnyView {
    let pin = made.pin.map(|pin| {
        // Not beside the symbol for everybody who sees the screen.
        view! { <details><summary>{t!("offer-pin")}</summary><p><strong><code>{pin}</code></strong></p></details> }
    });
    view! {
        <ol class="prose">
            <li>
                <p>{t!("offer-scan")}</p>
                <div class="qr large" role="img" aria-label=t!("offer-symbol") inner_html=made.code></div>
                <p><a class="button" href=made.link>{t!("offer-here")}</a></p>
            </li>
            <li><p>{t!("offer-accept")}</p>{pin}</li>
        </ol>
        <p>{t!("offer-until")} " " <Moment at=made.expires_at /></p>
    }
    .into_any()
}
