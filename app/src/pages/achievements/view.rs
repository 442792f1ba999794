//! What anybody may read about an achievement: this is where a badge's
//! `achievement.id` leads.

use axum::extract::Path;
use domain::program::{Alignment, Criteria};
use leptos::prelude::*;
use service::program::achievement::{self, Shown};

use super::{AchievementPath, achievement_id, image_path};
use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::course::text,
    ui::{Day, Notice, Tone},
    visit::InTenant,
};

pub(super) async fn show(place: InTenant, Path((_, id)): AchievementPath) -> Result<Page, Failure> {
    let shown = achievement::view(&place.ctx, achievement_id(&id)?).await?;
    let (name, inside) = (shown.achievement.name.clone(), place.clone());
    Ok(place.page(name, move || {
        view! {
            {(!shown.is_open).then(|| view! {
                <Notice tone=Tone::Warn><p>{t!("achievement-closed")}</p></Notice>
            })}
            <Certificate shown=shown.clone() place=inside.clone() />
            <section class="section">
                <h2>{t!("achievement-criteria")}</h2>
                {text::without_files(&shown.achievement.criteria_narrative)}
                <h3>{t!("achievement-rule")}</h3>
                {rule(&shown.achievement.criteria, &shown, &inside)}
            </section>
            {alignments(shown.achievement.alignments)}
        }
    }))
}

#[component]
fn Certificate(shown: Shown, place: InTenant) -> AnyView {
    let achievement = shown.achievement;
    let level = achievement.level.map(|level| {
        view! {
            <div><dt>{t!("achievement-level")}</dt><dd>{t!("achievement-level-of", level = level.get())}</dd></div>
        }
    });
    let tags = (!achievement.tags.is_empty()).then(|| {
        view! { <div><dt>{t!("achievement-tags")}</dt><dd>{achievement.tags.join(", ")}</dd></div> }
    });
    view! {
        <article class="certificate">
            <div class="badge large">
                <img src=place.path(&image_path(shown.id)) alt="" width="256" height="256" />
            </div>
            <div>
                <p class="meta">{t!("achievement-badge-of", tenant = place.tenant.name.clone())}</p>
                <h1>{achievement.name}</h1>
                <p>{achievement.description}</p>
                <dl>
                    <div>
                        <dt>{t!("achievement-type")}</dt>
                        <dd>{type_name(achievement.achievement_type.as_str())}</dd>
                    </div>
                    {level}
                    {tags}
                    <div>
                        <dt>{t!("achievement-version")}</dt>
                        <dd>{shown.number}" · "<Day at=shown.published_at /></dd>
                    </div>
                </dl>
            </div>
        </article>
    }
    .into_any()
}

/// The kinds that the editor offers have a name in the reader's language; the
/// others, which can only be imported, keep the standard's.
pub(super) fn type_name(word: &str) -> String {
    if super::fields::TYPES.iter().any(|kind| kind.as_str() == word) {
        t!(&format!("achievement-type-{}", word.to_lowercase()))
    } else {
        word.to_owned()
    }
}

/// The rule as nested lists.
fn rule(criteria: &Criteria, shown: &Shown, place: &InTenant) -> AnyView {
    if let Some(requirement) = criteria.requirement() {
        let part = shown.parts.get(&requirement);
        let name = part.map_or_else(|| t!("achievement-part-gone"), |part| part.name.clone());
        let (key, page) = match criteria {
            Criteria::AssessmentPassed { .. } => ("achievement-part-assessment", None),
            Criteria::BadgeHeld { achievement } => (
                "achievement-part-badge",
                part.filter(|part| part.has_page)
                    .map(|_| place.path(&format!("/achievements/{achievement}"))),
            ),
            _ => ("achievement-part-competency", None),
        };
        let sentence = t!(key, name = name);
        return match page {
            Some(href) => view! { <p><a href=href>{sentence}</a></p> }.into_any(),
            None => view! { <p>{sentence}</p> }.into_any(),
        };
    }
    let joined = match criteria {
        Criteria::Any { .. } => t!("achievement-join-any"),
        Criteria::AtLeast { n, of } => t!("achievement-join-at-least", n = *n, of = of.len()),
        _ => t!("achievement-join-all"),
    };
    let parts = criteria
        .parts()
        .iter()
        .map(|part| view! { <li>{rule(part, shown, place)}</li> })
        .collect_view();
    view! { <p>{joined}</p><ul>{parts}</ul> }.into_any()
}

fn alignments(alignments: Vec<Alignment>) -> AnyView {
    if alignments.is_empty() {
        return ().into_any();
    }
    let rows = alignments
        .into_iter()
        .map(|one| {
            let place = [one.target_framework, one.target_code]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ");
            view! { <li>{one.target_name}" "<span class="muted">{place}</span></li> }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{t!("achievement-competencies")}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}
