//! A store that counts reads, and that runs an action just before a write.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use domain::documents::{
    CacheValidity, Collection, Document, Documents, FieldQuery, Revision, StoreError,
};
use futures::future::BoxFuture;
use serde_json::Value;

/// The action, which runs once.
type Interruption = BoxFuture<'static, ()>;

/// A store that is observed.
pub(crate) struct Observed {
    inner: Arc<dyn Documents>,
    /// Number of documents that were read, by collection.
    reads: Mutex<HashMap<&'static str, usize>>,
    /// The action before the first replacement of a document of a collection.
    before_replace: Mutex<Option<(&'static str, Interruption)>>,
}

impl Observed {
    pub(crate) fn new(inner: Arc<dyn Documents>) -> Arc<Self> {
        Arc::new(Self {
            inner,
            reads: Mutex::default(),
            before_replace: Mutex::default(),
        })
    }

    /// A store that runs an action just before a document of a collection is replaced.
    pub(crate) fn interrupted(
        inner: Arc<dyn Documents>,
        collection: &'static str,
        interruption: impl Future<Output = ()> + Send + 'static,
    ) -> Arc<Self> {
        let observed = Self::new(inner);
        *observed.before_replace.lock().unwrap() = Some((collection, Box::pin(interruption)));
        observed
    }

    /// Number of documents of a collection that were read since the last call.
    pub(crate) fn take_reads(&self, collection: &str) -> usize {
        let mut reads = self.reads.lock().unwrap();
        reads.remove(collection).unwrap_or_default()
    }

    fn count(&self, collection: &'static Collection, documents: usize) {
        let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        *reads.entry(collection.name).or_default() += documents;
    }

    fn interruption_before(&self, collection: &'static Collection) -> Option<Interruption> {
        let mut waits = self.before_replace.lock().unwrap();
        let is_now = waits
            .as_ref()
            .is_some_and(|(name, _)| *name == collection.name);
        let taken = if is_now { waits.take() } else { None };
        taken.map(|(_, interruption)| interruption)
    }
}

impl fmt::Debug for Observed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Observed").finish_non_exhaustive()
    }
}

#[async_trait]
impl Documents for Observed {
    fn cache_validity(&self) -> CacheValidity {
        self.inner.cache_validity()
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        self.count(collection, 1);
        self.inner.get(collection, id).await
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
        self.count(collection, ids.len());
        self.inner.get_many(collection, ids).await
    }

    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError> {
        self.inner.create(collection, id, body).await
    }

    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError> {
        if let Some(interruption) = self.interruption_before(collection) {
            interruption.await;
        }
        self.inner.replace(collection, id, from, body).await
    }

    async fn remove(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError> {
        self.inner.remove(collection, id, from).await
    }

    async fn list(
        &self,
        collection: &'static Collection,
        listing: FieldQuery<'_>,
    ) -> Result<Vec<Document>, StoreError> {
        let documents = self.inner.list(collection, listing).await?;
        self.count(collection, documents.len());
        Ok(documents)
    }

    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        let documents = self.inner.scan(collection, after, limit).await?;
        self.count(collection, documents.len());
        Ok(documents)
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}
