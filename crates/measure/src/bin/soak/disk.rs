//! A disk that fills up and has space again.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use measure::{
    calls,
    claim_result::{Aim, ClaimResult},
    client::Client,
    people::TestAccount,
    server::{Server, ServerLaunch},
    stopwatch::Stopwatch,
    wait,
};

use crate::{Soak, ledger::Ledger, runtime, volume::Volume};

const MEBIBYTES: u32 = 16;
/// Maximum number of writes until the first failure: the write-ahead log has some space left.
const MOST_TRIES: usize = 3_000;
const REFUSED: usize = 100;
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let mut rows = Vec::new();
    let volume = match Volume::mount(&soak.data("disk"), MEBIBYTES) {
        Ok(volume) => volume,
        Err(error) => {
            return Ok(vec![ClaimResult::not_run(
                "full disk",
                &format!("{error:#}"),
            )]);
        }
    };
    // The server's log must not be on the full disk.
    let launch = ServerLaunch::new(&soak.program, &soak.data("disk/data"));
    let launch = launch.with_log(&soak.data("disk.log"));
    let mut ledger = Ledger::default();
    let mut server = launch.start()?;
    runtime()?.block_on(async {
        let mut client = Client::open(server.address).await?;
        write(&mut client, &mut ledger, "before", 10).await?;
        volume.fill()?;
        let full = exhaust(&mut client, &mut ledger).await?;
        rows.extend(full.rows());
        volume.clear()?;
        let watch = Stopwatch::start();
        recover(&mut client, &mut ledger).await?;
        let seconds = watch.elapsed().as_secs_f64();
        let claim = "full disk: time to recover by itself";
        rows.push(ClaimResult::exact(claim, Aim::AtMost(10.0), " s", seconds));
        write(&mut client, &mut ledger, "after", 10).await
    })?;
    ensure!(server.is_running()?, "the server ended on a full disk");
    rows.push(audit("full disk: promises broken", &mut ledger, &server)?);
    server.kill()?;
    let server = launch.start()?;
    rows.push(audit(
        "full disk: promises broken after kill -9",
        &mut ledger,
        &server,
    )?);
    server.kill()?;
    rows.push(start_when_full(&launch, &volume, &mut ledger)?);
    Ok(rows)
}

/// The observations on the full disk.
#[derive(Debug, Default)]
struct FullDiskResult {
    written: usize,
    refused: usize,
    wrong: Vec<String>,
    reads_failed: usize,
}

impl FullDiskResult {
    fn rows(&self) -> [ClaimResult; 2] {
        [
            ClaimResult::never(
                "full disk: answers to writes that are no 503",
                self.wrong.len(),
            )
            .note(format!(
                "{} sign-ups still fitted, {} were refused with 503 and Retry-After{}",
                self.written,
                self.refused,
                self.wrong
                    .first()
                    .map_or(String::new(), |wrong| format!("; {wrong}"))
            )),
            ClaimResult::never("full disk: reads that failed meanwhile", self.reads_failed),
        ]
    }
}

/// Signs accounts up until the disk is full, and some more.
async fn exhaust(client: &mut Client, ledger: &mut Ledger) -> Result<FullDiskResult> {
    let mut full = FullDiskResult::default();
    for number in 0..MOST_TRIES {
        let person = TestAccount::new("full", number);
        let answer = client.send(calls::sign_up(&person)).await?;
        match answer.status {
            201 => {
                full.written += 1;
                ledger.people.push(person);
                continue;
            }
            503 if answer.retry_after().is_some() => full.refused += 1,
            _ => full.wrong.push(answer.describe()),
        }
        ledger.unanswered.push(person);
        let reads = [calls::get("/healthz", None), calls::get("/login", None)];
        let session = ledger.alive.first().map(|cookie| calls::read(cookie));
        for read in reads.into_iter().chain(session) {
            full.reads_failed += usize::from(!client.send(read).await?.is_success());
        }
        if full.refused + full.wrong.len() >= REFUSED {
            return Ok(full);
        }
    }
    ensure!(full.refused > 0, "the disk did not become full");
    Ok(full)
}

async fn recover(client: &mut Client, ledger: &mut Ledger) -> Result<()> {
    let watch = Stopwatch::start();
    for number in 0.. {
        let person = TestAccount::new("recovery", number);
        let answer = client.send(calls::sign_up(&person)).await?;
        if answer.status == 201 {
            ledger.people.push(person);
            return Ok(());
        }
        ledger.unanswered.push(person);
        ensure!(
            watch.elapsed() < PATIENCE,
            "no recovery: {}",
            answer.describe()
        );
    }
    Ok(())
}

async fn write(client: &mut Client, ledger: &mut Ledger, group: &str, count: usize) -> Result<()> {
    for number in 0..count {
        let person = TestAccount::new(group, number);
        client.expect_success(calls::sign_up(&person)).await?;
        let answer = client.expect_success(calls::log_in(&person)).await?;
        ledger
            .alive
            .push(answer.session().context("a login without a cookie")?);
        ledger.people.push(person);
    }
    Ok(())
}

fn audit(claim: &str, ledger: &mut Ledger, server: &Server) -> Result<ClaimResult> {
    let broken = runtime()?.block_on(ledger.audit(server.address))?;
    let sum = broken.people + broken.halves + broken.lost + broken.back;
    Ok(
        ClaimResult::never(claim, sum)
            .note(format!("{} accounts, {broken:?}", ledger.people.len())),
    )
}

/// A start on a full disk may fail, but must not damage stored data.
fn start_when_full(
    launch: &ServerLaunch,
    volume: &Volume,
    ledger: &mut Ledger,
) -> Result<ClaimResult> {
    volume.fill()?;
    let outcome = match launch.start() {
        Ok(server) => {
            server.kill()?;
            "it started".to_owned()
        }
        Err(_) => format!("it refused: {}", last_line(&launch.log)?),
    };
    volume.clear()?;
    let server = wait::until("a start with space again", PATIENCE, || {
        Ok(launch.start().ok())
    })?;
    let row = audit(
        "full disk: promises broken after a start on it",
        ledger,
        &server,
    )?;
    server.stop()?;
    Ok(row.note(outcome))
}

fn last_line(path: &Path) -> Result<String> {
    let log = std::fs::read_to_string(path)?;
    Ok(log.lines().last().unwrap_or_default().to_owned())
}
