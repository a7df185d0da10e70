//! Processor time per request, against a server that does nothing.

use std::time::Duration;

use anyhow::Result;
use measure::{
    affinity::{CLIENT_CORE, Pinned, SERVER_CORE},
    batches::{Batches, Cost},
    framing,
    machine::Witness,
    people,
    row::{Row, Target},
    samples,
    server::Launch,
};
use rand::{SeedableRng as _, rngs::StdRng};

use crate::{Bench, hello, runtime};

const PEOPLE: usize = 50;
/// Random ones of so many are used, so that no cache is warmer than it would be.
pub(crate) const SESSIONS: usize = 1_000;
/// Connections; half of them are being worked on while the client looks after the others.
const CONNECTIONS: usize = 64;
const BLOCK: Duration = Duration::from_secs(2);

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let _client = Pinned::to(CLIENT_CORE)?;
    let launch = Launch::new(&bench.program, &bench.data("reads")).on(SERVER_CORE);
    let server = launch.start()?;
    let hello = hello::start(bench)?;
    let sessions = runtime()?.block_on(async {
        let people = people::sign_up(server.address, "reads", PEOPLE).await?;
        people::log_in(server.address, &people, SESSIONS).await
    })?;
    let open = |path: &str| {
        let request = |cookie: &String| framing::get(server.address, path, Some(cookie));
        let requests = sessions.iter().map(request).collect();
        Batches::open(server.address, &[server.pid()], CONNECTIONS / 2, requests)
    };
    let greeting = vec![framing::get(hello.address, "/", None)];
    let mut hellos = Batches::open(hello.address, &[hello.pid()], CONNECTIONS / 2, greeting)?;
    let (mut reads, mut pages) = (open("/v1/test")?, open("/studio")?);
    let mut rng = StdRng::seed_from_u64(bench.seed);
    for batches in [&mut hellos, &mut reads, &mut pages] {
        batches.run(BLOCK, &mut rng)?;
    }
    let witness = Witness::begin(&[server.pid(), hello.pid()])?;
    let mut rounds = Vec::new();
    for _ in 0..bench.pairs {
        rounds.push(Round {
            hello: hellos.run(BLOCK, &mut rng)?,
            read: reads.run(BLOCK, &mut rng)?,
            page: pages.run(BLOCK, &mut rng)?,
        });
    }
    let foreign = witness.foreign()?;
    server.stop()?;
    Ok(rows(&rounds)
        .into_iter()
        .map(|row| row.with_foreign(foreign))
        .collect())
}

/// One block of each, one after the other.
#[derive(Debug)]
struct Round {
    hello: Cost,
    read: Cost,
    page: Cost,
}

fn rows(rounds: &[Round]) -> Vec<Row> {
    let ratios = |of: fn(&Round) -> f64| rounds.iter().map(of).collect::<Vec<_>>();
    vec![
        Row::new(
            "GET /v1/test ÷ hello, requests per CPU-second",
            Target::AtLeast(0.4),
            "",
            ratios(|round| round.hello.cpu / round.read.cpu),
        )
        .note(describe("hello", rounds, |round| round.hello))
        .note(describe("read", rounds, |round| round.read))
        .note(format!(
            "{SESSIONS} random sessions, {CONNECTIONS} connections"
        )),
        Row::new(
            "studio page ÷ hello, CPU per request",
            Target::AtMost(20.0),
            "",
            ratios(|round| round.page.cpu / round.hello.cpu),
        )
        .note(describe("page", rounds, |round| round.page)),
    ]
}

fn describe(name: &str, rounds: &[Round], of: fn(&Round) -> Cost) -> String {
    let median = |value: fn(Cost) -> f64| {
        let values: Vec<f64> = rounds.iter().map(|round| value(of(round))).collect();
        samples::median(&values)
    };
    let bytes = rounds.last().map_or(0, |round| of(round).bytes);
    format!(
        "{name} {:.2} µs CPU per request, {bytes} bytes, server busy {:.0} %",
        median(|cost| cost.cpu),
        median(|cost| cost.busy) * 100.0
    )
}
