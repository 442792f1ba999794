//! Who changed what, and when.

use domain::tenancy::Role;
use leptos::prelude::*;
use service::audit::{self, Entry};

use super::frame::{self, AUDIT};
use crate::{
    failure::Failure,
    i18n::{Args, current, t},
    page::Page,
    ui::{Event, History, Pages, Tone, moment},
    visit::Member,
};

pub(super) async fn show(Member(visit): Member) -> Result<Page, Failure> {
    let wanted = visit
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let list = audit::list(&visit.ctx, wanted).await?;
    let path = visit.path(AUDIT.0);
    Ok(frame::page(&visit, AUDIT, visit.t(AUDIT.1), move || {
        let address = move |page: u32| format!("{path}?page={page}");
        view! {
            <h1>{t!("admin-audit-title")}</h1>
            <p>{t!("admin-audit-lead")}</p>
            {trail(list.rows)}
            <Pages page=list.page of=list.pages address />
        }
    }))
}

/// What was done, latest first.
pub(super) fn trail(entries: Vec<Entry>) -> AnyView {
    if entries.is_empty() {
        return view! { <p class="muted">{t!("admin-audit-none")}</p> }.into_any();
    }
    let events = entries
        .into_iter()
        .map(|entry| Event {
            tone: Tone::Plain,
            href: None,
            when: moment(entry.at),
            at: entry.at.to_rfc3339_seconds(),
            text: sentence(entry),
        })
        .collect();
    view! { <History events /> }.into_any()
}

/// The sentence of an action mentions who did it, about whom, and the texts
/// among its details by their names.
fn sentence(entry: Entry) -> String {
    let mut args = Args::new();
    for (name, value) in entry.detail.as_object().into_iter().flatten() {
        if let Some(text) = value.as_str() {
            args.insert(name.clone().into(), in_words(text).into());
        }
    }
    let somebody = || t!("audit-somebody");
    args.insert("person".into(), entry.person.unwrap_or_else(somebody).into());
    args.insert(
        "actor".into(),
        entry.actor.unwrap_or_else(|| t!("audit-cairn")).into(),
    );
    current().text(&format!("audit-{}", entry.action), &args)
}

fn in_words(text: &str) -> String {
    text.parse::<Role>()
        .map_or_else(|_| text.to_owned(), |role| t!(&format!("role-{role}")))
}
