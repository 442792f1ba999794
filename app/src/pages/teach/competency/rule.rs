//! When a competency counts as shown, and how much that is worth.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use service::{
    Error,
    competency::{self, Competency, Details},
};

use super::{
    competency_id,
    rule_form::{Kind, RuleFields},
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::{
        assessment::rule::rule_in_words,
        authoring::{RuleStrength, Worth},
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Place, Tabs, value_of},
    visit::{Author, Member},
};

pub(super) async fn show(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Page, Failure> {
    let stored = competency::load(&place.ctx, competency_id(&id)?).await?;
    let kind = place
        .query("kind")
        .and_then(|word| word.parse().ok())
        .or(Kind::of(&stored.rule))
        .unwrap_or(Kind::Gate);
    let form = kind.filled(&stored.rule, stored.rule_version);
    Ok(page(&place, stored, kind).await?.filled(form))
}

pub(super) async fn save(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Failure> {
    let stored = competency::load(&place.ctx, competency_id(&id)?).await?;
    let kind: Kind = form.parsed("kind").ok_or(Error::NotFound)?;
    let saved = match kind.read(&form, &stored.rule) {
        Ok(rule) => {
            let details = Details {
                code: stored.code.clone(),
                statement: stored.statement.clone(),
                level: stored.level.clone(),
                parent: stored.parent,
                rule,
            };
            let version = form.parsed("version").unwrap_or_default();
            competency::save(&place.ctx, stored.id, version, &details).await
        }
        Err(errors) => Err(errors.into()),
    };
    match saved {
        Ok(()) => Ok(see_done(
            &Desk::new(&place).path(&format!("/competencies/{}/rule", stored.id)),
            "saved",
        )),
        Err(Error::Invalid(errors)) => {
            let page = page(&place, stored, kind).await?;
            Ok(page.returned(form, errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(place: &Member, stored: Competency, kind: Kind) -> Result<Page, Failure> {
    let worth = Worth::of(Some(stored.rule.clone())).await?;
    let desk = Desk::new(place);
    let here = desk.path(&format!("/competencies/{}", stored.id));
    let above = vec![
        Place::new(desk.path("/competencies"), place.t("teach-competencies")),
        Place::new(here.clone(), stored.code.clone()),
    ];
    let page = place.page(place.t("teach-rule"), move || {
        let tabs = Kind::ALL
            .into_iter()
            .map(|one| Place {
                here: one == kind,
                ..Place::new(
                    format!("{here}/rule?kind={}", one.word()),
                    t!(&format!("teach-rule-kind-{}", one.word())),
                )
            })
            .collect();
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("teach-rule")}</h1>
                    <p class="lead">{stored.statement}</p>
                </div>
                <section class="panel flow" aria-labelledby="now">
                    <h2 id="now">{t!("teach-rule-now")}</h2>
                    {rule_in_words(&stored.rule)}
                    <RuleStrength worth />
                </section>
                <section class="section flow" aria-labelledby="other">
                    <h2 id="other">{t!("teach-rule-choose")}</h2>
                    <Tabs label=t!("teach-rule-choose") places=tabs />
                    <p>{t!(&format!("teach-rule-about-{}", kind.word()))}</p>
                    <form method="post">
                        <input type="hidden" name="version" value=value_of("version") />
                        <input type="hidden" name="kind" value=kind.word() />
                        <RuleFields kind />
                        <div class="buttons"><button class="button">{t!("teach-save")}</button></div>
                    </form>
                </section>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}
