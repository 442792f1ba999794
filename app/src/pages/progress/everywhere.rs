//! A person's progress over all tenants.

use leptos::prelude::*;
use service::mastery::{self, TenantProgress};

use super::Line;
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    ui::{Empty, Layout},
    visit::SignedIn,
};

pub(super) async fn show(visit: SignedIn) -> Result<Page, Failure> {
    let tenants = mastery::everywhere(&visit.ctx()).await?;
    let page = visit.page(visit.t("progress-title"), move || {
        let nothing = tenants.is_empty().then(|| {
            view! { <Empty title=t!("progress-nowhere")><p>{t!("progress-nowhere-text")}</p></Empty> }
        });
        let tenants = tenants.into_iter().map(|tenant| view! { <Tenant tenant /> });
        view! {
            <div class="page-head">
                <h1>{t!("progress-title")}</h1>
                <p class="lead">{t!("progress-lead")}</p>
            </div>
            {tenants.collect_view()}
            {nothing}
        }
    });
    Ok(page.layout(Layout::Narrow))
}

#[component]
fn Tenant(tenant: TenantProgress) -> AnyView {
    let home = format!("/t/{}", tenant.slug);
    let nothing = tenant.competencies.is_empty();
    let lines = tenant.competencies.into_iter().map(|competency| {
        let address = format!("{home}/progress/{}", competency.id);
        view! { <Line competency address /> }
    });
    let lines = lines.collect_view();
    let all = format!("{home}/progress");
    view! {
        <section class="section">
            <h2><a href=all>{tenant.name}</a></h2>
            {if nothing {
                view! { <p class="muted">{t!("progress-none-yet")}" "<a href=home>{t!("progress-courses")}</a></p> }
                    .into_any()
            } else {
                view! { <ul role="list">{lines}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}
