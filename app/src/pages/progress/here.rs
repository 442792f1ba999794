//! A learner's progress in one tenant.

use leptos::prelude::*;
use service::mastery;

use super::Line;
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    ui::{Crumbs, Empty, Layout, Place},
    visit::Member,
};

pub(super) async fn show(place: Member) -> Result<Page, Failure> {
    // One that only joins others has no rule, and nothing of its own to show.
    let mut competencies = mastery::here(&place.ctx).await?;
    competencies.retain(|competency| competency.rule.is_some());
    let home = Place::new(place.path(""), place.tenant.name.clone());
    let path = place.path("/progress");
    let page = place.page(place.t("progress-title"), move || {
        let nothing = competencies.is_empty();
        let lines = competencies.into_iter().map(|competency| {
            let address = format!("{path}/{}", competency.id);
            view! { <Line competency address /> }
        });
        let lines = lines.collect_view();
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
                view! {
                    <h2 class="sr">{t!("progress-competencies")}</h2>
                    <ul role="list">{lines}</ul>
                }
                .into_any()
            }}
        }
    });
    Ok(page.layout(Layout::Narrow))
}
