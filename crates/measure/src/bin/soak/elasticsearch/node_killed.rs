//! The only node is killed during writes, while the server runs.

use std::{thread::sleep, time::Duration};

use anyhow::{Result, ensure};
use cluster::{JitCompiler, NodeProcess};
use measure::{
    claim_result::{Aim, ClaimResult},
    elasticsearch,
    samples::max,
    server::{Server, ServerLaunch},
};

use crate::{
    Soak,
    ledger::{BrokenPromises, Ledger},
    load::{self, LoadObservations},
    runtime,
};

const ROUNDS: u32 = 3;
const BEFORE: Duration = Duration::from_secs(4);
const GONE: Duration = Duration::from_secs(3);
const AFTERWARDS: Duration = Duration::from_secs(8);

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let mut node = elasticsearch::start(soak.home()?, JitCompiler::Quick)?;
    let launch = ServerLaunch::new(&soak.program, &soak.data("node-killed"));
    let mut server = launch.on_elasticsearch(&[node.url()]).start()?;
    let mut summary = Summary::default();
    for round in 0..ROUNDS {
        let group = format!("node-killed-{round}");
        let seed = soak.seed + u64::from(round);
        let (ready, seen) = load::during(&[server.address], &group, seed, |watch| {
            sleep(BEFORE);
            kill_and_start(&mut node)?;
            let ready = watch.elapsed().as_secs_f64();
            sleep(AFTERWARDS);
            Ok(ready)
        })?;
        summary.add(seen, ready, &server)?;
        ensure!(server.is_running()?, "the server ended with its store");
    }
    let address = server.address;
    summary
        .broken
        .add(runtime()?.block_on(summary.all.audit(address))?);
    server.stop()?;
    Ok(summary.rows())
}

fn kill_and_start(node: &mut NodeProcess) -> Result<()> {
    node.kill()?;
    sleep(GONE);
    node.start_again()?;
    node.wait_until_ready()
}

#[derive(Debug, Default)]
struct Summary {
    all: Ledger,
    broken: BrokenPromises,
    wrong: Vec<String>,
    refused: usize,
    /// Time from the node's readiness to the first write and to the first read, in seconds.
    back: Vec<f64>,
    pauses: Vec<f64>,
}

impl Summary {
    fn add(&mut self, seen: LoadObservations, ready: f64, server: &Server) -> Result<()> {
        for events in [&seen.writes, &seen.reads] {
            let after = events
                .iter()
                .map(|at| at - ready)
                .filter(|since| *since >= 0.0);
            self.back
                .push(after.reduce(f64::min).unwrap_or(f64::INFINITY));
        }
        self.pauses.push(seen.longest_pause_of_writes());
        self.refused += seen.refused;
        self.wrong.extend(seen.wrong);
        let mut ledger = seen.ledger;
        self.broken
            .add(runtime()?.block_on(ledger.audit(server.address))?);
        self.all.merge(ledger);
        Ok(())
    }

    fn rows(&self) -> Vec<ClaimResult> {
        let (people, alive, ended) = (
            self.all.people.len(),
            self.all.alive.len(),
            self.all.ended.len(),
        );
        let never = |what: &str, count| ClaimResult::never(&format!("node killed: {what}"), count);
        let first: Vec<_> = self.wrong.iter().take(3).cloned().collect();
        vec![
            never("answers that are neither right nor 503", self.wrong.len()).note(format!(
                "{ROUNDS} kills; {} answers were 503 with Retry-After {}",
                self.refused,
                first.join(" | ")
            )),
            never("acknowledged sign-ups lost", self.broken.people)
                .note(format!("{people} accounts")),
            never("half accounts", self.broken.halves),
            never("people logged out", self.broken.lost).note(format!("{alive} sessions")),
            never("logouts undone", self.broken.back).note(format!("{ended} logouts")),
            ClaimResult::exact(
                "node killed: time to recover once the node is ready",
                Aim::AtMost(10.0),
                " s",
                max(&self.back),
            )
            .note(format!(
                "the longest of reads and writes; without a write for {:.1} s at most, the start of \
                 the node included",
                max(&self.pauses)
            )),
        ]
    }
}
