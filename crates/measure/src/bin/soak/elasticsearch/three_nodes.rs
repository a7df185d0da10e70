//! Three nodes, one of which is killed or frozen under load.

mod fault;

use std::{thread::sleep, time::Duration};

use anyhow::Result;
use cluster::{NodeOptions, TestCluster};
use measure::{
    claim_result::ClaimResult,
    server::{Server, ServerLaunch},
};

use self::fault::{FAULTS, NodeFault};
use crate::{
    Soak,
    ledger::Ledger,
    load::{self, LoadObservations},
    runtime,
};

const BEFORE: Duration = Duration::from_secs(5);
const AFTERWARDS: Duration = Duration::from_secs(5);

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let mut cluster = TestCluster::start(soak.home()?, &NodeOptions::default())?;
    cluster.wait_until_ready()?;
    let launch = ServerLaunch::new(&soak.program, &soak.data("three-nodes"));
    let launch = launch.on_elasticsearch(&cluster.urls());
    let servers = [launch.start()?, launch.start()?];
    let (mut rows, mut all) = (Vec::new(), Ledger::default());
    for (number, fault) in FAULTS.iter().enumerate() {
        let group = format!("three-nodes-{number}");
        let struck = strike(&mut cluster, &servers, *fault, &group, soak.seed);
        // The observations so far are reported even if the cluster does not recover.
        match struck {
            Ok((ledger, seen)) => {
                all.merge(ledger);
                rows.extend(seen);
            }
            Err(error) => {
                rows.push(ClaimResult::failed(
                    &format!("three nodes, {}", fault.name),
                    &error,
                ));
                return Ok(rows);
            }
        }
    }
    let broken = runtime()?.block_on(all.audit(servers[1].address))?;
    rows.push(
        ClaimResult::never("three nodes: promises broken at the end", broken.sum())
            .note(format!("{broken:?}")),
    );
    servers.into_iter().try_for_each(Server::stop)?;
    Ok(rows)
}

fn strike(
    cluster: &mut TestCluster,
    servers: &[Server],
    fault: NodeFault,
    group: &str,
    seed: u64,
) -> Result<(Ledger, Vec<ClaimResult>)> {
    cluster.wait_until_ready()?;
    let addresses: Vec<_> = servers.iter().map(|server| server.address).collect();
    let (victim, mut seen) = load::during(&addresses, group, seed, |_| {
        sleep(BEFORE);
        let victim = fault.strike(cluster)?;
        cluster.wait_until_ready()?;
        sleep(AFTERWARDS);
        Ok(victim)
    })?;
    let broken = runtime()?.block_on(seen.ledger.audit(addresses[0]))?;
    let mut rows = rows(fault, victim, &seen);
    let claim = format!("three nodes, {}: promises broken", fault.name);
    rows.push(ClaimResult::never(&claim, broken.sum()).note(format!("{broken:?}")));
    Ok((seen.ledger, rows))
}

fn rows(fault: NodeFault, victim: usize, seen: &LoadObservations) -> Vec<ClaimResult> {
    let claim = |what: &str| format!("three nodes, {}: {what}", fault.name);
    let first: Vec<_> = seen.wrong.iter().take(3).cloned().collect();
    vec![
        ClaimResult::never(
            &claim("answers that are neither right nor 503"),
            seen.wrong.len(),
        )
        .note(format!(
            "n{victim}; {} acknowledged writes, {} reads, {} answers 503 with Retry-After; the \
             slowest answer took {:.2} s {}",
            seen.writes.len(),
            seen.reads.len(),
            seen.refused,
            seen.slowest,
            first.join(" | ")
        )),
        ClaimResult::figure(
            &claim("longest pause of acknowledged writes"),
            " s",
            seen.longest_pause_of_writes(),
        ),
        ClaimResult::figure(
            &claim("longest pause of reads"),
            " s",
            seen.longest_pause_of_reads(),
        ),
    ]
}
