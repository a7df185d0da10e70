//! A server that is killed repeatedly while it works.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Result, bail};
use measure::{
    calls,
    claim_result::ClaimResult,
    client::Client,
    people::TestAccount,
    server::{Server, ServerLaunch},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::task::JoinSet;

use crate::{
    Soak,
    ledger::{BrokenPromises, Ledger},
    runtime,
};

/// Number of concurrent clients.
const BUSY: usize = 8;
/// Maximum number of acknowledged requests before a kill.
const MOST_ACKNOWLEDGED: usize = 60;

/// When the next server is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Succession {
    /// After the kill, because only one process can use the store.
    AfterIt,
    /// Before the kill; it is the next one that is killed.
    BeforeIt,
}

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let launch = ServerLaunch::new(&soak.program, &soak.data("kill"));
    rounds(soak, "kill -9", &launch, Succession::AfterIt)
}

/// Kills servers that are started like this.
pub(crate) fn rounds(
    soak: &Soak,
    claim: &str,
    launch: &ServerLaunch,
    succession: Succession,
) -> Result<Vec<ClaimResult>> {
    let runtime = runtime()?;
    let mut rng = StdRng::seed_from_u64(soak.seed);
    let (mut all, mut broken) = (Ledger::default(), BrokenPromises::default());
    let mut server = launch.start()?;
    for round in 0..soak.kills {
        let is_before = succession == Succession::BeforeIt;
        let waiting = is_before.then(|| launch.start()).transpose()?;
        let address = server.address;
        let after = rng.random_range(1..=MOST_ACKNOWLEDGED);
        let pause = Duration::from_micros(rng.random_range(0..15_000));
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let seed = rng.random();
        let mut ledger = runtime.block_on(async {
            let busy = start(address, round, seed, &acknowledged);
            kill_after(server, after, &acknowledged, pause).await?;
            collect(busy).await
        })?;
        server = waiting.map_or_else(|| launch.start(), Ok)?;
        broken.add(runtime.block_on(ledger.audit(server.address))?);
        all.merge(ledger);
        if succession == Succession::AfterIt {
            server.kill()?;
            server = launch.start()?;
        }
    }
    broken.add(runtime.block_on(all.audit(server.address))?);
    server.stop()?;
    Ok(rows(claim, soak.kills, &all, broken))
}

/// Kills a server `pause` after at least `least` requests were acknowledged.
pub(crate) async fn kill_after(
    server: Server,
    least: usize,
    acknowledged: &AtomicUsize,
    pause: Duration,
) -> Result<()> {
    while acknowledged.load(Ordering::Relaxed) < least {
        tokio::time::sleep(Duration::from_micros(200)).await;
    }
    tokio::time::sleep(pause).await;
    server.kill()
}

fn start(
    address: SocketAddr,
    round: u32,
    seed: u64,
    acknowledged: &Arc<AtomicUsize>,
) -> JoinSet<Result<Ledger>> {
    let mut busy = JoinSet::new();
    for number in 0..BUSY {
        let mut person = BusyClient {
            group: format!("kill-{round}-{number}"),
            rng: StdRng::seed_from_u64(seed + number as u64),
            acknowledged: acknowledged.clone(),
            ledger: Ledger::default(),
        };
        busy.spawn(async move {
            let used = person.use_server(address).await;
            // Without a connection, the server was killed.
            match used {
                Err(error) if error.is::<UnexpectedAnswer>() => Err(error),
                Ok(()) | Err(_) => Ok(person.ledger),
            }
        });
    }
    busy
}

async fn collect(mut busy: JoinSet<Result<Ledger>>) -> Result<Ledger> {
    let mut all = Ledger::default();
    while let Some(done) = busy.join_next().await {
        all.merge(done??);
    }
    Ok(all)
}

/// A response that a kill does not explain.
#[derive(Debug)]
struct UnexpectedAnswer(String);

impl std::fmt::Display for UnexpectedAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an unexpected answer: {}", self.0)
    }
}

impl std::error::Error for UnexpectedAnswer {}

/// A client that signs up, logs in and out until the server is gone.
#[derive(Debug)]
struct BusyClient {
    group: String,
    rng: StdRng,
    acknowledged: Arc<AtomicUsize>,
    ledger: Ledger,
}

impl BusyClient {
    async fn use_server(&mut self, address: SocketAddr) -> Result<()> {
        let mut client = Client::open(address).await?;
        for number in 0.. {
            let person = TestAccount::new(&self.group, number);
            self.ledger.unanswered.push(person.clone());
            self.send(&mut client, calls::sign_up(&person), 201).await?;
            self.ledger.unanswered.pop();
            self.ledger.people.push(person.clone());
            let answer = self.send(&mut client, calls::log_in(&person), 200).await?;
            let Some(session) = answer.session() else {
                bail!(UnexpectedAnswer("a login without a cookie".to_owned()));
            };
            if self.rng.random_bool(0.5) {
                self.ledger.alive.push(session);
                continue;
            }
            // Until the response, the state of the session is unknown, so it is in no list.
            self.send(&mut client, calls::log_out(&session), 200)
                .await?;
            self.ledger.ended.push(session);
        }
        Ok(())
    }

    async fn send(
        &mut self,
        client: &mut Client,
        call: calls::Call,
        expected: u16,
    ) -> Result<measure::client::ClientResponse> {
        let answer = client.send(call).await?;
        if answer.status != expected {
            bail!(UnexpectedAnswer(answer.describe()));
        }
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
        Ok(answer)
    }
}

fn rows(claim: &str, kills: u32, all: &Ledger, broken: BrokenPromises) -> Vec<ClaimResult> {
    let (people, alive, ended) = (all.people.len(), all.alive.len(), all.ended.len());
    let never = |what: &str, count| ClaimResult::never(&format!("{claim}: {what}"), count);
    vec![
        never("acknowledged sign-ups lost", broken.people).note(format!(
            "{kills} kills, each after 1 to {MOST_ACKNOWLEDGED} acknowledged requests of {BUSY} \
             people at once; everything was asked for after each kill and again at the end; \
             {people} accounts"
        )),
        never("half accounts", broken.halves),
        never("acknowledged logins lost", broken.lost).note(format!("{alive} sessions")),
        never("logouts undone", broken.back).note(format!("{ended} logouts")),
    ]
}
