//! A client of the load that retries after failures.

use std::{sync::Arc, sync::atomic::Ordering, time::Duration};

use anyhow::Result;
use measure::{
    calls::{self, Call},
    client::{Client, ClientResponse},
    people::TestAccount,
    stopwatch::Stopwatch,
};
use rand::{RngExt as _, rngs::StdRng};
use tokio::time::{sleep, timeout};

use super::{LoadObservations, LoadState, add, pick};

/// Interval between two reads of a reader.
const PAUSE: Duration = Duration::from_millis(5);
/// Pause of a writer after a refusal. Each refused sign-up must be checked afterwards, and a
/// failed store refuses hundreds in a second.
const REST: Duration = Duration::from_millis(200);
/// Time after which the other processes must know of a logout.
const KNOWN: Duration = Duration::from_secs(1);
/// Maximum latency of any response, including that of a failed store.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client that retries after failures.
#[derive(Debug)]
pub(super) struct LoadClient {
    group: String,
    rng: StdRng,
    clients: Vec<Option<Client>>,
    shared: Arc<LoadState>,
    seen: LoadObservations,
}

impl LoadClient {
    pub(super) fn new(group: String, rng: StdRng, shared: Arc<LoadState>) -> Self {
        Self {
            group,
            rng,
            clients: shared.addresses.iter().map(|_| None).collect(),
            shared,
            seen: LoadObservations::default(),
        }
    }

    fn is_over(&self) -> bool {
        self.shared.is_over.load(Ordering::Relaxed)
    }

    fn now(&self) -> f64 {
        self.shared.watch.elapsed().as_secs_f64()
    }

    /// Signs up, logs in and out until the load is over.
    pub(super) async fn write(mut self) -> LoadObservations {
        for number in 0.. {
            if self.is_over() {
                break;
            }
            self.live(&TestAccount::new(&self.group, number)).await;
        }
        self.seen
    }

    /// Signs up, logs in and perhaps out again. A refused request is not repeated, because it may
    /// have been carried out: its account is unanswered then, and its session in no list.
    async fn live(&mut self, person: &TestAccount) {
        if self
            .acknowledged(calls::sign_up(person), 201)
            .await
            .is_none()
        {
            self.seen.ledger.unanswered.push(person.clone());
            sleep(REST).await;
            return;
        }
        self.seen.ledger.people.push(person.clone());
        let Some(answer) = self.acknowledged(calls::log_in(person), 200).await else {
            return;
        };
        let Some(session) = answer.session() else {
            self.wrong("a login without a cookie".to_owned());
            return;
        };
        if self.rng.random_bool(0.5) {
            self.seen.ledger.alive.push(session.clone());
            add(&self.shared.alive, session);
        } else if self
            .acknowledged(calls::log_out(&session), 200)
            .await
            .is_some()
        {
            self.seen.ledger.ended.push(session.clone());
            add(&self.shared.ended, (Stopwatch::start(), session));
        }
    }

    async fn acknowledged(&mut self, call: Call, expected: u16) -> Option<ClientResponse> {
        let answer = self.send(call, expected).await?;
        self.seen.writes.push(self.now());
        Some(answer)
    }

    /// Reads live and ended sessions until the load is over.
    pub(super) async fn read(mut self) -> LoadObservations {
        while !self.is_over() {
            if let Some(session) = pick(&self.shared.alive, &mut self.rng)
                && self.send(calls::read(&session), 200).await.is_some()
            {
                self.seen.reads.push(self.now());
            }
            if let Some((watch, session)) = pick(&self.shared.ended, &mut self.rng)
                && watch.elapsed() > KNOWN
            {
                self.send(calls::read(&session), 401).await;
            }
            sleep(PAUSE).await;
        }
        self.seen
    }

    /// Sends a request; returns the response if it has the expected status. A 503 is allowed, but
    /// returns `None`.
    async fn send(&mut self, call: Call, expected: u16) -> Option<ClientResponse> {
        let what = format!("{} {}", call.method(), call.uri());
        let sent = self.now();
        let answer = timeout(PATIENCE, self.send_to_any(call)).await;
        self.seen.slowest = self.seen.slowest.max(self.now() - sent);
        let text = match answer {
            Ok(Ok(answer)) if answer.status == expected => return Some(answer),
            Ok(Ok(answer)) if answer.status == 503 && answer.retry_after().is_some() => {
                self.seen.refused += 1;
                return None;
            }
            Ok(Ok(answer)) => answer.describe(),
            Ok(Err(error)) => format!("no answer: {error:#}"),
            Err(_) => "no answer in time".to_owned(),
        };
        self.wrong(format!(
            "{what} at {sent:.2} s instead of {expected}: {text}"
        ));
        None
    }

    async fn send_to_any(&mut self, call: Call) -> Result<ClientResponse> {
        let at = self.rng.random_range(0..self.clients.len());
        // Put back after the response, so that a connection without one is not used again.
        let mut client = match self.clients[at].take() {
            Some(client) => client,
            None => Client::open(self.shared.addresses[at]).await?,
        };
        let answer = client.send(call).await?;
        self.clients[at] = Some(client);
        Ok(answer)
    }

    fn wrong(&mut self, what: String) {
        self.seen.wrong.push(what);
    }
}
