//! Whether the bytes or the time of a refused login reveal why it was refused.

use anyhow::{Context as _, Result, bail, ensure};
use measure::{
    calls,
    claim_result::{Aim, ClaimResult},
    client::{Client, ClientResponse},
    data_folder,
    people::{self, TestAccount},
    rank_test::RankTest,
    samples::{median, quantile},
    server::ServerLaunch,
    stopwatch::Stopwatch,
};
use rand::{SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};

use crate::{Soak, runtime};

/// Number of accounts of each kind.
const PEOPLE: usize = 40;
/// A difference of medians counts as a leak only if it is larger than this percentage and its
/// probability by chance is below a thousandth. A smaller one disappears in the noise of a
/// network, for any number of tries that the limits allow.
const MOST_PERCENT: f64 = 1.0;
const CHANCE: f64 = 0.001;
/// The names have one length, so that all requests have the same length.
const KINDS: [&str; 3] = ["unknown", "wrongpw", "disable"];

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let launch = ServerLaunch::new(&soak.program, &soak.data("timing"));
    let server = launch.start()?;
    let people = runtime()?.block_on(async {
        let wrong = people::sign_up(server.address, KINDS[1], PEOPLE).await?;
        let disabled = people::sign_up(server.address, KINDS[2], PEOPLE).await?;
        anyhow::Ok([strangers(soak.samples as usize), wrong, disabled])
    })?;
    server.stop()?;
    for person in &people[2] {
        data_folder::disable(&launch.data, person)?;
    }
    let server = launch.start()?;
    let refusals = runtime()?.block_on(async {
        let mut client = Client::open(server.address).await?;
        refuse(&mut client, &people, soak).await
    })?;
    server.stop()?;
    Ok(rows(&refusals))
}

/// Unknown addresses, a new one for each login.
fn strangers(count: usize) -> Vec<TestAccount> {
    (0..count)
        .map(|number| TestAccount::new(KINDS[0], number))
        .collect()
}

/// Times of the refusals of each kind in milliseconds, and the number with deviating bytes.
#[derive(Debug, Default)]
struct Refusals {
    times: [Vec<f64>; 3],
    different: usize,
}

async fn refuse(
    client: &mut Client,
    people: &[Vec<TestAccount>; 3],
    soak: &Soak,
) -> Result<Refusals> {
    let each = soak.samples as usize;
    let mut order: Vec<(usize, usize)> = (0..3 * each)
        .map(|number| (number % 3, number / 3))
        .collect();
    order.shuffle(&mut StdRng::seed_from_u64(soak.seed));
    let mut refusals = Refusals::default();
    let mut first = None;
    // The first few fill caches and do not count.
    for (number, (kind, at)) in order.iter().cycle().take(order.len() + 60).enumerate() {
        let person = &people[*kind][at % people[*kind].len()];
        // The right password of a disabled account is what an attacker could learn most from.
        let person = if *kind == 1 {
            person.mistaken()
        } else {
            person.clone()
        };
        let call = calls::log_in(&person);
        let watch = Stopwatch::start();
        let answer = client.send(call).await?;
        let time = watch.milliseconds();
        ensure!(
            answer.status == 400,
            "a login that should be refused: {}",
            answer.describe()
        );
        let shape = shape(&answer)?;
        let first = first.get_or_insert_with(|| shape.clone());
        refusals.different += usize::from(*first != shape);
        if number >= 60 {
            refusals.times[*kind].push(time);
        }
    }
    Ok(refusals)
}

/// A response without what differs for every one: the time and the request id.
fn shape(answer: &ClientResponse) -> Result<String> {
    let json = answer.json();
    let id = json["request_id"]
        .as_str()
        .context("a refusal without a request_id")?;
    if id.is_empty() {
        bail!("a refusal with an empty request_id");
    }
    let mut shape = answer.status.to_string();
    for (name, value) in answer
        .headers
        .iter()
        .filter(|(name, _)| name.as_str() != "date")
    {
        shape.push_str(&format!(
            "\n{name}: {}",
            String::from_utf8_lossy(value.as_bytes())
        ));
    }
    shape.push_str("\n\n");
    shape.push_str(&String::from_utf8_lossy(&answer.body));
    Ok(shape.replace(id, &"x".repeat(id.len())))
}

fn rows(refusals: &Refusals) -> Vec<ClaimResult> {
    let mut rows = vec![ClaimResult::never(
        "refused logins with bytes of their own",
        refusals.different,
    )];
    for (one, other) in [(0, 1), (2, 1), (0, 2)] {
        let (first, second) = (&refusals.times[one], &refusals.times[other]);
        let test = RankTest::of(first, second);
        let percent = 100.0 * (median(first) / median(second) - 1.0);
        let is_chance = test.p >= CHANCE;
        let claim = format!("time of {} against {}", KINDS[one], KINDS[other]);
        // A difference that chance explains counts as none, however large it is.
        let counted = if is_chance { 0.0 } else { percent.abs() };
        let row = ClaimResult::exact(&claim, Aim::AtMost(MOST_PERCENT), " %", counted);
        rows.push(row.note(format!(
            "medians differ by {percent:+.2} %, p = {:.4}, effect {:+.3} of 1; {}; {}",
            test.p,
            test.effect,
            describe(KINDS[one], first),
            describe(KINDS[other], second)
        )));
    }
    rows
}

fn describe(kind: &str, times: &[f64]) -> String {
    let [low, half, high, most] = [0.25, 0.5, 0.75, 0.95].map(|q| quantile(times, q));
    let count = times.len();
    format!("{kind} ({count}): p25 {low:.2}, p50 {half:.2}, p75 {high:.2}, p95 {most:.2} ms")
}
