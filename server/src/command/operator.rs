//! Shared code of the operator's commands: the domain on the configured store, without a server.

use std::sync::Arc;

use anyhow::Context;
use domain::{Domain, clock::SystemClock};
use tokio::runtime;

use super::open::open;
use crate::config::Config;

/// Opens the store and runs `work` with the domain.
pub(super) fn run(
    config: &Config,
    work: impl AsyncFnOnce(&Domain) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    block_on(async { work(&domain(config).await?).await })
}

/// The domain on the configured store.
pub(super) async fn domain(config: &Config) -> anyhow::Result<Domain> {
    let (documents, search) = open(&config.store).await?;
    let domain = Domain::new(config.settings(), documents, search, Arc::new(SystemClock));
    domain.context("the threads that hash cannot be started")
}

/// Runs a future on a new runtime.
pub(super) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?
        .block_on(work)
}
