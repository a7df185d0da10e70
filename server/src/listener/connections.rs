//! The registry of open connections.

use std::{
    collections::{HashMap, hash_map::Entry},
    io,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use domain::ClientNetwork;
use tokio::time::Instant;

use super::{activity::Activity, log::ConnectionLog};
use crate::{
    capacity::Capacity, config::trusted_proxies::TrustedProxies, source_names::SourceNames,
};

/// Maximum number of connections that were requested to close and are still open, each finishing a
/// request that came at that moment. They are not counted among the open connections.
const MAX_CLOSING: usize = 64;
/// Interval in which a source without idle connections is not searched again, so that a flood of new
/// connections does not cost a search each.
const SEARCH_PAUSE: Duration = Duration::from_millis(10);

/// The registry of open connections.
///
/// Each source has at most its share of them; a trusted proxy has no share, because it forwards for
/// many clients. When there is no room, the connection that has been idle longest is closed: one of
/// the same source if that has its share, otherwise one of the source with most connections. A new
/// connection never displaces a source that has fewer connections than its own.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    capacity: Capacity,
    proxies: TrustedProxies,
    names: SourceNames,
    state: Arc<Mutex<ConnectionsState>>,
}

#[derive(Debug, Default)]
struct ConnectionsState {
    sources: HashMap<ClientNetwork, SourceConnections>,
    open: usize,
    closing: usize,
    newest: u64,
    log: ConnectionLog,
}

/// The connections of one source.
#[derive(Debug)]
struct SourceConnections {
    connections: HashMap<u64, Arc<Activity>>,
    is_proxy: bool,
    search_after: Option<Instant>,
}

/// The permit of one connection; dropping it frees the place.
#[derive(Debug)]
pub(super) struct ConnectionPermit {
    id: u64,
    source: ClientNetwork,
    activity: Arc<Activity>,
    connections: Connections,
}

impl Connections {
    pub(crate) fn new(capacity: Capacity, proxies: TrustedProxies, names: SourceNames) -> Self {
        Self {
            capacity,
            proxies,
            names,
            state: Arc::default(),
        }
    }

    /// Admits a new connection, for which an idle one may be closed. `None` if there is no room; the new
    /// connection must then be closed.
    pub(super) fn admit(&self, peer: IpAddr) -> Option<ConnectionPermit> {
        let (source, is_proxy) = (ClientNetwork::new(peer), self.proxies.contains(peer));
        let mut state = self.lock();
        if !state.make_room(&self.capacity, source, is_proxy) {
            state.log.note_refused(source);
            return None;
        }
        let activity = Activity::new();
        let id = state.add(source, is_proxy, activity.clone());
        Some(ConnectionPermit {
            id,
            source,
            activity,
            connections: self.clone(),
        })
    }

    /// Records a failed `accept` and closes an idle connection of the source with most: the process may
    /// have run out of descriptors.
    pub(super) fn note_failed(&self, error: &io::Error) {
        let mut state = self.lock();
        state.log.note_failed(error);
        if let Some(victim) = state.most_connected(|_| true) {
            state.close_idle(victim);
        }
    }

    /// Logs the connections that were closed or refused since the last call.
    pub(super) fn write_log(&self) {
        let state = &mut *self.lock();
        state.log.write(state.open, &self.names);
    }

    /// A panic under the lock leaves a consistent state, so a poisoned lock is still used.
    fn lock(&self) -> MutexGuard<'_, ConnectionsState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ConnectionsState {
    /// Whether there is room for a connection; closes an idle one if needed.
    fn make_room(&mut self, capacity: &Capacity, source: ClientNetwork, is_proxy: bool) -> bool {
        let count = self.count(source);
        if !is_proxy && count >= capacity.connections_per_source {
            return self.close_idle(source);
        }
        if self.open < capacity.connections {
            return true;
        }
        // A proxy forwards for many clients, so its connections do not count against a new one.
        let weight = if is_proxy { 0 } else { count };
        let may_close = |held: &SourceConnections| held.connections.len() > weight;
        while let Some(victim) = self.most_connected(may_close) {
            if self.close_idle(victim) {
                return true;
            }
        }
        self.close_idle(source)
    }

    fn count(&self, source: ClientNetwork) -> usize {
        let held = self.sources.get(&source);
        held.map_or(0, |held| held.connections.len())
    }

    /// The source with most connections that may be closed; proxies come last.
    fn most_connected(
        &self,
        may_close: impl Fn(&SourceConnections) -> bool,
    ) -> Option<ClientNetwork> {
        let now = Instant::now();
        let sources = self.sources.iter();
        let candidates =
            sources.filter(|(_, held)| held.is_worth_searching(now) && may_close(held));
        let most = candidates.max_by_key(|(_, held)| (!held.is_proxy, held.connections.len()));
        most.map(|(source, _)| *source)
    }

    /// Requests that the connection of a source that has been idle longest closes; false if none is idle.
    fn close_idle(&mut self, source: ClientNetwork) -> bool {
        let now = Instant::now();
        if self.closing >= MAX_CLOSING {
            return false;
        }
        let Some(held) = self.sources.get_mut(&source) else {
            return false;
        };
        let Some((id, activity)) = held.longest_idle(now) else {
            held.search_after = Some(now + SEARCH_PAUSE);
            return false;
        };
        activity.close();
        self.remove(source, id);
        self.closing += 1;
        self.log.note_closed(source);
        true
    }

    fn add(&mut self, source: ClientNetwork, is_proxy: bool, activity: Arc<Activity>) -> u64 {
        self.newest += 1;
        self.open += 1;
        let held = self
            .sources
            .entry(source)
            .or_insert_with(|| SourceConnections {
                connections: HashMap::new(),
                is_proxy,
                search_after: None,
            });
        held.connections.insert(self.newest, activity);
        self.newest
    }

    /// Removes a connection; false if it was not registered any more.
    fn remove(&mut self, source: ClientNetwork, id: u64) -> bool {
        let Entry::Occupied(mut held) = self.sources.entry(source) else {
            return false;
        };
        let was_there = held.get_mut().connections.remove(&id).is_some();
        if held.get().connections.is_empty() {
            held.remove();
        }
        self.open -= usize::from(was_there);
        was_there
    }
}

impl SourceConnections {
    fn is_worth_searching(&self, now: Instant) -> bool {
        self.search_after.is_none_or(|after| after <= now)
    }

    fn longest_idle(&self, now: Instant) -> Option<(u64, Arc<Activity>)> {
        if !self.is_worth_searching(now) {
            return None;
        }
        let connections = self.connections.iter();
        let idle = connections.filter_map(|(id, activity)| Some((activity.idle_since()?, id)));
        let (_, id) = idle.min()?;
        Some((*id, self.connections.get(id)?.clone()))
    }
}

impl ConnectionPermit {
    pub(super) fn activity(&self) -> &Arc<Activity> {
        &self.activity
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let mut state = self.connections.lock();
        if !state.remove(self.source, self.id) {
            state.closing -= 1;
        }
    }
}

#[cfg(test)]
mod tests;
