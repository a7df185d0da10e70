//! A load that continues whatever happens to the store, and its observations.

mod load_client;
mod load_observations;

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use anyhow::{Context as _, Result};
use measure::stopwatch::Stopwatch;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::task::JoinSet;

use self::load_client::LoadClient;
pub(crate) use self::load_observations::LoadObservations;
use crate::runtime;

const WRITERS: usize = 4;
const READERS: usize = 4;

/// Runs clients that sign up, log in and out and read while `happen` runs. Each request goes to a
/// random one of these processes.
pub(crate) fn during<T>(
    addresses: &[SocketAddr],
    group: &str,
    seed: u64,
    happen: impl FnOnce(&Stopwatch) -> Result<T>,
) -> Result<(T, LoadObservations)> {
    let shared = Arc::new(LoadState {
        addresses: addresses.to_vec(),
        watch: Stopwatch::start(),
        is_over: AtomicBool::new(false),
        alive: Mutex::default(),
        ended: Mutex::default(),
    });
    let load = {
        let (shared, group) = (shared.clone(), group.to_owned());
        thread::spawn(move || runtime()?.block_on(run(shared, &group, seed)))
    };
    let happened = happen(&shared.watch);
    shared.is_over.store(true, Ordering::Relaxed);
    let seen = load.join().ok().context("the load gave up")?;
    Ok((happened?, seen?))
}

async fn run(shared: Arc<LoadState>, group: &str, seed: u64) -> Result<LoadObservations> {
    let mut people = JoinSet::new();
    for number in 0..WRITERS + READERS {
        let rng = StdRng::seed_from_u64(seed + number as u64);
        let somebody = LoadClient::new(format!("{group}-{number}"), rng, shared.clone());
        match number < WRITERS {
            true => people.spawn(somebody.write()),
            false => people.spawn(somebody.read()),
        };
    }
    let mut all = LoadObservations::default();
    while let Some(seen) = people.join_next().await {
        all.merge(seen?);
    }
    all.seconds = shared.watch.elapsed().as_secs_f64();
    Ok(all)
}

/// The state that all clients share.
#[derive(Debug)]
struct LoadState {
    addresses: Vec<SocketAddr>,
    watch: Stopwatch,
    is_over: AtomicBool,
    /// Sessions that no client will end.
    alive: Mutex<Vec<String>>,
    /// Sessions whose end was acknowledged, and when.
    ended: Mutex<Vec<(Stopwatch, String)>>,
}

fn add<T>(list: &Mutex<Vec<T>>, item: T) {
    let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
    list.push(item);
}

fn pick<T: Clone>(list: &Mutex<Vec<T>>, rng: &mut StdRng) -> Option<T> {
    let list = list.lock().unwrap_or_else(PoisonError::into_inner);
    let at = rng.random_range(0..list.len().max(1));
    list.get(at).cloned()
}
