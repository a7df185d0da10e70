//! A server that is killed repeatedly during saves of the catalogue.

mod creator;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use cluster::JitCompiler;
use measure::{claim_result::ClaimResult, elasticsearch, server::ServerLaunch};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::task::JoinSet;

use self::creator::{BrokenSaves, CreatorClient};
use crate::{Soak, kill::kill_after, runtime};

/// Number of concurrent creators.
const BUSY: usize = 6;
/// Maximum number of acknowledged saves before a kill.
const MOST_ACKNOWLEDGED: usize = 60;
/// Time for which the domain leaves a key to a save in progress, and a margin.
const SAVING: Duration = Duration::from_secs(11);
/// Time after which the next process has projected what a killed one left in the outbox.
const CATCHING_UP: Duration = Duration::from_secs(8);

pub(crate) fn check_embedded(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let launch = ServerLaunch::new(&soak.program, &soak.data("catalogue"));
    // The embedded search index is rebuilt at each start.
    rounds(soak, "catalogue, kill -9", &launch, Duration::ZERO)
}

pub(crate) fn check_elasticsearch(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let node = elasticsearch::start(soak.home()?, JitCompiler::Quick)?;
    let launch = ServerLaunch::new(&soak.program, &soak.data("catalogue-elasticsearch"));
    let launch = launch.on_elasticsearch(&[node.url()]);
    let claim = "catalogue on Elasticsearch, kill -9";
    rounds(soak, claim, &launch, CATCHING_UP)
}

fn rounds(
    soak: &Soak,
    claim: &str,
    launch: &ServerLaunch,
    patience: Duration,
) -> Result<Vec<ClaimResult>> {
    let runtime = runtime()?;
    let mut rng = StdRng::seed_from_u64(soak.seed);
    let mut broken = BrokenSaves::default();
    let mut saves = 0;
    let mut server = launch.start()?;
    let mut creators = Vec::new();
    for number in 0..BUSY {
        let creator = CreatorClient::begin(server.address, number, rng.random());
        creators.push(runtime.block_on(creator)?);
    }
    for _ in 0..soak.kills {
        let after = rng.random_range(1..=MOST_ACKNOWLEDGED);
        let pause = Duration::from_micros(rng.random_range(0..15_000));
        creators = runtime.block_on(async {
            let acknowledged = Arc::new(AtomicUsize::new(0));
            let busy = start(creators, server.address, &acknowledged);
            kill_after(server, after, &acknowledged, pause).await?;
            let creators = collect(busy).await?;
            saves += acknowledged.load(Ordering::Relaxed);
            anyhow::Ok(creators)
        })?;
        server = launch.start()?;
        std::thread::sleep(patience);
        for creator in &mut creators {
            broken.add(runtime.block_on(creator.audit(server.address))?);
        }
    }
    std::thread::sleep(SAVING);
    for creator in &mut creators {
        broken.add(runtime.block_on(creator.close(server.address))?);
    }
    server.stop()?;
    Ok(rows(claim, soak.kills, saves, &creators, broken))
}

fn start(
    creators: Vec<CreatorClient>,
    address: SocketAddr,
    acknowledged: &Arc<AtomicUsize>,
) -> JoinSet<Result<CreatorClient>> {
    let mut busy = JoinSet::new();
    for creator in creators {
        let acknowledged = acknowledged.clone();
        busy.spawn(creator.save_until_the_end(address, acknowledged));
    }
    busy
}

async fn collect(mut busy: JoinSet<Result<CreatorClient>>) -> Result<Vec<CreatorClient>> {
    let mut creators = Vec::new();
    while let Some(done) = busy.join_next().await {
        creators.push(done??);
    }
    Ok(creators)
}

fn rows(
    claim: &str,
    kills: u32,
    saves: usize,
    creators: &[CreatorClient],
    broken: BrokenSaves,
) -> Vec<ClaimResult> {
    let things: usize = creators.iter().map(CreatorClient::things).sum();
    let never = |what: &str, count| ClaimResult::never(&format!("{claim}: {what}"), count);
    vec![
        never("acknowledged saves lost", broken.lost).note(format!(
            "{kills} kills, each after 1 to {MOST_ACKNOWLEDGED} acknowledged saves of {BUSY} \
             creators at once; {saves} saves; {things} products, each asked for after each kill"
        )),
        never("saves that are done in part", broken.halves),
        never("lists that say something else", broken.lists).note(
            "what is there and what is in the bin; after the end of an artist nothing, after its \
             restoration all of it",
        ),
        never("names that nothing has and nobody can take", broken.stuck)
            .note("names of products whose making was never answered"),
    ]
}
