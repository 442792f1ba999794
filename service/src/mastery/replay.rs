//! Making a decision again from its record.

use std::collections::{BTreeSet, VecDeque};

use domain::{
    id::{AwardId, DecisionId},
    mastery::Record,
};
use entity::{mastery::decision, program::award};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::{
    Error, Result, SystemCtx,
    program::{Grounds, Proof},
};

/// A decision, as it was recorded and as it comes out now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replayed {
    /// Which decision.
    pub decision: DecisionId,
    /// What the record says, as JSON.
    pub recorded: String,
    /// What the recorded rule and evidence lead to, as JSON.
    pub again: String,
}

impl Replayed {
    /// Whether the two are the same, byte for byte.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.recorded == self.again
    }
}

/// Replays every decision that an award stands on, through the badges that it
/// stacks on.
pub async fn replay(ctx: &SystemCtx, award: AwardId) -> Result<Vec<Replayed>> {
    let tx = ctx.read().await?;
    let mut open = VecDeque::from([award]);
    let mut seen = BTreeSet::new();
    let mut decisions = Vec::new();
    while let Some(award) = open.pop_front() {
        if !seen.insert(award) {
            continue;
        }
        for grounds in grounds(&tx, award).await? {
            match grounds.proof {
                Proof::Award(part) => open.push_back(part),
                Proof::Decision(decision) => decisions.push(decide_again(&tx, decision).await?),
            }
        }
    }
    Ok(decisions)
}

async fn grounds(tx: &DatabaseTransaction, id: AwardId) -> Result<Vec<Grounds>> {
    let row = award::Entity::find()
        .filter(award::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(serde_json::from_str(&row.because)?)
}

async fn decide_again(tx: &DatabaseTransaction, id: DecisionId) -> Result<Replayed> {
    let row = decision::Entity::find()
        .filter(decision::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let record = Record::parse(&row.record)?;
    Ok(Replayed {
        decision: id,
        recorded: serde_json::to_string(record.decision())?,
        again: serde_json::to_string(&record.replay())?,
    })
}
