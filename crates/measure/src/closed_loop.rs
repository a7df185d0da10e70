//! A load by clients that each wait for an answer before they ask again.

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

/// When it ends.
#[derive(Clone, Debug)]
pub enum End {
    /// After so long.
    After(Duration),
    /// When it is told.
    When(Arc<AtomicBool>),
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How long each answer took, in milliseconds.
    pub latencies: Vec<f64>,
    /// How long it lasted, in seconds.
    pub seconds: f64,
}

impl Outcome {
    /// Answers per second.
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }
}

/// So many clients ask again and again; each request is made from chance.
///
/// # Errors
/// When an answer is no success.
pub async fn run<F>(
    address: SocketAddr,
    clients: usize,
    end: End,
    seed: u64,
    make: F,
) -> Result<Outcome>
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
    let mut outcome = Outcome::default();
    while let Some(done) = tasks.join_next().await {
        outcome.latencies.extend(done??);
    }
    outcome.seconds = watch.elapsed().as_secs_f64();
    Ok(outcome)
}

impl End {
    fn has_come(&self, watch: &Stopwatch) -> bool {
        match self {
            Self::After(duration) => watch.elapsed() >= *duration,
            Self::When(told) => told.load(Ordering::Relaxed),
        }
    }
}
