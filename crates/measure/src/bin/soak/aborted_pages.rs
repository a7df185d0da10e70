//! Clients that close the connection before they have received the page.
//!
//! A page is rendered apart from its connection, so everything that a render holds must be freed
//! when its client has gone: its memory, its place among the reads, and the connection itself. The
//! server has all its limits, because places only exist with them.

mod abort;
mod clients;

use std::{fs, thread, time::Duration};

use anyhow::{Context as _, Result};
use measure::{
    claim_result::{Aim, ClaimResult},
    client::Client,
    connections, people, process,
    sample_pages::SamplePages,
    samples::min,
    server::{Server, ServerLaunch},
    stopwatch::Stopwatch,
};

use self::clients::{ClientObservations, Page, abort_pages, read_pages};
use crate::{Soak, runtime};

/// Number of rounds, after each of which the memory is read. The first one fills caches and the
/// free lists of the allocator.
const ROUNDS: u32 = 10;
/// Maximum growth of the memory from its lowest value after a round to that after the last one, in
/// MiB. The lowest counts, because memory that the allocator frees meanwhile would hide a leak.
const MOST_GROWTH: f64 = 8.0;
/// Maximum time of a page in milliseconds after all rounds. Without a free place, it would wait
/// for three seconds and be rejected.
const MOST_TIME: f64 = 1_000.0;
/// Time within which the server must close all connections.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let mut launch = ServerLaunch::new(&soak.program, &soak.data("aborted-pages")).limited();
    launch
        .flags
        .extend(["--log-format", "json"].map(str::to_owned));
    let server = launch.start()?;
    let pages = runtime()?.block_on(create_pages(&server))?;
    let mut outcome = Outcome::default();
    for round in 0..ROUNDS {
        let count = soak.pages.div_ceil(ROUNDS);
        let seed = soak.seed.wrapping_add(u64::from(round) << 32);
        let load = abort_pages(server.address, &pages, count, seed);
        outcome.seen.add(runtime()?.block_on(load)?);
        outcome.connections = connections_left(&server)?;
        outcome.memory.push(resident(&server)?);
    }
    outcome.afterwards = runtime()?.block_on(read_pages(server.address, &pages));
    server.stop()?;
    let log = fs::read_to_string(&launch.log).context("the log cannot be read")?;
    outcome.log = failures_in(&log).map(str::to_owned).collect();
    outcome.rows()
}

/// A public page, a page of the studio with a session, and an account page.
async fn create_pages(server: &Server) -> Result<[Page; 3]> {
    let address = server.address;
    let people = people::sign_up(address, "aborted", 1).await?;
    let sessions = people::log_in(address, &people, 1).await?;
    let cookie = sessions.into_iter().next().context("no session")?;
    let mut client = Client::open(address).await?;
    let pages = SamplePages::create(&mut client, &cookie, "aborted").await?;
    let page = |path, cookie| Page { path, cookie };
    Ok([
        page(pages.video, None),
        page(pages.product_form, Some(cookie)),
        page("/login".to_owned(), None),
    ])
}

/// The result of the check.
#[derive(Debug, Default)]
struct Outcome {
    seen: ClientObservations,
    /// The observations after all rounds.
    afterwards: ClientObservations,
    /// Memory in MiB after each round.
    memory: Vec<f64>,
    /// Number of connections of the server after the last round.
    connections: usize,
    /// Log lines about failures of the program.
    log: Vec<String>,
}

impl Outcome {
    fn rows(&self) -> Result<Vec<ClaimResult>> {
        let last = self.memory.last().context("there was no round")?;
        let aborted: usize = self.seen.aborted.values().sum();
        let failures = self.seen.failures() + self.afterwards.failures();
        let memory: Vec<String> = self.memory.iter().map(|mib| format!("{mib:.1}")).collect();
        let claim =
            format!("{aborted} aborted pages: growth of memory since its lowest after a tenth");
        let growth = ClaimResult::exact(
            &claim,
            Aim::AtMost(MOST_GROWTH),
            " MiB",
            last - min(&self.memory),
        );
        let lines = ClaimResult::never(
            "aborted pages: errors and panics in the log",
            self.log.len(),
        );
        let lines = self
            .log
            .first()
            .map_or(lines.clone(), |line| lines.note(line));
        Ok(vec![
            growth.note(format!("after each tenth: {} MiB", memory.join(", "))),
            ClaimResult::never(
                "aborted pages: answers that are no 200, or did not come",
                failures,
            )
            .note(format!(
                "closed {:?}; answers by status {:?}, the slowest whole one {:.0} ms",
                self.seen.aborted, self.seen.statuses, self.seen.slowest
            )),
            lines,
            ClaimResult::never("aborted pages: connections that are left", self.connections),
            ClaimResult::exact(
                "aborted pages: the slowest page afterwards",
                Aim::AtMost(MOST_TIME),
                " ms",
                self.afterwards.slowest,
            )
            .note(format!("answers by status {:?}", self.afterwards.statuses)),
        ])
    }
}

/// Waits until the server has no connection; returns the number that is left after a time-out.
fn connections_left(server: &Server) -> Result<usize> {
    let watch = Stopwatch::start();
    loop {
        let open = connections::open_at(server.address.port())?;
        if open == 0 || watch.elapsed() > PATIENCE {
            return Ok(open);
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Resident memory in MiB.
fn resident(server: &Server) -> Result<f64> {
    Ok(process::resident(server.pid())? as f64 / 1_048_576.0)
}

/// Log lines about failures of the program itself.
fn failures_in(log: &str) -> impl Iterator<Item = &str> {
    log.lines()
        .filter(|line| line.contains(r#""level":"ERROR""#) || line.contains("panicked"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use measure::claim_result::Verdict;

    use super::*;

    fn outcome() -> Outcome {
        let seen = ClientObservations {
            aborted: BTreeMap::from([("after the request", 1_000)]),
            statuses: BTreeMap::from([(200, 60)]),
            slowest: 5.0,
        };
        Outcome {
            afterwards: seen.clone(),
            seen,
            memory: vec![50.0, 70.0, 58.0],
            ..Outcome::default()
        }
    }

    /// Number of rows that miss their aim.
    fn missed(outcome: &Outcome) -> usize {
        let rows = outcome.rows().unwrap();
        let verdicts = rows.iter().map(ClaimResult::verdict);
        verdicts.filter(|verdict| *verdict != Verdict::Met).count()
    }

    #[test]
    fn each_thing_that_is_lost_misses_an_aim() {
        assert_eq!(missed(&outcome()), 0);
        let mut other = outcome();
        other.memory.push(58.1);
        assert_eq!(missed(&other), 1, "memory");
        other.memory.insert(0, 90.0);
        assert_eq!(missed(&other), 1, "memory that was higher before");
        let mut other = outcome();
        other.connections = 1;
        assert_eq!(missed(&other), 1, "a connection");
        let mut other = outcome();
        other.log.push("a panic".to_owned());
        assert_eq!(missed(&other), 1, "a line of the log");
        let mut other = outcome();
        other.seen.statuses.insert(503, 1);
        assert_eq!(missed(&other), 1, "a refusal");
        let mut other = outcome();
        other.afterwards.statuses.insert(0, 1);
        other.afterwards.slowest = 3_000.0;
        assert_eq!(missed(&other), 2, "no place afterwards");
        assert!(Outcome::default().rows().is_err());
    }

    #[test]
    fn errors_and_panics_are_found_in_a_log() {
        let log = "{\"level\":\"INFO\",\"message\":\"serving\"}\n\
            {\"level\":\"ERROR\",\"message\":\"failed\"}\n\
            thread 'main' panicked at src/main.rs:1:1:\n\
            {\"level\":\"WARN\",\"message\":\"an ERROR of others\"}\n";
        let found: Vec<&str> = failures_in(log).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("failed") && found[1].contains("panicked"));
    }
}
