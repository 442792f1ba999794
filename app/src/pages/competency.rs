//! What anybody may read about a competency: this is where a badge's alignments
//! lead.

use axum::routing::get;
use domain::id::CompetencyId;
use leptos::prelude::*;
use service::competency::{self, CompetencyPage, Relative};

use crate::{
    failure::Failure,
    i18n::t,
    in_path::InPath,
    page::Page,
    pages::assessment::rule::RuleInWords,
    routes::Routes,
    ui::{Crumbs, Layout, Place},
    visit::InTenant,
};

pub(super) fn routes() -> Routes {
    Routes::new().route("/t/{tenant}/competencies/{competency}", get(show))
}

async fn show(place: InTenant, InPath(id): InPath<CompetencyId>) -> Result<Page, Failure> {
    let shown = competency::show(&place.ctx, id).await?;
    let base = place.path("");
    let mine = place
        .ctx
        .actor()
        .role
        .map(|_| place.path(&format!("/progress/{id}")));
    let home = Place::new(base.clone(), place.tenant.name.clone());
    let page = place.page(shown.statement.clone(), move || {
        view! { <Crumbs places=vec![home] /><Competency shown base mine /> }
    });
    Ok(page.layout(Layout::Narrow))
}

#[component]
fn Competency(shown: CompetencyPage, base: String, mine: Option<String>) -> AnyView {
    let there = |one: Relative| Place::new(format!("{base}/competencies/{}", one.id), one.statement);
    let whole = shown.whole.map(there);
    let parts: Vec<_> = shown.parts.into_iter().map(there).collect();
    let courses: Vec<_> = shown
        .courses
        .into_iter()
        .map(|course| Place::new(format!("{base}/courses/{}", course.slug), course.title))
        .collect();
    let badges: Vec<_> = shown
        .badges
        .into_iter()
        .map(|badge| Place::new(format!("{base}/achievements/{}", badge.id), badge.name))
        .collect();
    view! {
        <div class="page-head">
            <p class="meta">{t!("competency-kind")}</p>
            <h1>{shown.statement}</h1>
            {mine.map(|mine| view! { <p><a href=mine>{t!("competency-mine")}</a></p> })}
        </div>
        <dl>
            <dt>{t!("competency-framework")}</dt>
            <dd>{shown.framework}</dd>
            <dt>{t!("competency-code")}</dt>
            <dd>{shown.code}</dd>
            {(!shown.level.is_empty()).then(|| view! {
                <dt>{t!("competency-level")}</dt>
                <dd>{shown.level}</dd>
            })}
            {whole.map(|whole| view! {
                <dt>{t!("competency-whole")}</dt>
                <dd><a href=whole.href>{whole.text}</a></dd>
            })}
        </dl>
        <Linked id="parts" title=t!("competency-parts") places=parts none="" />
        <Linked id="courses" title=t!("competency-courses") places=courses none=t!("competency-no-courses") />
        <Linked id="badges" title=t!("competency-badges") places=badges none=t!("competency-no-badges") />
        <section class="section" aria-labelledby="rule">
            <h2 id="rule">{t!("competency-rule")}</h2>
            <RuleInWords rule=shown.rule />
        </section>
    }
    .into_any()
}

/// Links under a heading. Without any, `none` is said; without that, nothing.
#[component]
fn Linked(id: &'static str, title: String, places: Vec<Place>, #[prop(into)] none: String) -> AnyView {
    let list = if places.is_empty() {
        if none.is_empty() {
            return ().into_any();
        }
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        let lines = places
            .into_iter()
            .map(|place| view! { <li><a href=place.href>{place.text}</a></li> })
            .collect_view();
        view! { <ul>{lines}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {list}
        </section>
    }
    .into_any()
}
