//! `inspired serve`

use std::{path::Path, sync::Arc};

use anyhow::{Context, bail};
use domain::clock::SystemClock;
use tokio::{
    runtime,
    signal::unix::{SignalKind, signal},
};

use super::open::open;
use crate::{
    application::{Application, Dependencies},
    capacity::Capacity,
    config::{Config, public_url::PublicUrl},
    file_descriptors,
    operator::OperatorSocket,
    site,
    timeouts::Timeouts,
};

/// Serves until the process receives SIGTERM or SIGINT.
pub(super) fn serve(config: Config) -> anyhow::Result<()> {
    if site::SITE.is_empty() && config.cargo_leptos.is_none() {
        bail!("this program was built without its pages: build with cargo xtask build");
    }
    runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?
        .block_on(serve_until_stopped(config))
}

async fn serve_until_stopped(config: Config) -> anyhow::Result<()> {
    // The handlers are installed first, so that a signal during the start is not lost.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    warn_of_risky_options(&config);
    let descriptors = file_descriptors::raise();
    let capacity = Capacity::of_descriptors(descriptors.soft);
    if capacity.is_low() {
        tracing::warn!(
            descriptors = descriptors.soft,
            connections = capacity.connections,
            per_source = capacity.connections_per_source,
            "few connections: raise the hard limit on file descriptors"
        );
    }
    let (documents, search) = tokio::select! {
        opened = open(&config.store) => opened?,
        _ = terminate.recv() => return Ok(()),
        _ = interrupt.recv() => return Ok(()),
    };
    let deps = Dependencies {
        documents,
        search,
        clock: Arc::new(SystemClock),
        timeouts: Timeouts::default(),
        capacity,
    };
    let data = config
        .store
        .elasticsearch
        .is_none()
        .then(|| config.store.data.clone());
    let application = Application::start(config, deps).await?;
    let socket = data.and_then(|data| listen_to_operator(&data, &application));
    tracing::info!(
        url = %application.public_url(),
        address = %application.address(),
        "serving"
    );
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    application.stop().await;
    // Last, because commands may use the socket as long as this process owns the data folder.
    if let Some(socket) = socket {
        socket.stop().await;
    }
    Ok(())
}

/// Without the socket the server works, only the operator's commands do not.
fn listen_to_operator(data: &Path, application: &Application) -> Option<OperatorSocket> {
    match OperatorSocket::start(data, application.domain().clone()) {
        Ok(socket) => Some(socket),
        Err(error) => {
            tracing::warn!(%error, "no socket for commands: `inspired user` needs the server stopped");
            None
        }
    }
}

fn warn_of_risky_options(config: &Config) {
    if config.accounts.limits == domain::LimitsMode::Off {
        tracing::warn!("--limits off: failed logins are not limited");
    }
    if config.http.insecure_http {
        tracing::warn!("--insecure-http: passwords and sessions travel unencrypted");
    }
    if !config.http.host.is_loopback() {
        tracing::info!(host = %config.http.host, "other machines can reach this server");
        if config.http.public_url.is_none() {
            tracing::warn!("without --public-url, requests from other machines are refused (421)");
        }
    }
    let public_url = config.http.public_url.as_ref();
    if public_url.is_some_and(PublicUrl::is_https) && config.http.trusted_proxies.is_empty() {
        tracing::warn!(
            "without --trusted-proxy, everybody behind a reverse proxy is one source: limits \
             are shared"
        );
    }
}
