//! A ledger of what a server has acknowledged, to check it later.

use std::net::SocketAddr;

use anyhow::{Result, bail};
use measure::{
    calls::{self, Call},
    client::{Client, ClientResponse},
    people::TestAccount,
};
use tokio::task::JoinSet;

const AT_ONCE: usize = 8;

/// Acknowledged and unanswered requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    /// Acknowledged sign-ups.
    pub(crate) people: Vec<TestAccount>,
    /// Sign-ups without a response.
    pub(crate) unanswered: Vec<TestAccount>,
    /// Sessions that began and were not ended.
    pub(crate) alive: Vec<String>,
    /// Sessions whose end was acknowledged.
    pub(crate) ended: Vec<String>,
}

/// Numbers of broken guarantees.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BrokenPromises {
    /// Acknowledged sign-ups that cannot log in.
    pub(crate) people: usize,
    /// Unanswered sign-ups that can neither sign up nor log in.
    pub(crate) halves: usize,
    /// Acknowledged sessions that are lost.
    pub(crate) lost: usize,
    /// Ended sessions that are alive.
    pub(crate) back: usize,
}

impl Ledger {
    /// Adds another ledger.
    pub(crate) fn merge(&mut self, other: Self) {
        self.people.extend(other.people);
        self.unanswered.extend(other.unanswered);
        self.alive.extend(other.alive);
        self.ended.extend(other.ended);
    }

    /// Checks everything that the server has acknowledged. Unanswered sign-ups are repeated and
    /// become acknowledged ones.
    pub(crate) async fn audit(&mut self, address: SocketAddr) -> Result<BrokenPromises> {
        let mut broken = BrokenPromises::default();
        let retries = self.unanswered.iter().map(calls::sign_up).collect();
        for answer in answers(address, retries).await? {
            broken.halves += usize::from(!matches!(answer.status, 201 | 409));
        }
        let retried = std::mem::take(&mut self.unanswered);
        let logins = retried.iter().map(calls::log_in).collect();
        broken.halves += count(&answers(address, logins).await?, 200, |is, want| is != want);
        let logins = self.people.iter().map(calls::log_in).collect();
        broken.people = count(&answers(address, logins).await?, 200, |is, want| is != want);
        self.people.extend(retried);
        let reads = self
            .alive
            .iter()
            .map(|cookie| calls::read(cookie))
            .collect();
        broken.lost = count(&answers(address, reads).await?, 200, |is, want| is != want);
        let reads = self
            .ended
            .iter()
            .map(|cookie| calls::read(cookie))
            .collect();
        broken.back = count(&answers(address, reads).await?, 401, |is, want| is != want);
        Ok(broken)
    }
}

impl BrokenPromises {
    /// Adds other numbers.
    pub(crate) fn add(&mut self, other: Self) {
        self.people += other.people;
        self.halves += other.halves;
        self.lost += other.lost;
        self.back += other.back;
    }

    /// Number of broken guarantees.
    pub(crate) fn sum(self) -> usize {
        self.people + self.halves + self.lost + self.back
    }
}

fn count(answers: &[ClientResponse], want: u16, is_counted: fn(u16, u16) -> bool) -> usize {
    answers
        .iter()
        .filter(|answer| is_counted(answer.status, want))
        .count()
}

/// Sends all calls concurrently; the responses are in no order.
async fn answers(address: SocketAddr, calls: Vec<Call>) -> Result<Vec<ClientResponse>> {
    let mut tasks = JoinSet::new();
    let share = calls.len().div_ceil(AT_ONCE).max(1);
    let mut calls = calls.into_iter().peekable();
    while calls.peek().is_some() {
        let mine: Vec<_> = calls.by_ref().take(share).collect();
        tasks.spawn(async move {
            let mut client = Client::open(address).await?;
            let mut answers = Vec::with_capacity(mine.len());
            for call in mine {
                let answer = client.send(call).await?;
                if answer.status >= 500 {
                    bail!("an audit was answered with {}", answer.describe());
                }
                answers.push(answer);
            }
            Ok(answers)
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done??);
    }
    Ok(all)
}
