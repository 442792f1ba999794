//! The frameworks: the list, a new one, what is said about one.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::id::FrameworkId;
use leptos::prelude::*;
use service::{
    Error,
    competency::{self, Framework, FrameworkDetails},
};

use super::framework_id;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{Card, Empty, ErrorSummary, Layout, Place, TextArea, TextField, value_of},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let frameworks = competency::frameworks(&place.ctx).await?;
    let desk = Desk::new(&place);
    let page = place.page(place.t("teach-competencies"), move || {
        let base = desk.path("/competencies");
        view! {
            <TeachFrame desk>
                <div class="row apart">
                    <h1>{t!("teach-competencies")}</h1>
                    <a class="button" href=format!("{base}/new")>{t!("teach-new-framework")}</a>
                </div>
                <p class="lead">{t!("teach-competencies-lead")}</p>
                <List frameworks base />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

#[component]
fn List(frameworks: Vec<Framework>, base: String) -> AnyView {
    if frameworks.is_empty() {
        return view! {
            <Empty title=t!("teach-no-frameworks")><p>{t!("teach-no-frameworks-text")}</p></Empty>
        }
        .into_any();
    }
    let cards = frameworks
        .into_iter()
        .map(|one| {
            view! {
                <Card href=format!("{base}/frameworks/{}", one.id) title=one.title>
                    <p>{one.description}</p>
                    <p class="meta">
                        <span>{one.code}</span>
                        <span>{t!("teach-competency-count", count = one.competencies)}</span>
                    </p>
                </Card>
            }
        })
        .collect_view();
    view! { <ul class="cards" role="list">{cards}</ul> }.into_any()
}

pub(super) async fn new(Author(place): Author) -> Result<Page, Failure> {
    let id: FrameworkId = place.installation().new_id();
    Ok(form_page(&place, None).filled(Form::filled([("id", id.to_string())])))
}

pub(super) async fn create(Author(place): Author, form: Form) -> Result<Response, Failure> {
    let id: FrameworkId = form.parsed("id").ok_or(Error::NotFound)?;
    match competency::create_framework(&place.ctx, id, &details(&form)).await {
        Ok(()) => Ok(see_done(&address(&place, id), "framework-created")),
        Err(Error::Invalid(errors)) => Ok(form_page(&place, None).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn edit(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Page, Failure> {
    let tree = competency::framework(&place.ctx, framework_id(&id)?).await?;
    let revision = tree.details.revision();
    let FrameworkDetails {
        code,
        title,
        description,
    } = tree.details;
    let form = Form::filled([
        ("code", code),
        ("title", title),
        ("description", description),
        ("revision", revision),
    ]);
    Ok(form_page(&place, Some((tree.id, tree.members.is_empty()))).filled(form))
}

pub(super) async fn save(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Failure> {
    let id = framework_id(&id)?;
    match competency::save_framework(&place.ctx, id, form.text("revision"), &details(&form)).await {
        Ok(()) => Ok(see_done(&address(&place, id), "saved")),
        Err(Error::Invalid(errors)) => Ok(form_page(&place, Some((id, false)))
            .returned(form, errors)
            .into_response()),
        Err(other) => Err(other.into()),
    }
}

fn address(place: &Member, id: FrameworkId) -> String {
    Desk::new(place).path(&format!("/competencies/frameworks/{id}"))
}

fn details(form: &Form) -> FrameworkDetails {
    FrameworkDetails {
        code: form.text("code").to_owned(),
        title: form.text("title").to_owned(),
        description: form.text("description").to_owned(),
    }
}

/// The form of a new framework, or of one that is there, perhaps with nothing in it.
fn form_page(place: &Member, known: Option<(FrameworkId, bool)>) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(
        desk.path("/competencies"),
        place.t("teach-competencies"),
    )];
    // What makes a second submit harmless.
    let (key, seen) = if known.is_some() {
        ("teach-framework", "revision")
    } else {
        ("teach-new-framework", "id")
    };
    let remove = known
        .filter(|(_, is_empty)| *is_empty)
        .map(|(id, _)| format!("{}/remove", address(place, id)));
    place
        .page(place.t(key), move || {
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <h1>{t!(key)}</h1>
                    <form method="post">
                        <input type="hidden" name=seen value=value_of(seen) />
                        <TextField name="title" label=t!("teach-title-field") />
                        <TextField name="code" label=t!("teach-code-field") hint=t!("teach-framework-code-hint") class="short" />
                        <TextArea name="description" label=t!("teach-description-field") rows=4 />
                        <div class="buttons"><button class="button">{t!("teach-save")}</button></div>
                    </form>
                    {remove.map(|action| view! {
                        <form class="section" method="post" action=action>
                            <button class="button danger secondary">{t!("teach-remove")}</button>
                        </form>
                    })}
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}
