//! Connections: how many, how long, and how they end.

mod patience;
mod places;

use std::{
    convert::Infallible,
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    time::Duration,
};

use anyhow::anyhow;
use axum::body::Body;
use domain::Source;
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};

use self::{
    patience::Patient,
    places::{Place, Places},
};
use crate::{middleware::Edge, timeouts::Timeouts};

/// So many headers, and so many bytes of them; a larger head gets 431.
const MAX_HEADERS: usize = 64;
const MAX_HEAD: usize = 16 * 1024;
/// How long to wait when the machine has no more file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes the port.
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

/// Serves until `stopped`, then lets what runs finish.
pub(crate) async fn serve(
    listener: TcpListener,
    edge: Edge,
    timeouts: Timeouts,
    stopped: impl Future<Output = ()>,
) {
    let connections = GracefulShutdown::new();
    let places = Places::new();
    let mut stopped = pin!(stopped);
    loop {
        let accepted = tokio::select! {
            () = &mut stopped => break,
            accepted = accept(&listener, &places) => accepted,
        };
        if let Some(guest) = accepted {
            let watcher = connections.watcher();
            tokio::spawn(connect(guest, edge.clone(), timeouts.head, watcher));
        }
    }
    drop(listener);
    finish(connections, timeouts.grace).await;
}

/// A connection, and its place among the ones that may be open at once.
struct Guest {
    stream: TcpStream,
    peer: IpAddr,
    place: Place,
}

async fn accept(listener: &TcpListener, places: &Places) -> Option<Guest> {
    let permit = places.wait().await?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            let place = places.take(permit, Source::new(peer.ip()))?;
            Some(Guest {
                stream,
                peer: peer.ip(),
                place,
            })
        }
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            sleep(PAUSE).await;
            None
        }
    }
}

async fn connect(guest: Guest, edge: Edge, head_time: Duration, watcher: Watcher) {
    let Guest {
        stream,
        peer,
        place,
    } = guest;
    // Without it the last packet of an answer may wait 40 ms for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let edge = edge.clone();
        async move { Ok::<_, Infallible>(edge.answer(request.map(Body::new), peer).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_time)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(Patient::new(stream)), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection broke");
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
