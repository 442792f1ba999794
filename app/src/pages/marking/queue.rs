//! What waits for a mark.

use axum::response::Response;
use domain::{
    id::{AssessmentId, MarkingId},
    tenancy::Permission,
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::{
        appeal::{self, OpenAppeal},
        late::{self, OpenLate},
        marking::{self, Begun, Question, Queue, Wanted},
    },
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done, see_other},
    pages::teach::{Desk, TeachFrame},
    ui::{Empty, Layout, Moment, PostButton, Progress, Table, Tag},
    visit::Member,
};

pub(super) async fn show(place: Member) -> Result<Page, Failure> {
    let (queues, begun) = marking::queue(&place.ctx).await?;
    let appeals = appeal::queue(&place.ctx).await?;
    let late = late::queue(&place.ctx).await?;
    let path = place.path("/teach/marking");
    let moderates = place.ctx.may(Permission::Moderate);
    let desk = Desk::new(&place);
    let (requests, came_late) = (desk.path("/appeals"), desk.path("/late"));
    let page = place.page(place.t("marking-title"), move || {
        let nothing = queues.is_empty().then(|| {
            view! { <Empty title=t!("marking-empty")><p>{t!("marking-empty-text")}</p></Empty> }
        });
        let comments = format!("{path}/comments");
        let assessments = desk.path("/assessments");
        let begun = view! { <Unfinished begun path=path.clone() /> };
        let queues = queues.into_iter().map(move |queue| {
            let agreement = moderates.then(|| format!("{assessments}/{}/agreement", queue.assessment));
            view! { <Waits queue path=path.clone() agreement /> }
        });
        view! {
            <TeachFrame desk>
                <div class="page-head">
                    <h1>{t!("marking-title")}</h1>
                    <p class="lead">{t!("marking-lead")}</p>
                    <p class="meta"><a href=comments>{t!("marking-comments-title")}</a></p>
                </div>
                {begun}
                {queues.collect_view()}
                {nothing}
                <Appeals appeals path=requests />
                <CameLate late path=came_late />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

/// Takes the piece that has waited longest, at an assessment or one of its questions;
/// or one that was begun before.
pub(super) async fn take(place: Member, form: Form) -> Result<Response, Failure> {
    let path = place.path("/teach/marking");
    if let Some(piece) = form.parsed::<MarkingId>("piece") {
        marking::claim(&place.ctx, piece).await?;
        return Ok(see_other(&format!("{path}/{piece}")));
    }
    let assessment: AssessmentId = form.parsed("assessment").ok_or(Error::NotFound)?;
    let wanted = Wanted {
        question: form.parsed("question"),
        in_dispute: form.ticked("in-dispute"),
        ..Wanted::from(assessment)
    };
    Ok(match marking::claim_next(&place.ctx, wanted).await? {
        Some(piece) => see_other(&format!("{path}/{piece}")),
        None => see_done(&path, "marking-none-free"),
    })
}

/// What the assessor has, or has begun.
#[component]
fn Unfinished(begun: Vec<Begun>, path: String) -> AnyView {
    if begun.is_empty() {
        return ().into_any();
    }
    let rows = begun.into_iter().map(|it| {
        let state = match it.until {
            Some(at) => view! { {t!("marking-yours-until")}" "<Moment at /> }.into_any(),
            None => t!("marking-lapsed").into_any(),
        };
        let open = if it.until.is_some() {
            let address = format!("{path}/{}", it.id);
            view! { <a class="button secondary small" href=address>{t!("marking-go-on")}</a> }.into_any()
        } else {
            let fields = vec![("piece", it.id.to_string())];
            view! {
                <PostButton action=path.clone() text=t!("marking-take-again") class="button secondary small" fields />
            }
            .into_any()
        };
        view! {
            <tr>
                <th scope="row">{it.assessment}</th>
                <td><Moment at=it.queued_at /></td>
                <td>{state}</td>
                <td>{open}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section">
            <h2>{t!("marking-begun")}</h2>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("marking-begun")>
                <table>
                    <thead><tr>
                        <th scope="col">{t!("marking-column-assessment")}</th>
                        <th scope="col">{t!("marking-column-since")}</th>
                        <th scope="col">{t!("marking-column-state")}</th>
                        <th scope="col"><span class="sr">{t!("marking-go-on")}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Waits(queue: Queue, path: String, agreement: Option<String>) -> AnyView {
    let sum = |of: fn(&Question) -> u64| queue.questions.iter().map(of).sum::<u64>();
    let waiting = sum(|it| it.first + it.second);
    let (in_dispute, own_work) = (sum(|it| it.in_dispute), sum(|it| it.own_work));
    let (for_another, stuck) = (sum(|it| it.for_another), sum(|it| it.stuck));
    let (settled, all) = (sum(|it| it.done.settled), sum(|it| it.done.all));
    let assessment = queue.assessment.to_string();
    let take = (sum(|it| it.free) > 0).then(|| {
        let fields = vec![("assessment", assessment.clone())];
        view! { <PostButton action=path.clone() text=t!("marking-next") what=queue.title.clone() fields /> }
    });
    let settle = (sum(|it| it.free_in_dispute) > 0).then(|| {
        let fields = vec![
            ("assessment", assessment.clone()),
            ("in-dispute", "yes".to_owned()),
        ];
        view! {
            <PostButton
                action=path.clone()
                text=t!("marking-settle-next")
                what=queue.title.clone()
                class="button secondary"
                fields
            />
        }
    });
    let rows = queue.questions.into_iter().zip(1_usize..).map(|(it, number)| {
        view! { <Row it number path=path.clone() assessment=assessment.clone() /> }
    });
    let rows = rows.collect_view();
    let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    view! {
        <section class="section">
            <div class="row apart"><h2>{queue.title.clone()}</h2><div class="row">{settle}{take}</div></div>
            <Progress
                done=count(settled)
                of=count(all)
                label=queue.title.clone()
                text=t!("marking-done", count = settled, of = all)
            />
            <div class="scroll" role="region" tabindex="0" aria-label=queue.title>
                <table>
                    <caption>{t!("marking-waiting", count = waiting)}</caption>
                    <thead><tr>
                        <th scope="col">{t!("marking-column-question")}</th>
                        <th scope="col" class="num">{t!("marking-column-first")}</th>
                        <th scope="col" class="num">{t!("marking-column-second")}</th>
                        <th scope="col" class="num">{t!("marking-column-dispute")}</th>
                        <th scope="col" class="num">{t!("marking-column-done")}</th>
                        <th scope="col">{t!("marking-column-since")}</th>
                        <th scope="col"><span class="sr">{t!("marking-next-of")}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {(own_work > 0).then(|| view! { <p class="muted">{t!("marking-own-work", count = own_work)}</p> })}
            {(for_another > 0).then(|| view! { <p class="muted">{t!("marking-for-another", count = for_another)}</p> })}
            {(in_dispute > 0).then(|| view! { <p class="muted">{t!("marking-dispute-count", count = in_dispute)}</p> })}
            {(stuck > 0).then(|| view! { <p class="muted">{t!("marking-stuck", count = stuck)}</p> })}
            {agreement.map(|href| view! { <p><a href=href>{t!("agreement-open")}</a></p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Row(it: Question, number: usize, path: String, assessment: String) -> AnyView {
    let take = it.version.filter(|_| it.free > 0).map(|version| {
        let fields = vec![("assessment", assessment), ("question", version.to_string())];
        view! {
            <PostButton
                action=path
                text=t!("marking-next-of")
                what=t!("marking-question", number = number)
                class="button secondary small"
                fields
            />
        }
    });
    view! {
        <tr>
            <th scope="row">{t!("marking-question", number = number)}" "<span class="muted">{it.asked}</span></th>
            <td class="num">{it.first}</td>
            <td class="num">{it.second}</td>
            <td class="num">{it.in_dispute}</td>
            <td class="num">{t!("marking-done-short", count = it.done.settled, of = it.done.all)}</td>
            <td>{it.since.map(|at| view! { <Moment at /> })}</td>
            <td>{take}</td>
        </tr>
    }
    .into_any()
}

/// What leads to a piece of work; nothing, if it is the actor's own.
fn leading(title: String, own: Option<String>, href: String) -> AnyView {
    match own {
        Some(own) => view! { {title}" "<Tag text=own /> }.into_any(),
        None => view! { <a href=href>{title}</a> }.into_any(),
    }
}

/// The requests for a review that wait for an answer.
#[component]
fn Appeals(appeals: Vec<OpenAppeal>, path: String) -> AnyView {
    if appeals.is_empty() {
        return ().into_any();
    }
    let count = appeals.len();
    let rows = appeals.into_iter().map(|it| {
        let own = it.is_own.then(|| t!("appeal-own"));
        let title = leading(it.title, own, format!("{path}/{}", it.id));
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

/// The attempts with late answers that wait for a decision.
#[component]
fn CameLate(late: Vec<OpenLate>, path: String) -> AnyView {
    if late.is_empty() {
        return ().into_any();
    }
    let count = late.len();
    let rows = late.into_iter().map(|it| {
        let own = it.is_own.then(|| t!("late-own"));
        let title = leading(it.title, own, format!("{path}/{}", it.attempt));
        view! {
            <tr>
                <th scope="row">{title}</th>
                <td class="num">{it.answers}</td>
                <td><Moment at=it.since /></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="section">
            <h2>{t!("late-queue")}</h2>
            <Table id="late" caption=t!("late-queue-caption", count = count)>
                <thead><tr>
                    <th scope="col">{t!("appeal-queue-what")}</th>
                    <th scope="col" class="num">{t!("late-queue-answers")}</th>
                    <th scope="col">{t!("marking-column-since")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </Table>
        </section>
    }
    .into_any()
}
