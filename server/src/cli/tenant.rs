//! `cairn tenant`.

use std::process::ExitCode;

use clap::Args as ClapArgs;
use service::{
    Error, SystemCtx, identity,
    tenancy::{self, NewTenant},
};

use super::{CommandError, complain_of, complain_of_each, say};
use crate::{config::Config, start};

/// The tenant to make.
#[derive(Debug, ClapArgs)]
pub(super) struct TenantArguments {
    /// Its part of the address: harbour for /t/harbour
    slug: String,
    /// Its name
    #[arg(long)]
    name: String,
    /// The address of its first owner, who is invited by mail
    #[arg(long)]
    owner: String,
    /// Its languages, the first the default: tags, separated by commas
    #[arg(long, default_value = "en")]
    languages: String,
    /// Its colour
    #[arg(long, default_value = "#3d5a6c")]
    accent: String,
}

pub(super) async fn run(config: &Config, tenant: &TenantArguments) -> Result<ExitCode, CommandError> {
    let installation = start::installation(config).await?;
    let Some(operator) = identity::operator(&installation).await? else {
        complain_of("nobody runs this installation yet: see CAIRN_OPERATOR_EMAIL, or start the server");
        return Ok(ExitCode::FAILURE);
    };
    let new = NewTenant {
        id: installation.new_id(),
        slug: &tenant.slug,
        name: &tenant.name,
        languages: &tenant.languages,
        accent: &tenant.accent,
        owner: Some(&tenant.owner),
    };
    match tenancy::create(&SystemCtx::new(installation.clone()), operator, new).await {
        Ok(slug) => {
            say(&format!(
                "{}\nThe running server sends the invitation to {}.",
                installation.address(&format!("/t/{slug}")),
                tenant.owner
            ))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Error::Invalid(errors)) => {
            complain_of_each(&errors);
            Ok(ExitCode::FAILURE)
        }
        Err(other) => Err(other.into()),
    }
}
