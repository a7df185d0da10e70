//! How long the main requests take, for one person alone and for sixteen at once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use measure::{
    calls::{self, Call},
    closed_loop::{self, End},
    machine::Witness,
    people::{self, Person},
    row::Row,
    samples::quantile,
    server::Launch,
};
use rand::{RngExt as _, rngs::StdRng};

use crate::{Bench, runtime};

const PEOPLE: usize = 128;
const BLOCK: Duration = Duration::from_secs(4);
/// A p99 of fewer is no p99.
const FEWEST: usize = 100;

type Make = Box<dyn Fn(&mut StdRng) -> Call + Send + Sync>;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let server = Launch::new(&bench.program, &bench.data("latencies")).start()?;
    let address = server.address;
    let runtime = runtime()?;
    let (people, sessions) = runtime.block_on(async {
        let people = people::sign_up(address, "latencies", PEOPLE).await?;
        let sessions = people::log_in(address, &people, PEOPLE).await?;
        anyhow::Ok((people, sessions))
    })?;
    let mut rows = Vec::new();
    for clients in [1, 16] {
        for (name, make) in requests(&people, &sessions, clients) {
            let witness = Witness::begin(&[server.pid()])?;
            let end = End::After(BLOCK);
            let load = closed_loop::run(address, clients, end, bench.seed, make);
            let outcome = runtime.block_on(load)?;
            let foreign = witness.foreign()?;
            for (quantile_name, q) in [("p50", 0.5), ("p99", 0.99)] {
                let claim = format!("{name}, {clients} at once, {quantile_name}");
                let row = Row::figure(&claim, " ms", quantile(&outcome.latencies, q));
                let count = outcome.latencies.len();
                let row = row.with_foreign(foreign).note(format!("{count} requests"));
                rows.push(match count < FEWEST {
                    true => row.invalid(format!("{count} requests, {FEWEST} are needed")),
                    false => row,
                });
            }
        }
    }
    server.stop()?;
    Ok(rows)
}

fn requests(people: &[Person], sessions: &[String], clients: usize) -> [(&'static str, Make); 3] {
    let (people, sessions) = (people.to_vec(), sessions.to_vec());
    let next = Arc::new(AtomicUsize::new(0));
    let sign_up: Make = Box::new(move |_| {
        let group = format!("new-{clients}");
        calls::sign_up(&Person::new(&group, next.fetch_add(1, Ordering::Relaxed)))
    });
    let log_in: Make =
        Box::new(move |rng| calls::log_in(&people[rng.random_range(0..people.len())]));
    let read: Make =
        Box::new(move |rng| calls::read(&sessions[rng.random_range(0..sessions.len())]));
    [
        ("sign-up", sign_up),
        ("login", log_in),
        ("signed-in read", read),
    ]
}
