//! A million accounts.

use anyhow::{Context as _, Result, ensure};
use measure::{
    calls,
    client::Client,
    data_folder,
    people::{self, Person},
    process,
    report::{Row, Target},
    samples::quantile,
    server::{Launch, Server},
    stopwatch::Stopwatch,
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use crate::{Soak, runtime};

const GROUP: &str = "crowd";
const LOGINS: usize = 400;
const READS: usize = 4_000;
/// So much slower may it be with many accounts than with few.
const MOST_SLOWER: f64 = 1.2;

pub(crate) fn check(soak: &Soak) -> Result<Vec<Row>> {
    let launch = Launch::new(&soak.program, &soak.data("many"));
    let server = launch.start()?;
    let few = runtime()?.block_on(people::sign_up(server.address, "few", LOGINS))?;
    let before = Figures::take(&server, &few, soak.seed)?;
    server.stop()?;
    let template = few.first().context("nobody signed up")?;
    let watch = Stopwatch::start();
    data_folder::multiply(&launch.data, template, GROUP, soak.accounts)?;
    let made = watch.elapsed();
    let crowd = crowd(soak, template);
    let server = launch.start()?;
    let start = server.started.milliseconds();
    let after = Figures::take(&server, &crowd, soak.seed)?;
    let taken = runtime()?.block_on(sign_up_again(&server, &crowd))?;
    server.stop()?;
    ensure!(taken, "an address of the crowd could be signed up again");
    let accounts = soak.accounts;
    let slower = |after: f64, before: f64| after / before;
    Ok(vec![
        Row::figure(&format!("start with {accounts} accounts"), " ms", start).note(format!(
            "copied into the stopped store in {:.0} s; {:.0} MB of data",
            made.as_secs_f64(),
            size(&launch)? / 1e6
        )),
        Row::exact(
            &format!("login p50, {accounts} accounts ÷ {LOGINS}"),
            Target::AtMost(MOST_SLOWER),
            "",
            slower(after.login, before.login),
        )
        .note(format!("{:.2} ms against {:.2} ms", after.login, before.login)),
        Row::exact(
            &format!("read p99, {accounts} accounts ÷ {LOGINS}"),
            Target::AtMost(MOST_SLOWER),
            "",
            slower(after.read, before.read),
        )
        .note(format!("{:.3} ms against {:.3} ms", after.read, before.read)),
        Row::figure("resident memory with few accounts", " MiB", before.memory),
        Row::figure("resident memory with many accounts", " MiB", after.memory),
    ])
}

/// Some of the many, by chance.
fn crowd(soak: &Soak, template: &Person) -> Vec<Person> {
    let mut rng = StdRng::seed_from_u64(soak.seed);
    let one = |_| Person {
        address: Person::new(GROUP, rng.random_range(0..soak.accounts)).address,
        password: template.password.clone(),
    };
    (0..LOGINS).map(one).collect()
}

#[derive(Clone, Copy, Debug)]
struct Figures {
    login: f64,
    read: f64,
    memory: f64,
}

impl Figures {
    /// Logs everybody in once, and reads with these sessions; one request at a time.
    fn take(server: &Server, people: &[Person], seed: u64) -> Result<Self> {
        let (logins, reads) = runtime()?.block_on(async {
            let mut client = Client::open(server.address).await?;
            let (mut logins, mut sessions) = (Vec::new(), Vec::new());
            for person in people {
                let watch = Stopwatch::start();
                let answer = client.expect_success(calls::log_in(person)).await?;
                logins.push(watch.milliseconds());
                sessions.push(answer.session().context("a login without a cookie")?);
            }
            let mut rng = StdRng::seed_from_u64(seed);
            let mut reads = Vec::new();
            for _ in 0..READS {
                let call = calls::read(&sessions[rng.random_range(0..sessions.len())]);
                let watch = Stopwatch::start();
                client.expect_success(call).await?;
                reads.push(watch.milliseconds());
            }
            anyhow::Ok((logins, reads))
        })?;
        Ok(Self {
            login: quantile(&logins, 0.5),
            read: quantile(&reads, 0.99),
            memory: process::resident(server.pid())? as f64 / 1_048_576.0,
        })
    }
}

/// Whether addresses of the crowd are taken, as those of everybody.
async fn sign_up_again(server: &Server, crowd: &[Person]) -> Result<bool> {
    let mut client = Client::open(server.address).await?;
    for person in crowd.iter().take(20) {
        if client.send(calls::sign_up(person)).await?.status != 409 {
            return Ok(false);
        }
    }
    Ok(true)
}

fn size(launch: &Launch) -> Result<f64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(&launch.data)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes as f64)
}
