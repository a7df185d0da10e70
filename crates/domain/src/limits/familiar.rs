//! From where people have logged in before.

use std::collections::HashMap;

use crate::caller::Source;

/// The most that are kept: about 8 MB.
const MAX_VISITS: usize = 65_536;
/// How many of the oldest are forgotten when there are too many.
const FORGOTTEN_AT_ONCE: usize = MAX_VISITS / 16;

/// The sources from which each account was lately logged in to.
///
/// Somebody who keeps guessing at an account uses up the attempts of strangers only: its owner,
/// at home or at work, has attempts of their own (OWASP calls the idea device cookies).
#[derive(Debug, Default)]
pub(super) struct FamiliarSources(HashMap<([u8; 32], Source), i64>);

impl FamiliarSources {
    /// Whether somebody has logged in to the account from there.
    pub(super) fn contains(&self, account: [u8; 32], source: Source) -> bool {
        self.0.contains_key(&(account, source))
    }

    /// Notes a login, at so many milliseconds since 1970.
    pub(super) fn insert(&mut self, account: [u8; 32], source: Source, now: i64) {
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
        let home = Source::new("192.0.2.1".parse().unwrap());
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
