//! The cache of stored documents.

use std::{
    hash::Hash,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use quick_cache::sync::Cache as Entries;

use crate::{
    clock::Clock,
    documents::{CacheValidity, Revision, StoreError},
};

/// A single-flight cache of documents in memory.
///
/// With [`CacheValidity::Exclusive`], an entry is valid until [`forget`](Self::invalidate). With
/// [`CacheValidity::Shared`], its age counts from the moment at which its read was *sent*, and it is
/// never served beyond the maximum age, not even while it is being refreshed. A process calls
/// `forget` after its own changes; that also invalidates a read in progress, so that it cannot put
/// the old state back.
#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    entries: Entries<K, CacheSlot<V>>,
    validity: CacheValidity,
    clock: Arc<dyn Clock>,
}

/// The value of a key.
#[derive(Debug)]
enum CacheSlot<V> {
    Loaded(Arc<CacheEntry<V>>),
    /// The read failed. Only the requests that waited for it get the error: if each of them
    /// retried by itself, one after the other, the last one would wait for all retries.
    Failed(Arc<StoreError>),
}

impl<V> Clone for CacheSlot<V> {
    fn clone(&self) -> Self {
        match self {
            Self::Loaded(entry) => Self::Loaded(entry.clone()),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

/// A cached document and the age of its read.
#[derive(Debug)]
pub(crate) struct CacheEntry<V> {
    value: V,
    revision: Revision,
    /// When the read was sent, in microseconds of [`Clock::elapsed`].
    sent: AtomicU64,
    is_refreshing: AtomicBool,
}

impl<V> Deref for CacheEntry<V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.value
    }
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    pub(crate) fn new(capacity: usize, ownership: CacheValidity, clock: Arc<dyn Clock>) -> Self {
        Self {
            entries: Entries::new(capacity),
            validity: ownership,
            clock,
        }
    }

    /// Returns the entry, or loads it. Absence is not cached: a client can invent unknown ids
    /// faster than they could be stored.
    pub(crate) async fn get(
        &self,
        key: &K,
        load: impl Future<Output = Result<Option<(Revision, V)>, StoreError>>,
    ) -> Result<Option<Arc<CacheEntry<V>>>, StoreError> {
        match self.entries.get(key) {
            Some(CacheSlot::Loaded(entry)) if self.is_fresh(&entry) => return Ok(Some(entry)),
            Some(CacheSlot::Loaded(entry)) => self.drop_entry(key, &entry),
            Some(CacheSlot::Failed(_)) | None => {}
        }
        match self.entries.get_value_or_guard_async(key).await {
            Ok(CacheSlot::Loaded(entry)) if self.is_fresh(&entry) => Ok(Some(entry)),
            // The entry aged while this request waited for it, so it is read again for this
            // request only.
            Ok(CacheSlot::Loaded(_)) => self.load(load).await,
            Ok(CacheSlot::Failed(error)) => Err(StoreError::clone(&error)),
            Err(guard) => {
                let loaded = self.load(load).await;
                // The guard refuses the entry if `forget` was called meanwhile.
                match &loaded {
                    Ok(Some(entry)) => drop(guard.insert(CacheSlot::Loaded(entry.clone()))),
                    Ok(None) => {}
                    Err(error) => {
                        let error = Arc::new(error.clone());
                        drop(guard.insert(CacheSlot::Failed(error.clone())));
                        self.drop_failure(key, &error);
                    }
                }
                loaded
            }
        }
    }

    async fn load(
        &self,
        load: impl Future<Output = Result<Option<(Revision, V)>, StoreError>>,
    ) -> Result<Option<Arc<CacheEntry<V>>>, StoreError> {
        let sent = AtomicU64::new(self.now());
        let entry = load.await?.map(|(revision, value)| CacheEntry {
            value,
            revision,
            sent,
            is_refreshing: AtomicBool::new(false),
        });
        Ok(entry.map(Arc::new))
    }

    /// Removes the entry and invalidates a read of it in progress.
    pub(crate) fn invalidate(&self, key: &K) {
        self.entries.remove(key);
    }

    /// Removes this entry, but not another one that replaced it.
    fn drop_entry(&self, key: &K, entry: &Arc<CacheEntry<V>>) {
        let is_it =
            |slot: &CacheSlot<V>| matches!(slot, CacheSlot::Loaded(at) if Arc::ptr_eq(at, entry));
        self.entries.remove_if(key, is_it);
    }

    fn drop_failure(&self, key: &K, error: &Arc<StoreError>) {
        let is_it =
            |slot: &CacheSlot<V>| matches!(slot, CacheSlot::Failed(at) if Arc::ptr_eq(at, error));
        self.entries.remove_if(key, is_it);
    }

    /// True once when the entry has reached half its maximum age; the first caller refreshes it.
    pub(crate) fn should_refresh(&self, entry: &CacheEntry<V>) -> bool {
        match self.validity {
            CacheValidity::Exclusive => false,
            CacheValidity::Shared(age) => {
                self.age(entry) >= age / 2 && !entry.is_refreshing.swap(true, Ordering::AcqRel)
            }
        }
    }

    /// Applies the result of a refresh that was sent at `sent`. The same revision makes the entry
    /// younger, even if it was removed from the cache meanwhile, which has no effect; any other
    /// revision removes it.
    pub(crate) fn apply_refresh(
        &self,
        key: &K,
        entry: &Arc<CacheEntry<V>>,
        sent: u64,
        shown: Option<Revision>,
    ) {
        if shown == Some(entry.revision) {
            entry.sent.fetch_max(sent, Ordering::AcqRel);
        } else {
            self.drop_entry(key, entry);
        }
        self.allow_refresh(entry);
    }

    /// Allows the entry to become due again.
    pub(crate) fn allow_refresh(&self, entry: &CacheEntry<V>) {
        entry.is_refreshing.store(false, Ordering::Release);
    }

    /// The current time in the unit of [`CacheEntry::sent`](CacheEntry).
    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.clock.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    fn age(&self, entry: &CacheEntry<V>) -> Duration {
        let sent = entry.sent.load(Ordering::Acquire);
        Duration::from_micros(self.now().saturating_sub(sent))
    }

    fn is_fresh(&self, entry: &CacheEntry<V>) -> bool {
        match self.validity {
            CacheValidity::Exclusive => true,
            CacheValidity::Shared(age) => self.age(entry) < age,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::{Duration as Span, OffsetDateTime};
    use tokio::sync::oneshot;

    use super::*;
    use crate::clock::ManualClock;

    fn cache(ownership: CacheValidity) -> (Arc<ManualClock>, Cache<u8, u8>) {
        let clock = Arc::new(ManualClock::new(OffsetDateTime::UNIX_EPOCH));
        (clock.clone(), Cache::new(8, ownership, clock))
    }

    async fn get(cache: &Cache<u8, u8>, stored: u8) -> u8 {
        let entry = cache.get(&1, async { Ok(Some((Revision::FIRST, stored))) });
        **entry.await.unwrap().unwrap()
    }

    #[tokio::test]
    async fn an_owned_entry_stays_until_it_is_forgotten() {
        let (clock, cache) = cache(CacheValidity::Exclusive);
        assert_eq!(get(&cache, 1).await, 1);
        clock.advance(Span::days(9));
        assert_eq!(get(&cache, 2).await, 1);
        cache.invalidate(&1);
        assert_eq!(get(&cache, 2).await, 2);
    }

    #[tokio::test]
    async fn a_shared_entry_is_never_served_past_its_age() {
        let (clock, cache) = cache(CacheValidity::Shared(Duration::from_millis(700)));
        assert_eq!(get(&cache, 1).await, 1);
        clock.advance(Span::milliseconds(699));
        assert_eq!(get(&cache, 2).await, 1);
        clock.advance(Span::milliseconds(1));
        assert_eq!(get(&cache, 2).await, 2);
    }

    #[tokio::test]
    async fn what_is_not_there_is_asked_for_again() {
        let (_, cache) = cache(CacheValidity::Exclusive);
        let nothing = cache.get(&1, async { Ok(None) }).await.unwrap();
        assert!(nothing.is_none());
        assert_eq!(get(&cache, 3).await, 3);
    }

    #[tokio::test]
    async fn a_read_under_way_does_not_put_back_what_was_forgotten() {
        let (_, cache) = cache(CacheValidity::Exclusive);
        let cache = Arc::new(cache);
        let (started, wait_for_start) = oneshot::channel();
        let (finish, wait_for_finish) = oneshot::channel::<()>();
        let reader = tokio::spawn({
            let cache = cache.clone();
            async move {
                let load = async {
                    started.send(()).unwrap();
                    wait_for_finish.await.unwrap();
                    Ok(Some((Revision::FIRST, 1)))
                };
                cache.get(&1, load).await.unwrap();
            }
        });
        wait_for_start.await.unwrap();
        cache.invalidate(&1);
        finish.send(()).unwrap();
        reader.await.unwrap();
        assert_eq!(get(&cache, 2).await, 2);
    }

    async fn entry(cache: &Cache<u8, u8>) -> Arc<CacheEntry<u8>> {
        let load = async { Ok(Some((Revision::FIRST, 1))) };
        cache.get(&1, load).await.unwrap().unwrap()
    }

    #[tokio::test]
    async fn half_way_an_entry_is_due_once() {
        let (clock, cache) = cache(CacheValidity::Shared(Duration::from_millis(700)));
        let entry = entry(&cache).await;
        clock.advance(Span::milliseconds(349));
        assert!(!cache.should_refresh(&entry));
        clock.advance(Span::milliseconds(1));
        assert!(cache.should_refresh(&entry));
        assert!(!cache.should_refresh(&entry));
    }

    #[tokio::test]
    async fn a_renewed_entry_is_as_old_as_the_sending_of_the_read_that_showed_it() {
        let (clock, cache) = cache(CacheValidity::Shared(Duration::from_millis(700)));
        let entry = entry(&cache).await;
        clock.advance(Span::milliseconds(400));
        let sent = cache.now();
        clock.advance(Span::milliseconds(200));
        cache.apply_refresh(&1, &entry, sent, Some(Revision::FIRST));
        clock.advance(Span::milliseconds(499));
        assert_eq!(get(&cache, 2).await, 1);
        clock.advance(Span::milliseconds(1));
        assert_eq!(get(&cache, 2).await, 2);
    }

    #[tokio::test]
    async fn an_entry_that_has_changed_or_gone_is_dropped() {
        let (_, cache) = cache(CacheValidity::Shared(Duration::from_millis(700)));
        for shown in [Some(Revision(2)), None] {
            let entry = entry(&cache).await;
            cache.apply_refresh(&1, &entry, cache.now(), shown);
            assert_eq!(get(&cache, 2).await, 2);
            cache.invalidate(&1);
        }
    }

    /// A refresh that began before a change of this process must not extend the life of the old
    /// state.
    #[tokio::test]
    async fn a_refresh_neither_brings_back_nor_drops_what_came_after_it() {
        let (clock, cache) = cache(CacheValidity::Shared(Duration::from_millis(700)));
        let old = entry(&cache).await;
        cache.invalidate(&1);
        assert_eq!(get(&cache, 2).await, 2);
        clock.advance(Span::milliseconds(100));
        cache.apply_refresh(&1, &old, cache.now(), Some(Revision::FIRST));
        cache.apply_refresh(&1, &old, cache.now(), None);
        assert_eq!(get(&cache, 3).await, 2);
        clock.advance(Span::milliseconds(600));
        assert_eq!(get(&cache, 3).await, 3);
    }

    #[tokio::test]
    async fn those_who_wait_for_a_read_that_fails_all_fail_with_it() {
        let (_, cache) = cache(CacheValidity::Exclusive);
        let cache = Arc::new(cache);
        let (fail, wait_for_failure) = oneshot::channel::<()>();
        let first = {
            let cache = cache.clone();
            async move {
                let load = async {
                    wait_for_failure.await.unwrap();
                    Err(StoreError::Unavailable("the first read".to_owned()))
                };
                cache.get(&1, load).await.map(drop)
            }
        };
        let first = tokio::spawn(first);
        tokio::task::yield_now().await;
        let others: Vec<_> = (0..5)
            .map(|_| {
                let cache = cache.clone();
                let load = async { Err(StoreError::Unavailable("another read".to_owned())) };
                tokio::spawn(async move { cache.get(&1, load).await.map(drop) })
            })
            .collect();
        tokio::task::yield_now().await;
        fail.send(()).unwrap();
        first.await.unwrap().unwrap_err();
        for other in others {
            let error = other.await.unwrap().unwrap_err();
            assert!(error.to_string().contains("the first read"), "{error}");
        }
        assert_eq!(get(&cache, 2).await, 2, "whoever comes later tries anew");
    }
}
