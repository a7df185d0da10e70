//! How long another process still serves a session that one process has ended.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use anyhow::{Result, bail};
use measure::{
    calls::{self, Call},
    claim_result::{Aim, ClaimResult},
    client::Client,
    elasticsearch,
    people::{self, TestAccount},
    samples::{max, median, quantile},
    stopwatch::Stopwatch,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::{sync::Semaphore, task::JoinSet, time::sleep};

use crate::runtime;

/// Number of accounts that log out of one session after the other.
const LOGGING_OUT: usize = 10;
const LOGOUTS: usize = 16;
/// Number of accounts that end all their sessions at once.
const ENDING_ALL: usize = 30;
/// Number of accounts that are disabled with all their sessions.
const DISABLED: usize = 20;
const AT_ONCE: usize = 4;
/// Number of ended sessions that are read at the same time.
const TOGETHER: usize = 8;
/// Interval between two reads of a session.
const PAUSE: Duration = Duration::from_millis(2);
/// Time for which an ended session is read after its first refusal.
const AFTERWARDS: Duration = Duration::from_secs(2);
/// Time after which a session that is still served counts as not ended.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sessions that are ended together.
struct Ending {
    end: End,
    cookies: Vec<String>,
}

/// How they are ended.
enum End {
    /// By a request to the other process.
    Call(Box<Call>),
    /// By disabling the account in the store, as an operator would.
    Disable(TestAccount),
}

/// The processes and the node of the check.
#[derive(Clone, Debug)]
pub(super) struct ProcessPair {
    /// The process through which sessions are ended.
    pub(super) one: SocketAddr,
    /// The process through which they are read.
    pub(super) other: SocketAddr,
    /// The URL of the node.
    pub(super) node: String,
}

/// The observations of one session.
#[derive(Clone, Copy, Debug)]
struct Refusal {
    /// Time from the acknowledged end to the first refusal, in seconds.
    delay: f64,
    /// Number of times it was served after that.
    back: usize,
}

/// Ends sessions through one process and reads them through the other.
pub(super) fn check(place: &ProcessPair, seed: u64) -> Result<Vec<ClaimResult>> {
    let refusals = runtime()?.block_on(async {
        let endings = endings(place.one).await?;
        watch_all(place, endings, seed).await
    })?;
    let delays: Vec<f64> = refusals.iter().map(|refusal| refusal.delay).collect();
    let back = refusals.iter().map(|refusal| refusal.back).sum();
    let claim = "two processes: p99 of the delay until the other refuses";
    Ok(vec![
        ClaimResult::exact(claim, Aim::AtMost(1.0), " s", quantile(&delays, 0.99)).note(format!(
            "{} sessions: {} are logged out of, the others end {AT_ONCE} at a time, by ending all of \
             {ENDING_ALL} accounts and by disabling {DISABLED}; each is read every few milliseconds; \
             p50 {:.3} s, most {:.3} s",
            delays.len(),
            LOGGING_OUT * LOGOUTS,
            median(&delays),
            max(&delays)
        )),
        ClaimResult::never("two processes: answers 200 after the first refusal", back),
    ])
}

/// Starts the sessions, grouped by how they will be ended.
async fn endings(address: SocketAddr) -> Result<Vec<Ending>> {
    let mut endings = Vec::new();
    let people = people::sign_up(address, "logging-out", LOGGING_OUT).await?;
    for cookie in people::log_in(address, &people, LOGGING_OUT * LOGOUTS).await? {
        endings.push(Ending {
            end: End::Call(Box::new(calls::log_out(&cookie))),
            cookies: vec![cookie],
        });
    }
    for person in people::sign_up(address, "ending-all", ENDING_ALL).await? {
        let cookies = log_in(address, &person).await?;
        endings.push(Ending {
            end: End::Call(Box::new(calls::end_all_sessions(&cookies[0]))),
            cookies,
        });
    }
    for person in people::sign_up(address, "disabled", DISABLED).await? {
        let cookies = log_in(address, &person).await?;
        endings.push(Ending {
            end: End::Disable(person),
            cookies,
        });
    }
    Ok(endings)
}

async fn log_in(address: SocketAddr, person: &TestAccount) -> Result<Vec<String>> {
    people::log_in(address, std::slice::from_ref(person), AT_ONCE).await
}

async fn watch_all(place: &ProcessPair, endings: Vec<Ending>, seed: u64) -> Result<Vec<Refusal>> {
    let places = Arc::new(Semaphore::new(TOGETHER));
    let mut rng = StdRng::seed_from_u64(seed);
    let mut tasks = JoinSet::new();
    for ending in endings {
        let (places, place) = (places.clone(), place.clone());
        // A random moment in the life of a cached read.
        let wait = Duration::from_millis(rng.random_range(100..1_500));
        tasks.spawn(async move {
            let _turn = places.acquire().await?;
            watch(place, ending, wait).await
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done??);
    }
    Ok(all)
}

async fn watch(place: ProcessPair, ending: Ending, wait: Duration) -> Result<Vec<Refusal>> {
    let ended = Arc::new(OnceLock::new());
    let mut readers = JoinSet::new();
    for cookie in ending.cookies {
        readers.spawn(read(place.other, cookie, ended.clone()));
    }
    let mut client = Client::open(place.one).await?;
    sleep(wait).await;
    match ending.end {
        End::Call(call) => end(&mut client, *call).await?,
        End::Disable(person) => elasticsearch::disable(&place.node, &person).await?,
    }
    let _ = ended.set(Stopwatch::start());
    let mut refusals = Vec::new();
    while let Some(done) = readers.join_next().await {
        refusals.push(done??);
    }
    Ok(refusals)
}

async fn end(client: &mut Client, call: Call) -> Result<()> {
    let answer = client.send(call).await?;
    // The form responds with a redirect.
    if !matches!(answer.status, 200 | 303) {
        bail!("a session could not be ended: {}", answer.describe());
    }
    Ok(())
}

/// Reads a session until it has been refused for long enough.
async fn read(
    address: SocketAddr,
    cookie: String,
    ended: Arc<OnceLock<Stopwatch>>,
) -> Result<Refusal> {
    let mut client = Client::open(address).await?;
    let mut refused: Option<(Stopwatch, Refusal)> = None;
    loop {
        let answer = client.send(calls::read(&cookie)).await?;
        let since = ended.get().map_or(Duration::ZERO, Stopwatch::elapsed);
        match (answer.status, &mut refused) {
            (200, None) if since < PATIENCE => {}
            (200, Some((_, refusal))) => refusal.back += 1,
            (401, None) => {
                // A refusal before the end is acknowledged counts as immediate.
                let delay = since.as_secs_f64();
                refused = Some((Stopwatch::start(), Refusal { delay, back: 0 }));
            }
            (401, Some((watch, refusal))) if watch.elapsed() > AFTERWARDS => return Ok(*refusal),
            (401, Some(_)) => {}
            _ => bail!(
                "{since:?} after its end a session was answered {}",
                answer.describe()
            ),
        }
        sleep(PAUSE).await;
    }
}
