//! `/wallet`: all badges of a person, whoever issued them.

use domain::credential::Standing;
use leptos::prelude::*;
use service::wallet::{self, WalletItem};

use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::credential::in_short,
    ui::{Badge, Badges, Empty, Holding, Tone, day},
    visit::SignedIn,
};

pub(super) async fn show(visit: SignedIn) -> Result<Page, Failure> {
    let items = wallet::items(&visit.ctx()).await?;
    Ok(visit.page(visit.t("wallet-title"), move || view! { <Wallet items /> }))
}

#[component]
fn Wallet(items: Vec<WalletItem>) -> impl IntoView {
    let count = items.len();
    let badges: Vec<Badge> = items.into_iter().map(tile).collect();
    view! {
        <div class="page-head">
            <h1>{t!("wallet-title")}</h1>
            <p class="lead">{t!("wallet-lead")}</p>
        </div>
        {if count == 0 {
            view! {
                <Empty title=t!("wallet-empty-title")>
                    <p>{t!("wallet-empty-text")}</p>
                    <p><a class="button" href="/">{t!("wallet-empty-go")}</a></p>
                </Empty>
            }
                .into_any()
        } else {
            view! { <Badges badges /> }.into_any()
        }}
    }
    .into_any()
}

fn tile(item: WalletItem) -> Badge {
    let date = day(item.issued_at);
    let tag = match (&item.standing, item.is_public) {
        (Standing::InForce, true) => Some((Tone::Info, t!("wallet-public"))),
        (Standing::InForce, false) => None,
        (halted, _) => Some(in_short(halted)),
    };
    Badge {
        href: format!("/wallet/{}", item.id),
        image: super::item::picture(&item.document),
        name: super::item::text(&item.document, "/name"),
        detail: t!("wallet-issued", issuer = item.issuer_name, date = date),
        holding: if item.standing.is_revoked() {
            Holding::Lost
        } else {
            Holding::Held
        },
        tag,
    }
}
