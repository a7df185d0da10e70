//! A collector of all matches.

use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
};

/// Collects all matches with their scores. Their number is small enough, and all of them must be
/// counted anyway.
#[derive(Debug)]
pub(super) struct MatchCollector {
    /// Whether scores are computed.
    pub(super) scores: Scores,
}

/// Whether scores are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scores {
    Wanted,
    Zero,
}

/// A match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) score: u32,
    pub(super) place: DocAddress,
}

impl Collector for MatchCollector {
    type Fruit = Vec<Match>;
    type Child = SegmentMatches;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _reader: &SegmentReader,
    ) -> tantivy::Result<SegmentMatches> {
        let found = Vec::new();
        Ok(SegmentMatches { segment, found })
    }

    fn requires_scoring(&self) -> bool {
        self.scores == Scores::Wanted
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Match>>) -> tantivy::Result<Vec<Match>> {
        Ok(fruits.concat())
    }
}

#[derive(Debug)]
pub(super) struct SegmentMatches {
    segment: SegmentOrdinal,
    found: Vec<Match>,
}

impl SegmentCollector for SegmentMatches {
    type Fruit = Vec<Match>;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a score is a sum of weights, which are whole and not negative"
    )]
    fn collect(&mut self, doc: DocId, score: Score) {
        self.found.push(Match {
            score: score as u32,
            place: DocAddress::new(self.segment, doc),
        });
    }

    fn harvest(self) -> Vec<Match> {
        self.found
    }
}
