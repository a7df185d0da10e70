//! A collection behind a cache.

use std::{fmt, hash::Hash, sync::Arc};

use serde_json::Value;

use crate::{
    cache::{Cache, CacheEntry},
    clock::Clock,
    documents::{Collection, Document, Documents, Revision, StoreError},
    refresher::CacheRefresher,
};

/// A cache key that is also the id of a document.
pub(crate) trait DocumentKey: Clone + Eq + Hash + Send + Sync + 'static {
    fn document_id(&self) -> String;
}

/// A collection behind a cache.
///
/// A write and the invalidation after it run in a task of their own: a client that disconnects
/// drops the future of its request at any point, and a write without the invalidation would keep a
/// logged-out session alive.
pub(crate) struct CachedCollection<K, V> {
    documents: Arc<dyn Documents>,
    collection: &'static Collection,
    cache: Arc<Cache<K, V>>,
    refresher: CacheRefresher<K, V>,
    decode: fn(&Document) -> Result<Option<V>, StoreError>,
}

impl<K: DocumentKey, V: Send + Sync + 'static> CachedCollection<K, V> {
    pub(crate) fn new(
        documents: Arc<dyn Documents>,
        collection: &'static Collection,
        capacity: usize,
        clock: Arc<dyn Clock>,
        decode: fn(&Document) -> Result<Option<V>, StoreError>,
    ) -> Self {
        let cache = Arc::new(Cache::new(capacity, documents.cache_validity(), clock));
        Self {
            refresher: CacheRefresher::new(documents.clone(), collection, cache.clone()),
            cache,
            documents,
            collection,
            decode,
        }
    }

    /// The cached document, as old as [`CacheValidity`](crate::documents::CacheValidity) allows. An entry
    /// in use is refreshed in the background before it expires, so that no request waits for it.
    pub(crate) async fn get(&self, key: &K) -> Result<Option<Arc<CacheEntry<V>>>, StoreError> {
        let entry = self.cache.get(key, self.load(key)).await?;
        if let Some(entry) = &entry
            && self.cache.should_refresh(entry)
        {
            self.refresher.refresh(key.clone(), entry.clone());
        }
        Ok(entry)
    }

    /// Reads the document from the store.
    pub(crate) async fn read(&self, key: &K) -> Result<Option<V>, StoreError> {
        let loaded = self.load(key).await?;
        Ok(loaded.map(|(_, value)| value))
    }

    async fn load(&self, key: &K) -> Result<Option<(Revision, V)>, StoreError> {
        let id = key.document_id();
        let Some(document) = self.documents.get(self.collection, &id).await? else {
            return Ok(None);
        };
        let value = (self.decode)(&document)?;
        Ok(value.map(|value| (document.revision, value)))
    }

    /// Removes a document from the cache.
    pub(crate) fn forget(&self, key: &K) {
        self.cache.invalidate(key);
    }

    /// Replaces a document at revision `from`. `None` means a conflict: it is at another revision.
    pub(crate) async fn replace(
        &self,
        key: &K,
        from: Revision,
        body: Value,
    ) -> Result<Option<Revision>, StoreError> {
        let documents = self.documents.clone();
        let (collection, id) = (self.collection, key.document_id());
        self.change(key, async move {
            documents.replace(collection, &id, from, body).await
        })
        .await
    }

    /// Removes a document at revision `from`. `None` means a conflict: it is at another revision.
    pub(crate) async fn remove(&self, key: &K, from: Revision) -> Result<Option<()>, StoreError> {
        let documents = self.documents.clone();
        let (collection, id) = (self.collection, key.document_id());
        self.change(
            key,
            async move { documents.remove(collection, &id, from).await },
        )
        .await
    }

    async fn change<T: Send + 'static>(
        &self,
        key: &K,
        change: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<Option<T>, StoreError> {
        let cache = self.cache.clone();
        let key = key.clone();
        let changed = tokio::spawn(async move {
            let changed = change.await;
            // Also after an error: the change may have been applied.
            cache.invalidate(&key);
            changed
        });
        match changed.await {
            Ok(Ok(value)) => Ok(Some(value)),
            Ok(Err(StoreError::Conflict)) => Ok(None),
            Ok(Err(error)) => Err(error),
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        }
    }
}

impl<K, V> fmt::Debug for CachedCollection<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedCollection")
            .field("collection", &self.collection.name)
            .finish_non_exhaustive()
    }
}
