//! Processor time per request, compared with the baseline server.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, Result};
use measure::{
    affinity::{CLIENT_CORE, Pinned, SERVER_CORE},
    batches::{Batches, Cost},
    claim_result::{Aim, ClaimResult},
    client::Client,
    framing,
    machine::ForeignLoad,
    people::{self, TestAccount},
    sample_pages::SamplePages,
    samples,
    server::ServerLaunch,
};
use rand::{SeedableRng as _, rngs::StdRng};

use crate::{Bench, hello, runtime};

const PEOPLE: usize = 50;
/// Number of sessions from which requests choose at random, so that no cache is unrealistically
/// warm.
pub(crate) const SESSIONS: usize = 1_000;
/// Number of accounts with content in the studio and on public pages.
const OWNERS: usize = 10;
const SESSIONS_OF_OWNER: usize = 20;
/// Number of connections; the server works on half of them while the client reads the others.
const CONNECTIONS: usize = 64;
const BLOCK: Duration = Duration::from_secs(2);

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let _client = Pinned::to(CLIENT_CORE)?;
    let launch = ServerLaunch::new(&bench.program, &bench.data("reads")).on(SERVER_CORE);
    let server = launch.start()?;
    let hello = hello::start(bench)?;
    let requests = runtime()?.block_on(Requests::prepare(server.address))?;
    let open = |requests| Batches::open(server.address, &[server.pid()], CONNECTIONS / 2, requests);
    let greeting = vec![framing::get(hello.address, "/", None)];
    let mut hellos = Batches::open(hello.address, &[hello.pid()], CONNECTIONS / 2, greeting)?;
    let (mut reads, mut overviews) = (open(requests.reads)?, open(requests.overviews)?);
    let (mut forms, mut videos) = (open(requests.forms)?, open(requests.videos)?);
    let mut rng = StdRng::seed_from_u64(bench.seed);
    for batches in [
        &mut hellos,
        &mut reads,
        &mut overviews,
        &mut forms,
        &mut videos,
    ] {
        batches.run(BLOCK, &mut rng)?;
    }
    let witness = ForeignLoad::begin(&[server.pid(), hello.pid()])?;
    let mut rounds = Vec::new();
    for _ in 0..bench.pairs {
        rounds.push(Round {
            hello: hellos.run(BLOCK, &mut rng)?,
            read: reads.run(BLOCK, &mut rng)?,
            overview: overviews.run(BLOCK, &mut rng)?,
            form: forms.run(BLOCK, &mut rng)?,
            video: videos.run(BLOCK, &mut rng)?,
        });
    }
    let foreign = witness.foreign()?;
    server.stop()?;
    Ok(rows(&rounds)
        .into_iter()
        .map(|row| row.with_foreign(foreign))
        .collect())
}

/// The requests of each kind of block.
#[derive(Debug)]
struct Requests {
    reads: Vec<Vec<u8>>,
    overviews: Vec<Vec<u8>>,
    forms: Vec<Vec<u8>>,
    videos: Vec<Vec<u8>>,
}

impl Requests {
    async fn prepare(address: SocketAddr) -> Result<Self> {
        let people = people::sign_up(address, "reads", PEOPLE).await?;
        let sessions = people::log_in(address, &people, SESSIONS).await?;
        let get = |path: &str| {
            let request = |cookie: &String| framing::get(address, path, Some(cookie));
            sessions.iter().map(request).collect()
        };
        let mut all = Self {
            reads: get("/v1/test"),
            overviews: get("/studio"),
            forms: Vec::new(),
            videos: Vec::new(),
        };
        for owner in people::sign_up(address, "owner", OWNERS).await? {
            all.add_pages(address, owner).await?;
        }
        Ok(all)
    }

    /// Publishes content for an account, and adds its pages.
    async fn add_pages(&mut self, address: SocketAddr, owner: TestAccount) -> Result<()> {
        let name = format!("artist-{}", self.videos.len());
        let sessions = people::log_in(address, &[owner], SESSIONS_OF_OWNER).await?;
        let cookie = sessions.first().context("no session")?;
        let mut client = Client::open(address).await?;
        let pages = SamplePages::create(&mut client, cookie, &name).await?;
        let form = |cookie| framing::get(address, &pages.product_form, Some(cookie));
        self.forms
            .extend(sessions.iter().map(|cookie| form(cookie)));
        self.videos.push(framing::get(address, &pages.video, None));
        Ok(())
    }
}

/// One block of each kind.
#[derive(Debug)]
struct Round {
    hello: Cost,
    read: Cost,
    overview: Cost,
    form: Cost,
    video: Cost,
}

fn rows(rounds: &[Round]) -> Vec<ClaimResult> {
    let ratios = |of: fn(&Round) -> f64| rounds.iter().map(of).collect();
    vec![
        ClaimResult::new(
            "GET /v1/test ÷ hello, requests per CPU-second",
            Aim::AtLeast(0.4),
            "",
            ratios(|round| round.hello.cpu / round.read.cpu),
        )
        .note(describe("hello", rounds, |round| round.hello))
        .note(describe("read", rounds, |round| round.read))
        .note(format!(
            "{SESSIONS} random sessions, {CONNECTIONS} connections"
        )),
        page("studio page", Aim::AtMost(30.0), rounds, |round| round.overview),
        page("studio form", Aim::None, rounds, |round| round.form).note(format!(
            "a product with offers and attributes; {OWNERS} accounts with {SESSIONS_OF_OWNER} sessions each"
        )),
        page("public video page", Aim::AtMost(40.0), rounds, |round| round.video)
            .note("a video with eight products, without a session"),
    ]
}

/// The cost of a page relative to the baseline.
fn page(name: &str, target: Aim, rounds: &[Round], of: fn(&Round) -> Cost) -> ClaimResult {
    let ratio = |round: &Round| of(round).cpu / round.hello.cpu;
    let claim = format!("{name} ÷ hello, CPU per request");
    let ratios = rounds.iter().map(ratio).collect();
    ClaimResult::new(&claim, target, "", ratios).note(describe("page", rounds, of))
}

fn describe(name: &str, rounds: &[Round], of: fn(&Round) -> Cost) -> String {
    let median = |value: fn(Cost) -> f64| {
        let values: Vec<f64> = rounds.iter().map(|round| value(of(round))).collect();
        samples::median(&values)
    };
    let bytes = rounds.last().map_or(0, |round| of(round).bytes);
    format!(
        "{name} {:.2} µs CPU per request, {bytes} bytes, server busy {:.0} %",
        median(|cost| cost.cpu),
        median(|cost| cost.busy) * 100.0
    )
}
