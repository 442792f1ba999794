//! What only those who run the installation see.

mod jobs;
mod new_tenant;
mod tenants;

use std::{ops::Deref, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use service::{Error, SystemCtx};

use crate::{failure::Failure, routes::Routes, visit::SignedIn};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/operator", get(tenants::show))
        .route(
            "/operator/tenants/new",
            get(new_tenant::show).post(new_tenant::send),
        )
        .route("/operator/jobs", get(jobs::show))
        .route("/operator/jobs/{job}/retry", post(jobs::retry))
        .route("/operator/jobs/{job}/discard", post(jobs::discard))
}

/// A visit by an operator. Others find nothing here.
#[derive(Debug, Clone)]
struct Operator(SignedIn);

impl Operator {
    /// The installation acting as the operator wants.
    fn system(&self) -> SystemCtx {
        SystemCtx::new(Arc::clone(self.0.visit.installation()))
    }
}

impl Deref for Operator {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Operator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        if visit.person.is_operator {
            Ok(Self(visit))
        } else {
            Err(Failure(Error::NotFound).into_response())
        }
    }
}
