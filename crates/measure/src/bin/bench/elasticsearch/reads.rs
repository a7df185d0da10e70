//! Signed-in reads on Elasticsearch, compared with the reference implementation on the same node.

use std::{net::SocketAddr, path::Path, time::Duration};

use anyhow::{Context as _, Result};
use cluster::{JitCompiler, NodeProcess};
use measure::{
    affinity::{CLIENT_CORE, Pinned, SERVER_CORE},
    batches::{Batches, Cost},
    claim_result::{Aim, ClaimResult},
    elasticsearch, framing,
    machine::ForeignLoad,
    people, process,
    samples::{max, median, min},
    server::{Server, ServerLaunch},
};
use rand::{SeedableRng as _, rngs::StdRng};

use super::flask_peer;
use crate::{Bench, reads::SESSIONS, runtime};

const PEOPLE: usize = 50;
const CONNECTIONS: usize = 64;
const BLOCK: Duration = Duration::from_secs(3);
const COMPARISON: &str = "signed-in reads on Elasticsearch ÷ Flask peer, per server-CPU-second";

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    // Started before this thread is pinned, so that Elasticsearch has all cores.
    let node = elasticsearch::start(bench.home()?, JitCompiler::Full)?;
    let _client = Pinned::to(CLIENT_CORE)?;
    let launch = ServerLaunch::new(&bench.program, &bench.data("elasticsearch-reads"));
    let launch = launch.on_elasticsearch(&[node.url()]).on(SERVER_CORE);
    let ours = ReadServer::prepare(launch.start()?)?;
    let peer = bench.flask_peer.as_deref();
    let peer = peer.map(|script| prepare_peer(script, &node, bench));
    let peer = peer.transpose()?;
    let (rounds, foreign) = take_turns(&ours, peer.as_ref(), &node, bench)?;
    for side in [Some(ours), peer].into_iter().flatten() {
        side.server.stop()?;
    }
    let rows = [comparison(&rounds), requests(&rounds)];
    Ok(rows.map(|row| row.with_foreign(foreign)).into())
}

/// Measures alternating blocks, and how much other processes used the machine meanwhile.
fn take_turns(
    ours: &ReadServer,
    peer: Option<&ReadServer>,
    node: &NodeProcess,
    bench: &Bench,
) -> Result<(Vec<Round>, f64)> {
    let mut rng = StdRng::seed_from_u64(bench.seed);
    let mut round = || {
        Ok(Round {
            ours: ours.block(node, &mut rng)?,
            peer: peer.map(|peer| peer.block(node, &mut rng)).transpose()?,
        })
    };
    let warm_up: Result<Round> = round();
    warm_up?;
    let mut pids = vec![node.pid()?];
    pids.extend(&ours.pids);
    pids.extend(peer.iter().flat_map(|peer| &peer.pids));
    let witness = ForeignLoad::begin(&pids)?;
    let rounds = (0..bench.pairs).map(|_| round());
    let rounds = rounds.collect::<Result<_>>()?;
    Ok((rounds, witness.foreign()?))
}

fn prepare_peer(script: &Path, node: &NodeProcess, bench: &Bench) -> Result<ReadServer> {
    let server = flask_peer::start(script, node, bench)?;
    ReadServer::prepare(server).context("the Flask peer")
}

/// A server with a thousand sessions.
#[derive(Debug)]
struct ReadServer {
    server: Server,
    pids: Vec<u32>,
    cookies: Vec<String>,
}

impl ReadServer {
    fn prepare(server: Server) -> Result<Self> {
        let address = server.address;
        let cookies = runtime()?.block_on(async {
            let people = people::sign_up(address, "elasticsearch-reads", PEOPLE).await?;
            people::log_in(address, &people, SESSIONS).await
        })?;
        let pids = process::family(server.pid())?;
        Ok(Self {
            server,
            pids,
            cookies,
        })
    }

    /// Measures a block. The connections are opened for each block, because the reference
    /// implementation closes idle ones after two seconds.
    fn block(&self, node: &NodeProcess, rng: &mut StdRng) -> Result<Block> {
        let address: SocketAddr = self.server.address;
        let get = |cookie: &String| framing::get(address, "/v1/test", Some(cookie));
        let requests = self.cookies.iter().map(get).collect();
        let mut batches = Batches::open(address, &self.pids, CONNECTIONS / 2, requests)?;
        let (before, pid) = (elasticsearch::requests(node)?, node.pid()?);
        let elasticsearch = process::cpu_time(pid)?;
        let cost = batches.run(BLOCK, rng)?;
        let cpu = process::cpu_time(pid)?.saturating_sub(elasticsearch);
        let asked = elasticsearch::requests(node)?.saturating_sub(before);
        let each = 1.0 / cost.requests as f64;
        Ok(Block {
            cost,
            asked: asked as f64 * each,
            elasticsearch: cpu.as_secs_f64() * 1e6 * each,
        })
    }
}

/// The cost of a block of reads.
#[derive(Clone, Copy, Debug)]
struct Block {
    cost: Cost,
    /// Number of Elasticsearch requests per read.
    asked: f64,
    /// Processor time of Elasticsearch per read, in microseconds.
    elasticsearch: f64,
}

/// One block of each server.
#[derive(Debug)]
struct Round {
    ours: Block,
    peer: Option<Block>,
}

fn comparison(rounds: &[Round]) -> ClaimResult {
    let Some(peers) = rounds
        .iter()
        .map(|round| round.peer)
        .collect::<Option<Vec<_>>>()
    else {
        return ClaimResult::not_run(
            COMPARISON,
            "there is no Flask peer; --flask-peer tells where one is",
        );
    };
    let ours: Vec<Block> = rounds.iter().map(|round| round.ours).collect();
    let ratio = |(peer, ours): (&Block, &Block)| peer.cost.cpu / ours.cost.cpu;
    let ratios = peers.iter().zip(&ours).map(ratio).collect();
    ClaimResult::new(COMPARISON, Aim::AtLeast(40.0), "", ratios)
        .note(describe("ours", &ours))
        .note(describe("the peer", &peers))
        .note(format!(
            "{SESSIONS} random sessions and {CONNECTIONS} connections each; all processes of a \
             server count, and Elasticsearch, which both share, does not"
        ))
}

fn requests(rounds: &[Round]) -> ClaimResult {
    let ours: Vec<Block> = rounds.iter().map(|round| round.ours).collect();
    let asked: Vec<f64> = ours.iter().map(|block| block.asked * 1_000.0).collect();
    let claim = "Elasticsearch requests per 1,000 signed-in reads at full rate";
    // The number depends on the latency of Elasticsearch, because waiting reads share a request.
    // The worst block is judged, so the spread does not matter.
    ClaimResult::exact(claim, Aim::AtMost(30.0), "", max(&asked))
        .note(format!(
            "the most of {} blocks, of which the least is {:.2}; counted by Elasticsearch itself, in \
             its statistics by route",
            asked.len(),
            min(&asked)
        ))
        .note(describe("ours", &ours))
}

fn describe(name: &str, blocks: &[Block]) -> String {
    let middle = |value: fn(&Block) -> f64| median(&blocks.iter().map(value).collect::<Vec<_>>());
    format!(
        "{name} {:.2} µs CPU per read (busy {:.0} %), {:.0} reads/s; Elasticsearch {:.2} µs CPU and \
         {:.4} requests per read",
        middle(|block| block.cost.cpu),
        middle(|block| block.cost.busy) * 100.0,
        middle(|block| block.cost.requests as f64) / BLOCK.as_secs_f64(),
        middle(|block| block.elasticsearch),
        middle(|block| block.asked),
    )
}
