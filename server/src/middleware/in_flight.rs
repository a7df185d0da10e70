//! A limit of open requests for each client behind a trusted proxy.
//!
//! The proxy has no share of connections, because it forwards for many clients. Each client has a
//! share of open requests instead; otherwise one client with slow bodies could use every connection
//! of the proxy.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::ClientNetwork;

/// Seconds in `Retry-After` for a client with too many open requests.
pub(super) const RETRY_AFTER: u32 = 2;

/// The number of open requests by source; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct RequestsInFlight(Arc<SourceRequests>);

#[derive(Debug)]
struct SourceRequests {
    per_source: usize,
    by_source: Mutex<HashMap<ClientNetwork, usize>>,
}

/// The guard of an open request; dropping it ends the request.
#[derive(Debug)]
pub(crate) struct InFlightGuard {
    source: ClientNetwork,
    requests: RequestsInFlight,
}

impl RequestsInFlight {
    pub(crate) fn new(per_source: usize) -> Self {
        Self(Arc::new(SourceRequests {
            per_source,
            by_source: Mutex::default(),
        }))
    }

    /// Counts a request; `None` if its source has too many.
    pub(crate) fn begin(&self, source: ClientNetwork) -> Option<InFlightGuard> {
        let mut by_source = self.lock();
        let count = by_source.entry(source).or_default();
        if *count >= self.0.per_source {
            return None;
        }
        *count += 1;
        Some(InFlightGuard {
            source,
            requests: self.clone(),
        })
    }

    /// A panic under the lock leaves consistent counts, so a poisoned lock is still used.
    fn lock(&self) -> MutexGuard<'_, HashMap<ClientNetwork, usize>> {
        self.0
            .by_source
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for InFlightGuard {
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
        let source = |last| ClientNetwork::new([192, 0, 2, last].into());
        let in_flight = RequestsInFlight::new(2);
        let turns = [in_flight.begin(source(1)), in_flight.begin(source(1))];
        assert!(turns.iter().all(Option::is_some));
        assert!(in_flight.begin(source(1)).is_none());
        assert!(in_flight.begin(source(2)).is_some());
        drop(turns);
        assert!(in_flight.begin(source(1)).is_some());
        assert!(in_flight.lock().is_empty());
    }
}
