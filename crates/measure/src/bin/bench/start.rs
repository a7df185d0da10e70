//! The time from the start to the first responses.

use anyhow::Result;
use measure::{
    claim_result::{Aim, ClaimResult},
    machine::ForeignLoad,
    people,
    server::ServerLaunch,
};

use crate::{Bench, runtime};

const LEAST: u32 = 7;
const ACCOUNTS: usize = 20;

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let existing = ServerLaunch::new(&bench.program, &bench.data("start-existing"));
    let server = existing.start()?;
    runtime()?.block_on(people::sign_up(server.address, "start", ACCOUNTS))?;
    server.stop()?;
    let witness = ForeignLoad::begin(&[])?;
    let (mut fresh_times, mut existing_times) = (Times::default(), Times::default());
    let runs = bench.pairs.max(LEAST);
    for number in 0..runs {
        let data = bench.data(&format!("start-{number}"));
        let fresh = ServerLaunch::new(&bench.program, &data);
        fresh_times.take(&fresh)?;
        existing_times.take(&existing)?;
    }
    let foreign = witness.foreign()?;
    let row = |claim, samples| {
        let row = ClaimResult::new(claim, Aim::AtMost(300.0), " ms", samples);
        row.needing(LEAST as usize, 1.5).with_foreign(foreign)
    };
    Ok(vec![
        row("start to /healthz, fresh folder", fresh_times.healthz),
        row("start to /login, fresh folder", fresh_times.login),
        row("start to /healthz, existing folder", existing_times.healthz),
        row("start to /login, existing folder", existing_times.login),
    ])
}

#[derive(Debug, Default)]
struct Times {
    healthz: Vec<f64>,
    login: Vec<f64>,
}

impl Times {
    /// Starts a server, waits for its first responses and stops it.
    fn take(&mut self, launch: &ServerLaunch) -> Result<()> {
        let mut server = launch.spawn()?;
        server.wait_for("/healthz")?;
        self.healthz.push(server.started.milliseconds());
        server.wait_for("/login")?;
        self.login.push(server.started.milliseconds());
        server.stop()
    }
}
