//! How far somebody is with an activity of practice.

use domain::{course::Draw, id::PersonId};
use entity::{TenantTx, mastery::practice_answer};
use sea_orm::ColumnTrait;

use crate::{Ctx, Result, assessment::learner};

/// How far somebody is with an activity of practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Practised {
    /// How many answers they have given about its competencies.
    pub done: u64,
    /// How many it asks for.
    pub of: u64,
}

impl Practised {
    /// Whether the activity is done with that.
    #[must_use]
    pub fn is_enough(self) -> bool {
        self.done >= self.of
    }
}

/// How far the person is with what an activity draws.
pub async fn practised(ctx: &Ctx, draws: &[Draw]) -> Result<Practised> {
    practised_by(&ctx.read().await?, learner(ctx)?, draws).await
}

pub(super) async fn practised_by(tx: &TenantTx, person: PersonId, draws: &[Draw]) -> Result<Practised> {
    let about = draws.iter().map(|draw| draw.competency);
    let done = tx
        .rows::<practice_answer::Entity>()
        .filter(practice_answer::Column::PersonId.eq(person))
        .filter(practice_answer::Column::CompetencyId.is_in(about))
        .count()
        .await?;
    let of = draws.iter().map(|draw| u64::from(draw.count)).sum();
    Ok(Practised { done, of })
}
