//! A thousand sign-ups with one address at the same moment.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Result, bail};
use measure::{
    calls, claim_result::ClaimResult, client::Client, people::TestAccount, server::ServerLaunch,
};
use tokio::{sync::Barrier, task::JoinSet, time::sleep};

use crate::{Soak, runtime, spellings};

const AT_ONCE: usize = 1_000;
const ROUNDS: usize = 5;
/// Maximum number of retries after a refusal with `Retry-After`.
const TRIES: u32 = 60;

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let server = ServerLaunch::new(&soak.program, &soak.data("one-address")).start()?;
    let rows = rounds("1,000 sign-ups of one address", &[server.address])?;
    server.stop()?;
    Ok(rows)
}

/// Runs the rounds through all of these servers, which use the same store.
pub(crate) fn rounds(claim: &str, addresses: &[SocketAddr]) -> Result<Vec<ClaimResult>> {
    let (mut wrong, mut locked_out) = (0, 0);
    let mut notes = Vec::new();
    for round in 0..ROUNDS {
        let answers = runtime()?.block_on(sign_up(addresses, round))?;
        let created = answers.get(&201).copied().unwrap_or_default();
        let taken = answers.get(&409).copied().unwrap_or_default();
        wrong += usize::from(created != 1 || taken != AT_ONCE - 1);
        for address in addresses {
            locked_out += runtime()?.block_on(log_in(*address, round))?;
        }
        notes.push(format!("round {round}: {answers:?}"));
    }
    let rounds = format!("{claim}: rounds without exactly one 201");
    let spellings = format!("{claim}: spellings that cannot log in");
    Ok(vec![
        ClaimResult::never(&rounds, wrong).note(notes.join(", ")),
        ClaimResult::never(&spellings, locked_out),
    ])
}

/// An account with this spelling. All have the same password, so that it is known which one won.
fn person(spelling: &str) -> TestAccount {
    TestAccount {
        address: spelling.to_owned(),
        password: "one password for everybody".to_owned(),
    }
}

/// Number of final responses by status; for 503 the number of retries.
async fn sign_up(addresses: &[SocketAddr], round: usize) -> Result<BTreeMap<u16, usize>> {
    let together = Arc::new(Barrier::new(AT_ONCE));
    let spellings = spellings::of(round);
    let mut tasks = JoinSet::new();
    for number in 0..AT_ONCE {
        let person = person(&spellings[number % spellings.len()]);
        let address = addresses[number % addresses.len()];
        let together = together.clone();
        tasks.spawn(async move {
            let client = Client::open(address).await;
            together.wait().await;
            insist(client?, &person).await
        });
    }
    let mut answers = BTreeMap::new();
    while let Some(done) = tasks.join_next().await {
        let (status, tries) = done??;
        *answers.entry(status).or_default() += 1;
        *answers.entry(503).or_default() += tries;
    }
    Ok(answers)
}

/// Retries as long as the responses ask for it; returns the final status and the number of
/// retries.
async fn insist(mut client: Client, person: &TestAccount) -> Result<(u16, usize)> {
    for tries in 0..TRIES {
        let answer = client.send(calls::sign_up(person)).await?;
        if answer.status != 503 {
            return Ok((answer.status, tries as usize));
        }
        let Some(seconds) = answer.retry_after() else {
            bail!("a 503 without Retry-After");
        };
        sleep(Duration::from_secs(seconds)).await;
    }
    bail!("still 503 after {TRIES} tries");
}

/// Number of spellings that cannot log in.
async fn log_in(address: SocketAddr, round: usize) -> Result<usize> {
    let mut client = Client::open(address).await?;
    let mut refused = 0;
    for spelling in spellings::of(round) {
        let answer = client.send(calls::log_in(&person(&spelling))).await?;
        refused += usize::from(!answer.is_success());
    }
    Ok(refused)
}
