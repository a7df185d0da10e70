//! Keeps what lists and searches know up with what is stored.

use std::{
    mem::{Discriminant, discriminant},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use domain::{Caller, Domain, catalogue::CatalogueError, documents::StoreError};
use tokio::time::{MissedTickBehavior, interval};

/// How often is looked for what a process that has died left undone.
const PAUSE: Duration = Duration::from_secs(2);
/// After so many of these pauses is looked whether there is still a read model: one that is kept in
/// memory begins anew when it breaks.
const LOOKS: u32 = 15;
/// At most so many pauses are between two tries to build one. They are left to chance, and get
/// longer: of two processes that begin at the same moment, each ends what the other has begun.
const MOST_PAUSES: u32 = 8;

/// Builds the read model where there is none, and then keeps it current until `stopped` resolves.
/// The server answers meanwhile.
pub(super) async fn keep(domain: Arc<Domain>, stopped: impl Future<Output = ()>) {
    let mut stopped = pin!(stopped);
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut keeper = Keeper {
        domain,
        is_built: false,
        pauses: 0,
        most_pauses: 1,
        failure: None,
    };
    loop {
        tokio::select! {
            () = &mut stopped => return,
            // What is being built is abandoned when the server stops; the next one begins anew.
            () = async {
                ticks.tick().await;
                keeper.work().await;
            } => {}
        }
    }
}

#[derive(Debug)]
struct Keeper {
    domain: Arc<Domain>,
    /// Whether there was a read model when it was last looked.
    is_built: bool,
    /// So many pauses go by before that is looked again.
    pauses: u32,
    /// The most of them after the last try to build one.
    most_pauses: u32,
    /// The kind of the last failure, when the last try was one. Texts differ from try to try.
    failure: Option<Kind>,
}

type Kind = (
    Discriminant<CatalogueError>,
    Option<Discriminant<StoreError>>,
);

impl Keeper {
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
            (self.is_built, self.most_pauses, self.pauses) = (true, 1, LOOKS);
            return;
        }
        self.most_pauses = (self.most_pauses * 2).min(MOST_PAUSES);
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

    /// Says how it is whenever that has changed: a store that is away for an hour is one line.
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

fn kind(error: &CatalogueError) -> Kind {
    let store = match error {
        CatalogueError::Store(error) => Some(discriminant(error)),
        _ => None,
    };
    (discriminant(error), store)
}
