//! A closed-loop load: each client waits for a response before its next request.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Result, bail};
use rand::{SeedableRng as _, rngs::StdRng};
use tokio::task::JoinSet;

use crate::{calls::Call, client::Client, stopwatch::Stopwatch};

/// When the load ends.
#[derive(Clone, Debug)]
pub enum StopCondition {
    /// After this time.
    After(Duration),
    /// When the flag is set.
    When(Arc<AtomicBool>),
}

/// The result of a load.
#[derive(Debug, Default)]
pub struct LoadResult {
    /// Latencies in milliseconds.
    pub latencies: Vec<f64>,
    /// Duration in seconds.
    pub seconds: f64,
}

impl LoadResult {
    /// Responses per second.
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }
}

/// Runs `clients` clients; `make` generates each request from a random number generator.
///
/// # Errors
/// If a response is not a success.
pub async fn run<F>(
    address: SocketAddr,
    clients: usize,
    end: StopCondition,
    seed: u64,
    make: F,
) -> Result<LoadResult>
where
    F: Fn(&mut StdRng) -> Call + Send + Sync + 'static,
{
    let make = Arc::new(make);
    let mut connections = Vec::with_capacity(clients);
    for _ in 0..clients {
        connections.push(Client::open(address).await?);
    }
    let watch = Stopwatch::start();
    let mut tasks = JoinSet::new();
    for (number, mut client) in connections.into_iter().enumerate() {
        let (make, end) = (make.clone(), end.clone());
        let mut rng = StdRng::seed_from_u64(seed.wrapping_add(number as u64));
        tasks.spawn(async move {
            let mut latencies = Vec::new();
            while !end.has_come(&watch) {
                let call = make(&mut rng);
                let each = Stopwatch::start();
                let answer = client.send(call).await?;
                latencies.push(each.milliseconds());
                if !answer.is_success() {
                    bail!("an answer that is no success: {}", answer.describe());
                }
            }
            Ok(latencies)
        });
    }
    let mut outcome = LoadResult::default();
    while let Some(done) = tasks.join_next().await {
        outcome.latencies.extend(done??);
    }
    outcome.seconds = watch.elapsed().as_secs_f64();
    Ok(outcome)
}

impl StopCondition {
    fn has_come(&self, watch: &Stopwatch) -> bool {
        match self {
            Self::After(duration) => watch.elapsed() >= *duration,
            Self::When(told) => told.load(Ordering::Relaxed),
        }
    }
}
