//! Practice: one question after another, told about at once.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    course::{Practised, State, Work},
    id::{ItemVersionId, ResponseId},
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::practice::{self, PracticeAnswer, PracticeFeedback, PracticeQuestion},
    course::{self, Opened},
};

use super::{
    assessment::question::{Asked, Question, rearranged},
    course::text::links,
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::segment,
    page::{Page, see_other},
    routes::Routes,
    ui::{Crumbs, Empty, ErrorSummary, Layout, Place, Progress},
    visit::Member,
};

/// Before the names of the question's fields.
const PREFIX: &str = "q0.";

pub(super) fn routes() -> Routes {
    Routes::new().route("/t/{tenant}/practice/{course}/{activity}", get(show).post(send))
}

/// An activity of practice, and how far the learner is with it.
#[derive(Debug, Clone)]
struct Practice {
    opened: Opened,
    practised: Practised,
}

async fn show(place: Member, path: Path<(String, String, String)>) -> Result<Response, Failure> {
    let course = place.path(&format!("/courses/{}", segment(&path.0.1)));
    let practice = match load(&place, path).await {
        // The course's page says how to take it, or what has to be done first.
        Err(Failure(Error::NotFound)) => return Ok(see_other(&course)),
        practice => practice?,
    };
    if let Some(id) = place.query("answer") {
        let id: ResponseId = id.parse().map_err(|_| Error::NotFound)?;
        let told = practice::feedback(&place.ctx, id).await?;
        return Ok(told_page(&place, practice, told).into_response());
    }
    let next = practice::next(&place.ctx, &practice.practised.competencies()).await?;
    Ok(question_page(&place, practice, next, Vec::new()).into_response())
}

async fn send(place: Member, path: Path<(String, String, String)>, form: Form) -> Result<Response, Failure> {
    let practice = load(&place, path).await?;
    let (form, is_rearranged) = rearranged(form);
    let id: ResponseId = form.parsed("id").ok_or(Error::NotFound)?;
    let item_version: ItemVersionId = form.parsed("item").ok_or(Error::NotFound)?;
    let fields: Vec<(String, String)> = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value.to_owned())))
        .collect();
    if is_rearranged {
        let same = practice::again(&place.ctx, id, item_version).await?;
        let page = question_page(&place, practice, Some(same), fields);
        return Ok(page.filled(form).into_response());
    }
    let given = PracticeAnswer {
        id,
        within: Some((practice.opened.course, practice.opened.activity.id)),
        item_version,
        fields: fields.clone(),
    };
    match practice::answer(&place.ctx, given).await {
        Ok(()) => {
            let address = address(&place, &practice.opened);
            Ok(see_other(&format!("{address}?answer={id}")))
        }
        Err(Error::Invalid(wrong)) => {
            let same = practice::again(&place.ctx, id, item_version).await?;
            let page = question_page(&place, practice, Some(same), fields);
            Ok(page
                .returned(form, FieldErrors::within(PREFIX, wrong))
                .into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn load(
    place: &Member,
    Path((_, course, activity)): Path<(String, String, String)>,
) -> Result<Practice, Failure> {
    let activity = activity.parse().map_err(|_| Error::NotFound)?;
    let opened = course::open(&place.ctx, &course, activity).await?;
    let Work::Practice { draws } = &opened.activity.work else {
        return Err(Error::NotFound.into());
    };
    let practised = practice::practised(&place.ctx, draws).await?;
    Ok(Practice { opened, practised })
}

fn address(place: &Member, opened: &Opened) -> String {
    place.path(&format!("/practice/{}/{}", opened.course, opened.activity.id))
}

fn question_page(
    place: &Member,
    practice: Practice,
    next: Option<PracticeQuestion>,
    fields: Vec<(String, String)>,
) -> Page {
    let address = address(place, &practice.opened);
    let files = links(
        place,
        next.as_ref().map(|next| next.files.clone()).unwrap_or_default(),
    );
    framed(place, practice, move || match next {
        Some(question) => {
            let asked = Asked {
                view: question.view,
                fields,
                prefix: PREFIX.to_owned(),
                place: t!("practice-question"),
                files,
                fixed: false,
                takes_files: false,
                feedback: None,
            };
            view! {
                <form method="post" action=address>
                    <input type="hidden" name="id" value=question.id.to_string() />
                    <input type="hidden" name="item" value=question.item_version.to_string() />
                    <Question asked />
                    <div class="buttons"><button class="button">{t!("practice-answer")}</button></div>
                </form>
            }
            .into_any()
        }
        None => {
            view! { <Empty title=t!("practice-empty")><p>{t!("practice-empty-text")}</p></Empty> }.into_any()
        }
    })
}

fn told_page(place: &Member, practice: Practice, told: PracticeFeedback) -> Page {
    let address = address(place, &practice.opened);
    let files = links(place, told.files);
    framed(place, practice, move || {
        let asked = Asked {
            view: told.view,
            fields: told.fields,
            prefix: PREFIX.to_owned(),
            place: t!("practice-question"),
            files,
            fixed: true,
            takes_files: false,
            feedback: Some(told.feedback),
        };
        view! {
            <Question asked />
            <div class="buttons"><a class="button" href=address>{t!("practice-next")}</a></div>
        }
        .into_any()
    })
}

/// What stands around every question.
fn framed(place: &Member, practice: Practice, main: impl FnOnce() -> AnyView + Send + 'static) -> Page {
    let title = practice.opened.activity.title.clone();
    let course = place.path(&format!("/courses/{}", practice.opened.slug));
    let home = Place::new(place.path(""), place.tenant.name.clone());
    let page = place.page(title.clone(), move || {
        let places = vec![
            home,
            Place::new(course.clone(), practice.opened.course_title.clone()),
        ];
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let (done, of) = (practice.practised.done(), practice.practised.of());
        view! {
            <ErrorSummary />
            <Crumbs places />
            <div class="page-head">
                <h1>{title.clone()}</h1>
                {(of > 0).then(|| view! {
                    <Progress
                        done=count(done)
                        of=count(of)
                        label=title
                        text=t!("practice-progress", done = done, of = of)
                    />
                })}
            </div>
            {main()}
            {practice.practised.is_enough().then(|| view! { <Enough opened=practice.opened asked=of course /> })}
        }
    });
    page.layout(Layout::Narrow)
}

/// The way on. Where no answer was the last one, because they were given
/// elsewhere or there is nothing to practise with, the learner says so.
#[component]
fn Enough(opened: Opened, asked: u64, course: String) -> AnyView {
    let said = (asked > 0).then(|| t!("practice-enough"));
    if opened.state == State::Done {
        view! { <p>{said}" "<a href=course>{t!("practice-back")}</a></p> }.into_any()
    } else {
        let activity = format!("{course}/{}", opened.activity.id);
        view! {
            <p>{said}</p>
            <form method="post" action=activity>
                <div class="buttons"><button class="button">{t!("practice-back")}</button></div>
            </form>
        }
        .into_any()
    }
}
