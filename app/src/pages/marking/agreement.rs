//! How far those who mark the same work agree.

use domain::{
    assessment::agreement::{CriterionAgreement, FEWEST, FEWEST_OF_ONE, Kappa},
    id::AssessmentId,
};
use leptos::prelude::*;
use service::assessment::marking::{self, Agreement, AssessorLeaning, QuestionAgreement};

use crate::{
    failure::Failure,
    i18n::t,
    in_path::InPath,
    page::Page,
    pages::{
        authoring::{coefficient, part},
        teach::{Desk, TeachFrame},
    },
    ui::{Empty, Layout, Notice, Place, Stats, Table, Tag, Tone},
    visit::Member,
};

pub(super) async fn show(place: Member, InPath(id): InPath<AssessmentId>) -> Result<Page, Failure> {
    let found = marking::agreement(&place.ctx, id).await?;
    let desk = Desk::new(&place);
    let own = desk.path(&format!("/assessments/{id}"));
    let above = vec![
        Place::new(desk.path("/assessments"), place.t("assessment-list-title")),
        Place::new(own.clone(), found.title.clone()),
        Place::new(format!("{own}/marking"), place.t("marking-scheme-title")),
    ];
    let page = place.page(place.t("agreement-title"), move || {
        let body = if found.pieces == 0 {
            view! { <Empty title=t!("agreement-none")><p>{t!("agreement-none-text")}</p></Empty> }.into_any()
        } else {
            compared(found)
        };
        view! {
            <TeachFrame desk above>
                <h1>{t!("agreement-title")}</h1>
                {body}
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

fn compared(found: Agreement) -> AnyView {
    let decided = found.pieces - found.in_dispute;
    let figures = vec![
        (t!("agreement-pieces"), found.pieces.to_string()),
        (t!("agreement-agreed"), part(found.agreed, found.pieces)),
        (
            t!("agreement-settled"),
            (decided - found.agreed.min(decided)).to_string(),
        ),
        (t!("agreement-in-dispute"), found.in_dispute.to_string()),
    ];
    let few = (found.pieces < FEWEST).then(|| {
        view! {
            <Notice tone=Tone::Warn title=t!("agreement-few")>
                <p>{t!("agreement-few-text", fewest = FEWEST)}</p>
            </Notice>
        }
    });
    let questions = found
        .questions
        .into_iter()
        .zip(1_usize..)
        .map(|(question, number)| {
            view! { <OneQuestion question number /> }
        });
    let questions = questions.collect_view();
    view! {
        <p class="lead">{t!("agreement-lead")}</p>
        <Stats figures />
        {few}
        <h2>{t!("agreement-criteria")}</h2>
        <p>{t!("agreement-kappa-text")}</p>
        <p>{t!("agreement-weighted-text")}</p>
        {questions}
        <Leanings assessors=found.assessors />
    }
    .into_any()
}

#[component]
fn OneQuestion(question: QuestionAgreement, number: usize) -> AnyView {
    let rows = question.criteria.iter().map(row).collect_view();
    let caption = t!("agreement-question", number = number, title = question.title);
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=caption>
            <table>
                <caption>{caption.clone()}</caption>
                <thead><tr>
                    <th scope="col">{t!("marking-criterion")}</th>
                    <th scope="col" class="num">{t!("agreement-pieces")}</th>
                    <th scope="col" class="num">{t!("agreement-same")}</th>
                    <th scope="col">{t!("agreement-kappa")}</th>
                    <th scope="col">{t!("agreement-weighted")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(criterion: &CriterionAgreement) -> AnyView {
    view! {
        <tr>
            <th scope="row">{criterion.title.clone()}</th>
            <td class="num">{criterion.pieces}</td>
            <td class="num">{part(criterion.same, criterion.pieces)}</td>
            <td>{kappa(criterion.nominal, criterion.pieces)}</td>
            <td>{kappa(criterion.weighted, criterion.pieces)}</td>
        </tr>
    }
    .into_any()
}

/// The figure, what it says in a word, and how sure that is.
fn kappa(kappa: Option<Kappa>, pieces: u64) -> AnyView {
    let Some(kappa) = kappa else {
        return view! { <span class="muted">{t!("agreement-undefined")}</span> }.into_any();
    };
    let tag = if pieces < FEWEST {
        view! { <Tag tone=Tone::Warn text=t!("agreement-few-short") /> }.into_any()
    } else {
        view! { <Tag text=t!(&format!("agreement-{}", kappa.strength())) /> }.into_any()
    };
    let sure = match kappa.interval() {
        Some((low, high)) => t!(
            "agreement-interval",
            low = coefficient(Some(low)),
            high = coefficient(Some(high)),
            error = coefficient(kappa.standard_error)
        ),
        None => t!("agreement-no-interval"),
    };
    view! {
        <strong>{coefficient(Some(kappa.value))}</strong>
        " "
        {tag}
        <p class="muted">{sure}</p>
    }
    .into_any()
}

/// Who gives more or fewer points than the others for the same work.
#[component]
fn Leanings(assessors: Vec<AssessorLeaning>) -> AnyView {
    if assessors.is_empty() {
        return view! {
            <h2>{t!("agreement-leanings")}</h2>
            <p>{t!("agreement-leanings-few", fewest = FEWEST_OF_ONE)}</p>
        }
        .into_any();
    }
    let rows = assessors.into_iter().map(|it| {
        let reading = match it.leaning.telling() {
            Some(mean) if mean < 0.0 => {
                view! { <Tag tone=Tone::Warn text=t!("agreement-stricter") /> }.into_any()
            }
            Some(_) => view! { <Tag tone=Tone::Warn text=t!("agreement-milder") /> }.into_any(),
            None => view! { <Tag text=t!("agreement-alike") /> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{it.name}</th>
                <td class="num">{it.leaning.pieces()}</td>
                <td class="num">{coefficient(it.leaning.mean())}</td>
                <td class="num">{coefficient(it.leaning.standard_error())}</td>
                <td>{reading}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <h2>{t!("agreement-leanings")}</h2>
        <p>{t!("agreement-leanings-text", fewest = FEWEST_OF_ONE)}</p>
        <Table id="leanings" caption=t!("agreement-leanings-caption")>
            <thead><tr>
                <th scope="col">{t!("agreement-assessor")}</th>
                <th scope="col" class="num">{t!("agreement-pieces")}</th>
                <th scope="col" class="num">{t!("agreement-difference")}</th>
                <th scope="col" class="num">{t!("agreement-error")}</th>
                <th scope="col">{t!("agreement-reading")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
