//! The visitors: clients at other addresses that view pages, search and log in.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use anyhow::Result;
use measure::{
    calls::{self, Call},
    client::Client,
    people::TestAccount,
    samples::quantile,
    stopwatch::Stopwatch,
};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use super::content::Content;
use crate::runtime;

/// Number of visitors, each at its own address.
const VISITORS: usize = 12;
/// Interval between two requests of a visitor.
const PAUSE: Duration = Duration::from_millis(120);
/// Interval between two logins.
const PAUSE_OF_LOGINS: Duration = Duration::from_millis(1_000);
const LOGINS: usize = 2;
/// Maximum time of a response; a later one counts as missing.
const PATIENCE: Duration = Duration::from_secs(10);

/// The status of every response to a visitor: each page exists, and each password is right.
const EXPECTED: u16 = 200;

/// The observations of all visitors.
#[derive(Debug, Default)]
pub(super) struct VisitorLatencies {
    /// Latencies of pages and searches in milliseconds, from when a request was due.
    pub(super) pages: Vec<f64>,
    /// Latencies of logins in milliseconds.
    pub(super) logins: Vec<f64>,
    /// Number of unexpected responses by status; 0 stands for none.
    pub(super) failed: BTreeMap<u16, usize>,
}

/// The observations of one visitor.
#[derive(Debug, Default)]
struct Visitor {
    latencies: Vec<f64>,
    failed: BTreeMap<u16, usize>,
}

impl VisitorLatencies {
    /// Runs the visitors for this time.
    pub(super) fn visit(
        address: SocketAddr,
        content: &Content,
        duration: Duration,
    ) -> Result<Self> {
        runtime()?.block_on(async {
            let mut visitors = JoinSet::new();
            for number in 0..VISITORS + LOGINS {
                let (content, is_reader) = (content.clone(), number < VISITORS);
                visitors.spawn(async move {
                    let call = |round: usize| match is_reader {
                        true => page(&content, number + round),
                        false => calls::log_in(one_of(&content.people, number + round)),
                    };
                    let pause = if is_reader { PAUSE } else { PAUSE_OF_LOGINS };
                    let source = Ipv4Addr::new(127, 0, 2, 1 + number as u8);
                    let seen = go_on(source, address, duration, pause, call).await;
                    (is_reader, seen)
                });
            }
            let mut all = Self::default();
            while let Some(seen) = visitors.join_next().await {
                let (is_reader, seen) = seen?;
                match is_reader {
                    true => all.pages.extend(seen.latencies),
                    false => all.logins.extend(seen.latencies),
                }
                for (status, count) in seen.failed {
                    *all.failed.entry(status).or_default() += count;
                }
            }
            Ok(all)
        })
    }

    pub(super) fn p99_of_pages(&self) -> f64 {
        quantile(&self.pages, 0.99)
    }

    /// The p95 of logins; a block has too few for p99.
    pub(super) fn p95_of_logins(&self) -> f64 {
        quantile(&self.logins, 0.95)
    }
}

/// The page that a visitor views in a round.
fn page(content: &Content, round: usize) -> Call {
    let product = &content.products[(round * 37) % content.products.len()];
    let maker = round % 20;
    let path = match round % 6 {
        0 => "/".to_owned(),
        1 => "/products".to_owned(),
        2 => format!("/search?q=lamp+{maker}"),
        3 => format!("/artists/maker-{maker}"),
        _ => product.clone(),
    };
    calls::get(&path, None)
}

fn one_of(people: &[TestAccount], number: usize) -> &TestAccount {
    &people[number % people.len()]
}

/// Sends requests at a fixed rate; one that is late is sent at once, and its latency counts from
/// when it was due.
async fn go_on(
    source: Ipv4Addr,
    address: SocketAddr,
    duration: Duration,
    pause: Duration,
    call: impl Fn(usize) -> Call,
) -> Visitor {
    let mut seen = Visitor::default();
    let mut client = None;
    let watch = Stopwatch::start();
    for round in 0.. {
        let due = pause * round;
        if due >= duration {
            break;
        }
        sleep(due.saturating_sub(watch.elapsed())).await;
        let call = call(round as usize);
        let answered = timeout(PATIENCE, send(&mut client, source, address, call)).await;
        let status = answered.ok().and_then(Result::ok).unwrap_or_default();
        if status == 0 {
            client = None;
        }
        if status != EXPECTED {
            *seen.failed.entry(status).or_default() += 1;
        }
        let latency = watch.elapsed().saturating_sub(due);
        seen.latencies.push(latency.as_secs_f64() * 1_000.0);
    }
    seen
}

async fn send(
    client: &mut Option<Client>,
    source: Ipv4Addr,
    address: SocketAddr,
    call: Call,
) -> Result<u16> {
    if client.is_none() {
        *client = Some(Client::open_from(source, address).await?);
    }
    match client {
        Some(client) => Ok(client.send(call).await?.status),
        None => Ok(0),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::TcpListener,
        thread,
    };

    use super::*;

    /// The observations of a visitor of a server that gives this response to everything.
    async fn visit(answer: &'static str) -> Visitor {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                while stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {
                    stream.write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        let (source, pause) = (Ipv4Addr::LOCALHOST, Duration::from_millis(20));
        go_on(source, address, pause * 3, pause, |_| calls::get("/", None)).await
    }

    #[tokio::test]
    async fn every_answer_but_the_expected_one_is_a_failure() {
        let seen = visit("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
        assert_eq!((seen.latencies.len(), seen.failed), (3, BTreeMap::new()));
        let seen = visit("HTTP/1.1 429 Too Many\r\ncontent-length: 0\r\n\r\n").await;
        assert_eq!(seen.failed, BTreeMap::from([(429, 3)]));
        let seen = visit("no HTTP").await;
        assert_eq!(seen.failed, BTreeMap::from([(0, 3)]));
    }
}
