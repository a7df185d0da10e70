//! The throughput of logins, compared with that of their hashes alone.

use std::time::Duration;

use anyhow::{Result, ensure};
use measure::{
    calls,
    claim_result::{Aim, ClaimResult},
    closed_loop::{self, StopCondition},
    data_folder,
    machine::{self, ForeignLoad},
    people, samples,
    server::ServerLaunch,
};
use rand::RngExt as _;

use crate::{Bench, raw_hashes, runtime};

/// Number of accounts. Each gets so few sessions that none must end.
const PEOPLE: usize = 128;
const CLIENTS: usize = 16;
const BLOCK: Duration = Duration::from_secs(4);

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let launch = ServerLaunch::new(&bench.program, &bench.data("logins"));
    let server = launch.start()?;
    let address = server.address;
    let runtime = runtime()?;
    let people = runtime.block_on(people::sign_up(address, "logins", PEOPLE))?;
    let threads = machine::cores();
    let log_in = |duration, seed| {
        let people = people.clone();
        runtime.block_on(closed_loop::run(
            address,
            CLIENTS,
            StopCondition::After(duration),
            seed,
            move |rng| calls::log_in(&people[rng.random_range(0..people.len())]),
        ))
    };
    log_in(Duration::from_secs(1), bench.seed)?;
    let witness = ForeignLoad::begin(&[server.pid()])?;
    let (mut ratios, mut logins, mut hashes) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..bench.pairs {
        let login = log_in(BLOCK, bench.seed + u64::from(pair))?.rate();
        let hash = raw_hashes::rate(threads, BLOCK)?;
        ratios.push(login / hash);
        logins.push(login);
        hashes.push(hash);
    }
    let foreign = witness.foreign()?;
    server.stop()?;
    let checked = data_folder::check_hashes(&launch.data)?;
    ensure!(checked >= PEOPLE, "only {checked} stored hashes were found");
    let row = ClaimResult::new(
        "logins/s ÷ raw argon2 verifications/s",
        Aim::AtLeast(0.9),
        "",
        ratios,
    );
    Ok(vec![
        row.with_foreign(foreign)
            .note(format!(
                "{:.1} logins/s against {:.1} hashes/s on {threads} threads, memory reused in both",
                samples::median(&logins),
                samples::median(&hashes)
            ))
            .note(format!(
                "{CLIENTS} connections, {PEOPLE} accounts, {checked} stored hashes all say \
                 m=19456,t=2,p=1"
            )),
    ])
}
