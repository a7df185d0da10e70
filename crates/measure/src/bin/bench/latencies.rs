//! The latency of the main requests, for one client alone and for sixteen at once, on each store.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Result;
use cluster::{JitCompiler, NodeProcess};
use measure::{
    calls::{self, Call},
    claim_result::ClaimResult,
    closed_loop::{self, LoadResult, StopCondition},
    elasticsearch::{self, Store},
    machine::ForeignLoad,
    people::{self, TestAccount},
    server::{Server, ServerLaunch},
};
use rand::{RngExt as _, rngs::StdRng};

use crate::{Bench, quantiles, runtime};

const KINDS: [&str; 3] = ["sign-up", "login", "signed-in read"];
const PEOPLE: usize = 128;
const BLOCK: Duration = Duration::from_secs(4);

type Make = Box<dyn Fn(&mut StdRng) -> Call + Send + Sync>;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let launch = ServerLaunch::new(&bench.program, &bench.data("latencies"));
    let mut sides = vec![StoreServer::start("embedded", &launch, None)?];
    if let Some(home) = &bench.home {
        let node = elasticsearch::start(home, JitCompiler::Full)?;
        let launch = ServerLaunch::new(&bench.program, &bench.data("latencies-elasticsearch"));
        let launch = launch.on_elasticsearch(&[node.url()]);
        sides.push(StoreServer::start("Elasticsearch", &launch, Some(node))?);
    }
    let mut rows = Vec::new();
    for clients in [1, 16] {
        for kind in 0..KINDS.len() {
            for side in &sides {
                rows.extend(side.block(kind, clients, bench.seed)?);
            }
        }
    }
    if let Some(reason) = Store::Elasticsearch.absence(bench.home.as_ref()) {
        rows.push(ClaimResult::not_run("latencies on Elasticsearch", reason));
    }
    sides.into_iter().try_for_each(|side| side.server.stop())?;
    Ok(rows)
}

/// A server on one of the stores, which are measured alternately.
#[derive(Debug)]
struct StoreServer {
    store: &'static str,
    server: Server,
    node: Option<NodeProcess>,
    people: Vec<TestAccount>,
    sessions: Vec<String>,
}

impl StoreServer {
    fn start(
        store: &'static str,
        launch: &ServerLaunch,
        node: Option<NodeProcess>,
    ) -> Result<Self> {
        let server = launch.start()?;
        let address = server.address;
        let (people, sessions) = runtime()?.block_on(async {
            let people = people::sign_up(address, "latencies", PEOPLE).await?;
            let sessions = people::log_in(address, &people, PEOPLE).await?;
            anyhow::Ok((people, sessions))
        })?;
        Ok(Self {
            store,
            server,
            node,
            people,
            sessions,
        })
    }

    fn block(&self, kind: usize, clients: usize, seed: u64) -> Result<Vec<ClaimResult>> {
        let make = requests(&self.people, &self.sessions, clients).swap_remove(kind);
        let mut pids = vec![self.server.pid()];
        if let Some(node) = &self.node {
            pids.push(node.pid()?);
        }
        let asked = self.asked()?;
        let witness = ForeignLoad::begin(&pids)?;
        let load = closed_loop::run(
            self.server.address,
            clients,
            StopCondition::After(BLOCK),
            seed,
            make,
        );
        let outcome = runtime()?.block_on(load)?;
        let foreign = witness.foreign()?;
        let asked = self
            .asked()?
            .zip(asked)
            .map(|(after, before)| after - before);
        let name = format!("{}, {clients} at once", KINDS[kind]);
        Ok(self.rows(&name, &outcome, asked, foreign))
    }

    fn asked(&self) -> Result<Option<u64>> {
        self.node.as_ref().map(elasticsearch::requests).transpose()
    }

    fn rows(
        &self,
        name: &str,
        outcome: &LoadResult,
        asked: Option<u64>,
        foreign: f64,
    ) -> Vec<ClaimResult> {
        let count = outcome.latencies.len();
        let calls = asked.map_or("its store is in the process".to_owned(), |asked| {
            let each = asked as f64 / count as f64;
            format!("{each:.3} requests to Elasticsearch for each")
        });
        let asked = [("p50", 0.5), ("p99", 0.99)];
        quantiles::rows(
            name,
            self.store,
            &outcome.latencies,
            &asked,
            foreign,
            &calls,
        )
    }
}

/// One request generator for each kind of request.
fn requests(people: &[TestAccount], sessions: &[String], clients: usize) -> Vec<Make> {
    let (people, sessions) = (people.to_vec(), sessions.to_vec());
    let next = Arc::new(AtomicUsize::new(0));
    let sign_up: Make = Box::new(move |_| {
        let group = format!("new-{clients}");
        calls::sign_up(&TestAccount::new(
            &group,
            next.fetch_add(1, Ordering::Relaxed),
        ))
    });
    let log_in: Make =
        Box::new(move |rng| calls::log_in(&people[rng.random_range(0..people.len())]));
    let read: Make =
        Box::new(move |rng| calls::read(&sessions[rng.random_range(0..sessions.len())]));
    vec![sign_up, log_in, read]
}
