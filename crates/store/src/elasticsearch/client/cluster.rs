//! The nodes of a cluster behind one interface.
//!
//! The official client sends a request to the next node of a list and gives up. Here a failed node
//! is avoided until it responds again, repeatable requests are repeated on another node within a
//! deadline, and a circuit breaker protects a cluster that fails altogether.

use std::{
    fmt::Debug,
    sync::{
        Arc, OnceLock, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use domain::documents::StoreError;
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout, timeout_at},
};

use super::{
    backoff::Backoff,
    breaker::Breaker,
    call::{NodeRequest, NodeResponse, RetryPolicy},
    connect_error::ConnectError,
    failure::RequestFailure,
    node::{AttemptSignal, Node, NodeState},
    probe,
    settings::ClusterSettings,
    sniff,
};
use crate::elasticsearch::documents::response_budget::{ResponseBudget, ResponsePermit};

/// Maximum number of attempts of a request.
const ATTEMPTS: u32 = 3;
/// Number of consecutive failures after which the last live node is given up. A single slow
/// response is no reason to fail every request when no other node is left.
const LAST_NODE_FAILURES: u32 = 3;

/// The nodes of a cluster.
#[derive(Debug)]
pub(crate) struct Cluster {
    pub(crate) settings: ClusterSettings,
    nodes: RwLock<Vec<Arc<Node>>>,
    turn: AtomicUsize,
    reading: Semaphore,
    writing: Semaphore,
    response_budget: ResponseBudget,
    /// The UUID of the cluster; known after the first response of a node.
    pub(crate) identity: OnceLock<String>,
    breaker: Breaker,
    pub(crate) sniffer: sniff::Sniffer,
}

impl Cluster {
    pub(crate) fn new(settings: ClusterSettings) -> Result<Arc<Self>, ConnectError> {
        let nodes: Result<Vec<_>, _> = settings
            .nodes
            .iter()
            .map(|url| Node::new(url.clone(), &settings).map(Arc::new))
            .collect();
        Ok(Arc::new(Self {
            nodes: RwLock::new(nodes?),
            turn: AtomicUsize::new(0),
            reading: Semaphore::new(settings.connections),
            writing: Semaphore::new(settings.connections),
            response_budget: ResponseBudget::default(),
            identity: OnceLock::new(),
            breaker: Breaker::default(),
            sniffer: sniff::Sniffer::default(),
            settings,
        }))
    }

    /// Sends a request, repeating it on other nodes within the deadline where that is allowed.
    ///
    /// A response is a success or an error such as 404 and 409. A status for "not now" (429, 503)
    /// or "never" (401, 403) is a failure.
    pub(crate) async fn send(
        self: &Arc<Self>,
        call: &NodeRequest,
    ) -> Result<NodeResponse, RequestFailure> {
        let Some(admission) = self.breaker.admits(Instant::now()) else {
            let text = "the cluster rests after failures".to_owned();
            return Err(RequestFailure::NotSent(text));
        };
        let deadline = Instant::now() + self.settings.timeout;
        let Ok(Ok(_place)) = timeout_at(deadline, self.places(call).acquire()).await else {
            let text = "too many requests are under way".to_owned();
            return Err(RequestFailure::NotSent(text));
        };
        let sent = self.send_until(call, deadline).await;
        match &sent {
            Ok(_) | Err(RequestFailure::Refused(_)) => self.close_breaker(),
            Err(failure) => {
                if self.breaker.failed(admission, Instant::now()) {
                    tracing::error!(%failure, "Elasticsearch keeps failing: calls rest in between");
                }
            }
        }
        sent
    }

    /// Waits until a response of at most `bytes` with documents of at most `largest` bytes may be
    /// in flight.
    pub(crate) async fn permit_answer(
        &self,
        bytes: usize,
        largest: usize,
    ) -> Result<ResponsePermit<'_>, RequestFailure> {
        let permit = timeout(
            self.settings.timeout,
            self.response_budget.acquire(bytes, largest),
        );
        let late = |_| RequestFailure::NotSent("too many bytes are on their way".to_owned());
        permit.await.map_err(late)
    }

    /// Ends an operation at the deadline, with all its retries. A request that was sent may still
    /// be carried out.
    pub(crate) async fn in_time<T, E: Into<StoreError>>(
        &self,
        operation: impl Future<Output = Result<T, E>>,
    ) -> Result<T, StoreError> {
        match timeout(self.settings.timeout, operation).await {
            Ok(done) => done.map_err(Into::into),
            Err(_) => Err(StoreError::Unavailable(
                "the cluster takes too long".to_owned(),
            )),
        }
    }

    /// Writes have permits of their own: those that wait for a shard must not block reads.
    fn places(&self, call: &NodeRequest) -> &Semaphore {
        match call.repeat {
            RetryPolicy::Always => &self.reading,
            RetryPolicy::UnlessSent => &self.writing,
        }
    }

    /// Logs that a node is no longer used. Before the first response of the cluster nothing is
    /// logged here, because the failing start is reported in one line.
    pub(crate) fn log_given_up(&self, node: &Node, condition: &dyn Debug) {
        if self.identity.get().is_some() {
            tracing::warn!(node = %node.url(), ?condition, "a node of Elasticsearch is given up");
        }
    }

    /// Closes the circuit after failures.
    pub(crate) fn close_breaker(&self) {
        if self.breaker.succeeded() {
            tracing::info!("Elasticsearch works again");
        }
    }

    async fn send_until(
        self: &Arc<Self>,
        call: &NodeRequest,
        deadline: Instant,
    ) -> Result<NodeResponse, RequestFailure> {
        let mut backoff = Backoff::new();
        let mut failed: Option<(Arc<Node>, RequestFailure)> = None;
        for _ in 0..ATTEMPTS {
            let Some(node) = self.choose(failed.as_ref().map(|(node, _)| node)) else {
                break;
            };
            let (answer, sign) = node.attempt(call).await;
            self.note(&node, sign);
            let failure = match answer.and_then(understood) {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure.at(node.url()),
            };
            let wait = backoff.next();
            let is_over = !may_repeat(call.repeat, &failure) || Instant::now() + wait >= deadline;
            failed = Some((node, failure));
            if is_over {
                break;
            }
            tracing::debug!(path = call.path, failure = ?failed, "a request is repeated");
            // Another node may be tried at once; the same one needs time.
            if sign == AttemptSignal::Responded || self.alive() < 2 {
                sleep(wait).await;
            }
        }
        let nobody = || RequestFailure::NotSent("no node answers".to_owned());
        Err(failed.map_or_else(nobody, |(_, failure)| failure))
    }

    /// The best live node, round robin; the one that has just failed only if it is the last.
    fn choose(&self, failed: Option<&Arc<Node>>) -> Option<Arc<Node>> {
        let nodes = self.nodes();
        let next_node = self.turn.fetch_add(1, Ordering::Relaxed);
        let is_failed = |node: &Arc<Node>| failed.is_some_and(|failed| Arc::ptr_eq(failed, node));
        (0..nodes.len())
            .map(|step| &nodes[next_node.wrapping_add(step) % nodes.len()])
            .filter(|node| node.is_alive())
            .min_by_key(|node| (is_failed(node), node.state()))
            .cloned()
    }

    /// Records the result of an attempt for the node's health. An unreachable node is given up;
    /// one that timed out is probed first.
    pub(crate) fn note(self: &Arc<Self>, node: &Arc<Node>, sign: AttemptSignal) {
        let state = match sign {
            AttemptSignal::Responded => return,
            AttemptSignal::Silence => NodeState::Suspected,
            AttemptSignal::Unreachable
                if self.alive() < 2 && node.failures() < LAST_NODE_FAILURES =>
            {
                return;
            }
            AttemptSignal::Unreachable => NodeState::Dead,
        };
        sniff::soon(self);
        let before = node.worsen(state);
        if state == NodeState::Dead && before < NodeState::Dead {
            self.log_given_up(node, &format_args!("Unreachable"));
        }
        if before == NodeState::Healthy {
            probe::start(self, node.clone());
        }
    }

    pub(crate) fn alive(&self) -> usize {
        self.nodes().iter().filter(|node| node.is_alive()).count()
    }

    /// The current nodes.
    pub(crate) fn nodes(&self) -> Vec<Arc<Node>> {
        let nodes = self.nodes.read().unwrap_or_else(PoisonError::into_inner);
        nodes.clone()
    }

    pub(crate) fn set_nodes(&self, nodes: Vec<Arc<Node>>) {
        *self.nodes.write().unwrap_or_else(PoisonError::into_inner) = nodes;
    }

    /// Timeout that the cluster applies itself, a little shorter than that of an attempt.
    pub(crate) fn patience(&self) -> Duration {
        self.settings.attempt().mul_f32(0.8)
    }
}

/// Separates responses from failures by status.
fn understood(answer: NodeResponse) -> Result<NodeResponse, RequestFailure> {
    match answer.status.as_u16() {
        401 | 403 | 429 | 500..=599 => Err(RequestFailure::of_status(answer.status, &answer.body)),
        _ => Ok(answer),
    }
}

fn may_repeat(repeat: RetryPolicy, failure: &RequestFailure) -> bool {
    match failure {
        RequestFailure::NotSent(_) | RequestFailure::Busy(_) => true,
        RequestFailure::NoAnswer(_) => repeat == RetryPolicy::Always,
        RequestFailure::Refused(_) => false,
    }
}
