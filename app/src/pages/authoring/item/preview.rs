//! An item as a learner meets it: to be answered, and scored with reasons.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::course::markdown::FileLinks;
use domain::{
    Seed,
    assessment::{FieldFault, Item, ItemView},
    id::ItemId,
};
use leptos::prelude::*;
use service::{
    FieldErrors,
    assessment::item::{self, Tried},
};

use super::{ItemPath, item_id};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    pages::{
        assessment::question::{Asked, Question, rearranged},
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{ErrorSummary, Layout, Notice, Place, Tone},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author, Path((_, id)): ItemPath) -> Result<Page, Failure> {
    let id = item_id(&id)?;
    let draft = item::load(&place.ctx, id).await?;
    let seed = place.installation().chance.seed();
    let asked = Attempt::new(&place, seed, draft.content.item).await?;
    Ok(page(&place, id, asked))
}

pub(super) async fn send(
    Author(place): Author,
    Path((_, id)): ItemPath,
    form: Form,
) -> Result<Response, Failure> {
    let id = item_id(&id)?;
    let (form, is_rearranged) = rearranged(form);
    let draft = item::load(&place.ctx, id).await?;
    let seed = form.parsed("seed").map_or(Seed(0), Seed);
    let mut asked = Attempt::new(&place, seed, draft.content.item).await?;
    asked.fields = form
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if is_rearranged {
        return Ok(page(&place, id, asked).filled(form).into_response());
    }
    Ok(match item::try_out(&asked.item, seed, &asked.fields) {
        Ok(tried) => {
            asked.tried = Some(tried);
            page(&place, id, asked).into_response()
        }
        Err(faults) => page(&place, id, asked)
            .returned(form, errors(faults))
            .into_response(),
    })
}

fn errors(faults: Vec<FieldFault>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for fault in faults {
        let args = ["min", "max", "position", "step"]
            .map(|name| (name, fault.args.get(name).cloned().unwrap_or_default()));
        errors.add_with(fault.field, format!("answer-{}", fault.code), args);
    }
    errors
}

/// An author's try at an item.
struct Attempt {
    item: Item,
    seed: Seed,
    fields: Vec<(String, String)>,
    files: FileLinks,
    tried: Option<Tried>,
}

impl Attempt {
    async fn new(place: &Member, seed: Seed, item: Item) -> Result<Self, Failure> {
        let item = item.variant_for(seed).unwrap_or(item);
        let files = item::files(&place.ctx, &item).await?;
        Ok(Self {
            item,
            seed,
            fields: Vec::new(),
            files: text::links(place, files),
            tried: None,
        })
    }
}

fn page(place: &Member, id: ItemId, attempt: Attempt) -> Page {
    let desk = Desk::new(place);
    let above = vec![
        Place::new(desk.path("/items"), place.t("item-list-title")),
        Place::new(desk.path(&format!("/items/{id}")), title(place, &attempt.item)),
    ];
    place
        .page(place.t("item-preview-title"), move || {
            let again = desk.path(&format!("/items/{id}/preview"));
            let worth = attempt
                .tried
                .as_ref()
                .map(|tried| (tried.score.points.to_string(), tried.score.max.to_string()));
            let asked = Asked {
                view: ItemView::new(&attempt.item, attempt.seed),
                fields: attempt.fields,
                prefix: String::new(),
                place: t!("item-preview-label"),
                files: attempt.files,
                fixed: false,
                takes_files: false,
                feedback: attempt.tried.and_then(|tried| tried.feedback),
            };
            view! {
                <TeachFrame desk above>
                    <ErrorSummary />
                    <h1>{t!("item-preview-title")}</h1>
                    <p class="lead">{t!("item-preview-lead")}</p>
                    {worth.map(|(points, max)| view! {
                        <Notice tone=Tone::Info announced=true>
                            <p>{t!("item-preview-worth", points = points, max = max)}</p>
                        </Notice>
                    })}
                    <form method="post">
                        <input type="hidden" name="seed" value=attempt.seed.0.to_string() />
                        <Question asked />
                        <div class="buttons">
                            <button class="button">{t!("item-preview-score")}</button>
                            <a class="button quiet" href=again>{t!("item-preview-again")}</a>
                        </div>
                    </form>
                </TeachFrame>
            }
        })
        .layout(Layout::Wide)
}

fn title(place: &Member, item: &Item) -> String {
    if item.title.is_empty() {
        place.t("item-untitled")
    } else {
        item.title.clone()
    }
}
