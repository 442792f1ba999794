//! Work that was given up after many tries.

use axum::response::Response;
use domain::id::JobId;
use leptos::prelude::*;
use service::job::{self, Parked};

use super::Operator;
use crate::{
    failure::Failure,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    ui::{Crumbs, Moment, Pages, Place, PostButton, Table},
};

pub(super) async fn show(visit: Operator) -> Result<Page, Failure> {
    let wanted = visit.query("page").and_then(|page| page.parse().ok());
    let parked = job::parked(&visit.system(), wanted.unwrap_or(1)).await?;
    Ok(visit.page(visit.t("operator-jobs-title"), move || {
        view! {
            <Crumbs places=vec![Place::new("/operator", t!("operator-title"))] />
            <h1>{t!("operator-jobs-title")}</h1>
            <Jobs parked=parked.rows total=parked.total />
            <Pages page=parked.page of=parked.pages address=|page: u32| format!("/operator/jobs?page={page}") />
        }
    }))
}

pub(super) async fn retry(visit: Operator, InPath(id): InPath<JobId>) -> Result<Response, Failure> {
    job::retry(&visit.system(), id).await?;
    Ok(see_done("/operator/jobs", "job-retried"))
}

pub(super) async fn discard(visit: Operator, InPath(id): InPath<JobId>) -> Result<Response, Failure> {
    job::discard(&visit.system(), id).await?;
    Ok(see_done("/operator/jobs", "job-discarded"))
}

#[component]
fn Jobs(parked: Vec<Parked>, total: u64) -> AnyView {
    if parked.is_empty() {
        return view! { <p>{t!("operator-jobs-none")}</p> }.into_any();
    }
    let rows = parked
        .into_iter()
        .map(|job| view! { <JobRow job /> })
        .collect_view();
    view! {
        <p>{t!("operator-jobs-lead")}</p>
        <Table id="jobs" caption=t!("operator-jobs", parked = total)>
            <thead>
                <tr>
                    <th scope="col">{t!("operator-job-kind")}</th>
                    <th scope="col">{t!("operator-job-given-up")}</th>
                    <th scope="col" class="num">{t!("operator-job-tries")}</th>
                    <th scope="col">{t!("operator-job-error")}</th>
                    <th scope="col"><span class="sr">{t!("operator-job-actions")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

#[component]
fn JobRow(job: Parked) -> AnyView {
    let address = format!("/operator/jobs/{}", job.id);
    let what = job.kind.clone();
    view! {
        <tr>
            <th scope="row">{job.kind}</th>
            <td><Moment at=job.at /></td>
            <td class="num">{job.tries}</td>
            <td>{job.last_error}</td>
            <td>
                <div class="row">
                    <PostButton
                        action=format!("{address}/retry")
                        text=t!("operator-job-retry")
                        what=what.clone()
                        class="button small secondary"
                    />
                    <PostButton
                        action=format!("{address}/discard")
                        text=t!("operator-job-discard")
                        what
                        class="button small danger secondary"
                    />
                </div>
            </td>
        </tr>
    }
    .into_any()
}
