//! A level for each criterion, and what the learner is told.

use domain::{
    assessment::{Criterion, Identifier, Points},
    course::markdown::FileLinks,
};
use leptos::prelude::*;
use service::assessment::marking::{SavedComment, Work};

use super::field;
use crate::{
    i18n::t,
    pages::course::text,
    ui::{Select, TextArea, id_of, reason_at, value_of},
};

/// So much of a saved comment is shown where one is chosen.
const SHOWN: usize = 80;

/// What to say of a text.
#[component]
pub(super) fn Rubric(work: Work, comments: Vec<SavedComment>, is_open: bool) -> AnyView {
    let criteria = work.rubric.criteria.iter().map(|criterion| {
        let name = field(&work.response, criterion.identifier.as_str());
        view! { <Levels criterion=criterion.clone() name /> }
    });
    let criteria = criteria.collect_view();
    view! {
        <section class="section">
            <h2>{t!("marking-rubric")}</h2>
            {criteria}
            <TextArea name=field(&work.response, "comment") label=t!("marking-comment") hint=t!("marking-comment-hint") />
            {is_open.then(|| view! { <Bank work comments /> })}
        </section>
    }
    .into_any()
}

/// The field in which one of the assessor's own comments is chosen: no criterion's has
/// its id.
pub(super) fn saved_field(response: &Identifier) -> String {
    format!("bank:{response}")
}

/// The assessor's own comments.
#[component]
fn Bank(work: Work, comments: Vec<SavedComment>) -> AnyView {
    let response = work.response.clone();
    let choose = (!comments.is_empty()).then(|| {
        let none = (String::new(), t!("ui-choose-one"));
        let options = comments
            .iter()
            .map(|comment| (comment.id.to_string(), text::plain(&comment.text, SHOWN)));
        let options = std::iter::once(none).chain(options).collect();
        view! {
            <Select name=saved_field(&response) label=t!("marking-saved-comment") options />
            <button class="button secondary small" name="do" value=format!("insert {response}")>
                {t!("marking-insert")}
            </button>
        }
    });
    view! {
        <div class="bank">
            {choose}
            <button class="button quiet small" name="do" value=format!("save {response}")>
                {t!("marking-keep-comment")}
            </button>
        </div>
    }
    .into_any()
}

/// The levels of one criterion.
#[component]
fn Levels(criterion: Criterion, name: String) -> AnyView {
    let chosen = value_of(&name);
    let reason = reason_at(&name);
    let first = id_of(&name);
    let wrong = format!("{first}-error");
    let described = reason.is_some().then(|| wrong.clone());
    let class = if reason.is_some() {
        "field full invalid"
    } else {
        "field full"
    };
    // A rubric that is decided by its levels has no points to speak of.
    let has_points = criterion.levels.iter().any(|level| level.points > Points::ZERO);
    let levels = criterion.levels.into_iter().enumerate().map(|(at, level)| {
        let value = level.identifier.to_string();
        let checked = value == chosen;
        let id = if at == 0 {
            first.clone()
        } else {
            format!("{first}-{at}")
        };
        view! {
            <label>
                <input type="radio" id=id name=name.clone() value=value checked=checked />
                <b>
                    {if has_points {
                        t!("marking-level", title = level.title, points = level.points.to_string())
                    } else {
                        level.title
                    }}
                </b>
                <span inner_html=text::inline(&level.descriptor, &FileLinks::default())></span>
            </label>
        }
    });
    let levels = levels.collect_view();
    view! {
        <fieldset class=class aria-describedby=described>
            <legend>{criterion.title}</legend>
            {(!criterion.description.is_empty()).then(|| text::without_files(&criterion.description))}
            {reason.map(|reason| view! { <p class="error" id=wrong>{reason}</p> })}
            <div class="levels">{levels}</div>
        </fieldset>
    }
    .into_any()
}
