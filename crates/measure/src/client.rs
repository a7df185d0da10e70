//! A persistent connection for consecutive requests.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context as _, Result, bail};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{
    net::{TcpSocket, TcpStream},
    task::JoinSet,
};

use crate::calls::Call;

/// Number of concurrent requests of [`send_all`].
const AT_ONCE: usize = 8;

/// A connection to the server.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    /// The source address; `None` for any.
    source: Option<Ipv4Addr>,
    host: HeaderValue,
    connection: SendRequest<Full<Bytes>>,
}

/// A complete response.
#[derive(Clone, Debug)]
pub struct ClientResponse {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as received.
    pub body: Bytes,
}

impl Client {
    /// Opens a connection.
    ///
    /// # Errors
    /// If nothing listens at the address.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        Self::open_as(address, None).await
    }

    /// Opens a connection from an address of this machine, such as `127.0.2.1`: a server on
    /// loopback takes it for another client.
    ///
    /// # Errors
    /// If nothing listens at the address.
    pub async fn open_from(source: Ipv4Addr, address: SocketAddr) -> Result<Self> {
        Self::open_as(address, Some(source)).await
    }

    async fn open_as(address: SocketAddr, source: Option<Ipv4Addr>) -> Result<Self> {
        Ok(Self {
            address,
            source,
            host: HeaderValue::try_from(address.to_string())?,
            connection: open(address, source).await?,
        })
    }

    /// Sends a request and reads the whole response. A connection that was closed meanwhile is
    /// opened again; a request that was sent is never sent twice.
    ///
    /// # Errors
    /// If the connection breaks.
    pub async fn send(&mut self, mut call: Call) -> Result<ClientResponse> {
        if self.connection.ready().await.is_err() {
            self.connection = open(self.address, self.source).await?;
            self.connection.ready().await?;
        }
        call.headers_mut().insert(header::HOST, self.host.clone());
        let answer = self.connection.send_request(call).await?;
        let (parts, body) = answer.into_parts();
        Ok(ClientResponse {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await?.to_bytes(),
        })
    }

    /// Sends a request that must succeed.
    ///
    /// # Errors
    /// If it does not.
    pub async fn expect_success(&mut self, call: Call) -> Result<ClientResponse> {
        let what = format!("{} {}", call.method(), call.uri());
        let answer = self.send(call).await.context(what.clone())?;
        if !answer.is_success() {
            bail!("{what}: {}", answer.describe());
        }
        Ok(answer)
    }
}

/// Sends requests that must all succeed, some of them concurrently; the responses are in no order.
///
/// # Errors
/// If one does not succeed.
pub async fn send_all(address: SocketAddr, calls: Vec<Call>) -> Result<Vec<ClientResponse>> {
    let mut tasks = JoinSet::new();
    let share = calls.len().div_ceil(AT_ONCE).max(1);
    let mut calls = calls.into_iter().peekable();
    while calls.peek().is_some() {
        let mine: Vec<_> = calls.by_ref().take(share).collect();
        tasks.spawn(async move {
            let mut client = Client::open(address).await?;
            let mut answers = Vec::with_capacity(mine.len());
            for call in mine {
                answers.push(client.expect_success(call).await?);
            }
            anyhow::Ok(answers)
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done??);
    }
    Ok(all)
}

impl ClientResponse {
    /// True for a status of success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The session cookie that it sets, as a browser would send it back.
    pub fn session(&self) -> Option<String> {
        let mut cookies = self.headers.get_all(header::SET_COOKIE).iter();
        cookies.find_map(|cookie| {
            let pair = cookie.to_str().ok()?.split(';').next()?;
            let value = pair.strip_prefix("session=")?;
            (!value.is_empty()).then(|| pair.to_owned())
        })
    }

    /// The body as JSON; `null` if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The response in one line, for a report.
    pub fn describe(&self) -> String {
        let body = String::from_utf8_lossy(&self.body);
        let start: String = body.chars().take(200).collect();
        format!("{} {start}", self.status)
    }

    /// The seconds of `Retry-After`.
    pub fn retry_after(&self) -> Option<u64> {
        let value = self.headers.get(header::RETRY_AFTER)?;
        value.to_str().ok()?.parse().ok()
    }
}

/// Connects, from an address of this machine if one is given.
///
/// # Errors
/// If nothing listens at the address.
pub async fn connect(address: SocketAddr, source: Option<Ipv4Addr>) -> Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if let Some(source) = source {
        socket.bind((source, 0).into())?;
    }
    socket.connect(address).await.context("cannot connect")
}

async fn open(address: SocketAddr, source: Option<Ipv4Addr>) -> Result<SendRequest<Full<Bytes>>> {
    let stream = connect(address, source).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // The next request on a broken connection fails.
    tokio::spawn(connection);
    Ok(sender)
}
