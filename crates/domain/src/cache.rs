//! What was read from the store, for as long as it may be relied on.

use std::{hash::Hash, sync::Arc, time::Duration};

use quick_cache::sync::Cache as Entries;

use crate::{
    clock::Clock,
    documents::{Ownership, StoreError},
};

/// A single-flight cache of documents in memory.
///
/// On a store that this process owns, an entry stays true until [`forget`](Self::forget). On a
/// shared one it is as old as the moment at which its read was *sent*, and is never served past
/// its age, not even while it is being refreshed. A change of one's own is followed by `forget`,
/// which also voids a read that is under way, so that it can not put the old state back.
#[derive(Debug)]
pub(crate) struct Cache<K, V> {
    entries: Entries<K, Entry<V>>,
    ownership: Ownership,
    clock: Arc<dyn Clock>,
}

#[derive(Debug)]
struct Entry<V> {
    value: Arc<V>,
    sent: Duration,
}

impl<V> Clone for Entry<V> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            sent: self.sent,
        }
    }
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    pub(crate) fn new(capacity: usize, ownership: Ownership, clock: Arc<dyn Clock>) -> Self {
        Self {
            entries: Entries::new(capacity),
            ownership,
            clock,
        }
    }

    /// Gives the entry, or loads it. What is not there is not remembered: ids that nobody has are
    /// invented faster than they could be kept.
    pub(crate) async fn get(
        &self,
        key: &K,
        load: impl Future<Output = Result<Option<V>, StoreError>>,
    ) -> Result<Option<Arc<V>>, StoreError> {
        if let Some(entry) = self.entries.get(key) {
            if self.is_fresh(&entry) {
                return Ok(Some(entry.value));
            }
            self.entries
                .remove_if(key, |current| current.sent == entry.sent);
        }
        match self.entries.get_value_or_guard_async(key).await {
            Ok(entry) if self.is_fresh(&entry) => Ok(Some(entry.value)),
            Ok(_) => {
                // It aged while this request waited for it, so it is read again, for this one only.
                Ok(load.await?.map(Arc::new))
            }
            Err(guard) => {
                let sent = self.clock.elapsed();
                let Some(value) = load.await?.map(Arc::new) else {
                    return Ok(None);
                };
                // The guard refuses when the entry was forgotten meanwhile.
                let _ = guard.insert(Entry {
                    value: value.clone(),
                    sent,
                });
                Ok(Some(value))
            }
        }
    }

    /// Drops the entry, and voids a read of it that is under way.
    pub(crate) fn forget(&self, key: &K) {
        self.entries.remove(key);
    }

    fn is_fresh(&self, entry: &Entry<V>) -> bool {
        match self.ownership {
            Ownership::Exclusive => true,
            Ownership::Shared(age) => self.clock.elapsed().saturating_sub(entry.sent) < age,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::{Duration as Span, OffsetDateTime};
    use tokio::sync::oneshot;

    use super::*;
    use crate::clock::ManualClock;

    fn cache(ownership: Ownership) -> (Arc<ManualClock>, Cache<u8, u8>) {
        let clock = Arc::new(ManualClock::new(OffsetDateTime::UNIX_EPOCH));
        (clock.clone(), Cache::new(8, ownership, clock))
    }

    async fn get(cache: &Cache<u8, u8>, stored: u8) -> u8 {
        *cache
            .get(&1, async { Ok(Some(stored)) })
            .await
            .unwrap()
            .unwrap()
    }

    #[tokio::test]
    async fn an_owned_entry_stays_until_it_is_forgotten() {
        let (clock, cache) = cache(Ownership::Exclusive);
        assert_eq!(get(&cache, 1).await, 1);
        clock.advance(Span::days(9));
        assert_eq!(get(&cache, 2).await, 1);
        cache.forget(&1);
        assert_eq!(get(&cache, 2).await, 2);
    }

    #[tokio::test]
    async fn a_shared_entry_is_never_served_past_its_age() {
        let (clock, cache) = cache(Ownership::Shared(Duration::from_millis(700)));
        assert_eq!(get(&cache, 1).await, 1);
        clock.advance(Span::milliseconds(699));
        assert_eq!(get(&cache, 2).await, 1);
        clock.advance(Span::milliseconds(1));
        assert_eq!(get(&cache, 2).await, 2);
    }

    #[tokio::test]
    async fn what_is_not_there_is_asked_for_again() {
        let (_, cache) = cache(Ownership::Exclusive);
        assert_eq!(cache.get(&1, async { Ok(None) }).await.unwrap(), None);
        assert_eq!(get(&cache, 3).await, 3);
    }

    #[tokio::test]
    async fn a_read_under_way_does_not_put_back_what_was_forgotten() {
        let (_, cache) = cache(Ownership::Exclusive);
        let cache = Arc::new(cache);
        let (started, wait_for_start) = oneshot::channel();
        let (finish, wait_for_finish) = oneshot::channel::<()>();
        let reader = tokio::spawn({
            let cache = cache.clone();
            async move {
                let load = async {
                    started.send(()).unwrap();
                    wait_for_finish.await.unwrap();
                    Ok(Some(1))
                };
                cache.get(&1, load).await.unwrap();
            }
        });
        wait_for_start.await.unwrap();
        cache.forget(&1);
        finish.send(()).unwrap();
        reader.await.unwrap();
        assert_eq!(get(&cache, 2).await, 2);
    }
}
