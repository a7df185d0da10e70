//! The sources from which accounts were logged in to.

use std::collections::HashMap;

use crate::caller::ClientNetwork;

/// Maximum number of pairs of account and source: about 8 MB.
const MAX_VISITS: usize = 65_536;
/// Number of the oldest pairs that are removed at once when there are too many.
const FORGOTTEN_AT_ONCE: usize = MAX_VISITS / 16;

/// The sources from which each account was lately logged in to.
///
/// An attacker who keeps guessing at an account uses up the attempts of strangers only: its owner,
/// at home or at work, has their own (the idea behind OWASP's device cookies).
#[derive(Debug, Default)]
pub(super) struct FamiliarSources(HashMap<([u8; 32], ClientNetwork), i64>);

impl FamiliarSources {
    /// True if the account was logged in to from this source.
    pub(super) fn contains(&self, account: [u8; 32], source: ClientNetwork) -> bool {
        self.0.contains_key(&(account, source))
    }

    /// Records a login at `now`, in milliseconds since 1970.
    pub(super) fn insert(&mut self, account: [u8; 32], source: ClientNetwork, now: i64) {
        if self.0.len() >= MAX_VISITS && !self.contains(account, source) {
            self.forget_oldest();
        }
        self.0.insert((account, source), now);
    }

    fn forget_oldest(&mut self) {
        let mut visits: Vec<i64> = self.0.values().copied().collect();
        let (_, newest_forgotten, _) = visits.select_nth_unstable(FORGOTTEN_AT_ONCE);
        let newest_forgotten = *newest_forgotten;
        self.0.retain(|_, visited| *visited > newest_forgotten);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(number: usize) -> [u8; 32] {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&number.to_le_bytes());
        key
    }

    #[test]
    fn the_oldest_are_forgotten_first_and_memory_is_bounded() {
        let home = ClientNetwork::new("192.0.2.1".parse().unwrap());
        let mut familiar = FamiliarSources::default();
        for number in 0..MAX_VISITS + 10 {
            familiar.insert(account(number), home, i64::try_from(number).unwrap());
        }
        assert!(familiar.0.len() <= MAX_VISITS);
        assert!(!familiar.contains(account(0), home));
        assert!(familiar.contains(account(MAX_VISITS / 2), home));
        assert!(familiar.contains(account(MAX_VISITS + 9), home));
    }
}
