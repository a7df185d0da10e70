//! A store with injected faults, which records its calls.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU8, AtomicUsize, Ordering},
};

use async_trait::async_trait;
use domain::documents::{
    CacheValidity, Collection, Document, Documents, FieldQuery, Revision, StoreError,
};
use serde_json::Value;
use tokio::sync::watch;

/// The injected fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// None.
    None = 0,
    /// The store is unreachable.
    Unavailable = 1,
    /// The store is reachable, but its content cannot be read.
    Damaged = 2,
    /// The store panics.
    Panics = 3,
}

/// A real store behind a fault. The text of a fault contains [`SECRET_CAUSE`] and must never reach a
/// client.
#[derive(Debug)]
pub(crate) struct FaultyStore {
    inner: Arc<dyn Documents>,
    fault: AtomicU8,
    asked: Mutex<Vec<(&'static str, &'static str)>>,
    is_held: watch::Sender<bool>,
    waiting: AtomicUsize,
}

/// A call that waits until the store is released, or that was cancelled.
struct WaitingCalls<'a>(&'a AtomicUsize);

impl Drop for WaitingCalls<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Part of the text of every fault.
pub(crate) const SECRET_CAUSE: &str = "the cause that nobody is told";

impl FaultyStore {
    pub(crate) fn over(inner: Arc<dyn Documents>) -> Arc<Self> {
        Arc::new(Self {
            inner,
            fault: AtomicU8::new(Fault::None as u8),
            asked: Mutex::default(),
            is_held: watch::Sender::new(false),
            waiting: AtomicUsize::new(0),
        })
    }

    pub(crate) fn fail(&self, fault: Fault) {
        self.fault.store(fault as u8, Ordering::SeqCst);
    }

    /// Holds reads of single documents until [`Self::release`].
    pub(crate) fn hold(&self) {
        self.is_held.send_replace(true);
    }

    pub(crate) fn release(&self) {
        self.is_held.send_replace(false);
    }

    /// Number of held reads.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    async fn wait(&self) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let _waiting = WaitingCalls(&self.waiting);
        let mut held = self.is_held.subscribe();
        held.wait_for(|is_held| !is_held).await.unwrap();
    }

    /// The calls since the last time, by operation and collection, except lists and scans, which background
    /// tasks of the server use at any time.
    pub(crate) fn take_asked(&self) -> Vec<(&'static str, &'static str)> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn check(&self, operation: &'static str, collection: &'static str) -> Result<(), StoreError> {
        if !["list", "scan"].contains(&operation) {
            self.asked.lock().unwrap().push((operation, collection));
        }
        let fault = self.fault.load(Ordering::SeqCst);
        match fault {
            _ if fault == Fault::Unavailable as u8 => {
                Err(StoreError::Unavailable(SECRET_CAUSE.to_owned()))
            }
            _ if fault == Fault::Damaged as u8 => Err(StoreError::Damaged(SECRET_CAUSE.to_owned())),
            _ if fault == Fault::Panics as u8 => panic!("{SECRET_CAUSE}"),
            _ => Ok(()),
        }
    }
}

#[async_trait]
impl Documents for FaultyStore {
    fn cache_validity(&self) -> CacheValidity {
        self.inner.cache_validity()
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        self.check("get", collection.name)?;
        self.wait().await;
        self.inner.get(collection, id).await
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
        self.check("get_many", collection.name)?;
        self.wait().await;
        self.inner.get_many(collection, ids).await
    }

    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError> {
        self.check("create", collection.name)?;
        self.inner.create(collection, id, body).await
    }

    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError> {
        self.check("replace", collection.name)?;
        self.inner.replace(collection, id, from, body).await
    }

    async fn remove(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError> {
        self.check("remove", collection.name)?;
        self.inner.remove(collection, id, from).await
    }

    async fn list(
        &self,
        collection: &'static Collection,
        listing: FieldQuery<'_>,
    ) -> Result<Vec<Document>, StoreError> {
        self.check("list", collection.name)?;
        self.inner.list(collection, listing).await
    }

    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        self.check("scan", collection.name)?;
        self.inner.scan(collection, after, limit).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.check("ping", "")?;
        self.inner.ping().await
    }
}
