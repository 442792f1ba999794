//! Items and assessments: writing them, taking them, practising, marking.

pub mod analysis;
pub mod appeal;
pub mod attempt;
pub mod definition;
mod drawn;
mod files;
pub mod item;
pub mod late;
pub mod marking;
pub mod practice;
mod problems;
pub mod regrade;
mod tell;
mod waiting;

use domain::{id::PersonId, tenancy::Permission};

use crate::{Ctx, Result};

pub(crate) use drawn::drawn;
pub(crate) use files::files_of;

/// The member who learns here; for anybody else there is nothing.
pub(crate) fn learner(ctx: &Ctx) -> Result<PersonId> {
    ctx.require(Permission::Learn)?;
    ctx.person()
}
