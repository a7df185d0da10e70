//! Room for connections.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::Source;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many connections at once; more wait in the backlog of the kernel.
const MOST: usize = 4096;
/// So many from one source; more are closed at once. Four sources are needed to take all places,
/// and a reverse proxy, which is one source, has room enough.
const MOST_FROM_ONE: usize = 1024;

/// The places that connections take.
#[derive(Clone, Debug)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<Source, usize>>>,
}

/// The place of one connection; dropped, it is free again.
#[derive(Debug)]
pub(super) struct Place {
    source: Source,
    places: Places,
    _permit: OwnedSemaphorePermit,
}

impl Places {
    pub(super) fn new() -> Self {
        Self {
            all: Arc::new(Semaphore::new(MOST)),
            taken: Arc::default(),
        }
    }

    /// Waits for a place that anybody may take.
    pub(super) async fn wait(&self) -> Option<OwnedSemaphorePermit> {
        self.all.clone().acquire_owned().await.ok()
    }

    /// Gives the place to a source, unless it has too many.
    pub(super) fn take(&self, permit: OwnedSemaphorePermit, source: Source) -> Option<Place> {
        let mut taken = self.lock();
        let count = taken.entry(source).or_default();
        if *count >= MOST_FROM_ONE {
            return None;
        }
        *count += 1;
        Some(Place {
            source,
            places: self.clone(),
            _permit: permit,
        })
    }

    /// Nothing that runs under the lock leaves the counts half changed.
    fn lock(&self) -> MutexGuard<'_, HashMap<Source, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        if let Entry::Occupied(mut count) = taken.entry(self.source) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(last: u8) -> Source {
        Source::new([192, 0, 2, last].into())
    }

    async fn take(places: &Places, source: Source) -> Option<Place> {
        let permit = places.wait().await.unwrap();
        places.take(permit, source)
    }

    #[tokio::test]
    async fn one_source_leaves_room_for_others() {
        let places = Places::new();
        let mut held = Vec::new();
        for _ in 0..MOST_FROM_ONE {
            held.push(take(&places, source(1)).await.unwrap());
        }
        assert!(take(&places, source(1)).await.is_none());
        assert!(take(&places, source(2)).await.is_some());
        held.pop();
        assert!(take(&places, source(1)).await.is_some());
        held.clear();
        assert!(places.lock().is_empty());
        assert_eq!(places.all.available_permits(), MOST);
    }
}
