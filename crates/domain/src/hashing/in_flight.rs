//! Counts the passwords of each source and each account in the pool.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::flow::{AccountKey, Flow};

/// Maximum numbers of passwords in the pool, waiting or running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashingLimits {
    /// Maximum for one source, for the operator, and for all passwords that are hashed again.
    pub per_flow: usize,
    /// Maximum for one account, over all sources.
    pub per_account: usize,
}

impl HashingLimits {
    /// No shares: every source and every account may fill the queue.
    pub const UNLIMITED: Self = Self {
        per_flow: usize::MAX,
        per_account: usize::MAX,
    };
}

impl Default for HashingLimits {
    /// A class or an office that logs in within the same second fits into a share, and four such
    /// sources into the queue; no account needs eight logins at the same moment.
    fn default() -> Self {
        Self {
            per_flow: 64,
            per_account: 8,
        }
    }
}

/// The counts of all sources and accounts.
#[derive(Debug)]
pub(super) struct HashesInFlight {
    shares: HashingLimits,
    counts: Mutex<InFlightCounts>,
}

#[derive(Debug, Default)]
struct InFlightCounts {
    flows: HashMap<Flow, usize>,
    accounts: HashMap<AccountKey, usize>,
}

/// Permission to have one password in the pool. Dropping it frees the place.
#[derive(Debug)]
pub struct HashingPermit {
    in_flight: Arc<HashesInFlight>,
    pub(super) flow: Flow,
    pub(super) account: AccountKey,
}

impl HashesInFlight {
    pub(super) fn new(shares: HashingLimits) -> Self {
        Self {
            shares,
            counts: Mutex::default(),
        }
    }

    /// Returns a permit unless the flow or the account has used up its share.
    pub(super) fn acquire(
        self: &Arc<Self>,
        flow: Flow,
        account: AccountKey,
    ) -> Option<HashingPermit> {
        let mut counts = self.lock();
        let of_flow = counts.flows.get(&flow).copied().unwrap_or(0);
        let of_account = counts.accounts.get(&account).copied().unwrap_or(0);
        if of_flow >= self.shares.per_flow || of_account >= self.shares.per_account {
            return None;
        }
        counts.flows.insert(flow, of_flow + 1);
        counts.accounts.insert(account, of_account + 1);
        drop(counts);
        Some(HashingPermit {
            in_flight: self.clone(),
            flow,
            account,
        })
    }

    /// Nothing that runs under the lock can leave the counts inconsistent, so a poisoned lock is
    /// used.
    fn lock(&self) -> MutexGuard<'_, InFlightCounts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for HashingPermit {
    fn drop(&mut self) {
        let mut counts = self.in_flight.lock();
        give_back(&mut counts.flows, &self.flow);
        give_back(&mut counts.accounts, &self.account);
    }
}

/// Decrements a count; a count of 0 is removed.
fn give_back<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) {
    let Some(count) = counts.get_mut(key) else {
        return;
    };
    *count = count.saturating_sub(1);
    if *count == 0 {
        counts.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::ClientNetwork;

    fn flow(number: u8) -> Flow {
        Flow::Source(ClientNetwork::new([192, 0, 2, number].into()))
    }

    fn in_flight(per_flow: usize, per_account: usize) -> Arc<HashesInFlight> {
        Arc::new(HashesInFlight::new(HashingLimits {
            per_flow,
            per_account,
        }))
    }

    #[test]
    fn a_full_source_takes_nothing_from_another() {
        let in_flight = in_flight(2, 8);
        let held: Vec<_> = (0..4)
            .filter_map(|number| in_flight.acquire(flow(1), [number; 32]))
            .collect();
        assert_eq!(held.len(), 2);
        for other in [flow(2), Flow::Operator, Flow::Rehashing] {
            assert!(in_flight.acquire(other, [9; 32]).is_some(), "{other:?}");
        }
        drop(held);
        assert!(in_flight.acquire(flow(1), [9; 32]).is_some());
    }

    #[test]
    fn an_account_has_a_share_over_all_sources() {
        let in_flight = in_flight(64, 3);
        let held: Vec<_> = (0..9)
            .filter_map(|number| in_flight.acquire(flow(number), [1; 32]))
            .collect();
        assert_eq!(held.len(), 3);
        assert!(in_flight.acquire(flow(1), [2; 32]).is_some());
    }

    #[test]
    fn what_was_given_back_is_not_kept() {
        let in_flight = in_flight(64, 8);
        drop(in_flight.acquire(flow(1), [1; 32]));
        let counts = in_flight.lock();
        assert!(counts.flows.is_empty() && counts.accounts.is_empty());
    }
}
