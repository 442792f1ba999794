//! The editor of an assessment: what it draws, how it is taken, and beside that
//! how strong it is.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::{
    assessment::{Assessment, Need},
    id::{AssessmentId, CompetencyId},
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::definition::{self, Draft, Pools},
};

use super::{
    AssessmentPath, assessment_id,
    fields::{self, ROWS},
    new::modes,
};
use crate::{
    failure::Failure,
    form::{Filled, Form},
    i18n::t,
    page::{Page, see_done},
    pages::{
        authoring::{
            Deed,
            draft::{Availability, DraftForm, NotDone, Noun, Standing, at_fields, at_revision},
            item::{competencies, kinds},
            strength::{RuleStrength, Worth},
        },
        teach::{Desk, TeachFrame},
    },
    ui::{Choices, ErrorSummary, Layout, Notice, Place, Select, TextArea, TextField, Tick, Tone, value_of},
    visit::{Author, Member},
};

/// What follows from what the form says, as far as it can be read.
struct Shown {
    needs: Vec<Need>,
    worth: Worth,
}

impl Shown {
    async fn of(form: &Form, material: &Material) -> Result<Self, Failure> {
        let read = fields::read(form, &material.names()).ok();
        Ok(Self {
            needs: read.as_ref().map(Assessment::needs).unwrap_or_default(),
            worth: Worth::of(read.and_then(|read| read.pass_rule)).await?,
        })
    }
}

/// What an assessment can be made of.
struct Material {
    competencies: Vec<(CompetencyId, String)>,
    pools: Pools,
}

impl Material {
    /// With what the rows of the form ask of the pools.
    async fn of(place: &Member, form: &Form) -> Result<Self, Failure> {
        let asked = (0..ROWS.count(form)).filter_map(|row| fields::asked(form, row));
        Ok(Self {
            competencies: competencies(&place.ctx).await?,
            pools: definition::pools(&place.ctx, fields::mode_of(form), asked).await?,
        })
    }

    fn names(&self) -> BTreeMap<CompetencyId, String> {
        self.competencies.iter().cloned().collect()
    }
}

pub(super) async fn show(Author(place): Author, Path((_, id)): AssessmentPath) -> Result<Page, Failure> {
    let draft = definition::load(&place.ctx, assessment_id(&id)?).await?;
    let worth = Worth::of(draft.content.pass_rule.clone()).await?;
    let Some(form) = fields::fill(&draft.content) else {
        return Ok(made_elsewhere(&place, draft, worth));
    };
    let material = Material::of(&place, &form).await?;
    let shown = Shown {
        needs: draft.content.needs(),
        worth,
    };
    Ok(page(&place, draft, material, shown).filled(form))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, id)): AssessmentPath,
    form: Form,
) -> Result<Response, Failure> {
    let id = assessment_id(&id)?;
    let material = Material::of(&place, &form).await?;
    let deed = Deed::of(&form);
    if !matches!(deed, Deed::Save | Deed::Publish) {
        let draft = definition::load(&place.ctx, id).await?;
        let changed = deed.done_to(&form);
        let shown = Shown::of(&changed, &material).await?;
        return Ok(page(&place, draft, material, shown)
            .filled(changed)
            .into_response());
    }
    match store(&place, id, &form, &material, &deed).await {
        Ok(done) => Ok(see_done(
            &Desk::new(&place).path(&format!("/assessments/{id}")),
            done,
        )),
        Err(NotDone {
            cause: Error::Invalid(errors),
            saved,
        }) => {
            let form = saved.map_or(form.clone(), |revision| at_revision(&form, revision));
            refused(&place, id, form, material, &errors).await
        }
        Err(NotDone { cause, .. }) => Err(cause.into()),
    }
}

async fn store(
    place: &Member,
    id: AssessmentId,
    form: &Form,
    material: &Material,
    deed: &Deed,
) -> Result<&'static str, NotDone> {
    let content = fields::read(form, &material.names())?;
    let revision = form.parsed("revision").ok_or(Error::Stale)?;
    let revision = definition::save(&place.ctx, id, revision, &content).await?;
    if *deed != Deed::Publish {
        return Ok("assessment-saved");
    }
    definition::publish(&place.ctx, id, revision)
        .await
        .map_err(NotDone::after(revision))?;
    Ok("assessment-published")
}

/// The editor with what keeps an assessment put away.
pub(super) async fn not_restored(
    place: &Member,
    id: AssessmentId,
    errors: &FieldErrors,
) -> Result<Response, Failure> {
    let draft = definition::load(&place.ctx, id).await?;
    let form = fields::fill(&draft.content).unwrap_or_default();
    let material = Material::of(place, &form).await?;
    refused(place, id, form, material, errors).await
}

/// Back with what was typed, each problem at its field.
async fn refused(
    place: &Member,
    id: AssessmentId,
    form: Form,
    material: Material,
    errors: &FieldErrors,
) -> Result<Response, Failure> {
    let draft = definition::load(&place.ctx, id).await?;
    let shown = Shown::of(&form, &material).await?;
    let errors = at_fields(errors, |path| fields::field_at(&form, path));
    Ok(page(place, draft, material, shown)
        .returned(form, errors)
        .into_response())
}

fn page(place: &Member, draft: Draft, material: Material, shown: Shown) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(
        desk.path("/assessments"),
        place.t("assessment-list-title"),
    )];
    let title = draft.content.title.clone();
    place
        .page(title.clone(), move || {
            let own = desk.path(&format!("/assessments/{}", draft.id));
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <div class="row apart"><h1>{title}</h1><Standing noun=Noun::Assessment draft=draft.clone() /></div>
                    <Beside own=own.clone() />
                    <div class="editor">
                        <Fields material needs=shown.needs revision=draft.revision />
                        <section class="preview" aria-label=t!("assessment-strength")>
                            <p class="label">{t!("assessment-strength")}</p>
                            <RuleStrength worth=shown.worth />
                        </section>
                    </div>
                    <Availability noun=Noun::Assessment stage=draft.stage own />
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}

/// What there is of an assessment beside its editor.
#[component]
fn Beside(own: String) -> AnyView {
    view! {
        <p class="meta">
            <a href=format!("{own}/delivery")>{t!("delivery-open")}</a>
            <a href=format!("{own}/marking")>{t!("marking-scheme-title")}</a>
            <a href=format!("{own}/answers")>{t!("analysis-open")}</a>
        </p>
    }
    .into_any()
}

fn made_elsewhere(place: &Member, draft: Draft, worth: Worth) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(
        desk.path("/assessments"),
        place.t("assessment-list-title"),
    )];
    let title = draft.content.title.clone();
    place
        .page(title.clone(), move || {
            let own = desk.path(&format!("/assessments/{}", draft.id));
            view! {
                <TeachFrame desk above>
                    <div class="row apart"><h1>{title}</h1><Standing noun=Noun::Assessment draft=draft.clone() /></div>
                    <Beside own=own.clone() />
                    <Notice tone=Tone::Info title=t!("assessment-elsewhere")>
                        <p>{t!("assessment-elsewhere-text")}</p>
                    </Notice>
                    <h2>{t!("assessment-strength")}</h2>
                    <RuleStrength worth />
                    <Availability noun=Noun::Assessment stage=draft.stage own />
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}

#[component]
fn Fields(material: Material, needs: Vec<Need>, revision: i64) -> AnyView {
    let is_gate = value_of("mode") == "gate";
    view! {
        <DraftForm revision show=t!("assessment-work-out")>
            <TextField name="title" label=t!("assessment-title") hint=t!("assessment-title-hint") maxlength=200 />
            <TextArea
                name="instructions"
                label=t!("assessment-instructions")
                hint=t!("assessment-instructions-hint")
                rows=6
            />
            <TextArea name="honour" label=t!("assessment-honour") hint=t!("assessment-honour-hint") rows=3 />
            <Choices name="mode" legend=t!("assessment-mode-question") choices=modes() />
            <p>
                <button class="button quiet small" name="do" value="show">{t!("assessment-update")}</button>
            </p>
            <Draws material needs is_gate />
            {(!is_gate).then(|| view! {
                <TextField
                    name="cut"
                    label=t!("assessment-cut")
                    hint=t!("assessment-cut-hint")
                    inputmode="numeric"
                    required=false
                    class="short"
                />
            })}
            <Tries is_gate />
            {(!is_gate).then(form_settings)}
            <TextField
                name="minutes"
                label=t!("assessment-time-limit")
                hint=t!("assessment-time-limit-hint")
                inputmode="numeric"
                required=false
                class="short"
            />
            {(!is_gate).then(late)}
            <Select name="feedback" label=t!("assessment-feedback") options=words("feedback", &["atOnce", "atEnd", "afterWindow", "never"]) />
            <Tick
                name="correct-answers"
                label=t!("assessment-correct-answers")
                hint=t!("assessment-correct-answers-hint")
            />
        </DraftForm>
    }
    .into_any()
}

#[component]
fn Tries(is_gate: bool) -> AnyView {
    let hint = if is_gate {
        t!("assessment-tries-gate-hint")
    } else {
        t!("assessment-tries-form-hint")
    };
    view! {
        <TextField name="tries" label=t!("assessment-tries") hint inputmode="numeric" required=is_gate class="short" />
        <TextField
            name="cooldown"
            label=t!("assessment-cooldown")
            hint=t!("assessment-cooldown-hint")
            inputmode="decimal"
            required=false
            class="short"
        />
    }
    .into_any()
}

fn form_settings() -> AnyView {
    view! {
        <Select
            name="unseen"
            label=t!("assessment-unseen")
            hint=t!("assessment-unseen-hint")
            options=words("unseen", &["required", "preferred", "any"])
        />
        <Select name="layout" label=t!("assessment-layout") options=words("layout", &["oneItemPerPage", "onePage"]) />
        <Tick name="shuffle" label=t!("assessment-shuffle") />
        <Tick name="linear" label=t!("assessment-linear") hint=t!("assessment-linear-hint") />
    }
    .into_any()
}

/// What becomes of answers that come when the time is up.
fn late() -> AnyView {
    view! {
        <Select
            name="late"
            label=t!("assessment-late")
            hint=t!("assessment-late-hint")
            options=words("late", &["keep", "countWithin", "refuse"])
        />
        <TextField
            name="late-minutes"
            label=t!("assessment-late-minutes")
            hint=t!("assessment-late-minutes-hint")
            inputmode="numeric"
            required=false
            class="short"
        />
    }
    .into_any()
}

/// The words of a setting, with their texts: keys are in lower case.
fn words(setting: &str, words: &[&str]) -> Vec<(String, String)> {
    words
        .iter()
        .map(|word| {
            let key = format!("assessment-{setting}-{}", word.to_lowercase());
            ((*word).to_owned(), t!(&key))
        })
        .collect()
}

/// What is drawn: a row for each competency, with the size of its pool and what
/// it takes.
#[component]
fn Draws(material: Material, needs: Vec<Need>, is_gate: bool) -> AnyView {
    let filled = use_context::<Filled>().unwrap_or_default();
    let of = ROWS.count(&filled.form).max(1);
    let options: Vec<(String, String)> = std::iter::once((String::new(), t!("assessment-choose")))
        .chain(
            material
                .competencies
                .iter()
                .map(|(id, text)| (id.to_string(), text.clone())),
        )
        .collect();
    let rows = (0..of).map(|row| {
        let supply = fields::asked(&filled.form, row).map(|(competency, narrowing)| {
            let found = material.pools.found(competency, narrowing);
            let is_it = |need: &&Need| need.competency == competency && need.narrowing == narrowing;
            match needs.iter().find(is_it) {
                Some(need) => t!("assessment-supply", found = found, needed = need.items),
                None => t!("assessment-found", found = found),
            }
        });
        view! {
            <div class="part">
                <input type="hidden" name=ROWS.field(row, "is") value="" />
                <Select
                    name=ROWS.field(row, "competency")
                    label=t!("row-label", label = t!("item-competency"), number = row + 1)
                    options=options.clone()
                />
                {if is_gate {
                    fields::OF_A_FORM
                        .map(|part| ROWS.field(row, part))
                        .map(|name| view! { <input type="hidden" name=name.clone() value=value_of(&name) /> })
                        .collect_view()
                        .into_any()
                } else {
                    view! {
                        <TextField
                            name=ROWS.field(row, "count")
                            label=t!("row-label", label = t!("assessment-draw-count"), number = row + 1)
                            inputmode="numeric"
                            class="short"
                        />
                    }
                    .into_any()
                }}
                {(!is_gate).then(|| view! { <Which row /> })}
                {supply.map(|supply| view! { <p class="muted">{supply}</p> })}
                <div class="row">
                    <button class="button quiet small" name="do" value=format!("remove {} {row}", ROWS.0)>
                        {t!("row-remove")}
                        <span class="sr">" "{t!("row-number", number = row + 1)}</span>
                    </button>
                </div>
            </div>
        }
    });
    let hint = if is_gate {
        t!("assessment-draws-gate-hint")
    } else {
        t!("assessment-draws-form-hint")
    };
    view! {
        <fieldset class="field full">
            <legend>{t!("assessment-draws")}</legend>
            <p class="hint">{hint}</p>
            {rows.collect_view()}
            <p>
                <button class="button secondary small" name="do" value=format!("add {}", ROWS.0)>
                    {t!("assessment-add-draw")}
                </button>
            </p>
        </fieldset>
    }
    .into_any()
}

/// Which items of a pool are drawn: open where something is said already.
#[component]
fn Which(row: usize) -> AnyView {
    let any = std::iter::once((String::new(), t!("assessment-draw-any-kind")));
    let names = ["kind", "easiest", "hardest", "exposed"].map(|name| ROWS.field(row, name));
    let is_open = names.iter().any(|name| !value_of(name).is_empty());
    let [kind, easiest, hardest, exposed] = names;
    let label = |label: String| t!("row-label", label = label, number = row + 1);
    view! {
        <details open=is_open>
            <summary>
                {t!("assessment-draw-which")}
                <span class="sr">" "{t!("row-number", number = row + 1)}</span>
            </summary>
            <Select name=kind label=label(t!("item-kind")) options=any.chain(kinds()).collect() />
            <TextField
                name=easiest
                label=label(t!("assessment-draw-easiest"))
                hint=t!("assessment-draw-difficulty-hint")
                required=false
                class="short"
            />
            <TextField
                name=hardest
                label=label(t!("assessment-draw-hardest"))
                hint=t!("assessment-draw-difficulty-hint")
                required=false
                class="short"
            />
            <TextField
                name=exposed
                label=label(t!("assessment-draw-exposed"))
                hint=t!("assessment-draw-exposed-hint")
                inputmode="numeric"
                required=false
                class="short"
            />
        </details>
    }
    .into_any()
}
