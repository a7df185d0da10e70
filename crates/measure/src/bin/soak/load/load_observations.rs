//! The observations of a load.

use measure::samples::longest_pause;

use crate::ledger::Ledger;

/// The observations of a load.
#[derive(Debug, Default)]
pub(crate) struct LoadObservations {
    /// The ledger of acknowledged requests.
    pub(crate) ledger: Ledger,
    /// Times of acknowledged writes, in seconds since the start.
    pub(crate) writes: Vec<f64>,
    /// Times of successful reads of live sessions, in seconds since the start.
    pub(crate) reads: Vec<f64>,
    /// Number of 503 responses with `Retry-After`.
    pub(crate) refused: usize,
    /// All other unexpected responses.
    pub(crate) wrong: Vec<String>,
    /// Maximum latency in seconds.
    pub(crate) slowest: f64,
    /// Duration of the load in seconds.
    pub(crate) seconds: f64,
}

impl LoadObservations {
    /// Adds the observations of another client.
    pub(crate) fn merge(&mut self, other: Self) {
        self.ledger.merge(other.ledger);
        self.writes.extend(other.writes);
        self.reads.extend(other.reads);
        self.refused += other.refused;
        self.wrong.extend(other.wrong);
        self.slowest = self.slowest.max(other.slowest);
    }

    /// The longest time without an acknowledged write of any client.
    pub(crate) fn longest_pause_of_writes(&self) -> f64 {
        longest_pause(&self.writes, self.seconds)
    }

    /// The longest time without a read of any client.
    pub(crate) fn longest_pause_of_reads(&self) -> f64 {
        longest_pause(&self.reads, self.seconds)
    }
}
