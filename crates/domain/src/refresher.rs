//! Refreshes cached documents that are in use, many in one request, before they are too old.

use std::{
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::sleep;

use crate::{
    cache::{Cache, CacheEntry},
    cached_collection::DocumentKey,
    documents::{Collection, Documents, Revision},
};

/// Time for which due entries are gathered into one request: a small part of the second half of
/// their life.
const GATHER_INTERVAL: Duration = Duration::from_millis(60);
/// Maximum number of entries in one request.
const BATCH: usize = 500;

/// Refreshes the entries of a cache of a store that other processes write to as well.
///
/// It only makes an entry younger if its revision is unchanged, so it cannot bring an old state
/// back. If the store does not answer, entries expire, and the next request for one queries the
/// store and gets its error.
pub(crate) struct CacheRefresher<K, V> {
    shared: Arc<RefreshQueue<K, V>>,
}

struct RefreshQueue<K, V> {
    documents: Arc<dyn Documents>,
    collection: &'static Collection,
    cache: Arc<Cache<K, V>>,
    due: Mutex<DueRefresh<K, V>>,
}

struct DueRefresh<K, V> {
    entries: Vec<(K, Arc<CacheEntry<V>>)>,
    is_working: bool,
}

impl<K: DocumentKey, V: Send + Sync + 'static> CacheRefresher<K, V> {
    pub(crate) fn new(
        documents: Arc<dyn Documents>,
        collection: &'static Collection,
        cache: Arc<Cache<K, V>>,
    ) -> Self {
        let due = DueRefresh {
            entries: Vec::new(),
            is_working: false,
        };
        Self {
            shared: Arc::new(RefreshQueue {
                documents,
                collection,
                cache,
                due: Mutex::new(due),
            }),
        }
    }

    /// Schedules the refresh of an entry, together with others.
    pub(crate) fn refresh(&self, key: K, entry: Arc<CacheEntry<V>>) {
        let mut due = self.shared.due();
        due.entries.push((key, entry));
        if mem::replace(&mut due.is_working, true) {
            return;
        }
        drop(due);
        let shared = self.shared.clone();
        tokio::spawn(async move { shared.work().await });
    }
}

impl<K: DocumentKey, V: Send + Sync + 'static> RefreshQueue<K, V> {
    /// Refreshes until no entry is due.
    async fn work(&self) {
        loop {
            sleep(GATHER_INTERVAL).await;
            let entries = {
                let mut due = self.due();
                if due.entries.is_empty() {
                    due.is_working = false;
                    return;
                }
                mem::take(&mut due.entries)
            };
            for batch in entries.chunks(BATCH) {
                self.refresh(batch).await;
            }
        }
    }

    async fn refresh(&self, batch: &[(K, Arc<CacheEntry<V>>)]) {
        let ids: Vec<String> = batch.iter().map(|(key, _)| key.document_id()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let sent = self.cache.now();
        match self.documents.get_many(self.collection, &ids).await {
            Ok(documents) => {
                for ((key, entry), document) in batch.iter().zip(documents) {
                    let shown: Option<Revision> = document.map(|document| document.revision);
                    self.cache.apply_refresh(key, entry, sent, shown);
                }
            }
            Err(error) => {
                tracing::debug!(%error, "entries were not refreshed");
                for (_, entry) in batch {
                    self.cache.allow_refresh(entry);
                }
            }
        }
    }

    fn due(&self) -> MutexGuard<'_, DueRefresh<K, V>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> fmt::Debug for CacheRefresher<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CacheRefresher")
            .field("collection", &self.shared.collection.name)
            .finish_non_exhaustive()
    }
}
