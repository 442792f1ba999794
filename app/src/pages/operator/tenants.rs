//! The installation's tenants.

use leptos::prelude::*;
use service::{
    job,
    log::{self, LogState},
    tenancy::{self, Tenant},
};

use super::Operator;
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    ui::{Empty, Table},
};

pub(super) async fn show(visit: Operator) -> Result<Page, Failure> {
    let system = visit.system();
    let tenants = tenancy::list(&system).await?;
    let parked = job::parked(&system, 1).await?.total;
    let log = log::state(&system).await?;
    Ok(visit.page(visit.t("operator-title"), move || {
        view! {
            <div class="row apart">
                <h1>{t!("operator-title")}</h1>
                <a class="button" href="/operator/tenants/new">{t!("operator-new-tenant")}</a>
            </div>
            <p><a href="/operator/jobs">{t!("operator-jobs", parked = parked)}</a></p>
            <Log log />
            <Tenants tenants />
        }
    }))
}

/// How far the public log is: what another's note of it is compared with.
#[component]
fn Log(log: Option<LogState>) -> AnyView {
    match log {
        None => view! { <p>{t!("operator-log-empty")}</p> }.into_any(),
        Some(LogState { checkpoint, number }) => {
            let root = checkpoint.to_text().lines().nth(2).unwrap_or_default().to_owned();
            view! {
                <p>
                    <a href=format!("/log/{number}/checkpoint")>{t!("operator-log", size = checkpoint.size)}</a>
                    " "
                    <code>{root}</code>
                    " "
                    <a href=format!("/log/{number}/key")>{t!("operator-log-key")}</a>
                </p>
            }
            .into_any()
        }
    }
}

#[component]
fn Tenants(tenants: Vec<Tenant>) -> AnyView {
    if tenants.is_empty() {
        return view! {
            <Empty title=t!("operator-no-tenants")><p>{t!("operator-no-tenants-hint")}</p></Empty>
        }
        .into_any();
    }
    let total = tenants.len();
    let rows = tenants
        .into_iter()
        .map(|tenant| {
            let address = format!("/t/{}", tenant.slug);
            view! {
                <tr>
                    <th scope="row"><a href=address.clone()>{tenant.name}</a></th>
                    <td>{address}</td>
                    <td>{tenant.languages.join(", ")}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="tenants" caption=t!("operator-tenants", total = total)>
            <thead>
                <tr>
                    <th scope="col">{t!("operator-tenant-name")}</th>
                    <th scope="col">{t!("operator-tenant-address")}</th>
                    <th scope="col">{t!("field-languages")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
