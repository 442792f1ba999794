//! The editor of an item: its fields, and beside them what a learner will see.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::course::markdown::FileLinks;
use domain::{
    Seed,
    assessment::{Item, ItemKind, ItemView, Purpose},
    id::{FileId, ItemId},
};
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::item::{self, Draft, Review, Usage},
    files,
};

use super::{
    ItemPath, competencies, fields, item_id, list::offered, parts, parts::Pictures, review, sizes::sized,
    usage::UsedBy,
};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::{
        assessment::question::{Asked, Question},
        authoring::{
            Deed,
            draft::{Availability, DraftForm, NotDone, Noun, Standing, at_fields, at_revision},
        },
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Notice, Place, Select, TextArea, TextField, Tone, value_of},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author, Path((_, id)): ItemPath) -> Result<Page, Failure> {
    let draft = item::load(&place.ctx, item_id(&id)?).await?;
    let item = draft.content.item.clone();
    Ok(match fields::fill(&draft.content) {
        Some(form) => page(&place, draft, Some(item), true).await?.filled(form),
        None => {
            let files = text::links(&place, item::files(&place.ctx, &item).await?);
            let beside = Beside::of(&place, draft.id).await?;
            made_elsewhere(&place, draft, beside, files)
        }
    })
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, id)): ItemPath,
    form: Form,
) -> Result<Response, Failure> {
    let id = item_id(&id)?;
    let form = sized(&place.ctx, form).await?;
    let deed = Deed::of(&form);
    // The form of an item that was made elsewhere has no fields.
    if deed == Deed::Publish && form.text("kind").is_empty() {
        return publish_as_it_is(&place, id, form).await;
    }
    if !matches!(deed, Deed::Save | Deed::Publish) {
        let draft = item::load(&place.ctx, id).await?;
        let changed = deed.done_to(&form);
        let shown = shown(&draft, &changed);
        let page = page(&place, draft, shown, false).await?;
        return Ok(page.filled(changed).into_response());
    }
    match store(&place, id, &form, &deed).await {
        Ok(done) => Ok(see_done(&Desk::new(&place).path(&format!("/items/{id}")), done)),
        Err(NotDone {
            cause: Error::Invalid(errors),
            saved,
        }) => refused(&place, id, form, saved, errors).await,
        Err(NotDone { cause, .. }) => Err(cause.into()),
    }
}

/// Stores the draft, publishes it if that was asked for, and says what was done.
async fn store(place: &Member, id: ItemId, form: &Form, deed: &Deed) -> Result<&'static str, NotDone> {
    let stored = item::load(&place.ctx, id).await?;
    let content = fields::over(&stored.content.item, form)?;
    let revision = form.parsed("revision").ok_or(Error::Stale)?;
    let revision = item::save(&place.ctx, id, revision, content).await?;
    if *deed != Deed::Publish {
        return Ok("item-saved");
    }
    item::publish(&place.ctx, id, revision)
        .await
        .map_err(NotDone::after(revision))?;
    Ok("item-published")
}

/// Publishes the stored draft of an item that was made elsewhere.
async fn publish_as_it_is(place: &Member, id: ItemId, form: Form) -> Result<Response, Failure> {
    let revision = form.parsed("revision").ok_or(Error::Stale)?;
    match item::publish(&place.ctx, id, revision).await {
        Ok(_) => {
            let own = Desk::new(place).path(&format!("/items/{id}"));
            Ok(see_done(&own, "item-published"))
        }
        Err(Error::Invalid(errors)) => {
            let draft = item::load(&place.ctx, id).await?;
            let files = text::links(place, item::files(&place.ctx, &draft.content.item).await?);
            let beside = Beside::of(place, id).await?;
            let page = made_elsewhere(place, draft, beside, files);
            Ok(page.returned(form, errors).into_response())
        }
        Err(cause) => Err(cause.into()),
    }
}

/// Back with what was typed. When the draft was stored and only publishing was
/// refused, the form shows the stored draft, whose places the problems name.
async fn refused(
    place: &Member,
    id: ItemId,
    form: Form,
    saved: Option<i64>,
    errors: FieldErrors,
) -> Result<Response, Failure> {
    let draft = item::load(&place.ctx, id).await?;
    // Somebody else may have saved another since; then it is what was typed that counts.
    let is_stored = saved == Some(draft.revision);
    let form = saved.map_or(form.clone(), |revision| at_revision(&form, revision));
    let stored = fields::fill(&draft.content).filter(|_| is_stored);
    let Some(stored) = stored else {
        let shown = shown(&draft, &form);
        let page = page(place, draft, shown, false).await?;
        return Ok(page.returned(form, errors).into_response());
    };
    let errors = at_fields(&errors, |place| fields::field_at(&draft.content.item, place));
    let item = draft.content.item.clone();
    let stored = at_revision(&stored, draft.revision);
    let page = page(place, draft, Some(item), true).await?;
    Ok(page.returned(stored, errors).into_response())
}

/// The item that a form shows, if it can be read.
fn shown(draft: &Draft, form: &Form) -> Option<Item> {
    let content = fields::over(&draft.content.item, form).ok()?;
    Some(content.item)
}

/// The editor. `shown` is what the form says, as far as it can be read;
/// `is_stored`, whether that is what is stored.
async fn page(place: &Member, draft: Draft, shown: Option<Item>, is_stored: bool) -> Result<Page, Failure> {
    let known: Vec<(String, String)> = competencies(&place.ctx)
        .await?
        .into_iter()
        .map(|(id, text)| (id.to_string(), text))
        .collect();
    let kind = ItemKind::of(&draft.content.item).unwrap_or(ItemKind::SingleChoice);
    let named = match &shown {
        Some(item) => item::files(&place.ctx, item).await?,
        None => BTreeMap::new(),
    };
    let pictures = pictures(place, kind, &named).await?;
    let files = text::links(place, named);
    let beside = Beside::of(place, draft.id).await?;
    let languages = place.tenant.languages.clone();
    let desk = Desk::new(place);
    let above = vec![Place::new(desk.path("/items"), place.t("item-list-title"))];
    let title = title(place, &draft);
    let heading = title.clone();
    let page = place.page(title, move || {
        let own = desk.path(&format!("/items/{}", draft.id));
        let only_saved = beside.review.is_required;
        let beside = beside.view(&draft, &desk);
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="row apart"><h1>{heading}</h1><Standing noun=Noun::Item draft=draft.clone() /></div>
                <div class="editor">
                    <Fields kind known pictures revision=draft.revision languages only_saved />
                    <Preview shown files is_stored own=own.clone() />
                </div>
                {beside}
                <Availability noun=Noun::Item stage=draft.stage own />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

/// The pictures to choose from, where the question is asked in one. Those that the
/// item has are among them, however old they are.
async fn pictures(
    place: &Member,
    kind: ItemKind,
    named: &BTreeMap<String, FileId>,
) -> Result<Pictures, Failure> {
    if !kind.is_graphic() {
        return Ok(Pictures::default());
    }
    let mut all = files::pictures(&place.ctx).await?;
    all.extend(named.iter().map(|(name, id)| (name.clone(), *id)));
    Ok(Pictures {
        names: all.keys().cloned().collect(),
        files: text::links(place, all),
        address: Desk::new(place).path("/files"),
    })
}

/// An item that came from somewhere else, in a shape that this editor does not
/// write: to be looked at and published only.
fn made_elsewhere(place: &Member, draft: Draft, beside: Beside, files: FileLinks) -> Page {
    let desk = Desk::new(place);
    let above = vec![Place::new(desk.path("/items"), place.t("item-list-title"))];
    let title = title(place, &draft);
    let heading = title.clone();
    place
        .page(title, move || {
            let own = desk.path(&format!("/items/{}", draft.id));
            let is_in_force = draft.published.as_ref().is_some_and(|version| !version.outdated);
            let publish = (!is_in_force && !beside.review.is_required).then(|| {
                view! {
                    <form method="post">
                        <input type="hidden" name="revision" value=draft.revision.to_string() />
                        <button class="button" name="do" value="publish">{t!("item-elsewhere-publish")}</button>
                    </form>
                }
            });
            let beside = beside.view(&draft, &desk);
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <div class="row apart"><h1>{heading}</h1><Standing noun=Noun::Item draft=draft.clone() /></div>
                    <Notice tone=Tone::Info title=t!("item-elsewhere")>
                        <p>{t!("item-elsewhere-text")}</p>
                    </Notice>
                    {publish}
                    <Preview shown=Some(draft.content.item.clone()) files is_stored=true own=own.clone() />
                    {beside}
                    <Availability noun=Noun::Item stage=draft.stage own />
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}

/// What stands below the editor, whichever it is.
struct Beside {
    review: Review,
    usage: Usage,
}

impl Beside {
    async fn of(place: &Member, id: ItemId) -> Result<Self, Failure> {
        Ok(Self {
            review: item::reviewed(&place.ctx, id).await?,
            usage: item::usage(&place.ctx, id).await?,
        })
    }

    fn view(self, draft: &Draft, desk: &Desk) -> AnyView {
        let own = desk.path(&format!("/items/{}", draft.id));
        view! {
            {review::standing(&self.review, draft, &own)}
            <UsedBy usage=self.usage desk=desk.path("") />
        }
        .into_any()
    }
}

pub(super) fn title(place: &Member, draft: &Draft) -> String {
    match draft.content.item.title.as_str() {
        "" => place.t("item-untitled"),
        title => title.to_owned(),
    }
}

#[component]
fn Fields(
    kind: ItemKind,
    known: Vec<(String, String)>,
    pictures: Pictures,
    languages: Vec<String>,
    revision: i64,
    only_saved: bool,
) -> AnyView {
    let languages = offered(languages, &value_of("language"));
    let purposes = Purpose::ALL
        .iter()
        .map(|purpose| (purpose.to_string(), t!(&format!("item-purpose-{purpose}"))))
        .collect();
    view! {
        <DraftForm revision show=t!("draft-show") only_saved>
            <input type="hidden" name="kind" value=kind.to_string() />
            <p class="meta">{t!(&format!("item-kind-{kind}"))}</p>
            <TextArea name="prompt" label=t!("item-prompt") hint=t!("item-prompt-hint") rows=4 />
            <TextArea name="prose" label=t!("item-prose") hint=t!("item-prose-hint") rows=4 />
            {parts::fields(kind, &pictures)}
            {parts::variables(kind)}
            <h2>{t!("item-said")}</h2>
            <TextArea name="said-general" label=t!("item-said-general") hint=t!("item-said-general-hint") rows=3 />
            <TextArea name="said-correct" label=t!("item-said-correct") rows=2 />
            <TextArea name="said-partly" label=t!("item-said-partly") rows=2 />
            <TextArea name="said-incorrect" label=t!("item-said-incorrect") rows=2 />
            <h2>{t!("item-about")}</h2>
            <TextField name="title" label=t!("item-title") hint=t!("item-title-hint") maxlength=200 />
            <Select name="competency" label=t!("item-competency") hint=t!("item-competency-hint") options=known />
            <Select name="purpose" label=t!("item-purpose") hint=t!("item-purpose-hint") options=purposes />
            <TextField
                name="difficulty"
                label=t!("item-difficulty")
                hint=t!("item-difficulty-hint")
                inputmode="decimal"
                class="short"
            />
            <Select name="language" label=t!("item-language") hint=t!("item-language-hint") options=languages />
            <TextField name="tags" label=t!("item-tags") hint=t!("item-tags-hint") required=false />
        </DraftForm>
    }
    .into_any()
}

#[component]
pub(super) fn Preview(shown: Option<Item>, files: FileLinks, is_stored: bool, own: String) -> AnyView {
    let has_variants = shown.as_ref().is_some_and(|item| item.template.is_some());
    let shown = shown.map(|item| item.variant_for(Seed(0)).unwrap_or(item));
    let variants = format!("{own}/variants");
    let question = match shown {
        Some(item) => {
            let asked = Asked {
                view: ItemView::new(&item, Seed(0)),
                fields: Vec::new(),
                prefix: "preview.".to_owned(),
                place: String::new(),
                files,
                fixed: true,
                takes_files: false,
                feedback: None,
            };
            view! { <Question asked /> }.into_any()
        }
        None => view! { <p class="muted">{t!("item-preview-none")}</p> }.into_any(),
    };
    view! {
        <section class="preview" aria-label=t!("item-preview")>
            <p class="label">{t!("item-preview")}</p>
            {question}
            {has_variants.then(|| view! { <p><a href=variants>{t!("item-variants-look")}</a></p> })}
            {if is_stored {
                view! { <p><a class="button secondary" href=format!("{own}/preview")>{t!("item-try")}</a></p> }.into_any()
            } else {
                view! { <p class="muted">{t!("item-try-after-save")}</p> }.into_any()
            }}
        </section>
    }
    .into_any()
}
