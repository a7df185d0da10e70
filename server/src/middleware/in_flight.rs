//! How many requests of one client behind a trusted proxy are being answered.
//!
//! The proxy has no share of connections, because it speaks for many. Its clients have one of
//! requests instead: a client of the proxy that sends its bodies slowly could otherwise take every
//! connection that the proxy may have.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::Source;

/// Seconds after which a client that has too many requests in flight may try again.
pub(super) const RETRY_AFTER: u32 = 2;

/// The requests that are being answered, by source.
#[derive(Clone, Debug)]
pub(crate) struct InFlight(Arc<Requests>);

#[derive(Debug)]
struct Requests {
    per_source: usize,
    by_source: Mutex<HashMap<Source, usize>>,
}

/// A request that is being answered; dropped, it is no more.
#[derive(Debug)]
pub(crate) struct Turn {
    source: Source,
    requests: InFlight,
}

impl InFlight {
    pub(crate) fn new(per_source: usize) -> Self {
        Self(Arc::new(Requests {
            per_source,
            by_source: Mutex::default(),
        }))
    }

    /// Begins a request; `None` when the source has too many.
    pub(crate) fn begin(&self, source: Source) -> Option<Turn> {
        let mut by_source = self.lock();
        let count = by_source.entry(source).or_default();
        if *count >= self.0.per_source {
            return None;
        }
        *count += 1;
        Some(Turn {
            source,
            requests: self.clone(),
        })
    }

    /// Nothing that runs under the lock leaves the counts half changed.
    fn lock(&self) -> MutexGuard<'_, HashMap<Source, usize>> {
        self.0
            .by_source
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut by_source = self.requests.lock();
        if let Some(count) = by_source.get_mut(&self.source) {
            *count -= 1;
            if *count == 0 {
                by_source.remove(&self.source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_its_share_and_others_have_theirs() {
        let source = |last| Source::new([192, 0, 2, last].into());
        let in_flight = InFlight::new(2);
        let turns = [in_flight.begin(source(1)), in_flight.begin(source(1))];
        assert!(turns.iter().all(Option::is_some));
        assert!(in_flight.begin(source(1)).is_none());
        assert!(in_flight.begin(source(2)).is_some());
        drop(turns);
        assert!(in_flight.begin(source(1)).is_some());
        assert!(in_flight.lock().is_empty());
    }
}
