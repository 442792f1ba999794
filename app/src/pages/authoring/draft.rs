//! What the editors of items, assessments and achievements have in common: how
//! far a draft is, its form, and putting it away.

use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    draft::{Draft, Stage},
};

use crate::{
    form::Form,
    i18n::t,
    ui::{Place, PostButton, Tag, Tone, value_of},
};

/// What kind of draft it is: texts and addresses are named after it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Noun {
    Course,
    Item,
    Assessment,
    Achievement,
}

impl Noun {
    fn text(self, key: &str) -> String {
        let noun = match self {
            Self::Course => "course",
            Self::Item => "item",
            Self::Assessment => "assessment",
            Self::Achievement => "achievement",
        };
        t!(&format!("{noun}-{key}"))
    }

    /// The verb by which one of them is withdrawn.
    fn withdraw(self) -> &'static str {
        match self {
            Self::Item => "retire",
            Self::Course | Self::Assessment | Self::Achievement => "archive",
        }
    }

    /// How far one of them is, as a tag.
    pub(crate) fn tag(self, stage: Stage) -> AnyView {
        let (tone, text) = match stage {
            Stage::Draft => (Tone::Plain, t!("stage-draft")),
            Stage::Published => (Tone::Info, t!("stage-published")),
            Stage::Withdrawn => (Tone::Warn, self.text("withdrawn")),
        };
        view! { <Tag tone text /> }.into_any()
    }
}

/// A list's two shelves as tabs: what is in use, and what is put away. With the
/// address of a page of the one that is shown, but for the page's number.
pub(crate) fn shelves(base: &str, put_away: bool) -> (Vec<Place>, String) {
    let away = format!("{base}?archived=yes");
    let page = if put_away {
        format!("{away}&page=")
    } else {
        format!("{base}?page=")
    };
    let tab = |address: String, text: String, here: bool| Place {
        here,
        ..Place::new(address, text)
    };
    let tabs = vec![
        tab(base.to_owned(), t!("shelf-in-use"), !put_away),
        tab(away, t!("shelf-put-away"), put_away),
    ];
    (tabs, page)
}

/// How far a draft is, and which version is in force.
#[component]
pub(crate) fn Standing<I, V, C>(
    noun: Noun,
    /// Of this.
    draft: Draft<I, V, C>,
    /// More to say while a version is in force.
    #[prop(optional, into)]
    published: Option<AnyView>,
) -> AnyView {
    let version = draft.published.as_ref().map(|version| {
        let key = if version.outdated {
            "draft-version-outdated"
        } else {
            "draft-version"
        };
        view! {
            <span class="muted">{t!(key, number = version.number)}</span>
            {published}
        }
    });
    view! { <p class="meta">{noun.tag(draft.stage)}{version}</p> }.into_any()
}

/// The form of a draft, with the revision that its author saw, and the buttons
/// that publish, save and only show.
#[component]
pub(crate) fn DraftForm(
    /// The draft's as it is stored.
    revision: i64,
    /// The text of the button that shows what was typed.
    show: String,
    /// Whether something comes between saving and publishing.
    #[prop(optional)]
    only_saved: bool,
    children: Children,
) -> AnyView {
    let seen = match value_of("revision") {
        seen if seen.is_empty() => revision.to_string(),
        seen => seen,
    };
    view! {
        <form method="post">
            // The first button of a form is the one that Enter presses.
            <button class="sr" name="do" value="save" tabindex="-1" aria-hidden="true"></button>
            <input type="hidden" name="revision" value=seen />
            {children()}
            <div class="buttons">
                {(!only_saved).then(|| view! {
                    <button class="button" name="do" value="publish">{t!("draft-publish")}</button>
                })}
                <button class="button secondary" name="do" value="save">{t!("draft-save")}</button>
                <button class="button quiet" name="do" value="show">{show}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Putting it away, or taking it back into use. `own` is its address.
#[component]
pub(crate) fn Availability(noun: Noun, stage: Stage, own: String) -> AnyView {
    let verb = if stage == Stage::Withdrawn {
        "restore"
    } else {
        noun.withdraw()
    };
    view! {
        <section class="section">
            <h2>{noun.text("availability")}</h2>
            <p>{noun.text(&format!("{verb}-text"))}</p>
            <PostButton action=format!("{own}/{verb}") text=noun.text(verb) class="button secondary" />
        </section>
    }
    .into_any()
}

/// Why what was asked of a draft was not done, or not all of it.
pub(crate) struct NotDone {
    pub(crate) cause: Error,
    /// The revision as which the draft was saved before publishing it failed.
    pub(crate) saved: Option<i64>,
}

/// Nothing was saved.
impl From<Error> for NotDone {
    fn from(cause: Error) -> Self {
        Self { cause, saved: None }
    }
}

impl From<FieldErrors> for NotDone {
    fn from(errors: FieldErrors) -> Self {
        Error::from(errors).into()
    }
}

impl NotDone {
    /// It was saved as `revision`, and failed after that.
    pub(crate) fn after(revision: i64) -> impl FnOnce(Error) -> Self {
        move |cause| Self {
            cause,
            saved: Some(revision),
        }
    }
}

/// A form that was typed, with the revision as which it was saved just now. Only
/// with that: if somebody else saved another meanwhile, the form must not pass for
/// having seen it.
pub(crate) fn at_revision(form: &Form, revision: i64) -> Form {
    let fields = form
        .iter()
        .filter(|(name, _)| *name != "revision")
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    Form::filled(fields.chain([("revision".to_owned(), revision.to_string())]))
}

/// `errors`, each at the field that shows the place it names; its sentence may
/// name the `field` too.
pub(crate) fn at_fields(errors: &FieldErrors, field_at: impl Fn(&str) -> String) -> FieldErrors {
    let mut moved = FieldErrors::default();
    for error in errors {
        let mut error = error.clone();
        error.field = field_at(&error.field);
        error.args.insert("field", error.field.clone());
        moved.push(error);
    }
    moved
}
