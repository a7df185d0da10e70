//! A request whose client closes the connection early.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use anyhow::{Context as _, Result};
use rand::{RngExt as _, rngs::StdRng};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::{sleep, timeout},
};

/// Size of the receive buffer of a client in bytes. It is small, so that the server has not yet
/// written all of a long page when the client has read the start.
const RECEIVE_BUFFER: u32 = 2_048;
/// Maximum pause in milliseconds: a page is rendered in a few, and may wait some more.
const LONGEST_PAUSE: u64 = 20;
/// Maximum time until the start of a response.
const PATIENCE: Duration = Duration::from_secs(30);

/// When a client closes the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CloseAfter {
    /// Right after the request.
    Request,
    /// After the request and this pause.
    Pause(Duration),
    /// After the start of the response.
    Start,
}

impl CloseAfter {
    /// A random variant.
    pub(super) fn random(rng: &mut StdRng) -> Self {
        match rng.random_range(0..3) {
            0 => Self::Request,
            1 => Self::Pause(Duration::from_millis(rng.random_range(0..LONGEST_PAUSE))),
            _ => Self::Start,
        }
    }
}

/// Sends a request from an address of this machine and closes the connection; returns the status
/// if the start of the response was read.
///
/// # Errors
/// If nothing listens, or the awaited response does not come.
pub(super) async fn abort(
    source: Ipv4Addr,
    address: SocketAddr,
    request: &[u8],
    close: CloseAfter,
) -> Result<Option<u16>> {
    let mut stream = connect(source, address).await?;
    stream.write_all(request).await?;
    match close {
        CloseAfter::Request => Ok(None),
        CloseAfter::Pause(pause) => {
            sleep(pause).await;
            Ok(None)
        }
        CloseAfter::Start => {
            let status = timeout(PATIENCE, read_status(&mut stream)).await;
            Ok(Some(status.context("no answer")??))
        }
    }
}

async fn connect(source: Ipv4Addr, address: SocketAddr) -> Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
    socket.bind((source, 0).into())?;
    socket.connect(address).await.context("cannot connect")
}

/// Reads `HTTP/1.1 200` and no more.
async fn read_status(stream: &mut TcpStream) -> Result<u16> {
    let mut start = [0; 12];
    stream.read_exact(&mut start).await?;
    let status = str::from_utf8(&start[9..]).context("an answer without a status")?;
    status.parse().context("an answer without a status")
}

#[cfg(test)]
mod tests {
    use std::{
        io::{ErrorKind, Read as _, Write as _},
        net::TcpListener,
        thread,
    };

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\n\r\n";

    /// Aborts a request to a server that begins to respond; returns what the client read, what the
    /// server read, and whether the connection was closed then.
    fn abort_at(close: CloseAfter) -> (Option<u16>, Vec<u8>, bool) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            let mut request = vec![0; REQUEST.len()];
            stream.read_exact(&mut request).unwrap();
            // The client may have gone already.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n");
            let is_closed = match stream.read(&mut [0; 1]) {
                Ok(count) => count == 0,
                Err(error) => error.kind() == ErrorKind::ConnectionReset,
            };
            (request, is_closed)
        });
        let runtime = crate::runtime().unwrap();
        let aborted = abort(Ipv4Addr::LOCALHOST, address, REQUEST, close);
        let status = runtime.block_on(aborted).unwrap();
        let (request, is_closed) = server.join().unwrap();
        (status, request, is_closed)
    }

    #[test]
    fn the_server_gets_the_whole_request_and_the_end_of_the_connection() {
        let whole = REQUEST.to_vec();
        let pause = CloseAfter::Pause(Duration::from_millis(1));
        assert_eq!(abort_at(CloseAfter::Request), (None, whole.clone(), true));
        assert_eq!(abort_at(pause), (None, whole.clone(), true));
        assert_eq!(abort_at(CloseAfter::Start), (Some(200), whole, true));
    }
}
