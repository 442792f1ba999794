//! What to do about a question.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    Timestamp,
    id::{AssessmentId, ItemVersionId, RegradeId},
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::regrade::{self, OtherVersion, Proposal, Regradable},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    pages::teach::{Desk, TeachFrame},
    ui::{Choice, Choices, ErrorSummary, Hidden, Layout, Moment, Notice, Place, Select, TextArea, Tone},
    visit::{Author, Member},
};

type VersionPath = Path<(String, String, String)>;

pub(super) async fn show(
    Author(place): Author,
    Path((_, id, version)): VersionPath,
) -> Result<Page, Failure> {
    let (id, version) = ids(&id, &version)?;
    let found = regrade::regradable(&place.ctx, id, version).await?;
    let fresh: RegradeId = place.ctx.new_id();
    Ok(page(&place, id, version, found).filled(Form::filled([("id", fresh.to_string())])))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, id, version)): VersionPath,
    form: Form,
) -> Result<Response, Failure> {
    let (id, version) = ids(&id, &version)?;
    let found = regrade::regradable(&place.ctx, id, version).await?;
    let proposal = Proposal {
        id: form.parsed("id").ok_or(Error::NotFound)?,
        remedy: form.parsed("remedy"),
        by: form.parsed("version"),
        reason: form.text("reason").to_owned(),
        told: form.text("told").to_owned(),
    };
    match regrade::propose(&place.ctx, id, version, proposal).await {
        Ok(regrade) => Ok(see_other(&place.path(&format!("/teach/regrades/{regrade}")))),
        Err(Error::Invalid(errors)) => {
            // What was refused was not proposed; what was given up is not taken up again.
            let fresh: RegradeId = place.ctx.new_id();
            Ok(page(&place, id, version, found)
                .returned(form.with("id", fresh.to_string()), errors)
                .into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn ids(assessment: &str, version: &str) -> Result<(AssessmentId, ItemVersionId), Error> {
    let assessment = assessment.parse().map_err(|_| Error::NotFound)?;
    Ok((assessment, version.parse().map_err(|_| Error::NotFound)?))
}

fn page(place: &Member, id: AssessmentId, version: ItemVersionId, found: Regradable) -> Page {
    let desk = Desk::new(place);
    let own = desk.path(&format!("/assessments/{id}"));
    let above = vec![
        Place::new(desk.path("/assessments"), place.t("assessment-list-title")),
        Place::new(own.clone(), found.assessment.clone()),
        Place::new(format!("{own}/answers"), place.t("analysis-title")),
        Place::new(format!("{own}/answers/{version}"), found.asked.clone()),
    ];
    let regrades = desk.path("/regrades");
    let page = place.page(place.t("regrade-title"), move || {
        let body = match found.open {
            Some(open) => {
                let open = format!("{regrades}/{open}");
                view! {
                    <Notice tone=Tone::Info title=t!("regrade-is-open")>
                        <p>{t!("regrade-is-open-text")}</p>
                        <p><a href=open>{t!("regrade-is-open-link")}</a></p>
                    </Notice>
                }
                .into_any()
            }
            None => view! { <Remedies others=found.others.clone() asked=found.number /> }.into_any(),
        };
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("regrade-title")}</h1>
                    <p class="lead">{found.asked.clone()}</p>
                    <p class="muted">{t!("analysis-item-version", title = found.title.clone(), number = found.number)}</p>
                </div>
                <p>{t!("regrade-lead")}</p>
                {body}
                <Earlier earlier=found.earlier regrades />
            </TeachFrame>
        }
    });
    page.layout(Layout::Wide)
}

#[component]
fn Remedies(others: Vec<OtherVersion>, asked: i64) -> AnyView {
    let choice = |value: &str| Choice {
        value: value.to_owned(),
        text: t!(&format!("regrade-choose-{value}")),
        hint: t!(&format!("regrade-choose-{value}-hint")),
    };
    let (fitting, other): (Vec<_>, Vec<_>) = others.into_iter().partition(|it| it.difference.is_none());
    let mut values = vec!["full-credit", "drop"];
    if !fitting.is_empty() {
        values.insert(0, "key");
    }
    let choices = values.into_iter().map(choice).collect();
    let options: Vec<_> = fitting
        .into_iter()
        .map(|it| {
            let text = if it.number == asked {
                t!("regrade-version-asked", number = it.number)
            } else {
                t!("regrade-version", number = it.number)
            };
            (it.id.to_string(), text)
        })
        .collect();
    let no_key = options
        .is_empty()
        .then(|| view! { <p class="hint">{t!("regrade-no-other")}</p> });
    let versions = (!options.is_empty()).then(|| {
        view! { <Select name="version" label=t!("regrade-version-label") hint=t!("regrade-version-hint") options /> }
    });
    view! {
        <form method="post">
            <Hidden name="id" />
            <Choices name="remedy" legend=t!("regrade-remedy") choices />
            {no_key}
            {versions}
            <NotFitting others=other />
            <TextArea name="told" label=t!("regrade-told") hint=t!("regrade-told-hint") rows=3 />
            <TextArea name="reason" label=t!("regrade-reason") hint=t!("regrade-reason-hint") rows=3 />
            <div class="buttons"><button class="button">{t!("regrade-propose")}</button></div>
        </form>
    }
    .into_any()
}

/// The versions whose key can't be used, each with why not.
#[component]
fn NotFitting(others: Vec<OtherVersion>) -> AnyView {
    if others.is_empty() {
        return ().into_any();
    }
    let why = |it: OtherVersion| {
        let differs = it.difference?;
        let key = format!("error-regrade-other-{}", differs.code);
        let why = t!(&key, response = differs.response.to_string());
        Some(view! { <li>{t!("regrade-version", number = it.number)}": "{why}</li> })
    };
    view! {
        <details>
            <summary>{t!("regrade-not-fitting")}</summary>
            <ul>{others.into_iter().filter_map(why).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// What was done about it before.
#[component]
fn Earlier(earlier: Vec<(RegradeId, Timestamp)>, regrades: String) -> AnyView {
    if earlier.is_empty() {
        return ().into_any();
    }
    let rows = earlier.into_iter().map(|(id, at)| {
        view! { <li><a href=format!("{regrades}/{id}")>{t!("regrade-of")}" "<Moment at /></a></li> }
    });
    view! {
        <section class="section">
            <h2>{t!("regrade-earlier")}</h2>
            <p>{t!("regrade-earlier-text")}</p>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
