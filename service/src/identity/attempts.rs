//! Limits on guessing: one account's password, whether or not there is such an
//! account, and the code of an assessment. (Limits per network address are the
//! server's.)

use std::time::Duration;

use domain::{
    Timestamp,
    id::{AssessmentId, PersonId},
    identity::EmailAddress,
};
use entity::identity::sign_in_failure::{ActiveModel, Column, Entity};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::{Error, Installation, Result, db::Scope};

/// So many wrong tries cost nothing: people mistype.
const FREE: i64 = 5;
/// How long an account is locked after the last free try; each further try
/// doubles it.
const FIRST_LOCK: Duration = Duration::from_secs(30);
/// No lock is longer, so that nobody is kept out of their account for good.
const LONGEST_LOCK: Duration = Duration::from_hours(1);
/// After so long without a try the count begins anew.
pub(super) const FORGOTTEN_AFTER: Duration = Duration::from_hours(24);

/// Something that can be guessed, by a digest that does not say what it is.
#[derive(Debug)]
pub(crate) struct Guess(Vec<u8>);

impl Guess {
    /// An account's password. The address itself is not kept: people type their
    /// password into that field.
    pub(super) fn password(email: &EmailAddress) -> Self {
        Self(Sha256::digest(email.key()).to_vec())
    }

    /// The access code of an assessment, guessed by one person.
    pub(crate) fn code(person: PersonId, assessment: AssessmentId) -> Self {
        let parts: [&[u8]; 3] = [b"access-code", person.0.as_bytes(), assessment.0.as_bytes()];
        Self(Sha256::digest(parts.concat()).to_vec())
    }

    /// Counts a try before it is made, so that many at once are many. While it is
    /// locked: [`Error::TooMany`], and the try is neither made nor counted.
    pub(crate) async fn count(&self, installation: &Installation) -> Result<()> {
        count(installation, self.0.clone()).await
    }

    /// It was right, or is now another one: the count begins anew.
    pub(crate) async fn forget(&self, tx: &DatabaseTransaction) -> Result<()> {
        Entity::delete_by_id(self.0.clone()).exec(tx).await?;
        Ok(())
    }
}

async fn count(installation: &Installation, key: Vec<u8>) -> Result<()> {
    let now = installation.now();
    let tx = installation.db.write(Scope::System).await?;
    let first = ActiveModel {
        account_key: Set(key.clone()),
        failures: Set(1),
        last_at: Set(now),
    };
    // Raised first: that holds the row until the transaction ends.
    let raised = Expr::col((Entity, Column::Failures)).add(1);
    Entity::insert(first)
        .on_conflict(
            OnConflict::column(Column::AccountKey)
                .value(Column::Failures, raised)
                .to_owned(),
        )
        .exec_without_returning(&tx)
        .await?;
    let row = Entity::find_by_id(key.clone())
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    let before = row.failures - 1;
    let free_at = row.last_at.after(lock_after(before));
    if before > 0 && now < free_at {
        return Err(Error::TooMany(free_at.since(now)));
    }
    let failures = if is_forgotten(row.last_at, now) {
        1
    } else {
        row.failures
    };
    let counted = ActiveModel {
        failures: Set(failures),
        last_at: Set(now),
        ..Default::default()
    };
    Entity::update_many()
        .set(counted)
        .filter(Column::AccountKey.eq(key))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

fn is_forgotten(last_at: Timestamp, now: Timestamp) -> bool {
    now.since(last_at) >= FORGOTTEN_AFTER
}

/// How long an account is locked after so many wrong tries.
fn lock_after(failures: i64) -> Duration {
    if failures < FREE {
        return Duration::ZERO;
    }
    let doublings = (failures - FREE).clamp(0, 16);
    FIRST_LOCK.saturating_mul(1 << doublings).min(LONGEST_LOCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_begin_after_the_free_tries_and_double_up_to_the_longest() {
        assert_eq!(lock_after(0), Duration::ZERO);
        assert_eq!(lock_after(FREE - 1), Duration::ZERO);
        assert_eq!(lock_after(FREE), FIRST_LOCK);
        assert_eq!(lock_after(FREE + 2), FIRST_LOCK * 4);
        assert_eq!(lock_after(i64::MAX), LONGEST_LOCK);
    }
}
