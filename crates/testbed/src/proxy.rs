//! A proxy that injects faults between a client and a server.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    time::sleep,
};

/// The fault that a proxy injects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// None: requests and responses are passed on.
    NoFault,
    /// Connections are refused.
    Gone,
    /// Connections are accepted and requests swallowed; no response ever comes.
    Silent,
    /// Requests arrive, and the connection breaks when the response comes.
    LosesAnswers,
    /// Every request is carried out twice, and the second response is returned, as the cluster
    /// does when a node dies in the middle.
    Repeats,
    /// A response comes in pieces of 64 bytes with this pause between them.
    Slow(Duration),
    /// Every request is answered with this text, without reaching the server.
    Answers(String),
}

impl Fault {
    /// Answers every request with this status and body.
    pub fn answering(status: &str, body: &str) -> Self {
        let length = body.len();
        Self::Answers(format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        ))
    }
}

/// A proxy on loopback. Dropping it stops it.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    way: watch::Sender<Fault>,
    requests: Arc<Mutex<Vec<String>>>,
    to_lose: Arc<AtomicUsize>,
}

impl FaultProxy {
    /// A proxy without a fault to the server at this URL.
    pub async fn to(url: &str) -> Self {
        let target = url.split("://").last().unwrap_or(url);
        let target = tokio::net::lookup_host(target.trim_end_matches('/')).await;
        let target = target.unwrap().next().unwrap();
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.unwrap();
        let address = listener.local_addr().unwrap();
        let (way, watched) = watch::channel(Fault::NoFault);
        let (requests, to_lose) = (Arc::default(), Arc::default());
        let relay = Relay {
            target,
            way: watched,
            requests: Arc::clone(&requests),
            to_lose: Arc::clone(&to_lose),
        };
        tokio::spawn(listen(listener, relay));
        Self {
            address,
            way,
            requests,
            to_lose,
        }
    }

    /// The URL of the server through the proxy.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes the fault, also for open connections. Returns when it is in effect.
    pub async fn inject(&self, way: Fault) {
        self.way.send_replace(way.clone());
        let is_gone = way == Fault::Gone;
        while TcpStream::connect(self.address).await.is_err() != is_gone {
            tokio::task::yield_now().await;
        }
    }

    /// Loses the next `answers` responses, whatever they are to, and no more.
    pub fn lose_next(&self, answers: usize) {
        self.to_lose.store(answers, Ordering::SeqCst);
    }

    /// Removes and returns the first lines of the requests since the last call.
    pub fn take_requests(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.requests))
    }
}

#[derive(Clone, Debug)]
struct Relay {
    target: SocketAddr,
    way: watch::Receiver<Fault>,
    requests: Arc<Mutex<Vec<String>>>,
    to_lose: Arc<AtomicUsize>,
}

/// Accepts connections while the fault allows it.
async fn listen(listener: TcpListener, relay: Relay) {
    let address = listener.local_addr().unwrap();
    let mut listener = Some(listener);
    loop {
        let Some(open) = &listener else {
            if !reaches(relay.way.clone(), |way| *way != Fault::Gone).await {
                return;
            }
            listener = bind(address).ok();
            continue;
        };
        tokio::select! {
            accepted = open.accept() => {
                if let Ok((client, _)) = accepted {
                    tokio::spawn(relay.clone().run(client));
                }
            }
            is_gone = reaches(relay.way.clone(), |way| *way == Fault::Gone) => {
                if !is_gone {
                    return;
                }
                listener = None;
            }
        }
    }
}

/// Waits for a fault that satisfies `is_it`; `false` if the proxy was dropped before.
async fn reaches(mut way: watch::Receiver<Fault>, is_it: impl FnMut(&Fault) -> bool) -> bool {
    way.wait_for(is_it).await.is_ok()
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(1024)
}

impl Relay {
    async fn run(self, mut client: TcpStream) {
        let Ok(mut server) = TcpStream::connect(self.target).await else {
            return;
        };
        let (mut from_client, mut from_server) = (vec![0; 65_536], vec![0; 65_536]);
        loop {
            let step = tokio::select! {
                read = client.read(&mut from_client) => match read {
                    Ok(count) if count > 0 => self.request(&from_client[..count], &mut client, &mut server).await,
                    _ => return,
                },
                read = server.read(&mut from_server) => match read {
                    Ok(count) if count > 0 => self.answer(&from_server[..count], &mut client).await,
                    _ => return,
                },
                _ = reaches(self.way.clone(), |way| *way == Fault::Gone) => return,
            };
            if step.is_err() {
                return;
            }
        }
    }

    async fn request(
        &self,
        bytes: &[u8],
        client: &mut TcpStream,
        server: &mut TcpStream,
    ) -> io::Result<()> {
        self.note(bytes);
        let way = self.way.borrow().clone();
        match way {
            Fault::Silent => Ok(()),
            Fault::Answers(answer) => {
                client.write_all(answer.as_bytes()).await?;
                Err(io::ErrorKind::ConnectionAborted.into())
            }
            Fault::Repeats => {
                self.carry_out(bytes).await?;
                server.write_all(bytes).await
            }
            _ => server.write_all(bytes).await,
        }
    }

    /// Sends a request on its own connection and discards the response.
    async fn carry_out(&self, request: &[u8]) -> io::Result<()> {
        let mut server = TcpStream::connect(self.target).await?;
        server.write_all(request).await?;
        server.read(&mut [0; 65_536]).await.map(drop)
    }

    async fn answer(&self, bytes: &[u8], client: &mut TcpStream) -> io::Result<()> {
        let one_less = |left: usize| left.checked_sub(1);
        let lose = self
            .to_lose
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
        if lose.is_ok() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        let way = self.way.borrow().clone();
        match way {
            Fault::Silent => Ok(()),
            Fault::LosesAnswers => Err(io::ErrorKind::ConnectionAborted.into()),
            Fault::Slow(pause) => {
                for piece in bytes.chunks(64) {
                    client.write_all(piece).await?;
                    sleep(pause).await;
                }
                Ok(())
            }
            _ => client.write_all(bytes).await,
        }
    }

    fn note(&self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.lines().filter(|line| line.ends_with(" HTTP/1.1"));
        lock(&self.requests).extend(lines.map(str::to_owned));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
