//! Raw requests that no client library would send.

use std::net::{IpAddr, SocketAddr};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use super::wait::in_time;

/// A raw TCP connection.
#[derive(Debug)]
pub(crate) struct Raw(pub(crate) TcpStream);

/// The bytes of a response.
#[derive(Debug)]
pub(crate) struct RawAnswer(pub(crate) Vec<u8>);

impl Raw {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    /// Connects from an address of this machine, which counts as a client of its own.
    pub(crate) async fn connect_from(from: IpAddr, address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((from, 0).into()).unwrap();
        Self(socket.connect(address).await.unwrap())
    }

    /// Whether the server has closed the connection and nothing is left to read.
    pub(crate) fn is_closed(&self) -> bool {
        match self.0.try_read(&mut [0; 1]) {
            Ok(length) => length == 0,
            Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
        }
    }

    /// Sends bytes; a connection that the server has closed is no failure here.
    pub(crate) async fn say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Reads this number of bytes.
    pub(crate) async fn read_exactly(&mut self, length: usize) -> RawAnswer {
        let mut bytes = vec![0; length];
        let read = in_time("the server answers", self.0.read_exact(&mut bytes)).await;
        assert_eq!(read.unwrap(), length);
        RawAnswer(bytes)
    }

    /// Reads until the server closes the connection.
    pub(crate) async fn read_to_end(&mut self) -> RawAnswer {
        let mut bytes = Vec::new();
        // After its response a server resets the connection of a client that is still sending.
        let _ = in_time("the server hangs up", self.0.read_to_end(&mut bytes)).await;
        RawAnswer(bytes)
    }
}

/// Sends bytes on a new connection; returns everything that comes back.
pub(crate) async fn exchange(address: SocketAddr, bytes: impl AsRef<[u8]>) -> RawAnswer {
    let mut raw = Raw::connect(address).await;
    raw.say(bytes).await;
    raw.read_to_end().await
}

impl RawAnswer {
    pub(crate) fn status(&self) -> u16 {
        let text = self.text();
        let status = text
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no answer but {text:?}"))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// Number of responses on the connection.
    pub(crate) fn count(&self) -> usize {
        self.text().matches("HTTP/1.").count()
    }
}
