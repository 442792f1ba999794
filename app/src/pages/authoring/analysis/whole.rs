//! What the answers say about an assessment as a whole.

use axum::extract::Path;
use domain::assessment::analysis::{AssessmentAnalysis, FEWEST, Reliability};
use leptos::prelude::*;
use service::assessment::analysis::{AnalysedItem, Analysis, analysis};

use super::{
    super::assessment::{AssessmentPath, assessment_id},
    figures::{Spread, coefficient, dash, flags, part, percent},
};
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::teach::{Desk, TeachFrame},
    ui::{Empty, Layout, Notice, Place, Stats, Table, Tone},
    visit::Author,
};

pub(super) async fn show(Author(place): Author, Path((_, id)): AssessmentPath) -> Result<Page, Failure> {
    let id = assessment_id(&id)?;
    let found = analysis(&place.ctx, id).await?;
    let desk = Desk::new(&place);
    let own = desk.path(&format!("/assessments/{id}"));
    let above = vec![
        Place::new(desk.path("/assessments"), place.t("assessment-list-title")),
        Place::new(own.clone(), found.title.clone()),
    ];
    let page = place.page(place.t("analysis-title"), move || {
        let body = if found.whole.attempts == 0 {
            view! { <Empty title=t!("analysis-none")><p>{t!("analysis-none-text")}</p></Empty> }.into_any()
        } else {
            answered(found, &own)
        };
        view! {
            <TeachFrame desk above>
                <h1>{t!("analysis-title")}</h1>
                {body}
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

fn answered(found: Analysis, own: &str) -> AnyView {
    let whole = &found.whole;
    let decided = whole.passed + whole.failed;
    let alpha = match whole.reliability {
        Reliability::Known { alpha, .. } => Some(alpha),
        Reliability::LengthsDiffer | Reliability::TooLittleKnown => None,
    };
    let median = whole
        .median_minutes
        .map_or_else(dash, |minutes| t!("analysis-minutes", minutes = minutes));
    let figures = vec![
        (t!("analysis-attempts"), whole.attempts.to_string()),
        (t!("analysis-mean"), percent(whole.mean)),
        (t!("analysis-sd"), percent(whole.spread)),
        (t!("analysis-passed"), part(whole.passed, decided)),
        (t!("analysis-median"), median),
        (t!("analysis-alpha"), coefficient(alpha)),
    ];
    view! {
        <p class="lead">{t!("analysis-lead")}</p>
        <Stats figures />
        {reliability(whole)}
        <h2>{t!("analysis-spread")}</h2>
        <Spread bands=whole.bands />
        <Items items=found.items base=format!("{own}/answers") />
        <p><a href=format!("{own}/answers.csv")>{t!("analysis-export")}</a></p>
    }
    .into_any()
}

/// What the coefficients mean, in words.
fn reliability(whole: &AssessmentAnalysis) -> AnyView {
    match whole.reliability {
        Reliability::TooLittleKnown if whole.attempts < FEWEST => view! {
            <Notice tone=Tone::Info title=t!("analysis-too-few")>
                <p>{t!("analysis-too-few-text", fewest = FEWEST)}</p>
            </Notice>
        }
        .into_any(),
        Reliability::TooLittleKnown => ().into_any(),
        Reliability::LengthsDiffer => {
            view! { <p class="muted">{t!("analysis-lengths-differ")}</p> }.into_any()
        }
        Reliability::Known {
            error, consistency, ..
        } => {
            let error = percent(Some(error));
            let again = consistency.map(|share| {
                view! { <p>{t!("analysis-consistency", share = percent(Some(share)))}</p> }
            });
            view! { <p>{t!("analysis-error", error = error)}</p> {again} }.into_any()
        }
    }
}

#[component]
fn Items(items: Vec<AnalysedItem>, base: String) -> AnyView {
    let rows = items
        .into_iter()
        .map(|item| {
            let analysis = &item.analysis;
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("{base}/{}", item.version)>{item.asked.clone()}</a>
                        <p class="muted">{t!("analysis-item-version", title = item.title.clone(), number = item.number)}</p>
                    </th>
                    <td class="num">{analysis.answers}</td>
                    <td class="num">{percent(analysis.facility)}</td>
                    <td class="num">{coefficient(analysis.discrimination)}</td>
                    <td class="num">{part(analysis.blank, analysis.answers)}</td>
                    <td>{flags(analysis)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{t!("analysis-items")}</h2>
        <p>{t!("analysis-items-text")}</p>
        <Table id="items" caption=t!("analysis-items-caption")>
            <thead>
                <tr>
                    <th scope="col">{t!("analysis-item")}</th>
                    <th scope="col" class="num">{t!("analysis-answers")}</th>
                    <th scope="col" class="num">{t!("analysis-facility")}</th>
                    <th scope="col" class="num">{t!("analysis-discrimination")}</th>
                    <th scope="col" class="num">{t!("analysis-blank")}</th>
                    <th scope="col">{t!("analysis-look")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
