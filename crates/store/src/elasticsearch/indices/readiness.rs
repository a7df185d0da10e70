//! The readiness check: whether every index can be written.

use std::{sync::Arc, time::Duration};

use domain::documents::StoreError;
use futures::future::try_join_all;
use tokio::{sync::Mutex, time::Instant};

use crate::elasticsearch::{
    client::{cluster::Cluster, failure::RequestFailure},
    documents::{
        entry::DocumentPosition,
        writes::{self, DocumentWrite, WriteChange},
    },
};

/// Time for which a result is reused. Monitoring asks often, and anybody can ask.
const KEPT: Duration = Duration::from_secs(1);

/// The last result and its time.
#[derive(Debug, Default)]
pub(crate) struct Readiness(Mutex<Option<(Instant, Result<(), StoreError>)>>);

impl Readiness {
    /// Sends each index a write that must fail with a conflict. Any other failure means that the
    /// index cannot be written, for instance because its disk is full.
    pub(crate) async fn ask<'a>(
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

async fn refuses(cluster: &Arc<Cluster>, index: &str) -> Result<(), RequestFailure> {
    let nowhere = DocumentPosition {
        seq_no: 0,
        primary_term: 1,
    };
    let write = DocumentWrite {
        // No document has this id, because ids contain no blanks.
        id: "not there".to_owned(),
        change: WriteChange::Remove(nowhere),
    };
    for outcome in writes::ask(cluster, index, &[write]).await? {
        outcome?;
    }
    Ok(())
}
