//! Whose turn it is to change what is shown.

use std::sync::atomic::{AtomicU32, Ordering};

/// A browser's program has one thread and one page; the server never takes a turn.
static LAST: AtomicU32 = AtomicU32::new(0);

/// Something that was begun and only counts until something else is: when two answers follow each
/// other, the one that was asked for last is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turn(u32);

impl Turn {
    /// Begins something; whatever is on its way is stale now.
    pub(crate) fn begin() -> Self {
        Self(LAST.fetch_add(1, Ordering::Relaxed).wrapping_add(1))
    }

    /// Whether nothing else has begun since.
    pub(crate) fn is_still(self) -> bool {
        LAST.load(Ordering::Relaxed) == self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_begun_last_counts() {
        let first = Turn::begin();
        assert!(first.is_still());
        let second = Turn::begin();
        assert!(!first.is_still() && second.is_still());
    }
}
