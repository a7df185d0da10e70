//! The others: people at addresses of their own, who look at pages, search and log in.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use anyhow::Result;
use measure::{
    calls::{self, Call},
    client::Client,
    people::Person,
    samples::quantile,
    stopwatch::Stopwatch,
};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

use super::content::Content;
use crate::runtime;

/// Visitors, each at an address of their own.
const VISITORS: usize = 12;
/// The time from one request of a visitor to the next.
const PAUSE: Duration = Duration::from_millis(120);
/// The same of those who log in.
const PAUSE_OF_LOGINS: Duration = Duration::from_millis(1_000);
const LOGINS: usize = 2;
/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(10);

/// What they saw.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// In milliseconds, from when a request was due.
    pub(super) latencies: Vec<f64>,
    /// Answers of 5xx, and requests without an answer.
    pub(super) failed: usize,
}

impl Others {
    /// Lets them visit the site for this time.
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
                    go_on(source, address, duration, pause, call).await
                });
            }
            let mut all = Self::default();
            while let Some(seen) = visitors.join_next().await {
                let seen = seen?;
                all.latencies.extend(seen.latencies);
                all.failed += seen.failed;
            }
            Ok(all)
        })
    }

    pub(super) fn p99(&self) -> f64 {
        quantile(&self.latencies, 0.99)
    }
}

/// What a visitor looks at.
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

fn one_of(people: &[Person], number: usize) -> &Person {
    &people[number % people.len()]
}

/// Sends requests at a fixed rate; one that is late is sent at once, and its latency counts from when
/// it was due.
async fn go_on(
    source: Ipv4Addr,
    address: SocketAddr,
    duration: Duration,
    pause: Duration,
    call: impl Fn(usize) -> Call,
) -> Others {
    let mut seen = Others::default();
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
        let status = answered.ok().and_then(Result::ok);
        if status.is_none() {
            client = None;
        }
        seen.failed += usize::from(status.is_none_or(|status| status >= 500));
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
