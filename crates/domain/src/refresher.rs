//! Refreshes cached documents that are in use, many in one request, before they are too old.

use std::{
    fmt, mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::sleep;

use crate::{
    cache::{Cache, Entry},
    documents::{Collection, Documents, Revision},
    remembered::DocumentKey,
};

/// Time for which due entries are gathered into one request: a small part of the second half of
/// their life.
const GATHERED: Duration = Duration::from_millis(60);
/// Maximum number of entries in one request.
const BATCH: usize = 500;

/// Refreshes the entries of a cache of a store that other processes write to as well.
///
/// It only makes an entry younger if its revision is unchanged, so it cannot bring an old state
/// back. If the store does not answer, entries expire, and the next request for one queries the
/// store and gets its error.
pub(crate) struct Refresher<K, V> {
    shared: Arc<Shared<K, V>>,
}

struct Shared<K, V> {
    documents: Arc<dyn Documents>,
    collection: &'static Collection,
    cache: Arc<Cache<K, V>>,
    due: Mutex<Due<K, V>>,
}

struct Due<K, V> {
    entries: Vec<(K, Arc<Entry<V>>)>,
    is_working: bool,
}

impl<K: DocumentKey, V: Send + Sync + 'static> Refresher<K, V> {
    pub(crate) fn new(
        documents: Arc<dyn Documents>,
        collection: &'static Collection,
        cache: Arc<Cache<K, V>>,
    ) -> Self {
        let due = Due {
            entries: Vec::new(),
            is_working: false,
        };
        Self {
            shared: Arc::new(Shared {
                documents,
                collection,
                cache,
                due: Mutex::new(due),
            }),
        }
    }

    /// Schedules the refresh of an entry, together with others.
    pub(crate) fn refresh(&self, key: K, entry: Arc<Entry<V>>) {
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

impl<K: DocumentKey, V: Send + Sync + 'static> Shared<K, V> {
    /// Refreshes until no entry is due.
    async fn work(&self) {
        loop {
            sleep(GATHERED).await;
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

    async fn refresh(&self, batch: &[(K, Arc<Entry<V>>)]) {
        let ids: Vec<String> = batch.iter().map(|(key, _)| key.document_id()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let sent = self.cache.now();
        match self.documents.get_many(self.collection, &ids).await {
            Ok(documents) => {
                for ((key, entry), document) in batch.iter().zip(documents) {
                    let shown: Option<Revision> = document.map(|document| document.revision);
                    self.cache.renew(key, entry, sent, shown);
                }
            }
            Err(error) => {
                tracing::debug!(%error, "entries were not refreshed");
                for (_, entry) in batch {
                    self.cache.await_again(entry);
                }
            }
        }
    }

    fn due(&self) -> MutexGuard<'_, Due<K, V>> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> fmt::Debug for Refresher<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refresher")
            .field("collection", &self.shared.collection.name)
            .finish_non_exhaustive()
    }
}
