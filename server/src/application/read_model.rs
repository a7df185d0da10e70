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

/// Builds the read model where there is none, and then keeps it current until `stopped` resolves.
/// The server answers meanwhile.
pub(super) async fn keep(domain: Arc<Domain>, stopped: impl Future<Output = ()>) {
    let mut stopped = pin!(stopped);
    let mut ticks = interval(PAUSE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut keeper = Keeper {
        domain,
        stage: Stage::Unbuilt,
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
    stage: Stage,
    /// The kind of the last failure, when the last try was one. Texts differ from try to try.
    failure: Option<Kind>,
}

type Kind = (
    Discriminant<CatalogueError>,
    Option<Discriminant<StoreError>>,
);

#[derive(Clone, Copy, Debug)]
enum Stage {
    Unbuilt,
    Built,
}

impl Keeper {
    async fn work(&mut self) {
        let done = match self.stage {
            Stage::Unbuilt => self.build().await,
            Stage::Built => self.catch_up().await,
        };
        if done.is_ok() && matches!(self.stage, Stage::Unbuilt) {
            self.stage = Stage::Built;
        }
        self.note(done.err());
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
