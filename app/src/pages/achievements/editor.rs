//! The editor of an achievement: what it says, what it takes, and how it looks.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::id::{AchievementId, AssessmentId, CompetencyId};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::definition,
    program::achievement::{self, Content, Draft},
};

use super::{
    AchievementPath, achievement_id,
    fields::{self, ROWS, TYPES},
    view::type_name,
};
use crate::{
    failure::Failure,
    form::{Filled, Form},
    i18n::t,
    page::{Page, see_done},
    pages::{
        admin::frame::{self, ACHIEVEMENTS},
        authoring::{
            Deed, competencies,
            draft::{Availability, DraftForm, NotDone, Noun, Standing, at_fields, at_revision},
        },
    },
    ui::{
        Choice, Choices, Crumbs, ErrorSummary, Notice, Place, Select, TextArea, TextField, Tone, id_of,
        reason_at, value_of,
    },
    visit::{InTenant, Member},
};

/// What a rule can ask for, and the picture as it is now.
struct Material {
    competencies: Vec<(CompetencyId, String)>,
    assessments: Vec<(AssessmentId, String)>,
    badges: Vec<(AchievementId, String)>,
    image: String,
    /// Whether the picture is the badge's own, and not drawn.
    is_own: bool,
}

impl Material {
    async fn of(place: &InTenant, draft: &Draft, shown: Option<&Content>) -> Result<Self, Failure> {
        let content = shown.unwrap_or(&draft.content);
        let picture = achievement::picture(&place.ctx, draft.id).await?;
        let image = match picture {
            Some(file) => place.path(&format!("/files/{file}")),
            None => data_url(&achievement::draft_svg(&place.ctx, content).await?),
        };
        Ok(Self {
            competencies: competencies(&place.ctx).await?,
            assessments: definition::choices(&place.ctx).await?,
            badges: achievement::choices(&place.ctx)
                .await?
                .into_iter()
                .filter(|(id, _)| *id != draft.id)
                .collect(),
            image,
            is_own: picture.is_some(),
        })
    }
}

/// A picture that is nowhere stored.
fn data_url(svg: &str) -> String {
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
}

pub(super) async fn show(Member(place): Member, Path((_, id)): AchievementPath) -> Result<Page, Failure> {
    let draft = achievement::load(&place.ctx, achievement_id(&id)?).await?;
    let material = Material::of(&place, &draft, None).await?;
    Ok(match fields::fill(&draft.content) {
        Some(form) => page(&place, draft, material).filled(form),
        None => made_elsewhere(&place, draft, material),
    })
}

pub(super) async fn send(
    Member(place): Member,
    Path((_, id)): AchievementPath,
    form: Form,
) -> Result<Response, Failure> {
    let id = achievement_id(&id)?;
    let draft = achievement::load(&place.ctx, id).await?;
    let alignments = draft.content.achievement.alignments.clone();
    let deed = Deed::of(&form);
    if !matches!(deed, Deed::Save | Deed::Publish) {
        let changed = deed.done_to(&form);
        let shown = fields::read(&changed, alignments).ok();
        let material = Material::of(&place, &draft, shown.as_ref()).await?;
        return Ok(page(&place, draft, material).filled(changed).into_response());
    }
    let stored = match fields::read(&form, alignments) {
        Ok(content) => store(&place, id, &form, &content, &deed).await,
        Err(errors) => Err(errors.into()),
    };
    match stored {
        Ok(done) => Ok(see_done(&place.path(&format!("{}/{id}", ACHIEVEMENTS.0)), done)),
        Err(NotDone {
            cause: Error::Invalid(errors),
            saved,
        }) => {
            let form = saved.map_or(form.clone(), |revision| at_revision(&form, revision));
            refused(&place, id, form, &errors).await
        }
        Err(NotDone { cause, .. }) => Err(cause.into()),
    }
}

async fn store(
    place: &InTenant,
    id: AchievementId,
    form: &Form,
    content: &Content,
    deed: &Deed,
) -> Result<&'static str, NotDone> {
    let revision = form.parsed("revision").ok_or(Error::Stale)?;
    let revision = achievement::save(&place.ctx, id, revision, content).await?;
    if *deed != Deed::Publish {
        return Ok("achievement-saved");
    }
    achievement::publish(&place.ctx, id, revision)
        .await
        .map_err(NotDone::after(revision))?;
    Ok("achievement-published")
}

/// Back with what was typed, each problem at its field.
async fn refused(
    place: &InTenant,
    id: AchievementId,
    form: Form,
    errors: &FieldErrors,
) -> Result<Response, Failure> {
    let draft = achievement::load(&place.ctx, id).await?;
    let errors = at_fields(errors, fields::field_at);
    let material = Material::of(place, &draft, None).await?;
    Ok(page(place, draft, material)
        .returned(form, errors)
        .into_response())
}

fn page(place: &InTenant, draft: Draft, material: Material) -> Page {
    let inside = place.clone();
    let title = draft.content.achievement.name.clone();
    frame::page(place, ACHIEVEMENTS, title.clone(), move || {
        let all = Place::new(inside.path(ACHIEVEMENTS.0), t!(ACHIEVEMENTS.1));
        let own = inside.path(&format!("{}/{}", ACHIEVEMENTS.0, draft.id));
        let (image, is_own) = (material.image.clone(), material.is_own);
        view! {
            <Crumbs places=vec![all] />
            <ErrorSummary />
            <div class="row apart">
                <h1>{title}</h1>
                <Standing noun=Noun::Achievement draft=draft.clone() published=public_page(&inside, draft.id) />
            </div>
            <div class="editor">
                <Fields material revision=draft.revision />
                <Looks image is_own own=own.clone() />
            </div>
            <Availability noun=Noun::Achievement stage=draft.stage own />
        }
    })
}

fn made_elsewhere(place: &InTenant, draft: Draft, material: Material) -> Page {
    let inside = place.clone();
    let title = draft.content.achievement.name.clone();
    frame::page(place, ACHIEVEMENTS, title.clone(), move || {
        let all = Place::new(inside.path(ACHIEVEMENTS.0), t!(ACHIEVEMENTS.1));
        let own = inside.path(&format!("{}/{}", ACHIEVEMENTS.0, draft.id));
        view! {
            <Crumbs places=vec![all] />
            <div class="row apart">
                <h1>{title}</h1>
                <Standing noun=Noun::Achievement draft=draft.clone() published=public_page(&inside, draft.id) />
            </div>
            <Notice tone=Tone::Info title=t!("achievement-elsewhere")>
                <p>{t!("achievement-elsewhere-text")}</p>
            </Notice>
            <Looks image=material.image is_own=material.is_own own=own.clone() />
            <Availability noun=Noun::Achievement stage=draft.stage own />
        }
    })
}

fn public_page(place: &InTenant, id: AchievementId) -> AnyView {
    let page = place.path(&format!("/achievements/{id}"));
    view! { <a href=page>{t!("achievement-public-page")}</a> }.into_any()
}

#[component]
fn Fields(material: Material, revision: i64) -> AnyView {
    let types = TYPES
        .iter()
        .map(|kind| (kind.to_string(), type_name(kind.as_str())))
        .collect();
    let levels = std::iter::once((String::new(), t!("achievement-level-none")))
        .chain((1..=8).map(|level| (level.to_string(), t!("achievement-level-of", level = level))))
        .collect();
    let attested = material
        .competencies
        .iter()
        .map(|(id, text)| Choice {
            value: id.to_string(),
            text: text.clone(),
            hint: String::new(),
        })
        .collect::<Vec<_>>();
    view! {
        <DraftForm revision show=t!("draft-show")>
            <TextField name="name" label=t!("achievement-name") hint=t!("achievement-name-hint") maxlength=120 />
            <TextArea
                name="description"
                label=t!("achievement-description")
                hint=t!("achievement-description-hint")
                rows=3
            />
            <TextArea
                name="criteria-narrative"
                label=t!("achievement-criteria")
                hint=t!("achievement-criteria-hint")
                rows=8
            />
            <Rule material />
            {(!attested.is_empty()).then(|| view! {
                <Choices
                    name="competencies"
                    legend=t!("achievement-attests")
                    hint=t!("achievement-attests-hint")
                    choices=attested
                    many=true
                />
            })}
            <Select name="type" label=t!("achievement-type") hint=t!("achievement-type-hint") options=types />
            <Select name="level" label=t!("achievement-level") hint=t!("achievement-level-hint") options=levels />
            <TextField name="tags" label=t!("achievement-tags") hint=t!("achievement-tags-hint") required=false />
        </DraftForm>
    }
    .into_any()
}

/// The rule: how the conditions are joined, and a row for each.
#[component]
fn Rule(material: Material) -> AnyView {
    let joins = ["all", "any", "at-least"]
        .into_iter()
        .map(|join| Choice {
            value: join.to_owned(),
            text: t!(&format!("achievement-rule-{join}")),
            hint: String::new(),
        })
        .collect();
    let filled = use_context::<Filled>().unwrap_or_default();
    let of = ROWS.count(&filled.form).max(1);
    let rows = (0..of).map(|row| condition(&material, row)).collect_view();
    let reason = reason_at("criteria");
    let described = reason.is_some().then(|| id_of("criteria"));
    view! {
        <fieldset class="field full" aria-describedby=described>
            <legend>{t!("achievement-rule-title")}</legend>
            <p class="hint">{t!("achievement-rule-hint")}</p>
            {reason.map(|text| view! { <p class="error" id=id_of("criteria")>{text}</p> })}
            <Choices name="join" legend=t!("achievement-join") choices=joins />
            <TextField
                name="least"
                label=t!("achievement-least")
                hint=t!("achievement-least-hint")
                inputmode="numeric"
                required=false
                class="short"
            />
            {rows}
            <p>
                <button class="button secondary small" name="do" value=format!("add {}", ROWS.0)>
                    {t!("achievement-add-condition")}
                </button>
            </p>
        </fieldset>
    }
    .into_any()
}

fn condition(material: &Material, row: usize) -> AnyView {
    let name = ROWS.field(row, "what");
    let id = id_of(&name);
    let chosen = value_of(&name);
    let group = |label: String, kind: &str, things: Vec<(String, String)>| {
        let options = things
            .into_iter()
            .map(|(id, text)| {
                let value = format!("{kind}:{id}");
                view! { <option value=value.clone() selected=value == chosen>{text}</option> }
            })
            .collect::<Vec<_>>();
        (!options.is_empty()).then(|| view! { <optgroup label=label>{options}</optgroup> })
    };
    let reason = reason_at(&name);
    let class = if reason.is_some() {
        "field full invalid"
    } else {
        "field full"
    };
    view! {
        <div class="part">
            <input type="hidden" name=ROWS.field(row, "is") value="" />
            <div class=class>
                <label for=id.clone()>{t!("row-label", label = t!("achievement-condition"), number = row + 1)}</label>
                {reason.clone().map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
                <select
                    id=id.clone()
                    name=name
                    aria-invalid=reason.is_some().then_some("true")
                    aria-describedby=reason.is_some().then(|| format!("{id}-error"))
                >
                    <option value="">{t!("assessment-choose")}</option>
                    {group(t!("achievement-conditions-competency"), "competency", named(&material.competencies))}
                    {group(t!("achievement-conditions-assessment"), "assessment", named(&material.assessments))}
                    {group(t!("achievement-conditions-badge"), "badge", named(&material.badges))}
                </select>
            </div>
            <div class="row">
                <button class="button quiet small" name="do" value=format!("remove {} {row}", ROWS.0)>
                    {t!("row-remove")}
                    <span class="sr">" "{t!("row-number", number = row + 1)}</span>
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn named<T: ToString>(things: &[(T, String)]) -> Vec<(String, String)> {
    things
        .iter()
        .map(|(id, text)| (id.to_string(), text.clone()))
        .collect()
}

/// The picture at the sizes in which it is met, and the way to another.
#[component]
fn Looks(image: String, is_own: bool, own: String) -> AnyView {
    let sizes = [256, 128, 64]
        .map(|side: u32| {
            view! { <img src=image.clone() alt="" width=side.to_string() height=side.to_string() /> }
        })
        .into_iter()
        .collect_view();
    view! {
        <section class="preview" aria-label=t!("achievement-looks")>
            <p class="label">{t!("achievement-looks")}</p>
            <div class="row">{sizes}</div>
            <p class="muted">{t!("achievement-looks-text")}</p>
            <p><a class="button secondary small" href=format!("{own}/picture")>{
                if is_own { t!("achievement-picture-change") } else { t!("achievement-picture-choose") }
            }</a></p>
        </section>
    }
    .into_any()
}
