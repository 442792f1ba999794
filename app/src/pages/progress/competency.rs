//! One competency: the decision, its rule, and the evidence.

use domain::{
    id::CompetencyId,
    mastery::{Observation, stones},
};
use leptos::prelude::*;
use service::mastery::{self, CompetencyRecord, EvidenceView};

use super::{estimate, standing};
use crate::{
    failure::Failure,
    i18n::t,
    in_path::InPath,
    page::Page,
    pages::assessment::{decision::Decision, rule::RuleInWords},
    ui::{Crumbs, Event, History, Layout, Mastery, Place, Tone, moment},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<CompetencyId>) -> Result<Page, Failure> {
    let record = mastery::of_competency(&place.ctx, id).await?;
    let home = Place::new(place.path(""), place.tenant.name.clone());
    let above = Place::new(place.path("/progress"), place.t("progress-title"));
    let about = place.path(&format!("/competencies/{id}"));
    let attempts = place.path("/attempts");
    let page = place.page(record.progress.statement.clone(), move || {
        view! { <Crumbs places=vec![home, above] /><Record record about attempts /> }
    });
    Ok(page.layout(Layout::Narrow))
}

#[component]
fn Record(record: CompetencyRecord, about: String, attempts: String) -> AnyView {
    let progress = record.progress;
    let (tone, state) = standing(&progress);
    let (text, stones) = (estimate(&progress), stones(progress.outcome, progress.estimate));
    let decision = match record.decision {
        Some(decision) => view! { <Decision decision /> }.into_any(),
        None => {
            let rule = progress.rule;
            view! { <p>{t!("progress-no-decision")}</p><RuleInWords rule /> }.into_any()
        }
    };
    view! {
        <div class="page-head">
            <h1>{progress.statement}</h1>
            <p><a href=about>{t!("progress-about")}</a></p>
        </div>
        <section class="section">
            <h2>{t!("progress-standing")}</h2>
            <Mastery title=state text stones tone />
        </section>
        <section class="section"><h2>{t!("progress-decision")}</h2>{decision}</section>
        <section class="section"><h2>{t!("progress-evidence")}</h2><Evidence evidence=record.evidence attempts /></section>
    }
    .into_any()
}

#[component]
fn Evidence(evidence: Vec<EvidenceView>, attempts: String) -> AnyView {
    if evidence.is_empty() {
        return view! { <p>{t!("progress-no-evidence")}</p> }.into_any();
    }
    let events = evidence.into_iter().map(|it| {
        let (tone, text) = seen(&it.observation);
        Event {
            tone,
            text,
            href: it.attempt.map(|id| format!("{attempts}/{id}/result")),
            when: moment(it.at),
            at: it.at.to_rfc3339_seconds(),
        }
    });
    let events = events.collect();
    view! { <History events /> }.into_any()
}

/// What was seen, in a sentence.
fn seen(observation: &Observation) -> (Tone, String) {
    match observation {
        Observation::Answers { answers, .. } => {
            let right = answers.iter().filter(|answer| answer.is_correct()).count();
            let tone = if right == answers.len() {
                Tone::Good
            } else {
                Tone::Info
            };
            (tone, t!("evidence-answers", right = right, of = answers.len()))
        }
        Observation::RubricMark { level, .. } => (Tone::Info, t!("evidence-rubric-mark", level = *level)),
        Observation::Judgement {
            demonstrated: true, ..
        } => (Tone::Good, t!("evidence-judged-shown")),
        Observation::Judgement {
            demonstrated: false, ..
        } => (Tone::Warn, t!("evidence-judged-not")),
        Observation::External { .. } => (Tone::Info, t!("evidence-external")),
    }
}
