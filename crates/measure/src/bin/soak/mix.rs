//! Minutes of reads, pages, logins and logouts, while the memory is observed.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};
use measure::{
    calls,
    claim_result::{Aim, ClaimResult},
    client::Client,
    people::{self, TestAccount},
    process,
    samples::{max, median, rise},
    server::ServerLaunch,
    stopwatch::Stopwatch,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::task::JoinSet;

use crate::{Soak, runtime};

const PEOPLE: usize = 64;
const READERS: usize = 6;
const VISITORS: usize = 4;
/// Maximum rise of the memory in the second half of the time, in MiB.
const MOST_RISE: f64 = 8.0;

type Statuses = BTreeMap<u16, usize>;

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let server = ServerLaunch::new(&soak.program, &soak.data("mix")).start()?;
    let (address, pid, seed) = (server.address, server.pid(), soak.seed);
    let duration = Duration::from_secs(60 * soak.minutes);
    let is_over = Arc::new(AtomicBool::new(false));
    let load = {
        let is_over = is_over.clone();
        thread::spawn(move || runtime()?.block_on(load(address, seed, is_over)))
    };
    let memory = watch(pid, duration, &load);
    is_over.store(true, Ordering::Relaxed);
    let statuses = load.join().ok().context("the load gave up")??;
    let memory = memory?;
    server.stop()?;
    Ok(rows(&memory, &statuses, soak.minutes))
}

/// Reads the resident memory in MiB once per second.
fn watch(
    pid: u32,
    duration: Duration,
    load: &thread::JoinHandle<Result<Statuses>>,
) -> Result<Vec<f64>> {
    let watch = Stopwatch::start();
    let mut memory = Vec::new();
    while watch.elapsed() < duration && !load.is_finished() {
        memory.push(process::resident(pid)? as f64 / 1_048_576.0);
        thread::sleep(Duration::from_secs(1));
    }
    Ok(memory)
}

async fn load(address: SocketAddr, seed: u64, is_over: Arc<AtomicBool>) -> Result<Statuses> {
    let people = Arc::new(people::sign_up(address, "mix", PEOPLE).await?);
    let sessions = Arc::new(people::log_in(address, &people, PEOPLE).await?);
    let mut tasks = JoinSet::new();
    for number in 0..READERS {
        let rng = StdRng::seed_from_u64(seed + number as u64);
        tasks.spawn(read(address, sessions.clone(), rng, is_over.clone()));
    }
    for number in READERS..READERS + VISITORS {
        let rng = StdRng::seed_from_u64(seed + number as u64);
        tasks.spawn(visit(address, people.clone(), rng, is_over.clone()));
    }
    let mut all = Statuses::new();
    while let Some(done) = tasks.join_next().await {
        for (status, count) in done?? {
            *all.entry(status).or_default() += count;
        }
    }
    Ok(all)
}

/// A signed-in client that reads pages.
async fn read(
    address: SocketAddr,
    sessions: Arc<Vec<String>>,
    mut rng: StdRng,
    is_over: Arc<AtomicBool>,
) -> Result<Statuses> {
    let mut client = Client::open(address).await?;
    let mut statuses = Statuses::new();
    while !is_over.load(Ordering::Relaxed) {
        let cookie = &sessions[rng.random_range(0..sessions.len())];
        let path = ["/v1/test", "/v1/test", "/studio", "/account", "/"][rng.random_range(0..5)];
        let answer = client.send(calls::get(path, Some(cookie))).await?;
        *statuses.entry(answer.status).or_default() += 1;
    }
    Ok(statuses)
}

/// A client that logs in, reads, and logs out; sometimes with a wrong password.
async fn visit(
    address: SocketAddr,
    people: Arc<Vec<TestAccount>>,
    mut rng: StdRng,
    is_over: Arc<AtomicBool>,
) -> Result<Statuses> {
    let mut client = Client::open(address).await?;
    let mut statuses = Statuses::new();
    let mut note = |status: u16| *statuses.entry(status).or_default() += 1;
    while !is_over.load(Ordering::Relaxed) {
        let person = &people[rng.random_range(0..people.len())];
        if rng.random_bool(0.1) {
            note(client.send(calls::log_in(&person.mistaken())).await?.status);
        }
        let answer = client.send(calls::log_in(person)).await?;
        note(answer.status);
        let Some(session) = answer.session() else {
            continue;
        };
        note(client.send(calls::read(&session)).await?.status);
        note(client.send(calls::log_out(&session)).await?.status);
    }
    Ok(statuses)
}

fn rows(memory: &[f64], statuses: &Statuses, minutes: u64) -> Vec<ClaimResult> {
    // The first half fills caches and the free lists of the allocator.
    let second = &memory[memory.len() / 2..];
    let failed = |(status, _): &(&u16, &usize)| !matches!(**status, 200 | 400);
    let failures: usize = statuses.iter().filter(failed).map(|(_, count)| count).sum();
    let claim = format!("{minutes} minutes of mix: rise of memory in the second half");
    vec![
        ClaimResult::never("mix: answers that are neither 200 nor 400", failures)
            .note(format!("answers by status: {statuses:?}")),
        ClaimResult::exact(&claim, Aim::AtMost(MOST_RISE), " MiB", rise(second)).note(format!(
            "median {:.1} MiB, most {:.1} MiB, {} samples",
            median(memory),
            max(memory),
            memory.len()
        )),
    ]
}
