//! Writing a course: its outline, its parts, publishing it.

mod activity;
mod activity_form;
mod add;
mod basics;
mod module;
mod new;
mod outline;
mod prerequisites;
mod problems;
mod publish;
mod remove;

use axum::routing::{get, post};
use domain::id::{ActivityId, CourseId, ModuleId};
use leptos::prelude::*;
use service::Error;

use crate::{form::Form, routes::Routes};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach/courses/new", get(new::show).post(new::send))
        .route("/t/{tenant}/teach/courses/{course}", get(outline::show))
        .route("/t/{tenant}/teach/courses/{course}/order", post(outline::order))
        .route(
            "/t/{tenant}/teach/courses/{course}/about",
            get(basics::show).post(basics::send),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/publish",
            post(publish::publish),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/archive",
            post(publish::archive),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/restore",
            post(publish::restore),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/add",
            get(add::module).post(add::send_module),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/modules/{module}",
            get(module::show).post(module::send),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/modules/{module}/add",
            get(add::activity).post(add::send_activity),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/modules/{module}/remove",
            get(remove::ask_module).post(remove::module),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/activities/{activity}",
            get(activity::show).post(activity::send),
        )
        .route(
            "/t/{tenant}/teach/courses/{course}/activities/{activity}/remove",
            get(remove::ask_activity).post(remove::activity),
        )
}

/// What the path of a course's page names.
type CoursePath = axum::extract::Path<(String, String)>;
/// What the path of a part's page names.
type PartPath = axum::extract::Path<(String, String, String)>;

fn course_id(id: &str) -> Result<CourseId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn module_id(id: &str) -> Result<ModuleId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

fn activity_id(id: &str) -> Result<ActivityId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// The revision that a form was drawn from.
fn revision(form: &Form) -> i64 {
    form.parsed("revision").unwrap_or_default()
}

/// The field that says from which revision a form was drawn.
#[component]
fn Revision(revision: i64) -> AnyView {
    view! { <input type="hidden" name="revision" value=revision /> }.into_any()
}
