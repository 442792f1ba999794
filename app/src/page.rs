//! A page: a title, a view, and the frame around it.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, Method, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use service::FieldErrors;

use crate::{
    failure::Failure,
    form::{Filled, Form},
    i18n::Args,
    ui::{
        Layout,
        frame::{Frame, FrameProps},
    },
    visit::Visit,
};

/// A page on its way to the browser. Nothing is drawn before it is sent.
pub(crate) struct Page {
    visit: Visit,
    title: String,
    filled: Filled,
    status: StatusCode,
    layout: Layout,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Visit {
    /// A page with `title` (without the site's name) and what `view` draws as
    /// its main part. `view` runs with the visitor's language at hand.
    pub(crate) fn page<V: IntoView + 'static>(
        &self,
        title: impl Into<String>,
        view: impl FnOnce() -> V + Send + 'static,
    ) -> Page {
        Page {
            visit: self.clone(),
            title: title.into(),
            filled: Filled::default(),
            status: StatusCode::OK,
            layout: Layout::default(),
            view: Box::new(move || view().into_any()),
        }
    }
}

impl Page {
    /// With another status than 200.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Laid out in another way than for reading.
    pub(crate) fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// With fields that show what is stored.
    pub(crate) fn filled(mut self, form: Form) -> Self {
        self.filled.form = form;
        self
    }

    /// Sent back with what was typed and what is wrong with it.
    pub(crate) fn returned(mut self, form: Form, errors: FieldErrors) -> Self {
        self.filled = Filled { form, errors };
        self.status(StatusCode::UNPROCESSABLE_ENTITY)
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let status = self.status;
        let nonce = self.visit.nonce();
        let policy = format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
             img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'"
        );
        let html = draw(self, nonce);
        let mut response = (status, Html(html)).into_response();
        let headers = response.headers_mut();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        );
        response
    }
}

fn draw(page: Page, nonce: String) -> String {
    let Page {
        visit,
        title,
        filled,
        status,
        layout,
        view,
    } = page;
    // A root of its own: what the page's components share ends with the page.
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let title = if filled.errors.is_empty() {
            title
        } else {
            visit.locale_text_error(&title)
        };
        // A form that failed was sent to the address of the one before that did not.
        let is_news = status == StatusCode::OK && visit.only_looks;
        let done = is_news.then(|| done_notice(&visit)).flatten();
        provide_context(visit.locale.clone());
        provide_context(filled);
        Frame(FrameProps {
            visit,
            title,
            nonce,
            layout,
            done,
            main: view(),
        })
        .into_view()
        .to_html()
    });
    owner.unset_with_forced_cleanup();
    format!("<!DOCTYPE html>{html}")
}

impl Visit {
    fn nonce(&self) -> String {
        self.installation()
            .chance
            .bytes::<12>()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// GOV.UK's way: who hears the title first knows at once that it came back.
    fn locale_text_error(&self, title: &str) -> String {
        self.locale
            .text("page-error-title", &crate::i18n::args!(title = title.to_owned()))
    }
}

/// After a form did its work: go and look.
pub(crate) fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// After a form did its work: go and look, with the sentence `done-{done}` on top.
pub(crate) fn see_done(path: &str, done: &str) -> Response {
    let joint = if path.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{path}{joint}done={done}")).into_response()
}

/// To the sign-in page, and afterwards back. A form has no address to come back
/// to: its visitor gets what they typed, to send it again.
pub(crate) fn to_sign_in(visit: &Visit, method: &Method) -> Response {
    if !method.is_safe() {
        return match visit.typed.get() {
            Some(_) => Failure::signed_out(),
            None => Redirect::to("/sign-in").into_response(),
        };
    }
    let back: String = url::form_urlencoded::byte_serialize(visit.address().as_bytes()).collect();
    Redirect::to(&format!("/sign-in?back={back}")).into_response()
}

/// The sentence of `?done=…`, if the catalogue has it.
fn done_notice(visit: &Visit) -> Option<String> {
    let done = visit.query("done")?;
    let may_be_a_key = done.len() <= 40 && done.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    may_be_a_key
        .then(|| visit.locale.find(&format!("done-{done}"), &Args::new()))
        .flatten()
}
