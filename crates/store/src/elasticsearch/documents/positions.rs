//! The positions at which documents were last read or written.

use std::{sync::Arc, time::Duration};

use domain::documents::Revision;
use quick_cache::sync::Cache;
use tokio::time::Instant;

use super::entry::DocumentPosition;

/// Maximum number of positions; a missing one costs a read.
const MOST: usize = 20_000;
/// Maximum age of a position. It is normally used right after the read. In another index, which
/// assigns new positions, it could match a wrong document; so a migration gives the index another
/// alias, and an operator who moves an index stops the program, or all writes for longer than
/// this.
const AGE: Duration = Duration::from_secs(10);

type PositionKey = (Arc<str>, String);

/// Positions by index and id.
///
/// A wrong position is harmless while the index is the same: Elasticsearch compares it and refuses
/// the write, and the document is read again.
#[derive(Debug)]
pub(crate) struct Positions(Cache<PositionKey, (Revision, DocumentPosition, Instant)>);

impl Positions {
    pub(crate) fn new() -> Self {
        Self(Cache::new(MOST))
    }

    pub(crate) fn remember(
        &self,
        index: &Arc<str>,
        id: &str,
        at: Revision,
        position: DocumentPosition,
    ) {
        let key = (index.clone(), id.to_owned());
        self.0.insert(key, (at, position, Instant::now()));
    }

    /// Removes the position of a removed document.
    pub(crate) fn forget(&self, index: &Arc<str>, id: &str) {
        self.0.remove(&(index.clone(), id.to_owned()));
    }

    /// The position of a document at revision `at`, if it is known.
    pub(crate) fn of(&self, index: &Arc<str>, id: &str, at: Revision) -> Option<DocumentPosition> {
        let (revision, position, since) = self.0.get(&(index.clone(), id.to_owned()))?;
        (revision == at && since.elapsed() < AGE).then_some(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_position_is_known_for_its_revision_and_not_for_long() {
        let positions = Positions::new();
        let index: Arc<str> = "tales".into();
        let there = DocumentPosition {
            seq_no: 7,
            primary_term: 1,
        };
        positions.remember(&index, "a", Revision(3), there);
        assert_eq!(positions.of(&index, "a", Revision(3)), Some(there));
        assert_eq!(positions.of(&index, "a", Revision(2)), None);
        assert_eq!(positions.of(&"notes".into(), "a", Revision(3)), None);
        tokio::time::advance(AGE).await;
        assert_eq!(positions.of(&index, "a", Revision(3)), None);
    }
}
