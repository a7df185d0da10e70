//! `inspired reindex`

use std::{
    io::{self, Write},
    time::Instant,
};

use domain::Caller;

use super::operator;
use crate::config::Config;

/// Builds a new search index beside the current one, switches to it, and prints its size.
pub(super) fn reindex(config: &Config) -> anyhow::Result<()> {
    operator::run(config, async |domain| {
        let began = Instant::now();
        let entries = domain.catalogue.rebuild(&Caller::System).await?;
        let seconds = began.elapsed().as_secs_f64();
        let mut out = io::stdout().lock();
        writeln!(out, "{entries} entries, in {seconds:.1} s")?;
        if config.store.elasticsearch.is_none() {
            writeln!(
                out,
                "the embedded store's index is built at every start anyway"
            )?;
        }
        Ok(())
    })
}
