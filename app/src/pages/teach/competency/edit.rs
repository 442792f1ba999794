//! What is said about a competency.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    id::{CompetencyId, FrameworkId},
    mastery::Rule,
};
use leptos::prelude::*;
use service::{
    Error,
    competency::{self, Competency, Details, FrameworkTree, NewCompetency, standard_rule},
};

use super::{competency_id, framework_id};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::{
        assessment::rule::RuleInWords,
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Place, Select, TextField, value_of},
    visit::{Author, Member},
};

pub(super) async fn new(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Page, Failure> {
    let tree = competency::framework(&place.ctx, framework_id(&id)?).await?;
    let id: CompetencyId = place.installation().new_id();
    Ok(page(&place, tree, None).filled(Form::filled([("id", id.to_string())])))
}

pub(super) async fn create(
    Author(place): Author,
    Path((_, framework)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Failure> {
    let framework = framework_id(&framework)?;
    let new = NewCompetency {
        id: form.parsed("id").ok_or(Error::NotFound)?,
        framework,
        details: details(&form, standard_rule()),
    };
    match competency::create(&place.ctx, new).await {
        Ok(()) => Ok(see_done(&address(&place, framework), "competency-created")),
        Err(Error::Invalid(errors)) => {
            let tree = competency::framework(&place.ctx, framework).await?;
            Ok(page(&place, tree, None).returned(form, errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn show(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Page, Failure> {
    let stored = competency::load(&place.ctx, competency_id(&id)?).await?;
    let tree = competency::framework(&place.ctx, stored.framework).await?;
    let form = Form::filled([
        ("version", stored.rule_version.to_string()),
        ("code", stored.code.clone()),
        ("statement", stored.statement.clone()),
        ("level", stored.level.clone()),
        (
            "parent",
            stored.parent.map(|id| id.to_string()).unwrap_or_default(),
        ),
    ]);
    Ok(page(&place, tree, Some(stored)).filled(form))
}

pub(super) async fn save(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Failure> {
    let stored = competency::load(&place.ctx, competency_id(&id)?).await?;
    let version = form.parsed("version").unwrap_or_default();
    let details = details(&form, stored.rule.clone());
    match competency::save(&place.ctx, stored.id, version, &details).await {
        Ok(()) => Ok(see_done(&address(&place, stored.framework), "saved")),
        Err(Error::Invalid(errors)) => {
            let tree = competency::framework(&place.ctx, stored.framework).await?;
            Ok(page(&place, tree, Some(stored))
                .returned(form, errors)
                .into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn address(place: &Member, framework: FrameworkId) -> String {
    Desk::new(place).path(&format!("/competencies/frameworks/{framework}"))
}

fn details(form: &Form, rule: Rule) -> Details {
    Details {
        code: form.text("code").to_owned(),
        statement: form.text("statement").to_owned(),
        level: form.text("level").to_owned(),
        parent: form.parsed("parent"),
        rule,
    }
}

/// The form of a new competency, or of one that is there.
fn page(place: &Member, tree: FrameworkTree, known: Option<Competency>) -> Page {
    let desk = Desk::new(place);
    let above = vec![
        Place::new(desk.path("/competencies"), place.t("teach-competencies")),
        Place::new(address(place, tree.id), tree.details.title.clone()),
    ];
    let title = known
        .as_ref()
        .map_or_else(|| place.t("teach-new-competency"), |known| known.code.clone());
    place
        .page(title.clone(), move || {
            let here = known.as_ref().map(|known| desk.path(&format!("/competencies/{}", known.id)));
            let parents = parents(&tree, known.as_ref().map(|known| known.id));
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <h1>{title}</h1>
                    <form method="post">
                        <input type="hidden" name="id" value=value_of("id") />
                        <input type="hidden" name="version" value=value_of("version") />
                        <TextField name="code" label=t!("teach-code-field") hint=t!("teach-code-hint") class="short" />
                        <TextField
                            name="statement"
                            label=t!("teach-statement")
                            hint=t!("teach-statement-hint")
                            class="full"
                        />
                        <TextField
                            name="level"
                            label=t!("teach-level-field")
                            hint=t!("teach-level-hint")
                            required=false
                            class="short"
                        />
                        <Select name="parent" label=t!("teach-parent-field") options=parents />
                        <div class="buttons">
                            <button class="button">{t!("teach-save")}</button>
                            {here.clone().map(|here| view! {
                                <a class="button danger secondary" href=format!("{here}/remove")>{t!("teach-remove")}</a>
                            })}
                        </div>
                    </form>
                    {known.zip(here).map(|(known, here)| view! { <Shown rule=known.rule here /> })}
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}

/// When it counts as shown, and the way to change that.
#[component]
fn Shown(rule: Rule, here: String) -> AnyView {
    view! {
        <section class="panel section flow" aria-labelledby="rule">
            <h2 id="rule">{t!("teach-rule")}</h2>
            <RuleInWords rule />
            <p><a class="button secondary" href=format!("{here}/rule")>{t!("teach-rule-change")}</a></p>
        </section>
    }
    .into_any()
}

/// The competencies that could be the parent.
fn parents(tree: &FrameworkTree, but: Option<CompetencyId>) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), t!("teach-no-parent"))];
    options.extend(
        tree.members
            .iter()
            .filter(|(_, member)| Some(member.id) != but)
            .map(|(depth, member)| {
                let marks = "– ".repeat(*depth);
                (
                    member.id.to_string(),
                    format!("{marks}{} {}", member.code, member.statement),
                )
            }),
    );
    options
}
