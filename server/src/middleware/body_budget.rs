//! The budget of memory for request bodies.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::ClientNetwork;

/// The budget of memory for the bodies of all requests, and of each source; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct BodyBudget(Arc<Budget>);

#[derive(Debug)]
struct Budget {
    all: usize,
    per_source: usize,
    taken: Mutex<BudgetState>,
}

#[derive(Debug, Default)]
struct BudgetState {
    all: usize,
    by_source: HashMap<ClientNetwork, usize>,
}

/// The budget is exhausted, in total or for this source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BudgetExhausted;

/// The share of the budget that one request has taken; an extension of every request that may have a
/// body. The last clone returns it. The middleware keeps a clone until the response is complete,
/// because the value that a body was parsed into takes memory, too: about as much as the body, or a
/// small multiple, which the budget does not count.
#[derive(Clone, Debug)]
pub(crate) struct BodyLease(Arc<Lease>);

#[derive(Debug)]
struct Lease {
    budget: BodyBudget,
    source: ClientNetwork,
    taken: Mutex<usize>,
}

impl BodyBudget {
    /// An unused budget, in bytes.
    pub(crate) fn new(all: usize, per_source: usize) -> Self {
        Self(Arc::new(Budget {
            all,
            per_source,
            taken: Mutex::default(),
        }))
    }

    /// An empty lease for the body of a request.
    pub(crate) fn lease(&self, source: ClientNetwork) -> BodyLease {
        BodyLease(Arc::new(Lease {
            budget: self.clone(),
            source,
            taken: Mutex::default(),
        }))
    }

    fn take(&self, source: ClientNetwork, bytes: usize) -> Result<(), BudgetExhausted> {
        let mut taken = self.lock();
        let of_source = taken.by_source.get(&source).copied().unwrap_or_default();
        let (all, of_source) = (taken.all + bytes, of_source + bytes);
        if all > self.0.all || of_source > self.0.per_source {
            return Err(BudgetExhausted);
        }
        taken.all = all;
        taken.by_source.insert(source, of_source);
        Ok(())
    }

    fn give_back(&self, source: ClientNetwork, bytes: usize) {
        let mut taken = self.lock();
        taken.all -= bytes;
        if let Some(of_source) = taken.by_source.get_mut(&source) {
            *of_source -= bytes;
            if *of_source == 0 {
                taken.by_source.remove(&source);
            }
        }
    }

    /// A panic under the lock leaves consistent counts, so a poisoned lock is still used.
    fn lock(&self) -> MutexGuard<'_, BudgetState> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl BodyLease {
    /// Takes more bytes.
    ///
    /// # Errors
    /// [`BudgetExhausted`]; then nothing was taken.
    pub(crate) fn take(&self, bytes: usize) -> Result<(), BudgetExhausted> {
        self.0.budget.take(self.0.source, bytes)?;
        *self.0.lock() += bytes;
        Ok(())
    }

    /// Returns everything, because the body was dropped.
    pub(crate) fn give_back(&self) {
        self.0.give_back();
    }
}

impl Lease {
    fn give_back(&self) {
        let bytes = std::mem::take(&mut *self.lock());
        if bytes > 0 {
            self.budget.give_back(self.source, bytes);
        }
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.give_back();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(last: u8) -> ClientNetwork {
        ClientNetwork::new([192, 0, 2, last].into())
    }

    #[test]
    fn one_source_leaves_memory_for_others() {
        let budget = BodyBudget::new(100, 40);
        let (one, two) = (budget.lease(source(1)), budget.lease(source(1)));
        assert_eq!(one.take(30), Ok(()));
        assert_eq!(two.take(11), Err(BudgetExhausted));
        assert_eq!(two.take(10), Ok(()));
        assert_eq!(budget.lease(source(2)).take(40), Ok(()));
        drop(one);
        assert_eq!(two.take(30), Ok(()));
    }

    #[test]
    fn all_sources_together_have_the_whole_budget_and_no_more() {
        let budget = BodyBudget::new(100, 40);
        let leases: Vec<_> = (0..3).map(|last| budget.lease(source(last))).collect();
        assert_eq!(leases[0].take(40), Ok(()));
        assert_eq!(leases[1].take(40), Ok(()));
        assert_eq!(leases[2].take(21), Err(BudgetExhausted));
        assert_eq!(leases[2].take(20), Ok(()));
    }

    #[test]
    fn what_was_taken_is_given_back_once_when_the_last_clone_is_dropped() {
        let budget = BodyBudget::new(100, 100);
        let lease = budget.lease(source(1));
        let clone = lease.clone();
        assert_eq!(lease.take(60), Ok(()));
        drop(lease);
        assert_eq!(budget.lease(source(1)).take(60), Err(BudgetExhausted));
        clone.give_back();
        assert_eq!(clone.take(100), Ok(()));
        drop(clone);
        assert!(budget.lock().by_source.is_empty());
        assert_eq!(budget.lock().all, 0);
    }
}
