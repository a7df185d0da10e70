//! Whether every index can be written.

use std::{sync::Arc, time::Duration};

use domain::documents::StoreError;
use futures::future::try_join_all;
use tokio::{sync::Mutex, time::Instant};

use super::{
    cluster::Cluster,
    entry::Position,
    failure::Failure,
    writes::{self, Change, Write},
};

/// Whoever watches the server asks it often, and anybody can; the cluster is asked once in so long.
const KEPT: Duration = Duration::from_secs(1);

/// The last look at the indices, and when it was.
#[derive(Debug, Default)]
pub(super) struct Readiness(Mutex<Option<(Instant, Result<(), StoreError>)>>);

impl Readiness {
    /// Has every index refuse a write, each for the one right reason: that way an index that cannot
    /// be written, because its disk is full for instance, is not taken for one that is ready.
    pub(super) async fn ask<'a>(
        &self,
        cluster: &Arc<Cluster>,
        indices: impl Iterator<Item = &'a Arc<str>>,
    ) -> Result<(), StoreError> {
        let mut last = self.0.lock().await;
        if let Some((asked, result)) = &*last
            && asked.elapsed() < KEPT
        {
            return result.clone();
        }
        let all = try_join_all(indices.map(|index| refuses(cluster, index))).await;
        let result = all.map(drop).map_err(StoreError::from);
        *last = Some((Instant::now(), result.clone()));
        result
    }
}

async fn refuses(cluster: &Arc<Cluster>, index: &str) -> Result<(), Failure> {
    let nowhere = Position {
        seq_no: 0,
        primary_term: 1,
    };
    let write = Write {
        // No document has this id: ids have no blanks.
        id: "not there".to_owned(),
        change: Change::Remove(nowhere),
    };
    for outcome in writes::ask(cluster, index, &[write]).await? {
        outcome?;
    }
    Ok(())
}
