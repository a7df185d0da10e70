//! The time of lists, searches and saves among thousands of films, and of rebuilding the search,
//! on each store.

use std::{
    path::Path,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use cluster::{JitCompiler, NodeProcess};
use measure::{
    calls::{self, Call},
    claim_result::{Aim, ClaimResult},
    closed_loop::{self, StopCondition},
    elasticsearch,
    machine::ForeignLoad,
    people,
    server::{Server, ServerLaunch},
    stopwatch::Stopwatch,
};
use rand::{RngExt as _, rngs::StdRng};

use crate::{
    Bench,
    films::{self, Film},
    quantiles, runtime,
};

const KINDS: [&str; 3] = ["list of the studio", "public search", "save of a new video"];
const BLOCK: Duration = Duration::from_secs(10);
/// Number of timed rebuilds of the search.
const REBUILDS: usize = 5;

type Make = Box<dyn Fn(&mut StdRng) -> Call + Send + Sync>;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let launch = ServerLaunch::new(&bench.program, &bench.data("catalogue"));
    measure_on("embedded", &launch, None, bench)
}

pub(crate) fn measure_on_elasticsearch(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let node = elasticsearch::start(bench.home()?, JitCompiler::Full)?;
    let launch = ServerLaunch::new(&bench.program, &bench.data("catalogue-elasticsearch"));
    let launch = launch.on_elasticsearch(&[node.url()]);
    measure_on("Elasticsearch", &launch, Some(&node), bench)
}

fn measure_on(
    store: &'static str,
    launch: &ServerLaunch,
    node: Option<&NodeProcess>,
    bench: &Bench,
) -> Result<Vec<ClaimResult>> {
    let Some(file) = &bench.films else {
        let reason = "--films tells where movies.db of bokeh-sampledata is";
        return Ok(vec![ClaimResult::not_run(
            &format!("catalogue, {store}"),
            reason,
        )]);
    };
    let films = films::read(file)?;
    let side = CatalogueServer::start(store, launch, node, films)?;
    let mut rows = Vec::new();
    for kind in 0..KINDS.len() {
        rows.extend(side.block(kind, bench.seed)?);
    }
    side.server.stop()?;
    rows.push(rebuild(store, &launch.program, &launch.data, node)?);
    Ok(rows)
}

/// A server with the films.
#[derive(Debug)]
struct CatalogueServer<'a> {
    store: &'static str,
    server: Server,
    node: Option<&'a NodeProcess>,
    cookie: String,
    artists: Vec<String>,
    films: Vec<Film>,
}

impl<'a> CatalogueServer<'a> {
    fn start(
        store: &'static str,
        launch: &ServerLaunch,
        node: Option<&'a NodeProcess>,
        films: Vec<Film>,
    ) -> Result<Self> {
        let server = launch.start()?;
        let address = server.address;
        let (cookie, artists) = runtime()?.block_on(async {
            let people = people::sign_up(address, "catalogue", 1).await?;
            let sessions = people::log_in(address, &people, 1).await?;
            let cookie = sessions.into_iter().next().context("no session")?;
            let artists = films::load(address, &cookie, &films).await?;
            anyhow::Ok((cookie, artists))
        })?;
        Ok(Self {
            store,
            server,
            node,
            cookie,
            artists,
            films,
        })
    }

    fn block(&self, kind: usize, seed: u64) -> Result<Vec<ClaimResult>> {
        let mut pids = vec![self.server.pid()];
        if let Some(node) = self.node {
            pids.push(node.pid()?);
        }
        let witness = ForeignLoad::begin(&pids)?;
        let make = self.requests().swap_remove(kind);
        let load = closed_loop::run(
            self.server.address,
            1,
            StopCondition::After(BLOCK),
            seed,
            make,
        );
        let latencies = runtime()?.block_on(load)?.latencies;
        let foreign = witness.foreign()?;
        let asked = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)];
        let among = format!("among {} films", self.films.len());
        let (name, store) = (KINDS[kind], self.store);
        Ok(quantiles::rows(
            name, store, &latencies, &asked, foreign, &among,
        ))
    }

    /// One request generator for each kind of request.
    fn requests(&self) -> Vec<Make> {
        let films = self.films.clone();
        let cookie = self.cookie.clone();
        let list: Make = Box::new(move |rng| {
            let typed = any(&films, rng).typed(rng);
            calls::get(&format!("/studio/videos?q={typed}"), Some(&cookie))
        });
        let films = self.films.clone();
        let search: Make = Box::new(move |rng| {
            let typed = any(&films, rng).typed(rng);
            calls::get(&format!("/search?q={typed}"), None)
        });
        let (films, artists) = (self.films.clone(), self.artists.clone());
        let cookie = self.cookie.clone();
        let next = AtomicUsize::new(0);
        let save: Make = Box::new(move |rng| {
            let artist = &artists[rng.random_range(0..artists.len())];
            let slug = format!("new-{}", next.fetch_add(1, Ordering::Relaxed));
            any(&films, rng).create(artist, &slug, &cookie)
        });
        vec![list, search, save]
    }
}

fn any<'a>(films: &'a [Film], rng: &mut StdRng) -> &'a Film {
    &films[rng.random_range(0..films.len())]
}

/// Times the command that rebuilds the search, from its start to its end.
fn rebuild(
    store: &str,
    program: &Path,
    data: &Path,
    node: Option<&NodeProcess>,
) -> Result<ClaimResult> {
    let mut times = Vec::with_capacity(REBUILDS);
    for _ in 0..REBUILDS {
        let mut command = Command::new(program);
        command.env_clear().arg("reindex").arg("--data").arg(data);
        if let Some(node) = node {
            command.arg("--elasticsearch").arg(node.url());
        }
        let watch = Stopwatch::start();
        let done = command.output().context("reindex cannot be started")?;
        times.push(watch.milliseconds());
        ensure!(
            done.status.success(),
            "reindex: {}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
    let claim = format!("building the search anew, {store}");
    let row = ClaimResult::new(&claim, Aim::None, " ms", times);
    Ok(row.note("the whole command `inspired reindex`, with its start"))
}
