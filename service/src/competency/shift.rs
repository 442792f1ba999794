use domain::{course::Way, id::CompetencyId, tenancy::Permission};
use entity::competency::competency;
use sea_orm::ColumnTrait;

use super::{framework::hold_member, tree::members};
use crate::{Ctx, Result};

/// Moves a competency one place among its siblings. At the end of its way it
/// stays where it is.
pub async fn shift(ctx: &Ctx, id: CompetencyId, way: Way) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    let row = hold_member(&tx, id).await?;
    let mut siblings = members(&tx, row.framework_id).await?;
    siblings.retain(|other| other.parent_id == row.parent_id);
    let from = siblings.iter().position(|other| other.id == id).unwrap_or(0);
    let to = match way {
        Way::Up => from.saturating_sub(1),
        Way::Down => (from + 1).min(siblings.len() - 1),
    };
    siblings.swap(from, to);
    // Numbered anew as a whole: two may have had the same place.
    let mut places: Vec<i64> = siblings.iter().map(|sibling| sibling.position).collect();
    places.sort_unstable();
    for at in 1..places.len() {
        places[at] = places[at].max(places[at - 1] + 1);
    }
    for (sibling, place) in siblings.iter().zip(places) {
        if sibling.position != place {
            tx.change::<competency::Entity>()
                .filter(competency::Column::Id.eq(sibling.id))
                .set(competency::Column::Position, place)
                .apply()
                .await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
