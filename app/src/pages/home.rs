//! The installation's front page: what this is, and where to go from here.

use std::sync::Arc;

use axum::{
    response::{IntoResponse, Response},
    routing::get,
};
use domain::tenancy::Role;
use leptos::prelude::*;
use service::{
    PersonCtx, SystemCtx,
    tenancy::{self, Belonging, Tenant},
};

use super::identity::first_run;
use crate::{
    failure::Failure,
    i18n::t,
    routes::Routes,
    ui::{Card, Empty, Layout, Tag},
    visit::Visit,
};

pub(super) fn routes() -> Routes {
    Routes::new().route("/", get(show))
}

async fn show(visit: Visit) -> Result<Response, Failure> {
    if let Some(set_up) = first_run(&visit).await? {
        return Ok(set_up);
    }
    let installation = visit.installation();
    let mine = match &visit.person {
        Some(person) => tenancy::mine(&PersonCtx::new(Arc::clone(installation), person.id)).await?,
        None => Vec::new(),
    };
    let mut others = tenancy::list(&SystemCtx::new(Arc::clone(installation))).await?;
    others.retain(|tenant| mine.iter().all(|belonging| belonging.tenant.id != tenant.id));
    let is_visitor = visit.person.is_none();
    let page = visit.page(visit.t("home-title"), move || {
        view! {
            <Hero is_visitor />
            <div class="page wrap">
                <Mine mine=mine.clone() />
                <Others others is_first=mine.is_empty() />
                {is_visitor.then(|| view! { <HowItWorks /> })}
            </div>
        }
    });
    Ok(page.layout(Layout::Open).into_response())
}

#[component]
fn Hero(is_visitor: bool) -> AnyView {
    let deeds = is_visitor.then(|| {
        view! {
            <p class="buttons">
                <a class="button large" href="#learn">{t!("home-find")}</a>
                <a class="button large secondary" href="/verify">{t!("nav-verify")}</a>
            </p>
        }
    });
    view! {
        <section class="hero">
            <div class="wrap">
                <h1>{t!("home-title")}</h1>
                <p class="lead">{t!("home-lead")}</p>
                {deeds}
            </div>
        </section>
    }
    .into_any()
}

/// Where the person belongs.
#[component]
fn Mine(mine: Vec<Belonging>) -> AnyView {
    if mine.is_empty() {
        return ().into_any();
    }
    let cards = mine
        .into_iter()
        .map(|Belonging { tenant, role }| {
            let role = (role != Role::Learner)
                .then(|| view! { <p class="meta"><Tag text=t!(&format!("role-{role}")) /></p> });
            view! {
                <Card href=format!("/t/{}", tenant.slug) title=tenant.name>
                    <p>{tenant.tagline}</p>
                    {role}
                </Card>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="mine">
            <h2 id="mine">{t!("home-mine")}</h2>
            <ul class="cards" role="list">{cards}</ul>
        </section>
    }
    .into_any()
}

/// Where one can look around.
#[component]
fn Others(others: Vec<Tenant>, is_first: bool) -> AnyView {
    if others.is_empty() && !is_first {
        return ().into_any();
    }
    let list = if others.is_empty() {
        view! { <Empty title=t!("home-none")><p>{t!("home-none-text")}</p></Empty> }.into_any()
    } else {
        let cards = others
            .into_iter()
            .map(|tenant| {
                view! {
                    <Card href=format!("/t/{}", tenant.slug) title=tenant.name>
                        <p>{tenant.tagline}</p>
                    </Card>
                }
            })
            .collect_view();
        view! { <ul class="cards" role="list">{cards}</ul> }.into_any()
    };
    let (class, title) = if is_first {
        (None, t!("home-tenants"))
    } else {
        (Some("section"), t!("home-others"))
    };
    view! {
        <section class=class id="learn" aria-labelledby="tenants">
            <h2 id="tenants">{title}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// The way of a learner, in three steps.
#[component]
fn HowItWorks() -> AnyView {
    let steps = ["learn", "show", "keep"]
        .map(|step| {
            view! {
                <li>
                    <h3>{t!(&format!("home-{step}"))}</h3>
                    <p>{t!(&format!("home-{step}-text"))}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="how">
            <h2 id="how">{t!("home-how")}</h2>
            <ol class="cols" role="list">{steps}</ol>
            <p>{t!("home-verify")}" "<a href="/verify">{t!("home-verify-link")}</a></p>
        </section>
    }
    .into_any()
}
