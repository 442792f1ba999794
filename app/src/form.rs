//! A form as the browser sent it, and as it comes back when something in it is
//! wrong: with what was typed, and the reason beside each field.

use std::{
    str::FromStr,
    sync::{Arc, OnceLock},
};

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use service::FieldErrors;

use crate::visit::Visit;

/// No form has more fields.
const MOST_FIELDS: usize = 2_000;

/// The form that came with a request, once it was read: all who answer the request
/// share it.
pub(crate) type Typed = Arc<OnceLock<Form>>;

/// The fields of a form, in the order they were sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// The first value of `name`; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of `name`.
    pub(crate) fn texts<'form>(&'form self, name: &'form str) -> impl Iterator<Item = &'form str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Was a box named `name` ticked?
    pub(crate) fn ticked(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// The value of `name` as a `T`, if it is one.
    pub(crate) fn parsed<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).trim().parse().ok()
    }

    /// All fields.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same fields, each with another, `seen-…`, that goes back as it was: it
    /// tells what was there when the change was decided.
    pub(crate) fn with_seen<const N: usize>(names: [&str; N], values: [String; N]) -> Self {
        Self::filled(
            names.into_iter().zip(values).flat_map(|(name, value)| {
                [(name.to_owned(), value.clone()), (format!("seen-{name}"), value)]
            }),
        )
    }

    /// The same fields, with another value of `name`.
    pub(crate) fn with(mut self, name: &str, value: String) -> Self {
        self.0.retain(|(key, _)| key != name);
        self.0.push((name.to_owned(), value));
        self
    }

    /// Fields that a page shows before anything was typed.
    pub(crate) fn filled<N: Into<String>, V: Into<String>>(fields: impl IntoIterator<Item = (N, V)>) -> Self {
        Self(
            fields
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl Form {
    /// Does a request bring one?
    pub(crate) fn is_in(request: &Request) -> bool {
        !request.method().is_safe()
            && request
                .headers()
                .get(header::CONTENT_TYPE)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
    }

    /// Reads the form of a request, leaves it in `typed`, and gives the request back
    /// as it was.
    pub(crate) async fn kept(request: Request, typed: &OnceLock<Self>) -> Result<Request, Response> {
        let (parts, body) = request.into_parts();
        let limited = Request::from_parts(parts.clone(), body);
        let body = Bytes::from_request(limited, &())
            .await
            .map_err(|rejection| rejection.status().into_response())?;
        // What is wrong with it is for the handler to say.
        if let Ok(form) = Self::parse(&body)
            && !form.0.is_empty()
        {
            let _ = typed.set(form);
        }
        Ok(Request::from_parts(parts, body.into()))
    }

    fn parse(body: &[u8]) -> Result<Self, StatusCode> {
        let fields: Vec<_> = url::form_urlencoded::parse(body)
            .take(MOST_FIELDS + 1)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        if fields.len() > MOST_FIELDS {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        Ok(Self(fields))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if !Self::is_in(&request) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let visit = request.extensions().get::<Visit>().cloned();
        if let Some(form) = visit.as_ref().and_then(|visit| visit.typed.get()) {
            return Ok(form.clone());
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| rejection.status().into_response())?;
        let form = Self::parse(&body).map_err(IntoResponse::into_response)?;
        if let Some(visit) = visit {
            let _ = visit.typed.set(form.clone());
        }
        Ok(form)
    }
}

/// What the fields of a page show: what was typed, or what is stored, and what
/// is wrong with it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    pub(crate) form: Form,
    pub(crate) errors: FieldErrors,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_name() {
        let form = Form::filled([("a", "1"), ("b", "2"), ("a", "3")]);
        assert_eq!(form.text("a"), "1");
        assert_eq!(form.texts("a").collect::<Vec<_>>(), ["1", "3"]);
        assert_eq!(form.parsed::<u8>("b"), Some(2));
        assert_eq!(form.text("none"), "");
        assert!(form.ticked("b") && !form.ticked("c"));
    }
}
