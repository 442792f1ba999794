//! Two marks that do not agree, side by side. Who gave them is not said: a mark
//! weighs what it says.

use domain::assessment::{Criterion, Identifier, Mark};
use leptos::prelude::*;
use service::assessment::marking::{StoredMark, Work};

use crate::{
    i18n::t,
    pages::{course::text, marking::Annotated},
    ui::{Notice, Table, Tag, Tone},
};

#[component]
pub(super) fn Dispute(works: Vec<Work>, marks: [StoredMark; 2]) -> AnyView {
    let works = works
        .into_iter()
        .map(|work| view! { <Compared marks=marks.clone() work /> });
    let works = works.collect_view();
    view! {
        <section class="section">
            <h2>{t!("marking-dispute")}</h2>
            <Notice tone=Tone::Info><p>{t!("marking-dispute-text")}</p></Notice>
            {works}
        </section>
    }
    .into_any()
}

#[component]
fn Compared(work: Work, marks: [StoredMark; 2]) -> AnyView {
    let given = marks.map(|stored| stored.marks.get(&work.response).cloned().unwrap_or_default());
    let rows = work
        .rubric
        .criteria
        .iter()
        .map(|criterion| row(criterion, &given))
        .collect_view();
    let points = given
        .each_ref()
        .map(|mark| view! { <td class="num">{work.rubric.points(mark).to_string()}</td> });
    let comments = given
        .each_ref()
        .map(|mark| view! { <td>{text::without_files(&mark.comment)}</td> });
    let names = ["marking-first-mark", "marking-second-mark"];
    let notes = given
        .into_iter()
        .zip(names)
        .zip(1_u8..)
        .map(|((mark, name), number)| {
            let prefix = format!("mark-{number}-{}", work.response);
            view! { <Notes mark text=work.text.clone() name=t!(name) prefix /> }
        });
    let notes = notes.collect_view();
    view! {
        <Table id=format!("both-marks-{}", work.response) caption=t!("marking-dispute-caption")>
            <thead><tr>
                <th scope="col">{t!("marking-criterion")}</th>
                {names.map(|name| view! { <th scope="col">{t!(name)}</th> })}
            </tr></thead>
            <tbody>
                {rows}
                <tr><th scope="row">{t!("marking-points")}</th>{points}</tr>
                <tr><th scope="row">{t!("marking-comment")}</th>{comments}</tr>
            </tbody>
        </Table>
        {notes}
    }
    .into_any()
}

fn row(criterion: &Criterion, given: &[Mark; 2]) -> AnyView {
    let level = |mark: &Mark| -> Option<Identifier> { mark.levels.get(&criterion.identifier).cloned() };
    let differs = level(&given[0]) != level(&given[1]);
    let cells = given.each_ref().map(|mark| {
        let title = level(mark).and_then(|name| criterion.level(&name).map(|level| level.title.clone()));
        view! { <td>{title.unwrap_or_default()}</td> }
    });
    view! {
        <tr>
            <th scope="row">
                {criterion.title.clone()}
                {differs.then(|| view! { " "<Tag tone=Tone::Warn text=t!("marking-differs") /> })}
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

#[component]
fn Notes(mark: Mark, text: String, name: String, prefix: String) -> AnyView {
    if mark.annotations.is_empty() {
        return ().into_any();
    }
    view! {
        <details>
            <summary>{t!("marking-notes-of", mark = name)}</summary>
            <Annotated text annotations=mark.annotations prefix />
        </details>
    }
    .into_any()
}
