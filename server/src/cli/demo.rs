//! `cairn demo`.

use std::{process::ExitCode, sync::Arc};

use super::{CommandError, say};
use crate::{
    config::Config,
    demo::{self, Account, DemoClock, Summary},
    mailer, start,
};

pub(super) async fn run(config: &Config, json: bool) -> Result<ExitCode, CommandError> {
    let clock = Arc::new(DemoClock::new());
    // Nobody of the demo exists: its mail goes nowhere.
    let installation = start::open(config, Arc::clone(&clock) as _, mailer::silent()).await?;
    let summary = demo::load(&installation, &clock).await?;
    say(&if json {
        serde_json::to_string_pretty(&summary)?
    } else {
        in_words(&summary)
    })?;
    Ok(ExitCode::SUCCESS)
}

fn in_words(summary: &Summary) -> String {
    let mut lines = vec!["The demo is loaded. Sign in with any of these:".to_owned()];
    lines.extend(summary.operator.iter().map(account));
    for tenant in &summary.tenants {
        lines.push(format!(
            "\n{} – {}/t/{}",
            tenant.name, summary.base_url, tenant.slug
        ));
        lines.extend(tenant.accounts.iter().map(account));
    }
    lines.push(format!(
        "\n{} badges have been earned.",
        summary.credentials.len()
    ));
    lines.join("\n")
}

fn account(account: &Account) -> String {
    format!(
        "  {:<11} {:<38} {}",
        account.role, account.email, account.password
    )
}
