//! The state after the process has died, or the store has failed, after any write.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use domain::{
    Caller,
    accounts::{AccountError, Device},
    documents::{CacheValidity, Collection, Document, Documents, FieldQuery, Revision, StoreError},
    sessions::SessionKey,
};
use serde_json::Value;
use types::{Field, Reason};

use crate::support::{PASSWORD, World, log_in_form, sign_up_form, source, visitor};

/// A store that fails after a number of writes; the last one may have been applied.
#[derive(Debug)]
pub(crate) struct GoesAway {
    inner: Arc<dyn Documents>,
    writes_left: AtomicUsize,
    applies_the_last: bool,
}

impl GoesAway {
    pub(crate) fn after(
        inner: Arc<dyn Documents>,
        writes: usize,
        applies_the_last: bool,
    ) -> Arc<Self> {
        Arc::new(Self {
            inner,
            writes_left: AtomicUsize::new(writes),
            applies_the_last,
        })
    }

    fn is_gone(&self) -> bool {
        self.writes_left.load(Ordering::SeqCst) == 0
    }

    async fn write<T>(
        &self,
        write: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        let left = self.writes_left.load(Ordering::SeqCst);
        if left == 0 {
            return gone();
        }
        self.writes_left.store(left - 1, Ordering::SeqCst);
        if left == 1 {
            if self.applies_the_last {
                write.await?;
            }
            return gone();
        }
        write.await
    }
}

fn gone<T>() -> Result<T, StoreError> {
    Err(StoreError::Unavailable("gone".to_owned()))
}

#[async_trait]
impl Documents for GoesAway {
    fn cache_validity(&self) -> CacheValidity {
        self.inner.cache_validity()
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        if self.is_gone() {
            return gone();
        }
        self.inner.get(collection, id).await
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
        if self.is_gone() {
            return gone();
        }
        self.inner.get_many(collection, ids).await
    }

    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError> {
        self.write(self.inner.create(collection, id, body)).await
    }

    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError> {
        self.write(self.inner.replace(collection, id, from, body))
            .await
    }

    async fn remove(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError> {
        self.write(self.inner.remove(collection, id, from)).await
    }

    async fn list(
        &self,
        collection: &'static Collection,
        listing: FieldQuery<'_>,
    ) -> Result<Vec<Document>, StoreError> {
        if self.is_gone() {
            return gone();
        }
        self.inner.list(collection, listing).await
    }

    async fn scan(
        &self,
        collection: &'static Collection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        if self.is_gone() {
            return gone();
        }
        self.inner.scan(collection, after, limit).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}

#[tokio::test]
async fn a_sign_up_that_dies_after_any_step_leaves_one_whole_account_or_none() {
    for writes in 1..=4 {
        for applies_the_last in [false, true] {
            let world = World::new().await;
            let dying = world.over(GoesAway::after(
                world.documents.clone(),
                writes,
                applies_the_last,
            ));
            let first = dying
                .accounts
                .sign_up(&visitor(), &sign_up_form("ada@example.org"))
                .await;
            let second = world.sign_up("ada@example.org").await;
            let is_taken = matches!(&second, Err(AccountError::Invalid(fields))
                if fields.get(Field::EmailAddress) == Some(Reason::Taken));
            assert!(
                second.is_ok() || is_taken,
                "{writes} {applies_the_last}: {second:?}"
            );
            assert!(
                !(first.is_ok() && second.is_ok()),
                "{writes} {applies_the_last}"
            );
            let login = world.log_in("ada@example.org", PASSWORD).await;
            assert!(login.is_ok(), "{writes} {applies_the_last}: {login:?}");
        }
    }
}

#[tokio::test]
async fn a_deletion_that_dies_after_any_step_frees_the_address_in_the_end() {
    for writes in 1..=3 {
        for applies_the_last in [false, true] {
            let world = World::new().await;
            let account = world.sign_up("ada@example.org").await.unwrap().account;
            let dying = world.over(GoesAway::after(
                world.documents.clone(),
                writes,
                applies_the_last,
            ));
            let deleted = dying.accounts.delete(&Caller::System, &account).await;
            assert!(deleted.is_err());
            let is_there = world.log_in("ada@example.org", PASSWORD).await.is_ok();
            let again = world.sign_up("ada@example.org").await;
            assert_eq!(is_there, again.is_err(), "{writes} {applies_the_last}");
        }
    }
}

#[tokio::test]
async fn a_login_that_dies_after_any_step_is_no_login_and_can_be_ended() {
    for writes in 1..=2 {
        for applies_the_last in [false, true] {
            let world = World::new().await;
            let login = world.sign_up("ada@example.org").await.unwrap();
            let dying = world.over(GoesAway::after(
                world.documents.clone(),
                writes,
                applies_the_last,
            ));
            let key = SessionKey::of(&[1; 16]);
            assert!(dying.sessions.start(&visitor(), login, key).await.is_err());
            if let Some(resumed) = world.resume(key).await {
                world
                    .domain
                    .accounts
                    .end_all_sessions(&resumed.caller)
                    .await
                    .unwrap();
            }
            assert!(world.resume(key).await.is_none());
        }
    }
}

#[tokio::test]
async fn a_store_that_is_gone_never_opens_a_door_and_never_logs_out() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    let gone = world.over(GoesAway::after(world.documents.clone(), 0, false));
    assert!(gone.sessions.resume(key, source()).await.is_err());
    let login = gone
        .accounts
        .log_in(
            &visitor(),
            &log_in_form("person1@example.org", PASSWORD),
            &Device::default(),
        )
        .await;
    assert!(matches!(
        login,
        Err(AccountError::Store(StoreError::Unavailable(_)))
    ));
    assert!(world.resume(key).await.is_some());
}

#[tokio::test]
async fn an_attempt_that_the_store_failed_is_not_counted() {
    let world = World::with(crate::support::settings()).await;
    world.sign_up("ada@example.org").await.unwrap();
    let flaky = world.over(GoesAway::after(world.documents.clone(), 0, false));
    let form = log_in_form("ada@example.org", PASSWORD);
    for _ in 0..30 {
        let refused = flaky
            .accounts
            .log_in(&visitor(), &form, &Device::default())
            .await;
        assert!(matches!(refused, Err(AccountError::Store(_))));
    }
}
