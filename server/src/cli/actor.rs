//! In whose name a command acts.

use clap::Args;
use service::{Ctx, Error, SystemCtx, identity, tenancy};

use super::{CommandError, complain_of};
use crate::{config::Config, start};

/// Who acts, and where.
#[derive(Debug, Args)]
pub(super) struct Actor {
    /// The tenant's part of the address
    #[arg(long)]
    tenant: String,
    /// The address of the member who acts
    #[arg(long = "as", value_name = "EMAIL")]
    actor: String,
}

impl Actor {
    /// Acts with what the member may do, and no more.
    pub(super) async fn enter(&self, config: &Config) -> Result<Ctx, CommandError> {
        let installation = start::installation(config).await?;
        let person = identity::person_at(&SystemCtx::new(installation.clone()), &self.actor).await?;
        let Some(person) = person else {
            complain_of(&format!("{}: nobody here has this address", self.actor));
            return Err(Error::NotFound.into());
        };
        Ok(tenancy::enter(&installation, &self.tenant, Some(person)).await?.1)
    }
}
