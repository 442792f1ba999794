//! Badges and issuers, for everybody: no account, no script.

mod documents;
mod forms;
mod happened;
mod issued;
mod issuer;
mod log;
mod paper;
mod public;
mod step;
mod verdict;
mod verify;

use axum::routing::get;

use crate::{routes::Routes, upload::limit};

pub(super) use forms::Downloads;
pub(super) use happened::{Halted, Happened, in_short};
pub(super) use paper::OnPaper;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/c/{credential}", get(public::show))
        .route("/c/{credential}/badge.jwt", get(forms::token))
        .route("/c/{credential}/badge.png", get(forms::png))
        .route("/c/{credential}/badge.svg", get(forms::svg))
        .route("/c/{credential}/proof", get(log::proof))
        .route("/c/{credential}/proof.svg", get(paper::proof))
        .route("/c/{credential}/certificate.pdf", get(paper::certificate))
        .route(
            "/verify",
            get(verify::show)
                .post(verify::check)
                .layer(limit(verify::MOST_BYTES)),
        )
        .route("/log/{log}/checkpoint", get(log::checkpoint))
        .route("/log/{log}/key", get(log::key))
        .route("/log/{log}/tile/{*tile}", get(log::tile))
        .route("/status/{list}", get(documents::status_list))
        .route("/t/{tenant}/did.json", get(documents::did))
        .route("/t/{tenant}/issuer", get(issuer::show))
        .route("/t/{tenant}/admin/credentials", get(issued::show))
        .route("/t/{tenant}/admin/credentials/{credential}", get(issued::one))
        .route(
            "/t/{tenant}/admin/credentials/{credential}/{step}",
            get(step::ask).post(step::take),
        )
}
