//! Where documents lay when they were last read or written.

use std::{sync::Arc, time::Duration};

use domain::documents::Revision;
use quick_cache::sync::Cache;
use tokio::time::Instant;

use super::entry::Position;

/// So many are remembered; one that is not costs a read.
const MOST: usize = 20_000;
/// A position is used right after it was read. In another index, which gives all documents new ones,
/// it could name the wrong one; a migration therefore gives the index another alias, and whoever
/// moves an index by hand stops the program, or lets nobody write for longer than this.
const AGE: Duration = Duration::from_secs(10);

type Key = (Arc<str>, String);

/// Positions by index and id.
///
/// A wrong one does no harm as long as the index is the same: Elasticsearch compares it, refuses,
/// and the document is read.
#[derive(Debug)]
pub(super) struct Positions(Cache<Key, (Revision, Position, Instant)>);

impl Positions {
    pub(super) fn new() -> Self {
        Self(Cache::new(MOST))
    }

    pub(super) fn remember(&self, index: &Arc<str>, id: &str, at: Revision, position: Position) {
        let key = (index.clone(), id.to_owned());
        self.0.insert(key, (at, position, Instant::now()));
    }

    /// It is not there any more.
    pub(super) fn forget(&self, index: &Arc<str>, id: &str) {
        self.0.remove(&(index.clone(), id.to_owned()));
    }

    /// Where the document lay at this revision.
    pub(super) fn of(&self, index: &Arc<str>, id: &str, at: Revision) -> Option<Position> {
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
        let there = Position {
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
