//! The Elasticsearch requests of a sign-up and a login.

use std::{thread::sleep, time::Duration};

use anyhow::Result;
use cluster::{JitCompiler, NodeProcess};
use measure::{
    calls::{self, Call},
    claim_result::{Aim, ClaimResult},
    client::Client,
    elasticsearch,
    people::TestAccount,
    samples,
    server::ServerLaunch,
    wait,
};

use crate::{Bench, runtime};

const PEOPLE: usize = 50;
const QUIET: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let node = elasticsearch::start(bench.home()?, JitCompiler::Full)?;
    let launch = ServerLaunch::new(&bench.program, &bench.data("elasticsearch-logins"));
    let server = launch.on_elasticsearch(&[node.url()]).start()?;
    let people: Vec<TestAccount> = (0..PEOPLE)
        .map(|number| TestAccount::new("one", number))
        .collect();
    settle(&node)?;
    let runtime = runtime()?;
    let mut client = runtime.block_on(Client::open(server.address))?;
    let mut count = |make: fn(&TestAccount) -> Call| {
        let each = people.iter().map(|person| {
            asked(&node, || {
                runtime.block_on(client.expect_success(make(person)))?;
                Ok(())
            })
        });
        each.collect::<Result<Vec<f64>>>()
    };
    let (sign_ups, logins) = (count(calls::sign_up)?, count(calls::log_in)?);
    server.stop()?;
    Ok(vec![
        row("login", Aim::AtMost(6.0), logins),
        row("sign-up", Aim::None, sign_ups),
    ])
}

/// Waits until the requests of the server's start have ended, so that they do not count.
fn settle(node: &NodeProcess) -> Result<()> {
    wait::until("the end of the requests of the start", PATIENCE, || {
        let asked = asked(node, || {
            sleep(QUIET);
            Ok(())
        })?;
        Ok((asked == 0.0).then_some(()))
    })
}

/// Number of requests that Elasticsearch receives during `work`.
fn asked(node: &NodeProcess, work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = elasticsearch::requests(node)?;
    work()?;
    Ok(elasticsearch::requests(node)?.saturating_sub(before) as f64)
}

fn row(name: &str, target: Aim, asked: Vec<f64>) -> ClaimResult {
    let mean = asked.iter().sum::<f64>() / asked.len() as f64;
    let most = samples::max(&asked);
    // An additional request now and then would be a bug, not noise, so all count.
    let row = ClaimResult::new(
        &format!("Elasticsearch requests per {name}"),
        target,
        "",
        asked,
    );
    row.needing(PEOPLE, f64::INFINITY).note(format!(
        "{PEOPLE} of them, one after the other; mean {mean:.2}, most {most:.0}; counted by \
         Elasticsearch itself"
    ))
}
