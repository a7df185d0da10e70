//! The listener: accepts, limits and closes connections.

mod activity;
mod connections;
mod log;
mod write_timeout;

use std::{
    convert::Infallible,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    time::Duration,
};

use anyhow::anyhow;
use axum::{
    body::Body,
    http::{HeaderValue, header},
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, interval_at, sleep, timeout},
};

pub(crate) use self::connections::Connections;
use self::{
    activity::AnswerBody, connections::ConnectionPermit, write_timeout::WriteTimeoutStream,
};
use crate::{middleware::HttpService, timeouts::Timeouts};

/// Maximum number of headers, and of bytes in the head of a request; a larger head gets 431.
const MAX_HEADERS: usize = 64;
const MAX_HEAD: usize = 16 * 1024;
/// Pause after a failed `accept`, usually for want of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);
/// Interval between log lines about connections that were closed or refused.
const LOG_INTERVAL: Duration = Duration::from_secs(60);

/// Binds the port.
pub(crate) async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => {
                anyhow!(
                    "--port {}: another program listens on {address}",
                    address.port()
                )
            }
            io::ErrorKind::AddrNotAvailable => {
                anyhow!("--host {}: this machine has no such address", address.ip())
            }
            io::ErrorKind::PermissionDenied => {
                anyhow!(
                    "--port {}: listening on {address} is not permitted",
                    address.port()
                )
            }
            _ => anyhow!("listening on {address} failed: {error}"),
        })
}

/// Serves until `stopped` resolves, then waits for open requests.
pub(crate) async fn serve(
    listener: TcpListener,
    edge: HttpService,
    connections: Connections,
    timeouts: Timeouts,
    stopped: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let mut stopped = pin!(stopped);
    let mut log_lines = interval_at(Instant::now() + LOG_INTERVAL, LOG_INTERVAL);
    loop {
        let accepted = tokio::select! {
            () = &mut stopped => break,
            _ = log_lines.tick() => {
                connections.write_log();
                continue;
            }
            accepted = accept(&listener, &connections) => accepted,
        };
        if let Some(accepted) = accepted {
            let watcher = graceful.watcher();
            tokio::spawn(connect(accepted, edge.clone(), timeouts.head, watcher));
        }
    }
    drop(listener);
    connections.write_log();
    finish(graceful, timeouts.grace).await;
}

/// An accepted connection with its permit.
struct AcceptedConnection {
    stream: TcpStream,
    peer: IpAddr,
    place: ConnectionPermit,
}

async fn accept(listener: &TcpListener, connections: &Connections) -> Option<AcceptedConnection> {
    match listener.accept().await {
        Ok((stream, peer)) => {
            let peer = peer.ip();
            let place = connections.admit(peer)?;
            Some(AcceptedConnection {
                stream,
                peer,
                place,
            })
        }
        Err(error) => {
            connections.note_failed(&error);
            sleep(PAUSE).await;
            None
        }
    }
}

async fn connect(
    accepted: AcceptedConnection,
    edge: HttpService,
    head_time: Duration,
    watcher: Watcher,
) {
    let AcceptedConnection {
        stream,
        peer,
        place,
    } = accepted;
    // Nagle's algorithm would delay the last packet of a response by up to 40 ms.
    let _ = stream.set_nodelay(true);
    let activity = place.activity().clone();
    let service = service_fn(|request: Request<Incoming>| {
        let (edge, activity) = (edge.clone(), activity.clone());
        let answering = activity.begin();
        async move {
            let mut response = edge.answer(request.map(Body::new), peer).await;
            if activity.is_closing() {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
            }
            Ok::<_, Infallible>(response.map(|body| AnswerBody::new(body, answering)))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_time)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD)
        .serve_connection(
            TokioIo::new(WriteTimeoutStream::new(stream, activity.clone())),
            service,
        );
    tokio::select! {
        served = watcher.watch(connection) => {
            if let Err(error) = served {
                tracing::debug!(%error, "a connection broke");
            }
        }
        () = activity.closed() => {}
    }
    drop(place);
}

async fn finish(connections: GracefulShutdown, grace: Duration) {
    let running = connections.count();
    tracing::info!(
        connections = running,
        "stopping: no new connections are accepted"
    );
    match timeout(grace, connections.shutdown()).await {
        Ok(()) => tracing::info!("stopped: everything that ran has finished"),
        Err(_) => tracing::warn!("stopped: what still ran after the grace period was cut off"),
    }
}
