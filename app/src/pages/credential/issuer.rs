//! `/t/{tenant}/issuer`: who issues badges here, by which keys they are known,
//! and how to check them without us; a `Profile` for software that asks for it.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::{
    Paged,
    credential::{self, IssuerKey, IssuerProfile},
    program::achievement::{self, Published},
    tenancy::Tenant,
};

use super::{
    documents::{FRESH, open},
    public::{Wanted, wanted},
};
use crate::{
    failure::Failure,
    i18n::t,
    pages::course::text::{plain, without_files},
    ui::{Crumbs, Day, Pages, Place, Table, Tag, Tone},
    visit::InTenant,
};

pub(super) async fn show(place: InTenant, headers: HeaderMap) -> Result<Response, Failure> {
    let profile = credential::issuer_profile(&place.ctx).await?;
    if wanted(&headers) != Wanted::Page {
        let kind = HeaderValue::from_static("application/ld+json");
        let mut response = open(kind, FRESH, serde_json::to_string(&profile.document)?);
        response
            .headers_mut()
            .insert(header::VARY, HeaderValue::from_static("accept"));
        return Ok(response);
    }
    let page = place.query("page").and_then(|page| page.parse().ok());
    let badges = achievement::published(&place.ctx, page.unwrap_or(1)).await?;
    let title = place.locale.text(
        "issuer-title",
        &crate::i18n::args!(tenant = place.tenant.name.clone()),
    );
    let (tenant, home) = ((*place.tenant).clone(), place.path(""));
    let did_json = place.installation().address(&place.path("/did.json"));
    Ok(place
        .page(
            title,
            move || view! { <Issuer tenant home profile badges did_json /> },
        )
        .into_response())
}

#[component]
fn Issuer(
    tenant: Tenant,
    /// The tenant's address.
    home: String,
    profile: IssuerProfile,
    badges: Paged<Published>,
    /// The full address of the DID document.
    did_json: String,
) -> AnyView {
    let about = (!tenant.description.trim().is_empty()).then(|| without_files(&tenant.description));
    view! {
        <Crumbs places=vec![Place::new(home.clone(), tenant.name.clone())] />
        <div class="page-head">
            <h1>{t!("issuer-title", tenant = tenant.name)}</h1>
            {(!tenant.tagline.is_empty()).then(|| view! { <p class="lead">{tenant.tagline}</p> })}
        </div>
        {about}
        <section class="section" aria-labelledby="known-by">
            <h2 id="known-by">{t!("issuer-known-by")}</h2>
            <p>{t!("issuer-known-by-text")}</p>
            <p><code>{profile.did}</code></p>
            <Keys keys=profile.keys />
            <p><a href=format!("{home}/did.json")>{t!("issuer-did-document")}</a></p>
        </section>
        <Badges badges home=home.clone() />
        <section class="section" aria-labelledby="check">
            <h2 id="check">{t!("issuer-check")}</h2>
            <p>{t!("issuer-check-text")}</p>
            <ol>
                <li>{t!("issuer-check-badge")}</li>
                <li>{t!("issuer-check-key")}" "<code>{did_json}</code></li>
                <li>{t!("issuer-check-proof")}</li>
                <li>{t!("issuer-check-status")}</li>
            </ol>
            <p>{t!("issuer-check-own")}" "<code>"cairn verify badge.json --did did.json"</code></p>
            <p><a href="/verify">{t!("issuer-check-here")}</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn Keys(keys: Vec<IssuerKey>) -> AnyView {
    if keys.is_empty() {
        return view! { <p>{t!("issuer-no-keys")}</p> }.into_any();
    }
    let rows = keys
        .into_iter()
        .map(|key| {
            let retired = match key.retired {
                Some(at) => view! { <Day at /> }.into_any(),
                None => view! { <Tag tone=Tone::Good text=t!("issuer-key-in-force") /> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row"><code>{key.multikey}</code></th>
                    <td><Day at=key.made /></td>
                    <td>{retired}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="keys" caption=t!("issuer-keys")>
            <thead>
                <tr>
                    <th scope="col">{t!("issuer-key")}</th>
                    <th scope="col">{t!("issuer-key-made")}</th>
                    <th scope="col">{t!("issuer-key-retired")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

#[component]
fn Badges(badges: Paged<Published>, home: String) -> AnyView {
    let (page, pages) = (badges.page, badges.pages);
    let list = if badges.rows.is_empty() {
        view! { <p>{t!("issuer-no-badges")}</p> }.into_any()
    } else {
        let rows = badges
            .rows
            .into_iter()
            .map(|badge| {
                view! {
                    <li>
                        <a href=format!("{home}/achievements/{}", badge.id)>{badge.name}</a>
                        <br />
                        {plain(&badge.description, 160)}
                    </li>
                }
            })
            .collect_view();
        view! { <ul>{rows}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="badges">
            <h2 id="badges">{t!("issuer-badges")}</h2>
            {list}
            <Pages page of=pages address=move |page: u32| format!("{home}/issuer?page={page}") />
        </section>
    }
    .into_any()
}
