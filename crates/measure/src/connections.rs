//! The connections of a server, as the kernel counts them.

use std::fs;

use anyhow::{Context as _, Result};

/// The state of a listening socket in `/proc/net/tcp`.
const LISTENS: &str = "0A";

/// Number of IPv4 connections to this port of this machine that the process at the port has not
/// closed.
///
/// # Errors
/// If the kernel does not provide it.
pub fn open_at(port: u16) -> Result<usize> {
    let table = fs::read_to_string("/proc/net/tcp").context("there is no /proc/net/tcp")?;
    Ok(count(&table, port))
}

/// Counts the connections; one that its process has closed has no inode any more.
fn count(table: &str, port: u16) -> usize {
    let port = format!(":{port:04X}");
    let is_open = |line: &&str| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, local, _, state, _, _, _, _, _, inode, ..] = fields[..] else {
            return false;
        };
        local.ends_with(&port) && state != LISTENS && inode != "0"
    };
    table.lines().filter(is_open).count()
}

#[cfg(test)]
mod tests {
    use std::{
        net::{TcpListener, TcpStream},
        time::Duration,
    };

    use super::*;
    use crate::wait;

    #[test]
    fn sockets_that_listen_and_closed_ones_do_not_count() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 17 1 0 100 0
   1: 0100007F:0BB8 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 18 1 0 20 4
   2: 0100007F:0BB8 0100007F:9C41 08 00000000:00000000 00:00000000 00000000     0        0 19 1 0 20 4
   3: 0100007F:0BB8 0100007F:9C42 06 00000000:00000000 03:00000176 00000000     0        0 0 3 0
   4: 0100007F:9C40 0100007F:0BB8 01 00000000:00000000 00:00000000 00000000     0        0 20 1 0 20 4
";
        assert_eq!((count(table, 3_000), count(table, 40_000)), (2, 1));
        assert_eq!(count("", 3_000), 0);
    }

    #[test]
    fn a_connection_counts_until_its_process_closes_it() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        assert_eq!(open_at(address.port()).unwrap(), 0);
        let client = TcpStream::connect(address).unwrap();
        let (accepted, _) = listener.accept().unwrap();
        drop(client);
        assert_eq!(open_at(address.port()).unwrap(), 1);
        drop(accepted);
        let is_gone = || Ok((open_at(address.port())? == 0).then_some(()));
        wait::until(
            "the end of the connection",
            Duration::from_secs(10),
            is_gone,
        )
        .unwrap();
    }
}
