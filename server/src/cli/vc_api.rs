//! `cairn vc-api`.

use std::{fs::File, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use clap::Args;
use serde_json::Value;

use super::{
    CommandError, say,
    serve::{asked_to_stop, listen, stopped},
    unreadable,
};
use crate::{
    outside::Web,
    vc_api::{VcApi, router},
};

#[derive(Debug, Args)]
pub(super) struct VcApiArguments {
    /// Where to answer
    #[arg(long, default_value = "127.0.0.1:3100")]
    bind: SocketAddr,
    /// A context that documents may name besides the embedded ones, as ADDRESS=FILE
    #[arg(long = "context", value_name = "ADDRESS=FILE", value_parser = named_file)]
    contexts: Vec<(String, PathBuf)>,
}

pub(super) async fn run(arguments: VcApiArguments) -> Result<ExitCode, CommandError> {
    let mut contexts = Vec::new();
    for (address, file) in arguments.contexts {
        let opened = File::open(&file).map_err(|cause| unreadable(&file, cause))?;
        let context: Value = serde_json::from_reader(opened)?;
        contexts.push((address, context));
    }
    let web = Web::new().map_err(|cause| CommandError::Io(std::io::Error::other(cause)))?;
    let listener = listen(arguments.bind).await?;
    let base = format!("http://{}", listener.local_addr()?);
    let api = VcApi::new(base.clone(), contexts, Arc::new(web));
    say(&format!("{} issues and verifies at {base}", api.did()))?;
    let stop = asked_to_stop()?;
    axum::serve(listener, router(api))
        .with_graceful_shutdown(stopped(stop))
        .await?;
    Ok(ExitCode::SUCCESS)
}

fn named_file(text: &str) -> Result<(String, PathBuf), String> {
    let (address, file) = text.split_once('=').ok_or("it is not ADDRESS=FILE")?;
    Ok((address.to_owned(), file.into()))
}
