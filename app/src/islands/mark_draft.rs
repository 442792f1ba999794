//! A mark that is being made keeps itself, and is given from the keyboard.

use leptos::prelude::*;

use super::CallError;

/// How the last change stands.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only the browser saves")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Nothing saves: the script is not there yet.
    Quiet,
    /// Nothing was typed yet.
    Ready,
    Kept,
    /// Not kept, and tried again.
    Failed,
    /// Somebody else has the piece, or what was typed is too long: the page says which.
    Refused,
}

/// Keeps the form `#marking` as a draft soon after each change, says so, and sends it
/// with Ctrl and Enter. Without script, a button keeps it.
#[island]
pub fn MarkDraft(
    /// The tenant's part of the address.
    tenant: String,
    /// The piece's id.
    piece: String,
    /// What is said once changes keep themselves.
    ready: String,
    /// What is said of the last change that is kept.
    kept: String,
    /// What is said when the server cannot be reached.
    failed: String,
    /// What is said when it does not take it.
    refused: String,
) -> impl IntoView {
    let status = RwSignal::new(Status::Quiet);
    #[cfg(feature = "hydrate")]
    // Once the words stand in the page: what is set before, they do not show.
    Effect::new(move |_| watch::start(tenant.clone(), piece.clone(), status));
    #[cfg(not(feature = "hydrate"))]
    let _ = (tenant, piece);
    let words = move || match status.get() {
        Status::Quiet => String::new(),
        Status::Ready => ready.clone(),
        Status::Kept => kept.clone(),
        Status::Failed => failed.clone(),
        Status::Refused => refused.clone(),
    };
    let class = move || match status.get() {
        Status::Quiet => "sr",
        Status::Ready => "tag",
        Status::Kept => "tag good",
        Status::Failed | Status::Refused => "tag warn",
    };
    view! { <span class=class role="status">{words}</span> }
}

/// Keeps what an assessor has said of a piece so far, and says whether it did: it does
/// not where they have the piece no longer, or say too much. `fields` are the form's,
/// encoded as forms are.
#[server(endpoint = "keep-mark")]
pub async fn keep_mark(tenant: String, piece: String, fields: String) -> Result<bool, CallError> {
    use domain::tenancy::Permission;
    use service::{Error, assessment::marking, tenancy::enter};

    use crate::{form::Form, pages::marking::mark, visit::Visit};

    /// Nobody writes more of one piece.
    const LONGEST: usize = 1_000_000;

    let visit = use_context::<Visit>().ok_or(CallError::NotFound)?;
    let person = visit.person.as_ref().ok_or(CallError::SignedOut)?.id;
    let piece = piece.parse().map_err(|_| CallError::NotFound)?;
    if fields.len() > LONGEST {
        return Ok(false);
    }
    let fields = url::form_urlencoded::parse(fields.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()));
    let form = Form::filled(fields);
    let (_, ctx) = enter(visit.installation(), &tenant, Some(person)).await?;
    ctx.require(Permission::Mark)?;
    let kept = marking::autosave(&ctx, piece, |response, rubric| mark(response, rubric, &form));
    match kept.await {
        Ok(()) => Ok(true),
        Err(Error::NotFound | Error::Invalid(_) | Error::Refused(_)) => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}

#[cfg(feature = "hydrate")]
mod watch {
    use std::time::Duration;

    use leptos::{
        prelude::*,
        task::spawn_local,
        wasm_bindgen::JsCast,
        web_sys::{FormData, HtmlElement, HtmlFormElement, KeyboardEvent, UrlSearchParams},
    };

    use super::{Status, keep_mark};
    use crate::islands::{CallError, listen::listen};

    /// After a change, wait for more of them so long.
    const PAUSE: Duration = Duration::from_millis(900);
    /// Try again so long after a failure.
    const AGAIN: Duration = Duration::from_secs(5);

    pub(super) fn start(tenant: String, piece: String, status: RwSignal<Status>) {
        let form = document().get_element_by_id("marking");
        if let Some(form) = form.and_then(|form| form.dyn_into().ok()) {
            Keeper {
                form,
                tenant,
                piece,
                status,
                is_waiting: StoredValue::new(false),
                is_sent: StoredValue::new(false),
            }
            .begin();
        }
    }

    #[derive(Debug, Clone)]
    struct Keeper {
        form: HtmlFormElement,
        tenant: String,
        piece: String,
        status: RwSignal<Status>,
        /// Whether it is going to be kept soon, or is on the way.
        is_waiting: StoredValue<bool>,
        /// Whether a button has sent the form: the server has it all then.
        is_sent: StoredValue<bool>,
    }

    impl Keeper {
        fn begin(self) {
            self.status.set(Status::Ready);
            let keeper = self.clone();
            listen(&self.form, "input", move |_| keeper.keep_after(PAUSE));
            let keeper = self.clone();
            listen(&self.form, "submit", move |_| keeper.is_sent.set_value(true));
            listen(&self.form.clone(), "keydown", move |event| {
                let pressed = event.dyn_ref::<KeyboardEvent>();
                if pressed.is_some_and(|key| key.key() == "Enter" && (key.ctrl_key() || key.meta_key())) {
                    event.prevent_default();
                    self.press_first();
                }
            });
        }

        /// Presses the form's first button, as Enter in a line of text would.
        fn press_first(&self) {
            let first = self.form.query_selector("button").ok().flatten();
            if let Some(button) = first.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                button.click();
            }
        }

        fn keep_after(&self, pause: Duration) {
            if self.is_waiting.get_value() {
                return;
            }
            self.is_waiting.set_value(true);
            let keeper = self.clone();
            set_timeout(move || keeper.keep(), pause);
        }

        fn keep(self) {
            let Some(fields) = self.fields().filter(|_| !self.is_sent.get_value()) else {
                self.is_waiting.set_value(false);
                return;
            };
            spawn_local(async move {
                let reply = keep_mark(self.tenant.clone(), self.piece.clone(), fields.clone()).await;
                self.is_waiting.set_value(false);
                match reply {
                    Ok(true) => {
                        self.status.set(Status::Kept);
                        // What was typed while it was on the way.
                        if self.fields().is_some_and(|newest| newest != fields) {
                            self.keep_after(PAUSE);
                        }
                    }
                    Err(CallError::Failed | CallError::Unreadable) => {
                        self.status.set(Status::Failed);
                        self.keep_after(AGAIN);
                    }
                    Ok(false) | Err(_) => self.status.set(Status::Refused),
                }
            });
        }

        fn fields(&self) -> Option<String> {
            let all = FormData::new_with_form(&self.form).ok()?;
            let all = UrlSearchParams::new_with_str_sequence_sequence(&all).ok()?;
            Some(String::from(all.to_string()))
        }
    }
}
