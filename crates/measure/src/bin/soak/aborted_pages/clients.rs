//! Clients of many addresses that request pages and mostly abort them.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use anyhow::Result;
use measure::{
    calls::{self, Call},
    client::Client,
    framing,
    stopwatch::Stopwatch,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::task::JoinSet;

use super::abort::{CloseAfter, abort};

/// Number of concurrent clients.
const CLIENTS: u8 = 8;
/// Number of addresses of each client, used in turn: so many that no limit of one source is
/// reached.
const ADDRESSES: u8 = 8;
/// Number of aborted pages after which a client reads a whole one. It thus waits for the server,
/// so that no more requests wait than the server allows.
const ABORTED_IN_A_ROW: u32 = 15;

/// A page to request.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) path: String,
    pub(super) cookie: Option<String>,
}

/// The observations of the clients.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ClientObservations {
    /// Number of aborted pages, by when the connection was closed.
    pub(super) aborted: BTreeMap<&'static str, usize>,
    /// Number of responses by status, as far as one was read; 0 stands for none.
    pub(super) statuses: BTreeMap<u16, usize>,
    /// Maximum time of a whole page in milliseconds.
    pub(super) slowest: f64,
}

impl Page {
    fn call(&self) -> Call {
        calls::get(&self.path, self.cookie.as_deref())
    }

    fn bytes(&self, address: SocketAddr) -> Vec<u8> {
        framing::get(address, &self.path, self.cookie.as_deref())
    }
}

impl ClientObservations {
    /// Adds other observations.
    pub(super) fn add(&mut self, other: Self) {
        for (close, count) in other.aborted {
            *self.aborted.entry(close).or_default() += count;
        }
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.slowest = self.slowest.max(other.slowest);
    }

    /// Number of responses with another status than 200, and of missing ones.
    pub(super) fn failures(&self) -> usize {
        let failed = self.statuses.iter().filter(|(status, _)| **status != 200);
        failed.map(|(_, count)| count).sum()
    }

    fn note(&mut self, status: u16) {
        *self.statuses.entry(status).or_default() += 1;
    }

    /// Reads a whole page.
    async fn read(&mut self, source: Ipv4Addr, address: SocketAddr, page: &Page) {
        let watch = Stopwatch::start();
        let status = read(source, address, page).await.unwrap_or_default();
        self.note(status);
        self.slowest = self.slowest.max(watch.milliseconds());
    }

    /// Requests a page and aborts it.
    async fn abort(
        &mut self,
        source: Ipv4Addr,
        address: SocketAddr,
        page: &Page,
        close: CloseAfter,
    ) {
        let name = match close {
            CloseAfter::Request => "after the request",
            CloseAfter::Pause(_) => "after a pause",
            CloseAfter::Start => "after the start of the answer",
        };
        *self.aborted.entry(name).or_default() += 1;
        match abort(source, address, &page.bytes(address), close).await {
            Ok(None) => {}
            Ok(Some(status)) => self.note(status),
            Err(_) => self.note(0),
        }
    }
}

/// Aborts at least `count` of these pages.
pub(super) async fn abort_pages(
    address: SocketAddr,
    pages: &[Page],
    count: u32,
    seed: u64,
) -> Result<ClientObservations> {
    let pages: Arc<[Page]> = pages.into();
    let share = count.div_ceil(u32::from(CLIENTS));
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let rng = StdRng::seed_from_u64(seed ^ u64::from(client));
        clients.spawn(one_client(address, pages.clone(), client, share, rng));
    }
    let mut all = ClientObservations::default();
    while let Some(seen) = clients.join_next().await {
        all.add(seen?);
    }
    Ok(all)
}

async fn one_client(
    address: SocketAddr,
    pages: Arc<[Page]>,
    client: u8,
    count: u32,
    mut rng: StdRng,
) -> ClientObservations {
    let mut seen = ClientObservations::default();
    let sources = (0..ADDRESSES).map(|number| source(client, number)).cycle();
    for (number, source) in (1..=count).zip(sources) {
        let page = &pages[rng.random_range(0..pages.len())];
        let close = CloseAfter::random(&mut rng);
        seen.abort(source, address, page, close).await;
        if number.is_multiple_of(ABORTED_IN_A_ROW) {
            seen.read(source, address, page).await;
        }
    }
    seen
}

/// Reads each page once from each address of a client.
pub(super) async fn read_pages(address: SocketAddr, pages: &[Page]) -> ClientObservations {
    let mut seen = ClientObservations::default();
    for client in 0..CLIENTS {
        for number in 0..ADDRESSES {
            for page in pages {
                seen.read(source(client, number), address, page).await;
            }
        }
    }
    seen
}

async fn read(source: Ipv4Addr, address: SocketAddr, page: &Page) -> Result<u16> {
    let mut client = Client::open_from(source, address).await?;
    Ok(client.send(page.call()).await?.status)
}

/// An address of this machine.
fn source(client: u8, number: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 0, 3, 1 + client * ADDRESSES + number)
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        io::{Read as _, Write as _},
        net::TcpListener,
        thread,
    };

    use super::*;

    /// The observations of clients of a server that gives this response to everything, and their
    /// addresses.
    fn seen(answer: &'static str, count: u32) -> (ClientObservations, BTreeSet<std::net::IpAddr>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let mut sources = BTreeSet::new();
            for mut stream in listener.incoming().map_while(Result::ok) {
                let source = stream.peer_addr().unwrap().ip();
                if source == Ipv4Addr::LOCALHOST {
                    return sources;
                }
                sources.insert(source);
                // The client may go at any time.
                if stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {
                    let _ = stream.write_all(answer.as_bytes());
                }
            }
            sources
        });
        let page = Page {
            path: "/".to_owned(),
            cookie: None,
        };
        let runtime = crate::runtime().unwrap();
        let seen = runtime.block_on(abort_pages(address, &[page], count, 1));
        drop(std::net::TcpStream::connect(address).unwrap());
        (seen.unwrap(), server.join().unwrap())
    }

    #[test]
    fn one_page_is_read_whole_after_fifteen_aborted_ones() {
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
        let (seen, sources) = seen(answer, 240);
        assert_eq!(seen.aborted.values().sum::<usize>(), 240);
        let started = seen.aborted["after the start of the answer"];
        assert_eq!(seen.statuses, BTreeMap::from([(200, 16 + started)]));
        assert_eq!(seen.failures(), 0);
        assert_eq!(sources.len(), usize::from(CLIENTS) * usize::from(ADDRESSES));
    }

    #[test]
    fn every_answer_but_200_is_a_failure() {
        let refused = "HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n";
        let (refused, _) = seen(refused, 120);
        assert!(refused.failures() >= 8 && refused.statuses.keys().eq(&[503]));
        let (nonsense, _) = seen("", 120);
        assert!(nonsense.failures() >= 8 && nonsense.statuses.keys().eq(&[0]));
    }
}
