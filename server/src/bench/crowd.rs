//! Learners who have done nothing yet.

use std::sync::Arc;

use domain::{
    id::{AssessmentId, AttemptId, PersonId},
    tenancy::Role,
};
use service::{
    Actor, Ctx, SystemCtx,
    assessment::{attempt, definition},
    identity::{self, NewPerson},
    tenancy,
};

use super::BenchError;
use crate::demo::{PASSWORD, load::Loaded};

/// The fixed form that is measured with: eight questions about one competency.
pub(super) fn assessment(loaded: &Loaded<'_>) -> AssessmentId {
    loaded.id("assessment", "bench")
}

/// Offers it: the same as one of the demo's, outside of the course, where nothing
/// has to be done first.
pub(super) async fn offer_assessment(loaded: &Loaded<'_>) -> Result<(), BenchError> {
    let author = loaded.somebody("instructor")?;
    let known = definition::load(&author, loaded.id("assessment", "rat-share")).await?;
    let id = assessment(loaded);
    definition::create(&author, id, &known.content).await?;
    definition::publish(&author, id, 1).await?;
    Ok(())
}

/// A fresh learner, whose address this is.
pub(super) async fn learner(loaded: &Loaded<'_>, email: &str) -> Result<Ctx, BenchError> {
    let system = SystemCtx::new(Arc::clone(&loaded.installation));
    let id: PersonId = system.new_id();
    let new = NewPerson {
        id,
        name: "Lin Cobble",
        email,
        password: PASSWORD,
        locale: None,
    };
    identity::register(&system, new).await?;
    let tenant = system.in_tenant(loaded.tenant);
    tenancy::add_member(&tenant, id, Role::Learner).await?;
    let actor = Actor {
        person: Some(id),
        role: Some(Role::Learner),
    };
    Ok(Ctx::new(Arc::clone(&loaded.installation), loaded.tenant, actor))
}

/// An attempt that has just begun.
pub(super) async fn begin(loaded: &Loaded<'_>, learner: &Ctx) -> Result<AttemptId, BenchError> {
    let start = attempt::Start {
        id: learner.new_id(),
        assessment: assessment(loaded),
        within: None,
        access_code: String::new(),
        agreed: false,
    };
    Ok(attempt::start(learner, start).await?)
}
