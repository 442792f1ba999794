//! Putting work up to be marked.

use domain::{assessment::MarkingStage, id::MarkingId};
use entity::{TenantTx, assessment::marking};

use super::double::in_force;
use crate::{Ctx, Result, assessment::attempt::Sitting};

/// Puts the answers at `positions` of an attempt up to be marked. Which of them two
/// have to mark is drawn here.
pub(crate) async fn enqueue(ctx: &Ctx, tx: &TenantTx, sitting: &Sitting, positions: Vec<i64>) -> Result<()> {
    let double = in_force(tx, sitting.row.assessment_id).await?;
    let asked = |position: i64| {
        let row = sitting.responses.iter().find(|row| row.position == position);
        row.map(|row| row.item_version_id)
    };
    let rows = positions.into_iter().map(|position| {
        let id: MarkingId = ctx.new_id();
        marking::Model {
            tenant_id: ctx.tenant(),
            id,
            attempt_id: sitting.row.id,
            position,
            assessment_id: sitting.row.assessment_id,
            queued_at: ctx.now(),
            claimed_by: None,
            claimed_until: None,
            mark: None,
            marked_by: None,
            marked_at: None,
            stage: MarkingStage::First,
            is_double: double.draws(id),
            item_version_id: asked(position),
            first_mark: None,
            first_by: None,
            first_at: None,
            second_mark: None,
            second_by: None,
            second_at: None,
        }
    });
    tx.insert_many::<marking::Entity>(rows.collect()).await?;
    Ok(())
}
