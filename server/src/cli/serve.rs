//! `cairn serve`.

use std::{future::IntoFuture, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};

use axum::Router;
use service::{
    Error, Installation, SystemCtx,
    identity::{self, NewPerson},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::sleep,
};

use super::{CommandError, say};
use crate::{config::Config, http, metrics, start, workers};

/// Asked to stop, the server finishes what is under way, and waits no longer
/// than this: less than those who ask usually do.
const PATIENCE: Duration = Duration::from_secs(25);

pub(super) async fn run(config: &Config) -> Result<ExitCode, CommandError> {
    let installation = start::installation(config).await?;
    make_operator(config, &installation).await?;
    let stop = asked_to_stop()?;
    let mut workers = workers::start(&installation, config.workers, &stop);
    let mut site = http::router(config, &installation);
    if let Some(address) = config.metrics_bind {
        let (counting, counts) = metrics::pair();
        site = site.layer(counting);
        let listener = listen(address).await?;
        workers.spawn(answer_prometheus(listener, metrics::router(counts), stop.clone()));
    }
    let listener = listen(config.bind).await?;
    say(&format!("Cairn answers at {}", installation.address("")))?;
    if !identity::operator_exists(&installation).await? {
        let key = identity::set_up_key(&installation);
        let address = installation.address(&format!("/setup?key={key}"));
        say(&format!(
            "Nobody runs it yet. Make the operator's account at {address}"
        ))?;
    }
    let site = site.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, site).with_graceful_shutdown(stopped(stop.clone()));
    tokio::select! {
        done = finish(serving.into_future(), workers) => done?,
        () = too_long(stop) => tracing::warn!("stopped before everything was finished; it will be taken over"),
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address)
        .await
        .map_err(|cause| CommandError::Bind { address, cause })
}

/// Ends when every request is answered and every job in hand is done.
async fn finish(
    serving: impl Future<Output = std::io::Result<()>>,
    workers: JoinSet<()>,
) -> std::io::Result<()> {
    serving.await?;
    workers.join_all().await;
    Ok(())
}

async fn answer_prometheus(listener: TcpListener, site: Router, stop: watch::Receiver<bool>) {
    if let Err(cause) = axum::serve(listener, site)
        .with_graceful_shutdown(stopped(stop))
        .await
    {
        tracing::error!(%cause, "no figures are given any more");
    }
}

/// Makes the operator's account that the configuration names, at the first start.
async fn make_operator(config: &Config, installation: &Arc<Installation>) -> Result<(), CommandError> {
    let (Some(email), Some(password)) = (&config.operator_email, &config.operator_password) else {
        return Ok(());
    };
    if identity::operator_exists(installation).await? {
        return Ok(());
    }
    let new = NewPerson {
        id: installation.new_id(),
        name: "Operator",
        email,
        password: password.reveal(),
        locale: None,
    };
    match identity::create_operator(&SystemCtx::new(Arc::clone(installation)), new).await {
        // Another server, started at the same moment, made it.
        Ok(_) | Err(Error::NotFound) => Ok(()),
        Err(Error::Invalid(errors)) => Err(CommandError::Operator(
            errors
                .iter()
                .map(|error| format!("operator_{}: {}", error.field, error.code))
                .collect::<Vec<_>>()
                .join("; "),
        )),
        Err(error) => Err(error.into()),
    }
}

/// Becomes true when somebody asks the process to stop.
pub(super) fn asked_to_stop() -> std::io::Result<watch::Receiver<bool>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let (tell, stop) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        let _ = tell.send(true);
        tell.closed().await;
    });
    Ok(stop)
}

pub(super) async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error would be that nobody can ask any more: then nobody has.
    if stop.wait_for(|asked| *asked).await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn too_long(stop: watch::Receiver<bool>) {
    stopped(stop).await;
    sleep(PATIENCE).await;
}
