//! Claims about an account whose `OwnedArtists` other processes write all the time.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use domain::{
    DomainSettings, LimitsMode,
    catalogue::{CatalogueError, Quota, Quotas},
    documents::{CacheValidity, Collection, Document, Documents, FieldQuery, Revision, StoreError},
};
use serde_json::Value;
use time::Duration;

use super::creator::{Creator, published_product};
use crate::support::{World, settings};

/// A store in which another process writes the `OwnedArtists` just before each write of them, for this
/// number of times.
#[derive(Debug)]
struct Contended {
    inner: Arc<dyn Documents>,
    writes_of_others: AtomicUsize,
    /// Number of lists of products that were read.
    lists: AtomicUsize,
}

impl Contended {
    fn new(inner: Arc<dyn Documents>, writes_of_others: usize) -> Arc<Self> {
        Arc::new(Self {
            inner,
            writes_of_others: AtomicUsize::new(writes_of_others),
            lists: AtomicUsize::new(0),
        })
    }

    fn lists(&self) -> usize {
        self.lists.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Documents for Contended {
    fn cache_validity(&self) -> CacheValidity {
        self.inner.cache_validity()
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        self.inner.get(collection, id).await
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
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
        let left = self.writes_of_others.load(Ordering::SeqCst);
        if collection.name == "holdings" && left > 0 {
            self.writes_of_others.store(left - 1, Ordering::SeqCst);
            let same = self.inner.get(collection, id).await?;
            let same = same.ok_or(StoreError::Conflict)?;
            let written = self.inner.replace(collection, id, same.revision, same.body);
            written.await?;
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
        if collection.name == "products" {
            self.lists.fetch_add(1, Ordering::SeqCst);
        }
        self.inner.list(collection, listing).await
    }

    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        self.inner.scan(collection, after, limit).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}

/// An account whose quota is full and that may be recounted.
async fn full_world() -> (World, Creator) {
    let quota = Quota {
        products: 3,
        ..Quotas::default().artist
    };
    let world = World::with(DomainSettings {
        limits: LimitsMode::Off,
        quotas: Quotas {
            artist: quota,
            ..Quotas::default()
        },
        ..settings()
    });
    let world = world.await;
    let creator = Creator::new(&world, 1).await;
    for number in 0..3 {
        let input = published_product(&format!("Product {number}"));
        creator.product(&world, &input).await;
    }
    world.clock.advance(Duration::minutes(11));
    (world, creator)
}

#[tokio::test]
async fn a_full_account_is_counted_once_however_often_a_write_is_lost() {
    let (world, creator) = full_world().await;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let once = Contended::new(world.documents.clone(), 0);
    let input = published_product("One more");
    let process = world.over(once.clone());
    let full = process
        .catalogue
        .products
        .create(caller, Some(artist), &input);
    let full = full.await;
    assert!(matches!(full, Err(CatalogueError::Full(_))), "{full:?}");
    assert!(once.lists() > 0, "it was not counted");
    world.clock.advance(Duration::minutes(11));
    let often = Contended::new(world.documents.clone(), 5);
    let process = world.over(often.clone());
    let full = process
        .catalogue
        .products
        .create(caller, Some(artist), &input);
    let full = full.await;
    assert!(matches!(full, Err(CatalogueError::Full(_))), "{full:?}");
    assert_eq!(often.lists(), once.lists());
    // The result of the count was stored: for ten minutes no process counts again.
    let later = Contended::new(world.documents.clone(), 0);
    let process = world.over(later.clone());
    let full = process
        .catalogue
        .products
        .create(caller, Some(artist), &input);
    assert!(full.await.is_err());
    assert_eq!(later.lists(), 0);
}

#[tokio::test]
async fn an_entry_whose_every_write_is_lost_ends() {
    let (world, creator) = full_world().await;
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let contended = Contended::new(world.documents.clone(), 1_000);
    let process = world.over(contended.clone());
    let input = published_product("One more");
    let ended = process
        .catalogue
        .products
        .create(caller, Some(artist), &input);
    let ended = ended.await;
    assert!(matches!(ended, Err(CatalogueError::Full(_))), "{ended:?}");
    let left = contended.writes_of_others.load(Ordering::SeqCst);
    assert!(left > 900, "{left}");
}
