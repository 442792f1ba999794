//! Putting an assessment away, and taking it out again.

use axum::{extract::Path, response::Response};
use service::{Error, assessment::definition};

use super::{AssessmentPath, assessment_id, editor};
use crate::{
    failure::Failure,
    page::see_done,
    pages::teach::Desk,
    visit::{Author, Member},
};

pub(super) async fn archive(
    Author(place): Author,
    Path((_, id)): AssessmentPath,
) -> Result<Response, Failure> {
    definition::archive(&place.ctx, assessment_id(&id)?).await?;
    Ok(done(&place, &id, "assessment-archived"))
}

pub(super) async fn restore(
    Author(place): Author,
    Path((_, id)): AssessmentPath,
) -> Result<Response, Failure> {
    let assessment = assessment_id(&id)?;
    match definition::restore(&place.ctx, assessment).await {
        Ok(()) => Ok(done(&place, &id, "assessment-restored")),
        Err(Error::Invalid(errors)) => editor::not_restored(&place, assessment, &errors).await,
        Err(other) => Err(other.into()),
    }
}

fn done(place: &Member, id: &str, done: &str) -> Response {
    see_done(&Desk::new(place).path(&format!("/assessments/{id}")), done)
}
