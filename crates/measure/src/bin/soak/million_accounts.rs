//! A million accounts.

use anyhow::{Context as _, Result, ensure};
use measure::{
    calls,
    claim_result::{Aim, ClaimResult},
    client::Client,
    data_folder,
    machine::ForeignLoad,
    people::{self, TestAccount},
    process,
    samples::{median, quantile},
    server::{Server, ServerLaunch},
    stopwatch::Stopwatch,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::{Soak, runtime};

const GROUP: &str = "crowd";
const FEW: usize = 400;
const ROUNDS: usize = 5;
const LOGINS: usize = 100;
const READS: usize = 2_000;
/// Maximum ratio of the latency with many accounts to that with few.
const MOST_SLOWER: f64 = 1.2;

/// Compares a server with few accounts and one with many, alternately.
pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let few = AccountServer::few(soak)?;
    let (many, seconds) = AccountServer::many(soak)?;
    let start = many.server.started.milliseconds();
    let mut rng = StdRng::seed_from_u64(soak.seed);
    let witness = ForeignLoad::begin(&[few.server.pid(), many.server.pid()])?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push((few.block(&mut rng)?, many.block(&mut rng)?));
    }
    let foreign = witness.foreign()?;
    runtime()?.block_on(many.refuse_those_who_are_there())?;
    let rows = [
        compare("login p50", &rounds, |block| block.login),
        compare("read p99", &rounds, |block| block.read),
    ];
    let accounts = soak.accounts;
    let mut rows: Vec<ClaimResult> = rows.map(|row| row.with_foreign(foreign)).into();
    rows.extend([
        ClaimResult::figure(&format!("start with {accounts} accounts"), " ms", start).note(
            format!(
                "copied into the store of a stopped server in {:.0} s; {:.0} MB of data",
                seconds,
                many.size()? / 1e6
            ),
        ),
        ClaimResult::figure("resident memory with few accounts", " MiB", few.memory()?),
        ClaimResult::figure("resident memory with many accounts", " MiB", many.memory()?),
    ]);
    few.server.stop()?;
    many.server.stop()?;
    Ok(rows)
}

/// A server and its accounts.
#[derive(Debug)]
struct AccountServer {
    launch: ServerLaunch,
    server: Server,
    people: Vec<TestAccount>,
}

/// The latencies of a block of logins and reads, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Block {
    login: f64,
    read: f64,
}

impl AccountServer {
    fn few(soak: &Soak) -> Result<Self> {
        let launch = ServerLaunch::new(&soak.program, &soak.data("few"));
        let server = launch.start()?;
        let people = runtime()?.block_on(people::sign_up(server.address, "few", FEW))?;
        Ok(Self {
            launch,
            server,
            people,
        })
    }

    fn many(soak: &Soak) -> Result<(Self, f64)> {
        let launch = ServerLaunch::new(&soak.program, &soak.data("many"));
        let server = launch.start()?;
        let first = runtime()?.block_on(people::sign_up(server.address, "first", 1))?;
        server.stop()?;
        let first = first.first().context("nobody signed up")?;
        let watch = Stopwatch::start();
        data_folder::multiply(&launch.data, first, GROUP, soak.accounts)?;
        let seconds = watch.elapsed().as_secs_f64();
        let person = |number| TestAccount {
            address: TestAccount::new(GROUP, number).address,
            password: first.password.clone(),
        };
        let side = Self {
            server: launch.start()?,
            launch,
            people: (0..soak.accounts).map(person).collect(),
        };
        Ok((side, seconds))
    }

    /// Logs some accounts in, and reads with their sessions; one request at a time.
    fn block(&self, rng: &mut StdRng) -> Result<Block> {
        runtime()?.block_on(async {
            let mut client = Client::open(self.server.address).await?;
            let (mut logins, mut sessions) = (Vec::new(), Vec::new());
            for _ in 0..LOGINS {
                let person = &self.people[rng.random_range(0..self.people.len())];
                let watch = Stopwatch::start();
                let answer = client.expect_success(calls::log_in(person)).await?;
                logins.push(watch.milliseconds());
                sessions.push(answer.session().context("a login without a cookie")?);
            }
            let mut reads = Vec::new();
            for _ in 0..READS {
                let call = calls::read(&sessions[rng.random_range(0..sessions.len())]);
                let watch = Stopwatch::start();
                client.expect_success(call).await?;
                reads.push(watch.milliseconds());
            }
            Ok(Block {
                login: quantile(&logins, 0.5),
                read: quantile(&reads, 0.99),
            })
        })
    }

    /// Checks that sign-ups with existing addresses are refused.
    async fn refuse_those_who_are_there(&self) -> Result<()> {
        let mut client = Client::open(self.server.address).await?;
        for person in self.people.iter().step_by(self.people.len().div_ceil(20)) {
            let answer = client.send(calls::sign_up(person)).await?;
            ensure!(
                answer.status == 409,
                "signed up twice: {}",
                answer.describe()
            );
        }
        Ok(())
    }

    fn memory(&self) -> Result<f64> {
        Ok(process::resident(self.server.pid())? as f64 / 1_048_576.0)
    }

    fn size(&self) -> Result<f64> {
        let mut bytes = 0;
        for entry in std::fs::read_dir(&self.launch.data)? {
            bytes += entry?.metadata()?.len();
        }
        Ok(bytes as f64)
    }
}

fn compare(what: &str, rounds: &[(Block, Block)], of: fn(&Block) -> f64) -> ClaimResult {
    let few: Vec<f64> = rounds.iter().map(|(few, _)| of(few)).collect();
    let many: Vec<f64> = rounds.iter().map(|(_, many)| of(many)).collect();
    let ratios = many.iter().zip(&few).map(|(many, few)| many / few);
    let claim = format!("{what}, many accounts ÷ {FEW}");
    ClaimResult::new(&claim, Aim::AtMost(MOST_SLOWER), "", ratios.collect())
        .needing(ROUNDS, 1.5)
        .note(format!(
            "{:.3} ms against {:.3} ms",
            median(&many),
            median(&few)
        ))
}
