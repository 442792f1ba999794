//! Writing an activity: a lesson's text with its preview, what is practised,
//! which assessment it is.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    course::{Activity, Content},
    id::AssessmentId,
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::definition,
    competency::{self, Competency},
    course::{self, Draft},
    files,
};

use super::{
    PartPath,
    activity_form::{Fields, FieldsProps, filled, read},
    activity_id, course_id, revision,
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    islands::{LivePreview, LivePreviewProps},
    page::{Page, see_done},
    pages::{
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Place, value_of},
    visit::{Author, Member},
};

/// Under these ids the text and its preview are found by the island.
const SOURCE: &str = "f-markdown";
const TARGET: &str = "preview";

/// What the form of an activity is drawn from.
#[derive(Debug, Clone)]
pub(super) struct Bench {
    pub(super) content: Content,
    pub(super) activity: Activity,
    pub(super) competencies: Vec<(usize, Competency)>,
    pub(super) assessments: Vec<(AssessmentId, String)>,
}

pub(super) async fn show(Author(place): Author, Path((_, course, id)): PartPath) -> Result<Page, Failure> {
    let (draft, bench) = bench(&place, &course, &id).await?;
    let form = filled(draft.revision, &bench.activity);
    Ok(page(&place, &draft, bench, &form).await?.filled(form))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, course, id)): PartPath,
    form: Form,
) -> Result<Response, Failure> {
    let (draft, bench) = bench(&place, &course, &id).await?;
    if form.text("do") == "preview" {
        return Ok(page(&place, &draft, bench, &form)
            .await?
            .filled(form)
            .into_response());
    }
    let saved = match read(&form, bench.activity.clone()) {
        Ok(activity) => course::save_activity(&place.ctx, draft.id, revision(&form), activity).await,
        Err(errors) => Err(errors.into()),
    };
    match saved {
        Ok(_) => Ok(see_done(
            &Desk::new(&place).path(&format!("/courses/{}/activities/{}", draft.id, bench.activity.id)),
            "saved",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&place, &draft, bench, &form)
            .await?
            .returned(form, errors)
            .into_response()),
        Err(other) => Err(other.into()),
    }
}

async fn bench(place: &Member, course: &str, id: &str) -> Result<(Draft, Bench), Failure> {
    let draft = course::draft(&place.ctx, course_id(course)?).await?;
    let id = activity_id(id)?;
    let (_, activity) = draft.content.activity(id).ok_or(Error::NotFound)?;
    let bench = Bench {
        content: draft.content.clone(),
        activity: activity.clone(),
        competencies: competency::list(&place.ctx).await?,
        assessments: definition::choices(&place.ctx).await?,
    };
    Ok((draft, bench))
}

async fn page(place: &Member, draft: &Draft, bench: Bench, form: &Form) -> Result<Page, Failure> {
    let desk = Desk::new(place);
    let course = desk.path(&format!("/courses/{}", draft.id));
    let above = vec![Place::new(course.clone(), draft.content.title.clone())];
    let remove = format!("{course}/activities/{}/remove", bench.activity.id);
    let markdown = form.text("markdown").to_owned();
    let is_lesson = matches!(bench.activity.work, domain::course::Work::Lesson { .. });
    let links = text::links(place, files::of_text(&place.ctx, &markdown).await?);
    let tenant = place.tenant.slug.clone();
    let title = bench.activity.title.clone();
    let page = place.page(title.clone(), move || {
        let fields = Fields(FieldsProps { bench });
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <h1>{title}</h1>
                <form method="post">
                    <input type="hidden" name="revision" value=value_of("revision") />
                    {if is_lesson {
                        view! {
                            <div class="editor">
                                <div>{fields}</div>
                                <section class="preview" aria-label=t!("teach-preview")>
                                    <p class="label">{t!("teach-as-learner")}</p>
                                    <div id=TARGET class="prose" inner_html=text::html(&markdown, &links)></div>
                                    {LivePreview(LivePreviewProps {
                                        source: SOURCE.to_owned(),
                                        target: TARGET.to_owned(),
                                        tenant,
                                    })}
                                </section>
                            </div>
                        }.into_any()
                    } else {
                        fields.into_any()
                    }}
                    <div class="buttons">
                        <button class="button" name="do" value="save">{t!("teach-save")}</button>
                        {is_lesson.then(|| view! {
                            <button class="button secondary" name="do" value="preview">{t!("teach-preview")}</button>
                        })}
                        <a class="button danger secondary" href=remove>{t!("teach-remove")}</a>
                    </div>
                </form>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}
