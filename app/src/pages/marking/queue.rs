//! What waits for a mark.

use axum::response::Response;
use domain::id::AssessmentId;
use leptos::prelude::*;
use service::{
    Error,
    assessment::{
        appeal::{self, OpenAppeal},
        marking::{self, Queue, Waiting},
    },
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done, see_other},
    pages::teach::{Desk, TeachFrame},
    ui::{Empty, Layout, Moment, PostButton, Table, Tag, Tone},
    visit::Member,
};

pub(super) async fn show(place: Member) -> Result<Page, Failure> {
    let queues = marking::queue(&place.ctx).await?;
    let appeals = appeal::queue(&place.ctx).await?;
    let path = place.path("/teach/marking");
    let desk = Desk::new(&place);
    let requests = desk.path("/appeals");
    let page = place.page(place.t("marking-title"), move || {
        let nothing = queues.is_empty().then(|| {
            view! { <Empty title=t!("marking-empty")><p>{t!("marking-empty-text")}</p></Empty> }
        });
        let queues = queues
            .into_iter()
            .map(move |queue| view! { <Waits queue path=path.clone() /> });
        view! {
            <TeachFrame desk>
                <div class="page-head">
                    <h1>{t!("marking-title")}</h1>
                    <p class="lead">{t!("marking-lead")}</p>
                </div>
                {queues.collect_view()}
                {nothing}
                <Appeals appeals path=requests />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

/// Takes the piece of an assessment that has waited longest.
pub(super) async fn take(place: Member, form: Form) -> Result<Response, Failure> {
    let assessment: AssessmentId = form.parsed("assessment").ok_or(Error::NotFound)?;
    let path = place.path("/teach/marking");
    Ok(match marking::claim_next(&place.ctx, assessment).await? {
        Some(piece) => see_other(&format!("{path}/{piece}")),
        None => see_done(&path, "marking-none-free"),
    })
}

#[component]
fn Waits(queue: Queue, path: String) -> AnyView {
    let count = queue.waiting.len();
    let can_take = queue.waiting.iter().any(|it| !it.is_taken && !it.is_own_work);
    let take = can_take.then(|| {
        let fields = vec![("assessment", queue.assessment.to_string())];
        view! { <PostButton action=path.clone() text=t!("marking-next") what=queue.title.clone() fields /> }
    });
    let rows = queue.waiting.into_iter().zip(1_usize..).map(|(it, number)| {
        let address = format!("{path}/{}", it.id);
        view! { <Piece it number address /> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section">
            <div class="row apart"><h2>{queue.title.clone()}</h2>{take}</div>
            <div class="scroll" role="region" tabindex="0" aria-label=queue.title>
                <table>
                    <caption>{t!("marking-waiting", count = count)}</caption>
                    <thead><tr>
                        <th scope="col">{t!("marking-column-piece")}</th>
                        <th scope="col">{t!("marking-column-since")}</th>
                        <th scope="col">{t!("marking-column-state")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Piece(it: Waiting, number: usize, address: String) -> AnyView {
    let name = t!("marking-piece", number = number);
    let (tone, state) = if it.is_mine {
        (Tone::Info, t!("marking-mine"))
    } else if it.is_own_work {
        (Tone::Plain, t!("marking-own-work"))
    } else if it.is_taken {
        (Tone::Warn, t!("marking-taken"))
    } else {
        (Tone::Plain, t!("marking-free"))
    };
    let name = if it.is_mine {
        view! { <a href=address>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><Moment at=it.queued_at /></td>
            <td><Tag tone text=state /></td>
        </tr>
    }
    .into_any()
}

/// The requests for a review that wait for an answer.
#[component]
fn Appeals(appeals: Vec<OpenAppeal>, path: String) -> AnyView {
    if appeals.is_empty() {
        return ().into_any();
    }
    let count = appeals.len();
    let rows = appeals.into_iter().map(|it| {
        let title = if it.is_own {
            view! { {it.title}" "<Tag text=t!("appeal-own") /> }.into_any()
        } else {
            view! { <a href=format!("{path}/{}", it.id)>{it.title}</a> }.into_any()
        };
        view! { <tr><th scope="row">{title}</th><td><Moment at=it.asked_at /></td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section">
            <h2>{t!("appeal-queue")}</h2>
            <Table id="appeals" caption=t!("appeal-queue-caption", count = count)>
                <thead><tr>
                    <th scope="col">{t!("appeal-queue-what")}</th>
                    <th scope="col">{t!("marking-column-since")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </section>
    }
    .into_any()
}
