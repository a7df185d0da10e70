//! What a load has seen.

use measure::samples::longest_pause;

use crate::ledger::Ledger;

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// What was acknowledged.
    pub(crate) ledger: Ledger,
    /// When writes were acknowledged, in seconds since the start.
    pub(crate) writes: Vec<f64>,
    /// When reads of living sessions succeeded.
    pub(crate) reads: Vec<f64>,
    /// Answers 503 with `Retry-After`.
    pub(crate) refused: usize,
    /// Every other answer that nobody may get.
    pub(crate) wrong: Vec<String>,
    /// How long the slowest answer took, in seconds.
    pub(crate) slowest: f64,
    /// How long it lasted, in seconds.
    pub(crate) seconds: f64,
}

impl Seen {
    /// Adds what somebody else has seen.
    pub(crate) fn merge(&mut self, other: Self) {
        self.ledger.merge(other.ledger);
        self.writes.extend(other.writes);
        self.reads.extend(other.reads);
        self.refused += other.refused;
        self.wrong.extend(other.wrong);
        self.slowest = self.slowest.max(other.slowest);
    }

    /// The longest time without an acknowledged write by anybody.
    pub(crate) fn longest_pause_of_writes(&self) -> f64 {
        longest_pause(&self.writes, self.seconds)
    }

    /// The longest time without a read by anybody.
    pub(crate) fn longest_pause_of_reads(&self) -> f64 {
        longest_pause(&self.reads, self.seconds)
    }
}
