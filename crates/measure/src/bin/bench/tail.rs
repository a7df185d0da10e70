//! The tail latency of reads while many people log in.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};
use measure::{
    affinity::{CLIENT_CORE, Pinned, SERVER_CORE},
    calls,
    claim_result::{Aim, ClaimResult},
    closed_loop::{self, LoadResult, StopCondition},
    framing,
    machine::ForeignLoad,
    open_loop::OpenLoop,
    people::{self, TestAccount},
    samples::{median, quantile},
    server::{Server, ServerLaunch},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::{Bench, reads::SESSIONS, runtime};

const PEOPLE: usize = 64;
const READS_PER_SECOND: u32 = 500;
/// Number of clients, each of which logs in again as soon as it is logged in.
const FLOOD: usize = 32;
const BLOCK: Duration = Duration::from_secs(6);

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let _client = Pinned::to(CLIENT_CORE)?;
    let launch = ServerLaunch::new(&bench.program, &bench.data("tail")).on(SERVER_CORE);
    let server = launch.start()?;
    let (readers, flooders) = prepare(&server)?;
    let mut rng = StdRng::seed_from_u64(bench.seed);
    let get = |cookie: &String| framing::get(server.address, "/v1/test", Some(cookie));
    let requests = readers.iter().map(get).collect();
    let mut reads = OpenLoop::open(server.address, READS_PER_SECOND, requests)?;
    reads.run(Duration::from_secs(2), &mut rng)?;
    let witness = ForeignLoad::begin(&[server.pid()])?;
    let (mut quiet, mut flooded, mut logins) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.pairs {
        quiet.push(reads.run(BLOCK, &mut rng)?);
        let flood = Flood::start(&server, &flooders, bench.seed);
        let latencies = reads.run(BLOCK, &mut rng);
        logins.push(flood.stop()?.rate());
        flooded.push(latencies?);
    }
    let foreign = witness.foreign()?;
    server.stop()?;
    let at = |q: f64| move |block: &Vec<f64>| quantile(block, q);
    let each = |blocks: &[Vec<f64>], q| blocks.iter().map(at(q)).collect::<Vec<_>>();
    let ratios = each(&flooded, 0.99)
        .iter()
        .zip(each(&quiet, 0.99))
        .map(|(a, b)| a / b)
        .collect();
    let describe = |name: &str, blocks: &[Vec<f64>]| {
        let [half, most, nearly] = [0.5, 0.99, 0.999].map(|q| median(&each(blocks, q)));
        format!("{name}: p50 {half:.3} ms, p99 {most:.3} ms, p99.9 {nearly:.3} ms")
    };
    // A tail consists of few requests, so it varies more than a mean.
    Ok(vec![
        ClaimResult::new(
            "p99 of reads in a login flood ÷ without",
            Aim::AtMost(3.0),
            "",
            ratios,
        )
        .needing(5, 1.5)
        .with_foreign(foreign)
        .note(describe("without", &quiet))
        .note(describe("in the flood", &flooded))
        .note(format!(
            "{READS_PER_SECOND} reads/s by the clock, {FLOOD} connections logging in {:.1} times/s",
            median(&logins)
        )),
    ])
}

fn prepare(server: &Server) -> Result<(Vec<String>, Vec<TestAccount>)> {
    runtime()?.block_on(async {
        // The clients that log in use other accounts, so that no session of a reader is ended.
        let readers = people::sign_up(server.address, "readers", PEOPLE).await?;
        let sessions = people::log_in(server.address, &readers, SESSIONS).await?;
        let flooders = people::sign_up(server.address, "flooders", PEOPLE).await?;
        Ok((sessions, flooders))
    })
}

/// Clients that log in all the time.
#[derive(Debug)]
struct Flood {
    is_over: Arc<AtomicBool>,
    thread: thread::JoinHandle<Result<LoadResult>>,
}

impl Flood {
    fn start(server: &Server, people: &[TestAccount], seed: u64) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let (address, people) = (server.address, people.to_vec());
        let end = StopCondition::When(is_over.clone());
        let thread = thread::spawn(move || {
            let call =
                move |rng: &mut StdRng| calls::log_in(&people[rng.random_range(0..people.len())]);
            runtime()?.block_on(closed_loop::run(address, FLOOD, end, seed, call))
        });
        Self { is_over, thread }
    }

    fn stop(self) -> Result<LoadResult> {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().ok().context("the flood gave up")?
    }
}
