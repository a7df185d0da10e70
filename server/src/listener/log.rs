//! The log line about closed and refused connections.

use std::{collections::HashMap, io};

use domain::ClientNetwork;

use crate::source_names::SourceNames;

/// Maximum number of sources that are counted separately in one line; connections of further sources
/// are counted in the totals only.
const MAX_SOURCES: usize = 1024;

/// Counts since the last log line. There is at most one line per minute, so that a flood of
/// connections does not become a flood of lines.
#[derive(Debug, Default)]
pub(super) struct ConnectionLog {
    closed: u64,
    refused: u64,
    failed: u64,
    error: Option<String>,
    by_source: HashMap<ClientNetwork, u64>,
}

impl ConnectionLog {
    /// An idle connection was closed to make room.
    pub(super) fn note_closed(&mut self, source: ClientNetwork) {
        self.closed += 1;
        self.note(source);
    }

    /// A new connection was closed because there was no room.
    pub(super) fn note_refused(&mut self, source: ClientNetwork) {
        self.refused += 1;
        self.note(source);
    }

    /// A connection could not be accepted.
    pub(super) fn note_failed(&mut self, error: &io::Error) {
        self.failed += 1;
        self.error = Some(error.to_string());
    }

    /// Writes a line unless all counts are 0. Its `source` is the one with the highest count.
    pub(super) fn write(&mut self, open: usize, names: &SourceNames) {
        let Self {
            closed,
            refused,
            failed,
            error,
            by_source,
        } = std::mem::take(self);
        if failed > 0 {
            tracing::warn!(failed, error, "connections could not be accepted");
        }
        if closed + refused == 0 {
            return;
        }
        let most = by_source.into_iter().max_by_key(|(_, count)| *count);
        let source = most.and_then(|(source, _)| names.name(source));
        tracing::warn!(
            open,
            closed,
            refused,
            source,
            "connections made room for others"
        );
    }

    fn note(&mut self, source: ClientNetwork) {
        if self.by_source.len() < MAX_SOURCES || self.by_source.contains_key(&source) {
            *self.by_source.entry(source).or_default() += 1;
        }
    }
}
