//! Observers of a migration.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use domain::migrations::{MigrationObserver, MigrationStep};
use tokio::sync::Notify;

/// Records the steps.
#[derive(Debug, Default)]
pub(crate) struct Listener(Mutex<Vec<MigrationStep>>);

impl Listener {
    pub(crate) fn steps(&self) -> Vec<MigrationStep> {
        self.0.lock().unwrap().clone()
    }
}

#[async_trait]
impl MigrationObserver for Listener {
    async fn step(&self, step: MigrationStep) {
        self.0.lock().unwrap().push(step);
    }
}

/// Blocks the migration at a step for ever, so that it can be dropped there as if its process
/// died.
#[derive(Debug)]
pub(crate) struct Holder {
    at: usize,
    told: AtomicUsize,
    reached: Notify,
}

impl Holder {
    pub(crate) fn at(step: usize) -> Self {
        Self {
            at: step,
            told: AtomicUsize::new(0),
            reached: Notify::new(),
        }
    }

    pub(crate) async fn reached(&self) {
        self.reached.notified().await;
    }
}

#[async_trait]
impl MigrationObserver for Holder {
    async fn step(&self, _step: MigrationStep) {
        if self.told.fetch_add(1, Ordering::SeqCst) + 1 == self.at {
            self.reached.notify_one();
            std::future::pending::<()>().await;
        }
    }
}
