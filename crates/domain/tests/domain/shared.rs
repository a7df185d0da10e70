//! A store that other processes write to as well.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use domain::{
    Caller, Domain,
    accounts::Device,
    documents::{CacheValidity, Collection, Document, Documents, FieldQuery, Revision, StoreError},
    sessions::SessionKey,
};
use serde_json::Value;
use time::Duration as Span;
use tokio::time::timeout;

use crate::support::{PASSWORD, World, log_in_form, source, visitor};

/// A store with [`CacheValidity::Shared`] that counts its reads.
#[derive(Debug)]
struct SharedStore {
    inner: Arc<dyn Documents>,
    gets: AtomicUsize,
    batches: AtomicUsize,
    refused: AtomicUsize,
    is_full: AtomicBool,
}

impl SharedStore {
    fn over(world: &World) -> Arc<Self> {
        Arc::new(Self {
            inner: world.documents.clone(),
            gets: AtomicUsize::new(0),
            batches: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
            is_full: AtomicBool::new(false),
        })
    }

    fn take(&self) -> (usize, usize) {
        let take = |count: &AtomicUsize| count.swap(0, Ordering::SeqCst);
        (take(&self.gets), take(&self.batches))
    }
}

#[async_trait]
impl Documents for SharedStore {
    fn cache_validity(&self) -> CacheValidity {
        CacheValidity::Shared(Duration::from_millis(700))
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        self.gets.fetch_add(1, Ordering::SeqCst);
        self.inner.get(collection, id).await
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
        let documents = self.inner.get_many(collection, ids).await;
        self.batches.fetch_add(1, Ordering::SeqCst);
        documents
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
        if self.is_full.load(Ordering::SeqCst) {
            self.refused.fetch_add(1, Ordering::SeqCst);
            return Err(StoreError::Unavailable("the disk is full".to_owned()));
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

/// Two simulated processes over one store.
pub(crate) fn two(world: &World) -> (Domain, Domain) {
    let process = || world.over(SharedStore::over(world));
    (process(), process())
}

/// The caller of a session.
async fn caller(domain: &Domain, key: SessionKey) -> Caller {
    let resumed = domain.sessions.resume(key, source()).await;
    resumed.unwrap().unwrap().caller
}

pub(crate) async fn is_alive(domain: &Domain, key: SessionKey) -> bool {
    let resumed = domain.sessions.resume(key, source()).await;
    resumed.unwrap().is_some()
}

#[tokio::test]
async fn an_end_elsewhere_is_seen_after_700_milliseconds() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let (one, other) = two(&world);
    assert!(is_alive(&one, key).await && is_alive(&other, key).await);
    let caller = caller(&one, key).await;
    one.sessions.end(&caller, key).await.unwrap();
    assert!(
        !is_alive(&one, key).await,
        "one's own change is seen at once"
    );
    world.clock.advance(Span::milliseconds(699));
    assert!(is_alive(&other, key).await);
    world.clock.advance(Span::milliseconds(1));
    assert!(!is_alive(&other, key).await);
}

#[tokio::test]
async fn all_sessions_that_are_ended_elsewhere_end_within_700_milliseconds() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let (one, other) = two(&world);
    assert!(is_alive(&one, key).await && is_alive(&other, key).await);
    let caller = caller(&one, key).await;
    one.accounts.end_all_sessions(&caller).await.unwrap();
    assert!(!is_alive(&one, key).await);
    world.clock.advance(Span::milliseconds(700));
    assert!(!is_alive(&other, key).await);
}

#[tokio::test]
async fn what_is_in_use_is_read_again_together_and_nobody_waits_for_it() {
    let world = World::new().await;
    let mut keys = Vec::new();
    for number in 0..20 {
        keys.push(world.account_with_session(number).await.1);
    }
    let shared = SharedStore::over(&world);
    let domain = world.over(shared.clone());
    for &key in &keys {
        assert!(is_alive(&domain, key).await);
    }
    assert_eq!(
        shared.take(),
        (41, 0),
        "each session, its account and the epoch of everybody"
    );
    for _ in 0..3 {
        world.clock.advance(Span::milliseconds(400));
        for &key in &keys {
            assert!(is_alive(&domain, key).await);
        }
        let refreshed = async {
            while shared.batches.load(Ordering::SeqCst) < 2 {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), refreshed).await.unwrap();
        // Entries that became due after the first batch was sent may need one more.
        let (gets, batches) = shared.take();
        assert!(gets == 0 && batches <= 4, "{gets} reads, {batches} batches");
    }
}

#[tokio::test]
async fn a_refresh_shows_what_was_ended_elsewhere() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let shared = SharedStore::over(&world);
    let domain = world.over(shared.clone());
    assert!(is_alive(&domain, key).await);
    let caller = world.resume(key).await.unwrap().caller;
    world.domain.sessions.end(&caller, key).await.unwrap();
    world.clock.advance(Span::milliseconds(400));
    assert!(
        is_alive(&domain, key).await,
        "it may be relied on a little longer"
    );
    let seen = async {
        while is_alive(&domain, key).await {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), seen).await.unwrap();
}

/// A login right after "end all" has a later epoch than the other process has cached.
#[tokio::test]
async fn a_login_after_all_sessions_were_ended_elsewhere_is_welcome_everywhere() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let (one, other) = two(&world);
    assert!(is_alive(&one, key).await && is_alive(&other, key).await);
    let resumed = one.sessions.resume(key, source()).await.unwrap().unwrap();
    one.accounts
        .end_all_sessions(&resumed.caller)
        .await
        .unwrap();
    for (number, domain) in [(2, &one), (3, &other)] {
        let form = log_in_form("person1@example.org", PASSWORD);
        let login = domain
            .accounts
            .log_in(&visitor(), &form, &Device::default())
            .await
            .unwrap();
        let key = SessionKey::of(&[number; 16]);
        domain.sessions.start(&visitor(), login, key).await.unwrap();
        assert!(is_alive(&one, key).await && is_alive(&other, key).await);
    }
}

/// If the disk of a cluster is full, reads of a session must not each cause a write.
#[tokio::test]
async fn a_use_that_cannot_be_written_down_is_not_tried_with_every_read() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let shared = SharedStore::over(&world);
    let domain = world.over(shared.clone());
    shared.is_full.store(true, Ordering::SeqCst);
    for minute in 1..=3 {
        world.clock.advance(Span::minutes(2));
        assert!(is_alive(&domain, key).await);
        let tried = async {
            while shared.refused.load(Ordering::SeqCst) < minute {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), tried).await.unwrap();
        for _ in 0..100 {
            assert!(is_alive(&domain, key).await);
        }
        assert_eq!(shared.refused.load(Ordering::SeqCst), minute);
    }
}
