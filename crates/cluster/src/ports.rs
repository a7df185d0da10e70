//! Free ports of this machine.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Result, bail};

/// The first port. It is below the range of outgoing connections, so that none of those takes the
/// port between the check and the start of the server, which takes seconds.
const FIRST: u32 = 20_000;
const COUNT: u32 = 10_000;

/// The ports of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    /// The port for clients.
    pub(crate) http: u16,
    /// The port for the other nodes.
    pub(crate) transport: u16,
}

impl Ports {
    /// Two ports that are free now. No two calls return the same port.
    pub(crate) fn find() -> Result<Self> {
        Ok(Self {
            http: free()?,
            transport: free()?,
        })
    }
}

fn free() -> Result<u16> {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    for _ in 0..COUNT {
        let port = candidate(std::process::id(), TAKEN.fetch_add(1, Ordering::Relaxed));
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port from {FIRST} to {} is free", FIRST + COUNT - 1)
}

/// The n-th port that this process tries. Each process starts at another one, so that two
/// processes that start at the same time do not find the same port free.
fn candidate(process: u32, n: u32) -> u16 {
    let offset = (process.wrapping_mul(97) % COUNT + n % COUNT) % COUNT;
    u16::try_from(FIRST + offset).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_port_of_the_range_is_tried_once() {
        let tried: HashSet<u16> = (0..COUNT).map(|n| candidate(4_000_000_000, n)).collect();
        assert_eq!(tried.len(), COUNT as usize);
        assert!(tried.iter().all(|&port| (20_000..30_000).contains(&port)));
    }

    #[test]
    fn two_processes_begin_elsewhere() {
        assert!(candidate(1_000, 0).abs_diff(candidate(1_001, 0)) >= 97);
    }

    #[test]
    fn a_port_is_never_given_twice() {
        let (one, other) = (Ports::find().unwrap(), Ports::find().unwrap());
        let ports = [one.http, one.transport, other.http, other.transport];
        assert_eq!(HashSet::from(ports).len(), 4);
    }
}
