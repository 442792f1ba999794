//! `cairn serve`.

use std::{net::SocketAddr, process::ExitCode, sync::Arc};

use service::{
    Installation, SystemCtx,
    identity::{self, NewPerson},
};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use super::{CommandError, say};
use crate::{config::Config, http, start, workers};

pub(super) async fn run(config: &Config) -> Result<ExitCode, CommandError> {
    let installation = start::installation(config).await?;
    make_operator(config, &installation).await?;
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
    identity::create_operator(&SystemCtx::new(Arc::clone(installation)), new).await?;
    Ok(())
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
