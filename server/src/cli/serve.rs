//! `cairn serve`.

use std::{net::SocketAddr, process::ExitCode};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use super::{CommandError, say};
use crate::{config::Config, http, start, workers};

pub(super) async fn run(config: &Config) -> Result<ExitCode, CommandError> {
    let installation = start::installation(config).await?;
    let listener = TcpListener::bind(config.bind).await?;
    let (tell, stop) = watch::channel(false);
    let workers = workers::start(&installation, config.workers, &stop);
    let site = http::router(config, &installation).into_make_service_with_connect_info::<SocketAddr>();
    say(&format!("Cairn answers at {}", installation.address("")));
    axum::serve(listener, site)
        .with_graceful_shutdown(asked_to_stop()?)
        .await?;
    // Jobs in hand are finished; whatever is not will be taken over.
    let _ = tell.send(true);
    workers.join_all().await;
    Ok(ExitCode::SUCCESS)
}

fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
