//! The Elasticsearch requests of a sign-up and a login.

use std::{thread::sleep, time::Duration};

use anyhow::Result;
use cluster::{Compiler, Node};
use measure::{
    calls::{self, Call},
    client::Client,
    elasticsearch,
    people::Person,
    row::{Row, Target},
    samples,
    server::Launch,
    wait,
};

use crate::{Bench, runtime};

const PEOPLE: usize = 50;
const QUIET: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn measure(bench: &Bench) -> Result<Vec<Row>> {
    let node = elasticsearch::start(bench.home()?, Compiler::Full)?;
    let launch = Launch::new(&bench.program, &bench.data("elasticsearch-logins"));
    let server = launch.on_elasticsearch(&[node.url()]).start()?;
    let people: Vec<Person> = (0..PEOPLE)
        .map(|number| Person::new("one", number))
        .collect();
    settle(&node)?;
    let runtime = runtime()?;
    let mut client = runtime.block_on(Client::open(server.address))?;
    let mut count = |make: fn(&Person) -> Call| {
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
        row("login", Target::AtMost(6.0), logins),
        row("sign-up", Target::None, sign_ups),
    ])
}

/// Waits until the requests of the server's start have ended, so that they do not count.
fn settle(node: &Node) -> Result<()> {
    wait::until("the end of the requests of the start", PATIENCE, || {
        let asked = asked(node, || {
            sleep(QUIET);
            Ok(())
        })?;
        Ok((asked == 0.0).then_some(()))
    })
}

/// Number of requests that Elasticsearch receives during `work`.
fn asked(node: &Node, work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = elasticsearch::requests(node)?;
    work()?;
    Ok(elasticsearch::requests(node)?.saturating_sub(before) as f64)
}

fn row(name: &str, target: Target, asked: Vec<f64>) -> Row {
    let mean = asked.iter().sum::<f64>() / asked.len() as f64;
    let most = samples::max(&asked);
    // An additional request now and then would be a bug, not noise, so all count.
    let row = Row::new(
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
