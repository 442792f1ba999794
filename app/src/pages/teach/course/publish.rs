//! Putting a course before learners, and away again.

use axum::{extract::Path, response::Response};
use service::course;

use super::{CoursePath, course_id, revision};
use crate::{failure::Failure, form::Form, page::see_done, pages::teach::Desk, visit::Author};

pub(super) async fn publish(
    Author(place): Author,
    Path((_, id)): CoursePath,
    form: Form,
) -> Result<Response, Failure> {
    let id = course_id(&id)?;
    course::publish(&place.ctx, id, revision(&form)).await?;
    Ok(see_done(
        &Desk::new(&place).path(&format!("/courses/{id}")),
        "course-published",
    ))
}

pub(super) async fn archive(Author(place): Author, Path((_, id)): CoursePath) -> Result<Response, Failure> {
    let id = course_id(&id)?;
    course::archive(&place.ctx, id).await?;
    Ok(see_done(
        &Desk::new(&place).path(&format!("/courses/{id}")),
        "course-archived",
    ))
}

pub(super) async fn restore(Author(place): Author, Path((_, id)): CoursePath) -> Result<Response, Failure> {
    let id = course_id(&id)?;
    course::restore(&place.ctx, id).await?;
    Ok(see_done(
        &Desk::new(&place).path(&format!("/courses/{id}")),
        "course-restored",
    ))
}
