//! A learner's request to look at a result again: the attempt, and the answer to it.

use axum::{
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::{
    assessment::{Amendment, Criterion, Identifier, Mark},
    course::markdown::FileLinks,
    id::AppealId,
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::{
        appeal::{self, Answer, AppealSheet, Marked},
        attempt::MarkedQuestion,
    },
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::{InPath, SentInPath},
    page::{Page, see_done},
    pages::{
        assessment::{
            points_of,
            question::{Asked, Question, with_sent},
        },
        course::{deliver, text},
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Moment, Notice, Place, Select, TextArea, TextField, Tone},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AppealId>) -> Result<Page, Failure> {
    let sheet = appeal::open(&place.ctx, id).await?;
    Ok(page(&place, sheet))
}

/// A file that was sent as an answer.
pub(super) async fn file(
    place: Member,
    SentInPath(id, file): SentInPath<AppealId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = appeal::file(&place.ctx, id, file).await?;
    deliver(&place.ctx, file, &headers).await
}

pub(super) async fn send(
    place: Member,
    InPath(id): InPath<AppealId>,
    form: Form,
) -> Result<Response, Failure> {
    let sheet = appeal::open(&place.ctx, id).await?;
    let typed = sheet.questions.iter().map(|question| {
        let typed = form.text(&field(question.position)).to_owned();
        (question.position, typed)
    });
    let marks = sheet.marked.iter().map(|(position, works)| {
        let works = works.iter().map(|work| chosen(&form, *position, work));
        (*position, works.collect())
    });
    let answer = Answer {
        text: form.text("answer").to_owned(),
        points: typed.collect(),
        marks: marks.collect(),
    };
    match appeal::answer(&place.ctx, id, answer).await {
        Ok(()) => Ok(see_done(&place.path("/teach/marking"), "appeal-answered")),
        Err(Error::Invalid(errors)) => Ok(page(&place, sheet).returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn field(position: usize) -> String {
    format!("points-{position}")
}

/// The levels that were chosen; what stays as it is has none.
fn chosen(form: &Form, position: usize, work: &Marked) -> (Identifier, Mark) {
    let levels = work.rubric.criteria.iter().filter_map(|criterion| {
        let level = form.parsed(&level_field(position, work, criterion))?;
        Some((criterion.identifier.clone(), level))
    });
    let mark = Mark {
        levels: levels.collect(),
        comment: String::new(),
        annotations: Vec::new(),
    };
    (work.response.clone(), mark)
}

fn level_field(position: usize, work: &Marked, criterion: &Criterion) -> String {
    format!("mark-{position}.{}.{}", work.response, criterion.identifier)
}

fn page(place: &Member, sheet: AppealSheet) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(place.path("/teach/marking"), place.t("marking-title"))];
    let base = place.path(&format!("/teach/appeals/{}", sheet.id));
    let files = with_sent(text::links(place, sheet.files.clone()), sheet.sent.clone(), &base);
    let regrade = sheet
        .may_regrade
        .then(|| desk.path(&format!("/assessments/{}/answers", sheet.assessment)));
    let page = place.page(place.t("appeal-title"), move || {
        let is_open = sheet.appeal.answered.is_none();
        let of = sheet.questions.len();
        let questions = sheet.questions.iter().map(|question| {
            view! {
                <Judged
                    question=question.clone()
                    marked=sheet.marked.get(&question.position).cloned().unwrap_or_default()
                    of
                    files=files.clone()
                    regrade=regrade.clone()
                    is_open
                />
            }
        });
        let questions = questions.collect_view();
        let answered = sheet.appeal.answered.clone().map(|answered| {
            view! {
                <Notice tone=Tone::Good title=t!("appeal-is-answered")>
                    <p>{answered.text}</p>
                    <p class="muted"><Moment at=answered.at /></p>
                </Notice>
            }
        });
        let answer = is_open.then(|| {
            view! {
                <TextArea name="answer" label=t!("appeal-answer") hint=t!("appeal-answer-hint") rows=5 />
                <div class="buttons"><button class="button">{t!("appeal-send-answer")}</button></div>
            }
        });
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("appeal-title")}</h1>
                    <p class="meta"><span>{sheet.title.clone()}</span><span><Moment at=sheet.appeal.asked_at /></span></p>
                </div>
                {answered}
                <section class="section">
                    <h2>{t!("appeal-reason-given")}</h2>
                    <blockquote>{sheet.appeal.reason.clone()}</blockquote>
                </section>
                <form method="post">
                    <section class="section">
                        <h2>{t!("appeal-questions")}</h2>
                        {is_open.then(|| view! { <p>{t!("appeal-questions-text")}</p> })}
                        {questions}
                    </section>
                    {answer}
                </form>
            </TeachFrame>
        }
    });
    page.layout(Layout::Wide)
}

/// A question with its answer, what it was worth, and what it is to be worth.
#[component]
fn Judged(
    question: MarkedQuestion,
    marked: Vec<Marked>,
    of: usize,
    files: FileLinks,
    regrade: Option<String>,
    is_open: bool,
) -> AnyView {
    let number = question.position + 1;
    let points = points_of(question.feedback.points, question.feedback.max);
    let comments = question.comments.iter().map(|comment| {
        view! {
            <div class="feedback info"><p><strong>{t!("result-comment")}</strong></p>{text::without_files(comment)}</div>
        }
    });
    let comments = comments.collect_view();
    let amended = question.amended.map(|amended| match amended {
        Amendment::Regrade(_) => t!("appeal-was-regraded"),
        Amendment::Appeal => t!("appeal-was-set"),
        Amendment::Late => t!("appeal-was-late"),
    });
    let set = is_open.then(|| {
        if !marked.is_empty() {
            let position = question.position;
            let lists = marked.iter().flat_map(|work| {
                let criteria = work.rubric.criteria.iter();
                criteria.map(move |criterion| levels(position, work, criterion))
            });
            return view! { <p>{t!("appeal-levels-text")}</p>{lists.collect_view()} }.into_any();
        }
        view! {
            <TextField
                name=field(question.position)
                label=t!("appeal-points", number = number)
                hint=t!("appeal-points-hint", most = question.most.to_string())
                inputmode="decimal"
                required=false
                class="short"
            />
        }
        .into_any()
    });
    let regrade = regrade.map(|answers| {
        view! { <p><a href=format!("{answers}/{}/regrade", question.version)>{t!("regrade-link")}</a></p> }
    });
    let asked = Asked {
        view: question.view,
        fields: question.fields,
        prefix: format!("q{}.", question.position),
        place: t!("attempt-place", number = number, of = of),
        files,
        fixed: true,
        takes_files: false,
        feedback: Some(question.feedback),
    };
    view! {
        <div class="marked">
            <Question asked />
            {comments}
            <p><strong>{points}</strong></p>
            {amended.map(|amended| view! { <p class="muted">{amended}</p> })}
            {set}
            {regrade}
        </div>
    }
    .into_any()
}

/// A list of the levels of one criterion; the first choice leaves it as it is.
fn levels(position: usize, work: &Marked, criterion: &Criterion) -> AnyView {
    let given = work.mark.levels.get(&criterion.identifier);
    let given = criterion
        .levels
        .iter()
        .find(|level| Some(&level.identifier) == given);
    let hint = match given {
        Some(level) => t!("appeal-level-given", level = level.title.clone()),
        None => t!("appeal-level-none"),
    };
    let mut options = vec![(String::new(), t!("appeal-level-stays"))];
    let named = criterion.levels.iter();
    options.extend(named.map(|level| (level.identifier.to_string(), level.title.clone())));
    view! {
        <Select
            name=level_field(position, work, criterion)
            label=t!("appeal-level", number = position + 1, criterion = criterion.title.clone())
            hint
            options
        />
    }
    .into_any()
}
