//! Limits of connections and of memory for bodies.

/// Number of file descriptors that are reserved for the store, connections to Elasticsearch, the log
/// and connections that are being closed.
pub(crate) const RESERVED_DESCRIPTORS: u64 = 256;
/// Maximum number of connections, regardless of the descriptors: each may take 16 KiB for the head of
/// its first request.
const MAX_CONNECTIONS: u64 = 4096;
/// Minimum number of connections, regardless of the descriptors.
const MIN_CONNECTIONS: u64 = 64;
/// Below this number of connections the operator is warned: a browser opens six.
const FEW_CONNECTIONS: usize = 1024;
/// One source may have this fraction of all connections.
const CONNECTION_SHARE: usize = 4;
/// Memory for all bodies, in bytes.
const BODIES: usize = 64 * 1024 * 1024;
/// One source may take this fraction of the memory for bodies.
const BODY_SHARE: usize = 8;

/// Limits of connections and of memory for bodies. They are no options, because they follow from the
/// machine; only tests set other ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Maximum number of open connections.
    pub connections: usize,
    /// Maximum number of connections of one source, and of open requests of one client behind a trusted
    /// proxy.
    pub connections_per_source: usize,
    /// Maximum number of bytes that all bodies take in memory.
    pub bodies: usize,
    /// Maximum number of bytes that the bodies of one source take in memory.
    pub bodies_per_source: usize,
}

impl Capacity {
    /// The capacity of a process with this many file descriptors.
    pub(crate) fn of_descriptors(descriptors: u64) -> Self {
        let connections = descriptors
            .saturating_sub(RESERVED_DESCRIPTORS)
            .clamp(MIN_CONNECTIONS, MAX_CONNECTIONS);
        let connections = usize::try_from(connections).unwrap_or(usize::MAX);
        Self {
            connections,
            connections_per_source: connections / CONNECTION_SHARE,
            bodies: BODIES,
            bodies_per_source: BODIES / BODY_SHARE,
        }
    }

    /// Whether there are few connections for a public server.
    pub(crate) fn is_low(&self) -> bool {
        self.connections < FEW_CONNECTIONS
    }
}

impl Default for Capacity {
    fn default() -> Self {
        Self::of_descriptors(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connections(descriptors: u64) -> (usize, usize) {
        let capacity = Capacity::of_descriptors(descriptors);
        (capacity.connections, capacity.connections_per_source)
    }

    #[test]
    fn both_shares_of_connections_follow_from_the_descriptors() {
        assert_eq!(connections(u64::MAX), (4096, 1024));
        assert_eq!(connections(524_288), (4096, 1024));
        assert_eq!(connections(1024), (768, 192));
        assert_eq!(connections(0), (64, 16));
        assert!(Capacity::of_descriptors(1024).is_low());
        assert!(!Capacity::default().is_low());
    }
}
