//! Is the master key the one that the database's secrets are sealed under?
//!
//! A database outlives the folder that its key was made in: it is restored
//! elsewhere, and several servers share it. Under another key its secrets do not
//! open, and what is sealed meanwhile does not open under the right one. So the
//! first start leaves something sealed behind, and each later one tries to open it.

use entity::{credential::signing_key, vault::canary};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};

use super::{Vault, VaultError};
use crate::{
    Chance, Error, Result,
    db::{Db, Scope},
};

/// The id of the one row.
const ID: i64 = 1;
const PLACE: &str = "canary";
/// What is sealed does not matter, only whether it opens.
const SONG: &[u8] = b"sing";

impl Vault {
    /// Is anything in this database sealed? Then one master key opens it, and a
    /// new one never does.
    pub async fn is_in_use(db: &Db) -> Result<bool> {
        let tx = db.read(Scope::System).await?;
        Ok(kept(&tx).await?.is_some() || !keys_in_force(&tx).await?.is_empty())
    }

    /// Makes sure that this vault opens what is sealed in the database; if not,
    /// [`VaultError::DoesNotOpen`].
    pub async fn prove(&self, db: &Db, chance: &dyn Chance) -> Result<()> {
        let known = kept(&db.read(Scope::System).await?).await?;
        let canary = match known {
            Some(canary) => canary,
            None => self.leave_canary(db, chance).await?,
        };
        self.open(PLACE, &canary.sealed)?;
        Ok(())
    }

    async fn leave_canary(&self, db: &Db, chance: &dyn Chance) -> Result<canary::Model> {
        let tx = db.write(Scope::System).await?;
        // A database that is older than its canary.
        let keys = keys_in_force(&tx).await?;
        if !keys.is_empty() && !keys.iter().any(|key| self.opens(key)) {
            return Err(VaultError::DoesNotOpen.into());
        }
        let canary = canary::Model {
            id: ID,
            sealed: self.seal(chance, PLACE, SONG)?.0,
        };
        // Of several servers that start at once, one leaves it.
        canary::Entity::insert(canary.into_active_model().reset_all())
            .on_conflict(OnConflict::column(canary::Column::Id).do_nothing().to_owned())
            .exec_without_returning(&tx)
            .await?;
        let canary = kept(&tx).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(canary)
    }

    /// Does a tenant's key open, in the place that it is sealed for?
    fn opens(&self, key: &signing_key::Model) -> bool {
        let place = format!("signing-key/{}/{}", key.tenant_id, key.id);
        self.open(&place, &key.sealed_secret).is_ok()
    }
}

async fn kept(tx: &DatabaseTransaction) -> Result<Option<canary::Model>> {
    Ok(canary::Entity::find_by_id(ID).one(tx).await?)
}

async fn keys_in_force(tx: &DatabaseTransaction) -> Result<Vec<signing_key::Model>> {
    Ok(signing_key::Entity::find()
        .filter(signing_key::Column::RetiredAt.is_null())
        .limit(1_000)
        .all(tx)
        .await?)
}
