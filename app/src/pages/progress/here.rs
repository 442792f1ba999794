//! A learner's progress in one tenant.

use std::collections::BTreeSet;

use domain::id::CompetencyId;
use leptos::prelude::*;
use service::mastery::{self, CompetencyProgress};

use super::Line;
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    ui::{Crumbs, Empty, Layout, Place},
    visit::Member,
};

pub(super) async fn show(place: Member) -> Result<Page, Failure> {
    let competencies = mastery::here(&place.ctx).await?;
    let home = Place::new(place.path(""), place.tenant.name.clone());
    let path = place.path("/progress");
    let page = place.page(place.t("progress-title"), move || {
        let nothing = competencies.is_empty();
        let groups = groups(competencies)
            .into_iter()
            .map(|group| view! { <Group group path=path.clone() /> })
            .collect_view();
        view! {
            <Crumbs places=vec![home] />
            <div class="page-head">
                <h1>{t!("progress-title")}</h1>
                <p class="lead">{t!("progress-lead")}</p>
            </div>
            {if nothing {
                view! {
                    <Empty title=t!("progress-no-competencies")><p>{t!("progress-no-competencies-text")}</p></Empty>
                }
                .into_any()
            } else {
                groups.into_any()
            }}
        }
    });
    Ok(page.layout(Layout::Narrow))
}

/// Competencies under the broader one that they are part of.
#[derive(Default)]
struct Grouped {
    whole: Option<(CompetencyId, String)>,
    parts: Vec<CompetencyProgress>,
}

/// The list by the broader competencies. One of those that was never touched
/// itself is the heading of its parts and no line of its own.
fn groups(competencies: Vec<CompetencyProgress>) -> Vec<Grouped> {
    let wholes: BTreeSet<_> = competencies.iter().filter_map(|one| one.parent).collect();
    let mut groups = vec![Grouped::default()];
    for one in competencies {
        let untouched = one.estimate.is_none() && one.outcome.is_none();
        if untouched && wholes.contains(&one.id) {
            groups.push(Grouped {
                whole: Some((one.id, one.statement)),
                parts: Vec::new(),
            });
            continue;
        }
        let own = groups
            .iter()
            .rposition(|group| group.whole.as_ref().map(|(id, _)| *id) == one.parent);
        if let Some(group) = groups.get_mut(own.unwrap_or_default()) {
            group.parts.push(one);
        }
    }
    groups.retain(|group| !group.parts.is_empty());
    groups
}

#[component]
fn Group(group: Grouped, path: String) -> AnyView {
    let title = match group.whole {
        Some((_, statement)) => view! { <h2>{statement}</h2> }.into_any(),
        None => view! { <h2 class="sr">{t!("progress-competencies")}</h2> }.into_any(),
    };
    let lines = group
        .parts
        .into_iter()
        .map(|competency| {
            let address = format!("{path}/{}", competency.id);
            view! { <Line competency address /> }
        })
        .collect_view();
    view! { <section class="section">{title}<ul role="list">{lines}</ul></section> }.into_any()
}
