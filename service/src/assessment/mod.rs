//! Assessments: taking them, practising for them, marking them.

pub mod attempt;
pub mod marking;
pub mod practice;

use domain::{id::PersonId, tenancy::Permission};

use crate::{Ctx, Result};

/// The member who learns here; for anybody else there is nothing.
pub(crate) fn learner(ctx: &Ctx) -> Result<PersonId> {
    ctx.require(Permission::Learn)?;
    ctx.person()
}
