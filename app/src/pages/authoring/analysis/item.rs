//! What the answers say about one item.

use axum::extract::Path;
use domain::{
    assessment::analysis::{ChoiceAnalysis, FEWEST, ItemAnalysis},
    id::ItemVersionId,
    tenancy::Permission,
};
use leptos::prelude::*;
use service::{Error, assessment::analysis::item_analysis};

use super::{
    super::assessment::assessment_id,
    figures::{coefficient, part, percent},
};
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::{
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{Notice, Place, Stats, Table, Tag, Tone},
    visit::Author,
};

type VersionPath = Path<(String, String, String)>;

pub(super) async fn show(
    Author(place): Author,
    Path((_, id, version)): VersionPath,
) -> Result<Page, Failure> {
    let id = assessment_id(&id)?;
    let version: ItemVersionId = version.parse().map_err(|_| Error::NotFound)?;
    let (assessment, item) = item_analysis(&place.ctx, id, version).await?;
    let desk = Desk::new(&place);
    let own = desk.path(&format!("/assessments/{id}"));
    let above = vec![
        Place::new(desk.path("/assessments"), place.t("assessment-list-title")),
        Place::new(own.clone(), assessment),
        Place::new(format!("{own}/answers"), place.t("analysis-title")),
    ];
    let regrade = place
        .ctx
        .may(Permission::Regrade)
        .then(|| format!("{own}/answers/{version}/regrade"));
    Ok(place.page(item.asked.clone(), move || {
        let editor = desk.path(&format!("/items/{}", item.id));
        let analysis = item.analysis;
        let found = findings(&analysis);
        let figures = vec![
            (t!("analysis-answers"), analysis.answers.to_string()),
            (t!("analysis-facility"), percent(analysis.facility)),
            (t!("analysis-discrimination"), coefficient(analysis.discrimination)),
            (t!("analysis-blank"), part(analysis.blank, analysis.answers)),
        ];
        view! {
            <TeachFrame desk above>
                <h1>{item.asked.clone()}</h1>
                <p class="muted">{t!("analysis-item-version", title = item.title.clone(), number = item.number)}</p>
                <Stats figures />
                {found}
                <Chosen choices=analysis.choices answers=analysis.answers />
                <p>{t!("analysis-facility-text")}</p>
                <p>{t!("analysis-discrimination-text")}</p>
                <p><a href=editor>{t!("analysis-edit")}</a></p>
                {regrade.map(|regrade| view! { <p><a href=regrade>{t!("regrade-link")}</a></p> })}
            </TeachFrame>
        }
    }))
}

/// What to look at, each with what it means.
fn findings(analysis: &ItemAnalysis) -> AnyView {
    if analysis.answers < FEWEST {
        return view! {
            <Notice tone=Tone::Info title=t!("analysis-too-few")>
                <p>{t!("analysis-too-few-text", fewest = FEWEST)}</p>
            </Notice>
        }
        .into_any();
    }
    if analysis.flags.is_empty() {
        return view! { <Notice tone=Tone::Good title=t!("analysis-fine")><p>{t!("analysis-fine-text")}</p></Notice> }
            .into_any();
    }
    analysis
        .flags
        .iter()
        .copied()
        .map(|flag| {
            view! {
                <Notice tone=Tone::Warn title=t!(&format!("analysis-{flag}"))>
                    <p>{t!(&format!("analysis-{flag}-text"))}</p>
                </Notice>
            }
        })
        .collect_view()
        .into_any()
}

/// What was chosen how often, and by whom.
#[component]
fn Chosen(choices: Vec<ChoiceAnalysis>, answers: u64) -> AnyView {
    if choices.is_empty() {
        return ().into_any();
    }
    let rows = choices
        .into_iter()
        .map(|choice| {
            let with = choice.with.map(|with| {
                view! { <span aria-hidden="true">" → "</span> <span class="sr">{t!("analysis-with")}</span> {text::plain(&with, 120)} }
            });
            let right = choice
                .is_right
                .then(|| view! { " " <Tag tone=Tone::Good text=t!("analysis-right") /> });
            view! {
                <tr>
                    <th scope="row">{text::plain(&choice.text, 120)} {with} {right}</th>
                    <td class="num">{choice.chosen}</td>
                    <td class="num">{part(choice.chosen, answers)}</td>
                    <td><meter value=choice.chosen.to_string() max=answers.max(1).to_string() aria-label=part(choice.chosen, answers)></meter></td>
                    <td class="num">{percent(choice.rest)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{t!("analysis-choices")}</h2>
        <Table id="choices" caption=t!("analysis-choices-caption")>
            <thead>
                <tr>
                    <th scope="col">{t!("analysis-choice")}</th>
                    <th scope="col" class="num">{t!("analysis-chosen")}</th>
                    <th scope="col" class="num">{t!("analysis-share")}</th>
                    <th scope="col"><span class="sr">{t!("strength-bar")}</span></th>
                    <th scope="col" class="num">{t!("analysis-elsewhere")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
