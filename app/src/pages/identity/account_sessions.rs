//! Where one is signed in, and ending that.

use axum::response::Response;
use domain::id::SessionId;
use leptos::prelude::*;
use service::{
    Error,
    identity::{self, OwnSession},
};
use tower_sessions::Session;

use super::{
    account_frame::{self, SESSIONS},
    session,
    user_agent::words,
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{Moment, PostButton, Table, Tag, Tone},
    visit::SignedIn,
};

pub(super) async fn show(visit: SignedIn, session: Session) -> Result<Page, Failure> {
    let here = session::id(&session);
    let sessions = identity::own_sessions(&visit.ctx(), here.as_deref()).await?;
    Ok(account_frame::page(&visit, SESSIONS, move || {
        view! {
            <h1>{t!("account-sessions-title")}</h1>
            <SessionTable sessions />
        }
    }))
}

pub(super) async fn end(visit: SignedIn, form: Form) -> Result<Response, Failure> {
    let id: SessionId = form.parsed("session").ok_or(Error::NotFound)?;
    identity::end_session(&visit.ctx(), id).await?;
    Ok(see_done("/account/sessions", "session-ended"))
}

pub(super) async fn end_others(visit: SignedIn, session: Session) -> Result<Response, Failure> {
    let here = session::id(&session);
    identity::end_other_sessions(&visit.ctx(), here.as_deref()).await?;
    Ok(see_done("/account/sessions", "sessions-ended"))
}

#[component]
fn SessionTable(sessions: Vec<OwnSession>) -> AnyView {
    let others = sessions.iter().any(|session| !session.is_current);
    let rows = sessions
        .into_iter()
        .map(|session| view! { <SessionRow session /> })
        .collect_view();
    let end_others = others.then(|| {
        view! {
            <PostButton
                action="/account/sessions/end-others"
                text=t!("account-sessions-end-others")
                class="button secondary"
            />
        }
    });
    view! {
        <Table id="sessions" caption=t!("account-sessions-lead")>
            <thead>
                <tr>
                    <th scope="col">{t!("account-sessions-device")}</th>
                    <th scope="col">{t!("account-sessions-since")}</th>
                    <th scope="col">{t!("account-sessions-seen")}</th>
                    <th scope="col"><span class="sr">{t!("account-sessions-end")}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
        {end_others}
    }
    .into_any()
}

#[component]
fn SessionRow(session: OwnSession) -> AnyView {
    let device = device(&session.user_agent);
    let end = if session.is_current {
        view! { <Tag tone=Tone::Good text=t!("account-sessions-here") /> }.into_any()
    } else {
        view! {
            <PostButton
                action="/account/sessions/end"
                text=t!("account-sessions-end")
                what=device.clone()
                class="button small secondary"
                fields=vec![("session", session.id.to_string())]
            />
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{device}</th>
            <td><Moment at=session.since /></td>
            <td><Moment at=session.seen_at /></td>
            <td>{end}</td>
        </tr>
    }
    .into_any()
}

fn device(user_agent: &str) -> String {
    match words(user_agent) {
        (Some(browser), Some(system)) => t!("device", browser = browser, system = system),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => t!("device-unknown"),
    }
}
