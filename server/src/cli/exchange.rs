//! `cairn import` and `cairn export`.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};
use domain::assessment::Purpose;
use service::{
    Error,
    assessment::item::{self, Destination, ExchangeError, Outcome, Report, Source},
};

use super::{CommandError, actor::Actor, complain, complain_of_each, read_bytes, say, whole};
use crate::config::Config;

/// Some items were refused.
const SOME_REFUSED: u8 = 1;
/// Nothing was imported: the file, the tenant or the person cannot be found or used.
pub(super) const NOTHING: u8 = 2;

/// Bytes of a package that are read.
const LARGEST: u64 = 256 << 20;

/// What is imported.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Items of QTI 2.1, 2.2 or 3.0 as drafts: 0 all taken, 1 some refused, 2 nothing could be done
    Qti(ImportItems),
    /// Questions of a bank in Moodle XML as drafts: 0 all taken, 1 some refused, 2 nothing could be done
    Moodle(ImportItems),
    /// Questions of a Common Cartridge, or of a bank out of one, as drafts: 0 all taken, 1 some refused, 2 nothing could be done
    Cartridge(ImportItems),
}

/// What is exported.
#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Items that are not retired, as a package of QTI 3.0: 0 written, 2 too many for one
    Qti(ExportQti),
}

#[derive(Debug, Args)]
pub(super) struct ImportItems {
    /// An item, a package or a bank; which it is, its content says; - for standard input
    file: PathBuf,
    #[command(flatten)]
    actor: Actor,
    /// The code of the competency that the items show
    #[arg(long)]
    competency: String,
    /// Whose pool they are for: practice or assessment
    #[arg(long, default_value = "practice")]
    purpose: Purpose,
    /// Import what asks the same as an item for this competency that is there already, too
    #[arg(long)]
    duplicates: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExportQti {
    #[command(flatten)]
    actor: Actor,
    /// The package, which must not be there yet
    file: PathBuf,
    /// Only the items for the competency with this code
    #[arg(long)]
    competency: Option<String>,
}

pub(super) async fn import(config: &Config, what: &Import) -> Result<ExitCode, CommandError> {
    let (Import::Qti(it) | Import::Moodle(it) | Import::Cartridge(it)) = what;
    let bytes = read_bytes(&it.file, LARGEST)?;
    let ctx = it.actor.enter(config).await?;
    let to = Destination {
        competency: it.competency.clone(),
        purpose: it.purpose,
        duplicates: it.duplicates,
    };
    let name = it.file.file_name().unwrap_or_default().to_string_lossy();
    let source = Source { name: &name, bytes };
    let reports = match item::import(&ctx, &to, source).await {
        Ok(reports) => reports,
        Err(error) => return nothing(error),
    };
    if it.json {
        say(&serde_json::to_string_pretty(&reports)?)?;
    } else {
        for report in &reports {
            say(&in_words(report))?;
        }
    }
    let is_refused = |report: &Report| matches!(report.outcome, Outcome::Refused { .. });
    Ok(if reports.iter().any(is_refused) {
        ExitCode::from(SOME_REFUSED)
    } else {
        ExitCode::SUCCESS
    })
}

pub(super) async fn export(config: &Config, Export::Qti(it): &Export) -> Result<ExitCode, CommandError> {
    let ctx = it.actor.enter(config).await?;
    let package = match item::export(&ctx, it.competency.as_deref()).await {
        Ok(package) => package,
        Err(error) => return nothing(error),
    };
    write(&it.file, &package)?;
    Ok(ExitCode::SUCCESS)
}

/// Says why nothing was done.
fn nothing(error: ExchangeError) -> Result<ExitCode, CommandError> {
    match error {
        ExchangeError::Package(problem) => complain(&problem),
        ExchangeError::Service(Error::Invalid(errors)) => complain_of_each(&errors),
        ExchangeError::Service(error) => return Err(error.into()),
    }
    Ok(ExitCode::from(NOTHING))
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let written = whole::begin(file).and_then(|mut new| {
        new.write_all(bytes)?;
        whole::put(new, file)
    });
    written.map_err(|cause| super::unreadable(file, cause))
}

fn in_words(report: &Report) -> String {
    let name = [report.path.as_str(), &report.identifier];
    let name: Vec<_> = name.into_iter().filter(|name| !name.is_empty()).collect();
    let outcome = match &report.outcome {
        Outcome::Imported { item, changes } if changes.is_empty() => format!("imported      {item}"),
        Outcome::Imported { item, .. } => format!("with changes  {item}"),
        Outcome::AlreadyThere { item } => format!("already there {item}"),
        Outcome::Duplicate { item } => format!("already asked {item}"),
        Outcome::Refused { code, place, .. } => {
            format!("refused       {code}: line {}, {}", place.line, place.element)
        }
    };
    let mut lines = vec![format!("{outcome}  {}", name.join(" "))];
    if !report.category.is_empty() {
        lines.push(format!("  in {}", report.category));
    }
    if let Outcome::Imported { changes, .. } = &report.outcome {
        let said = changes.iter();
        lines.extend(said.map(|change| {
            let (line, element) = (change.place.line, &change.place.element);
            format!("  {}: line {line}, {element}", change.code)
        }));
    }
    // What a stranger wrote must not steer the terminal.
    let lines = lines.iter().map(|line| line.replace(char::is_control, " "));
    lines.collect::<Vec<_>>().join("\n")
}
