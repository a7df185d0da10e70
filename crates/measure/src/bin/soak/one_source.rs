//! One source that sends as much as it can, while others visit the site.
//!
//! Addresses of 127.0.0.0/8 stand for different clients. Client, server and store share the
//! processors of this machine, so sending an attack also takes processor time from the visitors.

mod attack;
mod content;
mod visitors;

use std::{collections::BTreeMap, thread::sleep, time::Duration};

use anyhow::{Context as _, Result};
use cluster::{JitCompiler, NodeProcess};
use measure::{
    claim_result::{Aim, ClaimResult},
    elasticsearch, process,
    samples::{max, median, min},
    server::{Server, ServerLaunch},
    stopwatch::Stopwatch,
};
use rustix::process::{Resource, getrlimit, setrlimit};

use self::{
    attack::{ATTACKS, Attack, RunningAttack},
    content::Content,
    visitors::VisitorLatencies,
};
use crate::{Soak, runtime};

/// Number of runs of each attack, with a block of visits before and one during it.
const PAIRS: usize = 3;
/// Length of a block.
const BLOCK: Duration = Duration::from_secs(6);
/// Time between the start of an attack and the visits that count.
const WARM: Duration = Duration::from_secs(2);
/// Time within which the memory must return to its former size.
const BACK: Duration = Duration::from_secs(60);
/// The memory has returned at this multiple of its former size plus the number below: the
/// allocator keeps some.
const KEPT: f64 = 1.25;
const KEPT_MIB: f64 = 32.0;

pub(crate) fn check_embedded(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let launch = ServerLaunch::new(&soak.program, &soak.data("one-source"));
    check("embedded", &launch, None)
}

pub(crate) fn check_elasticsearch(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let node = elasticsearch::start(soak.home()?, JitCompiler::Full)?;
    let launch = ServerLaunch::new(&soak.program, &soak.data("one-source-elasticsearch"));
    let launch = launch.on_elasticsearch(&[node.url()]);
    check("Elasticsearch, 512 MB", &launch, Some(&node))
}

fn check(
    store: &str,
    launch: &ServerLaunch,
    node: Option<&NodeProcess>,
) -> Result<Vec<ClaimResult>> {
    // The content is created without limits, by more accounts than one may have products.
    let server = launch.start()?;
    let content = runtime()?.block_on(Content::create(server.address))?;
    server.stop()?;
    // The server gets the usual limit of descriptors of a shell, and this program the maximum.
    let mut server = launch.clone().limited().start()?;
    // The search index is built after the start, and until then lists are refused.
    server.wait_for("/products")?;
    raise_descriptors()?;
    let mut rows = vec![ClaimResult::figure(
        &format!("one source, {store}: products"),
        "",
        content.products.len() as f64,
    )];
    for attack in ATTACKS {
        match during(attack, &server, &content) {
            Ok(seen) => rows.extend(seen.rows(store, attack)),
            Err(error) => rows.push(ClaimResult::failed(&claim(store, attack), &error)),
        }
    }
    if let Some(node) = node {
        let survives = elasticsearch::ask(&node.url(), "/_cluster/health").is_ok();
        let claim = format!("one source, {store}: nodes that ended");
        rows.push(ClaimResult::never(&claim, usize::from(!survives)));
    }
    server.stop()?;
    Ok(rows)
}

fn raise_descriptors() -> Result<()> {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit).context("the limit of descriptors cannot be raised")
}

fn claim(store: &str, attack: &Attack) -> String {
    format!("one source, {store}: {}", attack.name)
}

/// The observations of visitors.
#[derive(Debug, Default)]
struct AttackObservations {
    /// p99 of pages in milliseconds, without and during the attack.
    without: Vec<f64>,
    among: Vec<f64>,
    /// p95 of logins in milliseconds, without and during the attack.
    logins_without: Vec<f64>,
    logins_among: Vec<f64>,
    /// Number of unexpected responses by status; 0 stands for none.
    failed: BTreeMap<u16, usize>,
    visits: usize,
    before: Vec<f64>,
    most: Vec<f64>,
    after: Vec<f64>,
    /// Seconds until the memory had returned.
    back: Vec<f64>,
    /// Number of responses to the attack by status; 0 stands for none.
    attackers: BTreeMap<u16, usize>,
    /// Number of connections of the attack that were open until its end, without a response.
    held: usize,
}

fn during(
    attack: &'static Attack,
    server: &Server,
    content: &Content,
) -> Result<AttackObservations> {
    let mut seen = AttackObservations::default();
    for _ in 0..PAIRS {
        let alone = VisitorLatencies::visit(server.address, content, BLOCK)?;
        seen.without.push(alone.p99_of_pages());
        seen.logins_without.push(alone.p95_of_logins());
        let before = resident(server)?;
        let running = RunningAttack::start(attack, server.address, content);
        sleep(WARM);
        let among = VisitorLatencies::visit(server.address, content, BLOCK);
        let most = resident(server)?;
        let (answers, held) = running.stop()?;
        seen.held += held;
        count(&mut seen.attackers, answers);
        let among = among?;
        seen.among.push(among.p99_of_pages());
        seen.logins_among.push(among.p95_of_logins());
        // Failures before the attack count too: visitors who are always refused would prove
        // nothing.
        for others in [alone, among] {
            seen.visits += others.pages.len() + others.logins.len();
            count(&mut seen.failed, others.failed);
        }
        let (back, after) = until_back(server, before)?;
        seen.before.push(before);
        seen.most.push(most);
        seen.after.push(after);
        seen.back.push(back);
    }
    Ok(seen)
}

fn count(all: &mut BTreeMap<u16, usize>, more: BTreeMap<u16, usize>) {
    for (status, count) in more {
        *all.entry(status).or_default() += count;
    }
}

/// Resident memory in MiB.
fn resident(server: &Server) -> Result<f64> {
    Ok(process::resident(server.pid())? as f64 / 1_048_576.0)
}

/// Waits until the memory has returned, at most a minute; returns the seconds and the memory then.
fn until_back(server: &Server, before: f64) -> Result<(f64, f64)> {
    let watch = Stopwatch::start();
    loop {
        let now = resident(server)?;
        let elapsed = watch.elapsed();
        if now <= before * KEPT + KEPT_MIB || elapsed > BACK {
            return Ok((elapsed.as_secs_f64(), now));
        }
        sleep(Duration::from_millis(250));
    }
}

impl AttackObservations {
    /// True if the attack reached the server.
    fn is_attacked(&self) -> bool {
        let answered = self.attackers.keys().any(|status| *status != 0);
        answered || self.held > 0
    }

    fn rows(&self, store: &str, attack: &Attack) -> Vec<ClaimResult> {
        let claim = claim(store, attack);
        let ratios = |among: &[f64], without: &[f64]| {
            let pairs = among.iter().zip(without);
            pairs.map(|(among, without)| among / without).collect()
        };
        let range = |samples: &[f64]| {
            let (low, high) = (min(samples), max(samples));
            format!("{:.1} ({low:.1}–{high:.1})", median(samples))
        };
        let p99 = format!("{claim}: p99 of others' pages ÷ without");
        let p95 = format!("{claim}: p95 of others' logins ÷ without");
        let failed = format!("{claim}: others without an answer, or with another than 200");
        let failures = self.failed.values().sum();
        let back = format!("{claim}: time until the memory is back");
        let mut pages = ClaimResult::new(
            &p99,
            Aim::AtMost(3.0),
            "",
            ratios(&self.among, &self.without),
        )
        .needing(PAIRS, f64::INFINITY)
        .note(format!(
            "without {} ms, among {} ms; the attack got {:?}, and {} connections were held",
            range(&self.without),
            range(&self.among),
            self.attackers,
            self.held
        ));
        if !self.is_attacked() {
            pages = pages.invalid("no request of the attack was answered or held");
        }
        vec![
            pages,
            ClaimResult::new(
                &p95,
                Aim::AtMost(3.0),
                "",
                ratios(&self.logins_among, &self.logins_without),
            )
            .needing(PAIRS, f64::INFINITY)
            .note(format!(
                "without {} ms, among {} ms",
                range(&self.logins_without),
                range(&self.logins_among)
            )),
            ClaimResult::never(&failed, failures).note(format!(
                "{:?} of {} visits during the attack and those before it",
                self.failed, self.visits
            )),
            ClaimResult::new(
                &back,
                Aim::AtMost(BACK.as_secs_f64()),
                " s",
                self.back.clone(),
            )
            .needing(PAIRS, f64::INFINITY)
            .note(format!(
                "before {} MiB, during {} MiB, after {} MiB",
                range(&self.before),
                range(&self.most),
                range(&self.after)
            )),
        ]
    }
}
