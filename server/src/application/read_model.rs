//! Keeps the search index up to date with the stored documents.

use std::{
    mem::{Discriminant, discriminant},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use domain::{Caller, Domain, catalogue::CatalogueError, documents::StoreError};
use tokio::time::{MissedTickBehavior, interval};

/// Interval between scans of the outbox for entries of dead processes.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// Number of pauses between two checks that the index exists: an index in memory is lost when it
/// fails.
const PAUSES_PER_CHECK: u32 = 15;
/// Maximum number of pauses between two attempts to build the index. The pauses are random and get
/// longer, because two processes that start at once abort each other's build.
const MAX_PAUSES: u32 = 8;

/// Builds the index if there is none, then keeps it current until `stopped` resolves. Meanwhile the
/// server answers requests.
pub(super) async fn maintain(domain: Arc<Domain>, stopped: impl Future<Output = ()>) {
    let mut stopped = pin!(stopped);
    let mut ticks = interval(POLL_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut keeper = IndexMaintainer {
        domain,
        is_built: false,
        pauses: 0,
        most_pauses: 1,
        failure: None,
    };
    loop {
        tokio::select! {
            () = &mut stopped => return,
            // A build is abandoned at a stop; the next start begins anew.
            () = async {
                ticks.tick().await;
                keeper.work().await;
            } => {}
        }
    }
}

#[derive(Debug)]
struct IndexMaintainer {
    domain: Arc<Domain>,
    /// Whether the index existed at the last check.
    is_built: bool,
    /// Number of pauses until the next check.
    pauses: u32,
    /// Maximum number of pauses after the last attempt to build the index.
    most_pauses: u32,
    /// The kind of the last failure, if the last attempt failed. Its text differs between attempts.
    failure: Option<FailureKind>,
}

type FailureKind = (
    Discriminant<CatalogueError>,
    Option<Discriminant<StoreError>>,
);

impl IndexMaintainer {
    async fn work(&mut self) {
        if self.pauses == 0 {
            let built = self.build().await;
            self.has_looked(built.is_ok());
            return self.note(built.err());
        }
        self.pauses -= 1;
        if self.is_built {
            let caught_up = self.catch_up().await;
            self.note(caught_up.err());
        }
    }

    fn has_looked(&mut self, is_built: bool) {
        if is_built {
            (self.is_built, self.most_pauses, self.pauses) = (true, 1, PAUSES_PER_CHECK);
            return;
        }
        self.most_pauses = (self.most_pauses * 2).min(MAX_PAUSES);
        self.pauses = rand::random_range(0..=self.most_pauses);
    }

    async fn build(&self) -> Result<(), CatalogueError> {
        if let Some(entries) = self.domain.catalogue.build(&Caller::System).await? {
            tracing::info!(entries, "the search index was built");
        }
        Ok(())
    }

    async fn catch_up(&self) -> Result<(), CatalogueError> {
        let entries = self.domain.catalogue.catch_up(&Caller::System).await?;
        if entries > 0 {
            tracing::info!(entries, "the search index has caught up");
        }
        Ok(())
    }

    /// Logs a change of the state only: a store that is away for an hour is one line.
    fn note(&mut self, error: Option<CatalogueError>) {
        let failure = error.as_ref().map(kind);
        if failure == self.failure {
            return;
        }
        match error {
            Some(error) => tracing::warn!(%error, "the search index cannot be kept current"),
            None => tracing::info!("the search index is kept current again"),
        }
        self.failure = failure;
    }
}

fn kind(error: &CatalogueError) -> FailureKind {
    let store = match error {
        CatalogueError::Store(error) => Some(discriminant(error)),
        _ => None,
    };
    (discriminant(error), store)
}
