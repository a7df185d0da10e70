//! The whole server, started and stopped as one thing.

mod read_model;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use app::page::PageAssets;
use domain::{Caller, Domain, clock::Clock, documents::Documents, search::Search};
use tokio::{sync::watch, task::JoinHandle, time::interval};

use crate::{
    capacity::Capacity,
    config::{Config, public_url::PublicUrl},
    listener::{self, Connections},
    middleware::Edge,
    pages, router,
    source_names::SourceNames,
    state::{AppState, Shared},
    timeouts::Timeouts,
};

/// How often sessions that are over are removed from the store.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// What the server does not make itself.
#[derive(Clone, Debug)]
pub struct Deps {
    /// Where things are kept.
    pub documents: Arc<dyn Documents>,
    /// Where things are found.
    pub search: Arc<dyn Search>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// How long clients may take.
    pub timeouts: Timeouts,
    /// How many connections and how much memory they may have.
    pub capacity: Capacity,
}

/// A running server. Dropped, it stops without waiting for anybody.
#[derive(Debug)]
pub struct Application {
    address: SocketAddr,
    state: AppState,
    stop: watch::Sender<bool>,
    tasks: [JoinHandle<()>; 3],
}

impl Application {
    /// Starts a server; with port 0 it listens on a free one.
    ///
    /// # Errors
    /// When it cannot listen, or cannot start the threads that hash.
    pub async fn start(config: Config, deps: Deps) -> anyhow::Result<Self> {
        pages::prepare();
        let listener = listener::bind((config.http.host, config.http.port).into()).await?;
        let address = listener.local_addr()?;
        let domain = Domain::new(config.settings(), deps.documents, deps.search, deps.clock);
        let domain = Arc::new(domain.context("the threads that hash cannot be started")?);
        let public_url = config.http.public_url;
        let public_url = public_url.unwrap_or_else(|| PublicUrl::loopback(address.port()));
        let proxies = config.http.trusted_proxies;
        let key = domain.source_names_key(&Caller::System).await;
        let key = key.context("the key of the store cannot be read")?;
        let prepared = domain.accounts.prepare(&Caller::System).await;
        prepared.context("the accounts cannot be read")?;
        let names = SourceNames::new(config.log.log_source, key);
        let connections = Connections::new(deps.capacity, proxies.clone(), names.clone());
        let limits = (deps.timeouts, deps.capacity);
        let shared = Shared::new(domain.clone(), public_url, proxies, limits, names);
        let shared = match config.cargo_leptos {
            Some(options) => shared.over_folder(options),
            None => shared,
        };
        let state = Arc::new(shared);
        let edge = Edge::new(state.clone(), router::routes(&state));
        let (stop, stopped) = watch::channel(false);
        let stopping = wait(stopped.clone());
        let serving = listener::serve(listener, edge, connections, deps.timeouts, stopping);
        let tasks = [
            tokio::spawn(serving),
            tokio::spawn(read_model::keep(domain.clone(), wait(stopped.clone()))),
            tokio::spawn(sweep(domain, stopped)),
        ];
        Ok(Self {
            address,
            state,
            stop,
            tasks,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What people call it.
    pub fn public_url(&self) -> &PublicUrl {
        &self.state.public_url
    }

    /// What can be done besides HTTP.
    pub fn domain(&self) -> &Arc<Domain> {
        &self.state.domain
    }

    /// Which build it is, and where its pages find their files.
    pub fn page_assets(&self) -> &PageAssets {
        &self.state.page_assets
    }

    /// Accepts nothing new, and waits for what runs.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            // A task ends with an error only when it panicked, which the panic hook has logged.
            let _ = task.await;
        }
    }
}

async fn wait(mut stopped: watch::Receiver<bool>) {
    // An error means that the application was dropped, which stops it as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn sweep(domain: Arc<Domain>, stopped: watch::Receiver<bool>) {
    let mut stopped = std::pin::pin!(wait(stopped));
    let mut hours = interval(SWEEP);
    loop {
        tokio::select! {
            () = &mut stopped => return,
            _ = hours.tick() => sweep_once(&domain).await,
        }
    }
}

async fn sweep_once(domain: &Domain) {
    match domain.sessions.sweep().await {
        Ok(removed) => tracing::debug!(removed, "ended sessions were removed"),
        // The problem's cause is logged where it becomes one.
        Err(error) => drop(types::Problem::from(error)),
    }
}
