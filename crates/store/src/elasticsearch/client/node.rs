//! A node of the cluster and its health.

use std::{
    fmt, io, mem,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures::future::select_ok;
use tokio::{
    net::{TcpStream, lookup_host},
    time::{Instant, timeout},
};

use super::{
    call::{NodeRequest, NodeResponse},
    connect_error::ConnectError,
    failure::RequestFailure,
    settings::{ClusterSettings, NodeUrl},
    transport::{self, Transport},
};

/// Timeout for opening a connection. On one network it takes a millisecond; a machine that is
/// switched off never responds.
const CONNECT: Duration = Duration::from_secs(1);
/// Time without a response after which a connection is tested before a request is sent.
const SILENCE: Duration = Duration::from_secs(5);
/// Maximum size of a response in bytes: more than any that is requested. Nothing beyond it is
/// read.
const MOST_ANSWER: usize = 64 * 1024 * 1024;

/// A node of the cluster.
pub(crate) struct Node {
    url: NodeUrl,
    transport: Transport,
    attempt: Duration,
    health: Mutex<NodeHealth>,
    failures: AtomicU32,
}

#[derive(Clone, Copy, Debug)]
struct NodeHealth {
    state: NodeState,
    heard: Option<Instant>,
}

/// The health of a node, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NodeState {
    /// No failure is known.
    Healthy,
    /// A request to it timed out, possibly because of another node. It is used if there is no
    /// better one.
    Suspected,
    /// It is not used.
    Dead,
}

/// The result of an attempt, for the node's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttemptSignal {
    /// It responded.
    Responded,
    /// It could not be reached.
    Unreachable,
    /// It did not respond in time, or not completely.
    Silence,
}

impl Node {
    pub(crate) fn new(url: NodeUrl, settings: &ClusterSettings) -> Result<Self, ConnectError> {
        Ok(Self {
            url,
            transport: Transport::new(settings)?,
            attempt: settings.attempt(),
            health: Mutex::new(NodeHealth {
                state: NodeState::Healthy,
                heard: None,
            }),
            failures: AtomicU32::new(0),
        })
    }

    pub(crate) fn url(&self) -> &NodeUrl {
        &self.url
    }

    pub(crate) fn state(&self) -> NodeState {
        self.health().state
    }

    pub(crate) fn is_alive(&self) -> bool {
        self.state() < NodeState::Dead
    }

    /// Number of consecutive failures.
    pub(crate) fn failures(&self) -> u32 {
        self.failures.load(Ordering::Relaxed)
    }

    /// Lowers the state to at most `state`; returns the previous state.
    pub(crate) fn worsen(&self, state: NodeState) -> NodeState {
        let mut health = self.health();
        let before = health.state;
        health.state = before.max(state);
        before
    }

    /// Sets the state to well; returns the previous state.
    pub(crate) fn revive(&self) -> NodeState {
        self.failures.store(0, Ordering::Relaxed);
        mem::replace(&mut self.health().state, NodeState::Healthy)
    }

    /// Sends a request and reads the whole response. An incomplete response is none.
    pub(crate) async fn attempt(
        &self,
        call: &NodeRequest,
    ) -> (Result<NodeResponse, RequestFailure>, AttemptSignal) {
        let result = self.exchange(call).await;
        let sign = match &result {
            Err(RequestFailure::NotSent(_)) => AttemptSignal::Unreachable,
            Err(RequestFailure::NoAnswer(_)) => AttemptSignal::Silence,
            Ok(_) | Err(RequestFailure::Busy(_) | RequestFailure::Refused(_)) => {
                AttemptSignal::Responded
            }
        };
        if sign == AttemptSignal::Responded {
            self.failures.store(0, Ordering::Relaxed);
            self.health().heard = Some(Instant::now());
        } else {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        (result, sign)
    }

    async fn exchange(&self, call: &NodeRequest) -> Result<NodeResponse, RequestFailure> {
        self.reach().await?;
        let within = self.attempt.min(call.within);
        let response = self.transport.send(&self.url, call, within).await?;
        let status = response.status();
        let body = transport::read_body(response, MOST_ANSWER).await?;
        Ok(NodeResponse { status, body })
    }

    /// Opens a test connection to a node that has been silent for long. The HTTP client would
    /// reuse an idle connection; if the machine is switched off, the request would time out and
    /// count as sent.
    async fn reach(&self) -> Result<(), RequestFailure> {
        let heard = self.health().heard;
        if heard.is_some_and(|heard| heard.elapsed() < SILENCE) {
            return Ok(());
        }
        let Some((host, port)) = self.url.host_and_port() else {
            return Ok(());
        };
        match timeout(CONNECT.min(self.attempt), connect(&host, port)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(RequestFailure::NotSent(error.to_string())),
            Err(_) => Err(RequestFailure::NotSent(
                "no connection within a second".to_owned(),
            )),
        }
    }

    fn health(&self) -> MutexGuard<'_, NodeHealth> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Connects to the first address that accepts: one of several may be unreachable.
async fn connect(host: &str, port: u16) -> io::Result<()> {
    let addresses: Vec<_> = lookup_host((host, port)).await?.collect();
    let connecting = addresses
        .into_iter()
        .map(|address| Box::pin(TcpStream::connect(address)));
    let connecting: Vec<_> = connecting.collect();
    if connecting.is_empty() {
        return Err(io::Error::other("the name has no address"));
    }
    select_ok(connecting).await.map(drop)
}

/// The transport's `Debug` would print the credentials.
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node")
            .field("url", &self.url)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
