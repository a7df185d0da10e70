//! The server: wiring, start and stop.

mod read_model;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use app::page::PageAssets;
use domain::{Caller, Domain, clock::Clock, documents::Documents, search::SearchIndex};
use tokio::{sync::watch, task::JoinHandle, time::interval};

use crate::{
    capacity::Capacity,
    config::{Config, public_url::PublicUrl},
    listener::{self, Connections},
    middleware::HttpService,
    pages, router,
    source_names::SourceNames,
    state::{AppState, ServerState},
    timeouts::Timeouts,
};

/// Interval between removals of ended sessions from the store.
const REMOVAL_INTERVAL: Duration = Duration::from_secs(60 * 60);

/// The adapters and limits that the server does not create itself.
#[derive(Clone, Debug)]
pub struct Dependencies {
    /// The document store.
    pub documents: Arc<dyn Documents>,
    /// The search index.
    pub search: Arc<dyn SearchIndex>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The time limits for clients.
    pub timeouts: Timeouts,
    /// The limits of connections and of memory for bodies.
    pub capacity: Capacity,
}

/// A running server. Dropping it stops the server without waiting for open requests.
#[derive(Debug)]
pub struct Application {
    address: SocketAddr,
    state: AppState,
    stop: watch::Sender<bool>,
    tasks: [JoinHandle<()>; 3],
}

impl Application {
    /// Starts a server. Port 0 selects a free port.
    ///
    /// # Errors
    /// If it cannot listen, cannot start the hashing threads, or cannot read the store.
    pub async fn start(config: Config, deps: Dependencies) -> anyhow::Result<Self> {
        pages::init_executor();
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
        let shared = ServerState::new(domain.clone(), public_url, proxies, limits, names);
        let shared = match config.cargo_leptos {
            Some(options) => shared.over_folder(options),
            None => shared,
        };
        let state = Arc::new(shared);
        let edge = HttpService::new(state.clone(), router::routes(&state));
        let (stop, stopped) = watch::channel(false);
        let stopping = wait(stopped.clone());
        let serving = listener::serve(listener, edge, connections, deps.timeouts, stopping);
        let tasks = [
            tokio::spawn(serving),
            tokio::spawn(read_model::maintain(domain.clone(), wait(stopped.clone()))),
            tokio::spawn(remove_ended_sessions(domain, stopped)),
        ];
        Ok(Self {
            address,
            state,
            stop,
            tasks,
        })
    }

    /// The address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The public URL.
    pub fn public_url(&self) -> &PublicUrl {
        &self.state.public_url
    }

    /// The domain, for uses besides HTTP.
    pub fn domain(&self) -> &Arc<Domain> {
        &self.state.domain
    }

    /// The id of the build and the URLs of the pages' files.
    pub fn page_assets(&self) -> &PageAssets {
        &self.state.page_assets
    }

    /// Stops accepting connections and waits for open requests.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            // A task ends with an error only when it panicked, which the panic hook has logged.
            let _ = task.await;
        }
    }
}

async fn wait(mut stopped: watch::Receiver<bool>) {
    // An error means that the application was dropped, which is a stop as well.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn remove_ended_sessions(domain: Arc<Domain>, stopped: watch::Receiver<bool>) {
    let mut stopped = std::pin::pin!(wait(stopped));
    let mut hours = interval(REMOVAL_INTERVAL);
    loop {
        tokio::select! {
            () = &mut stopped => return,
            _ = hours.tick() => remove_ended_sessions_once(&domain).await,
        }
    }
}

async fn remove_ended_sessions_once(domain: &Domain) {
    match domain.sessions.sweep().await {
        Ok(removed) => tracing::debug!(removed, "ended sessions were removed"),
        // The conversion into `Problem` logs the cause.
        Err(error) => drop(types::Problem::from(error)),
    }
}
