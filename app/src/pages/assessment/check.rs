//! A look over the answers before they are handed in.

use axum::response::{IntoResponse, Response};
use domain::{
    assessment::{AttemptState, Mode},
    id::AttemptId,
};
use leptos::prelude::*;
use service::assessment::attempt::{self, Place, Sheet, Show};

use super::saving::HandInBy;
use crate::{
    failure::Failure,
    i18n::t,
    in_path::InPath,
    page::see_other,
    ui::{Layout, Notice, Table, Tag, Tone},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AttemptId>) -> Result<Response, Failure> {
    let sheet = attempt::open(&place.ctx, id, Show::Places).await?;
    if sheet.state != AttemptState::InProgress {
        return Ok(see_other(&place.path(&format!("/attempts/{id}/result"))));
    }
    let address = place.path(&format!("/attempts/{id}"));
    let page = place.page(place.t("check-title"), move || {
        let is_gate = sheet.mode == Mode::SequentialGate;
        let unseen = sheet.length - sheet.places.len().min(sheet.length);
        let open = unseen + sheet.places.iter().filter(|at| !at.answered).count();
        view! {
            <div class="page-head">
                <h1>{t!(if is_gate { "check-stop-title" } else { "check-title" })}</h1>
                <p class="lead">{sheet.title.clone()}</p>
            </div>
            {sheet.deadline.filter(|_| sheet.resting.is_none()).map(|at| view! { <p><HandInBy at /></p> })}
            {if is_gate {
                view! { <Notice tone=Tone::Warn><p>{t!("check-stop-text")}</p></Notice> }.into_any()
            } else {
                view! { <Answers sheet=sheet.clone() address=address.clone() /> }.into_any()
            }}
            {(!is_gate && open > 0).then(|| view! {
                <Notice tone=Tone::Warn><p>{t!("check-open", count = open)}</p></Notice>
            })}
            <form method="post">
                <p>{t!("check-final")}</p>
                <div class="buttons">
                    <button class="button">
                        {t!(if is_gate { "attempt-stop" } else { "check-submit" })}
                    </button>
                    <a class="button quiet" href=address>{t!("check-back")}</a>
                </div>
            </form>
        }
    });
    Ok(page.layout(Layout::Narrow).into_response())
}

pub(super) async fn submit(place: Member, InPath(id): InPath<AttemptId>) -> Result<Response, Failure> {
    attempt::submit(&place.ctx, id).await?;
    Ok(see_other(&place.path(&format!("/attempts/{id}/result"))))
}

/// Each question, whether it is answered, and the way back to it.
#[component]
fn Answers(sheet: Sheet, address: String) -> AnyView {
    let row = |at: &Place| {
        let number = at.position + 1;
        let (tone, state) = if at.answered {
            (Tone::Good, t!("check-answered"))
        } else {
            (Tone::Warn, t!("check-not-answered"))
        };
        view! {
            <tr>
                <th scope="row">{t!("check-question", number = number)}</th>
                <td>
                    <Tag tone text=state />
                    {at.flagged.then(|| view! { " "<Tag tone=Tone::Info text=t!("check-flagged") /> })}
                </td>
                <td>{(!sheet.linear || number == sheet.places.len()).then(|| view! {
                    <a href=format!("{address}?q={number}")>
                        {t!("check-change")}<span class="sr">" "{t!("check-question", number = number)}</span>
                    </a>
                })}</td>
            </tr>
        }
    };
    let rows = sheet.places.iter().map(row).collect_view();
    view! {
        <Table id="answers" caption=t!("check-answers")>
            <thead><tr>
                <th scope="col">{t!("check-column-question")}</th>
                <th scope="col">{t!("check-column-state")}</th>
                <th scope="col"><span class="sr">{t!("check-change")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
