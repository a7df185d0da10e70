//! What the operator's commands work with: the domain over the store that was asked for, without a
//! server.

use std::sync::Arc;

use anyhow::Context;
use domain::{Domain, clock::SystemClock};
use tokio::runtime;

use super::open::open;
use crate::config::Config;

/// Opens the store and does something with it.
pub(super) fn run(
    config: &Config,
    work: impl AsyncFnOnce(&Domain) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?
        .block_on(async {
            let (documents, search) = open(&config.store).await?;
            let domain = Domain::new(config.settings(), documents, search, Arc::new(SystemClock));
            work(&domain.context("the threads that hash cannot be started")?).await
        })
}
