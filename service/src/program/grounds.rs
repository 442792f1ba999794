//! What a badge rests on, for people to read.

use domain::id::AwardId;
use entity::{
    TenantTx,
    mastery::decision,
    program::{achievement, award},
};
use sea_orm::ColumnTrait;

use super::{Grounds, Proof};
use crate::{Result, mastery::DecisionView};

/// One thing that a badge rests on.
#[derive(Debug, Clone, PartialEq)]
pub enum GroundsView {
    /// A decision, with its rule and how it came about.
    Decision(Box<DecisionView>),
    /// Another badge.
    Badge {
        /// The award of that badge.
        award: AwardId,
        /// What the badge is called.
        name: String,
    },
}

/// What `grounds` stand for, in their order; decisions first.
pub(crate) async fn view_grounds(tx: &TenantTx, grounds: &[Grounds]) -> Result<Vec<GroundsView>> {
    let mut decisions = Vec::new();
    let mut awards = Vec::new();
    for grounds in grounds {
        match grounds.proof {
            Proof::Decision(id) => decisions.push(id),
            Proof::Award(id) => awards.push(id),
        }
    }
    let rows = tx
        .rows::<decision::Entity>()
        .filter(decision::Column::Id.is_in(decisions))
        .all()
        .await?;
    let decisions = DecisionView::all(tx, rows).await?;
    let mut views: Vec<GroundsView> = decisions
        .into_iter()
        .map(|view| GroundsView::Decision(Box::new(view)))
        .collect();
    for part in tx
        .rows::<award::Entity>()
        .filter(award::Column::Id.is_in(awards))
        .all()
        .await?
    {
        let named = tx
            .rows::<achievement::Entity>()
            .filter(achievement::Column::Id.eq(part.achievement_id))
            .one()
            .await?;
        let name = named.map(|row| row.name).unwrap_or_default();
        views.push(GroundsView::Badge { award: part.id, name });
    }
    Ok(views)
}
