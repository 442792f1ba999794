//! A tenant's home: what one has begun here, and what one can begin.

mod programs;

use axum::routing::get;
use leptos::prelude::*;
use service::{
    course::{self, CatalogueEntry, Taken},
    program,
    tenancy::Tenant,
};

use self::programs::Programs;
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::course::{minutes, text::plain},
    routes::Routes,
    ui::{Card, Empty, Layout, Progress, Tag, Tone},
    visit::InTenant,
};

pub(super) fn routes() -> Routes {
    Routes::new().route("/t/{tenant}", get(show))
}

async fn show(place: InTenant) -> Result<Page, Failure> {
    let taken = course::mine(&place.ctx).await?;
    let mut others = course::catalogue(&place.ctx).await?;
    others.retain(|entry| taken.iter().all(|one| one.id != entry.id));
    let programs = program::offered(&place.ctx).await?;
    let tenant = (*place.tenant).clone();
    let (home, base) = (place.path(""), place.path("/courses"));
    let issuer = place.path("/issuer");
    let joins = place.ctx.actor().role.is_none().then(|| place.path("/join"));
    let has_begun = !taken.is_empty();
    let page = place.page(tenant.name.clone(), move || {
        view! {
            <Hero tenant=tenant.clone() joins />
            <div class="page wrap">
                <Begun taken base=base.clone() />
                <Others others base has_begun />
                <Programs programs base=home />
                <About tenant />
                <p class="section"><a href=issuer>{t!("issuer-link")}</a></p>
            </div>
        }
    });
    Ok(page.layout(Layout::Open))
}

#[component]
fn Hero(tenant: Tenant, joins: Option<String>) -> AnyView {
    view! {
        <section class="hero">
            <div class="wrap">
                <h1>{tenant.name}</h1>
                {(!tenant.tagline.is_empty()).then(|| view! { <p class="lead">{tenant.tagline}</p> })}
                {joins.map(|join| view! {
                    <p class="buttons"><a class="button" href=join>{t!("catalogue-join")}</a></p>
                })}
            </div>
        </section>
    }
    .into_any()
}

/// The courses that the visitor takes, with the next step of each.
#[component]
fn Begun(taken: Vec<Taken>, base: String) -> AnyView {
    if taken.is_empty() {
        return ().into_any();
    }
    let cards = taken
        .into_iter()
        .map(|one| {
            let here = format!("{base}/{}", one.slug);
            let done = t!("course-done-of", done = one.done, total = one.total);
            view! {
                <Card href=here.clone() title=one.title.clone()>
                    <Progress
                        done=u32::try_from(one.done).unwrap_or(u32::MAX)
                        of=u32::try_from(one.total).unwrap_or(u32::MAX)
                        label=one.title
                        text=done
                    />
                    {match (one.completed_at, one.next) {
                        (Some(_), _) => view! {
                            <p class="meta"><Tag tone=Tone::Good text=t!("course-finished") /></p>
                        }.into_any(),
                        (None, Some((id, title))) => view! {
                            <p><a class="button" href=format!("{here}/{id}")>{t!("course-continue")}</a></p>
                            <p class="meta"><span>{t!("course-next-is", title = title)}</span></p>
                        }.into_any(),
                        (None, None) => ().into_any(),
                    }}
                </Card>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="begun">
            <h2 id="begun">{t!("catalogue-begun")}</h2>
            <ul class="cards" role="list">{cards}</ul>
        </section>
    }
    .into_any()
}

/// The courses that the visitor can begin.
#[component]
fn Others(others: Vec<CatalogueEntry>, base: String, has_begun: bool) -> AnyView {
    if others.is_empty() && has_begun {
        return view! { <p class="section muted">{t!("catalogue-all-begun")}</p> }.into_any();
    }
    let title = if has_begun {
        t!("catalogue-more")
    } else {
        t!("catalogue-courses")
    };
    let list = if others.is_empty() {
        view! { <Empty title=t!("catalogue-empty")><p>{t!("catalogue-empty-text")}</p></Empty> }.into_any()
    } else {
        let cards = others
            .into_iter()
            .map(|entry| {
                let about = entry.about;
                view! {
                    <Card href=format!("{base}/{}", entry.slug) title=about.title>
                        <p>{plain(&about.summary, 160)}</p>
                        <p class="meta">
                            <span>{t!("course-modules", count = about.modules)}</span>
                            <span>{t!("course-activities", count = about.activities)}</span>
                            {(about.minutes > 0).then(|| view! { <span>{minutes(about.minutes)}</span> })}
                        </p>
                    </Card>
                }
            })
            .collect_view();
        view! { <ul class="cards" role="list">{cards}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="courses">
            <h2 id="courses">{title}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// What the tenant says of itself.
#[component]
fn About(tenant: Tenant) -> AnyView {
    if tenant.description.trim().is_empty() {
        return ().into_any();
    }
    let text = crate::pages::course::text::without_files(&tenant.description);
    view! {
        <section class="section" aria-labelledby="about">
            <h2 id="about">{t!("catalogue-about", tenant = tenant.name)}</h2>
            {text}
        </section>
    }
    .into_any()
}
