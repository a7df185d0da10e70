//! An open-loop load: a fixed rate of requests, however slow the responses are.
//!
//! A client that waits for a response before its next request is slowed down by the server, and
//! the requests that it did not send are missing exactly where the server is slow (coordinated
//! omission). So a request is due at a fixed time, and its latency counts from then, even if it
//! was sent later because all connections were busy.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    num::NonZeroU64,
    time::Duration,
};

use anyhow::{Result, bail};
use rand::{RngExt as _, rngs::StdRng};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use crate::{framing, framing::Frame, stopwatch::Stopwatch};

/// Maximum number of unanswered requests.
const CONNECTIONS: usize = 32;

/// Maximum time of a response; a later one is an error.
const PATIENCE: Duration = Duration::from_secs(10);

/// Requests at a fixed rate.
#[derive(Debug)]
pub struct OpenLoop {
    lanes: Vec<LoadConnection>,
    requests: Vec<Vec<u8>>,
    interval: Duration,
    /// The connection that is tried next; all are used in turn, because a server closes idle ones.
    turn: usize,
}

#[derive(Debug)]
struct LoadConnection {
    stream: TcpStream,
    /// When the unanswered request was due.
    due: Option<Duration>,
    answer: Vec<u8>,
}

impl OpenLoop {
    /// Opens the connections. Each request is chosen at random from `requests`.
    ///
    /// # Errors
    /// If nothing listens at the address.
    pub fn open(address: SocketAddr, per_second: u32, requests: Vec<Vec<u8>>) -> Result<Self> {
        // To save power, the kernel otherwise wakes a sleeping thread up to 50 µs late.
        rustix::thread::set_current_timer_slack(NonZeroU64::new(1))?;
        let lanes = (0..CONNECTIONS).map(|_| LoadConnection::open(address));
        Ok(Self {
            lanes: lanes.collect::<Result<_>>()?,
            requests,
            interval: Duration::from_secs(1) / per_second,
            turn: 0,
        })
    }

    /// Sends requests for this time; returns their latencies in milliseconds.
    ///
    /// # Errors
    /// If a response is not a success, or takes too long.
    pub fn run(&mut self, duration: Duration, rng: &mut StdRng) -> Result<Vec<f64>> {
        let count = duration.as_nanos() / self.interval.as_nanos();
        let count = usize::try_from(count)?;
        let mut latencies = Vec::with_capacity(count);
        let mut next = Duration::ZERO;
        let mut sent = 0;
        let watch = Stopwatch::start();
        while latencies.len() < count {
            while sent < count && next <= watch.elapsed() {
                let Some(free) = self.free_lane() else {
                    break;
                };
                let at = rng.random_range(0..self.requests.len());
                self.lanes[free].send(&self.requests[at], next)?;
                next += self.interval;
                sent += 1;
            }
            let until = if sent < count {
                next
            } else {
                watch.elapsed() + PATIENCE
            };
            self.receive(until, &watch, &mut latencies)?;
            if watch.elapsed() > duration + PATIENCE {
                bail!("an answer took longer than {PATIENCE:?}");
            }
        }
        Ok(latencies)
    }

    fn free_lane(&mut self) -> Option<usize> {
        let turns = (0..CONNECTIONS).map(|step| (self.turn + step) % CONNECTIONS);
        let free = turns.into_iter().find(|at| self.lanes[*at].due.is_none())?;
        self.turn = (free + 1) % CONNECTIONS;
        Some(free)
    }

    /// Waits for responses until the next request is due. If all connections are busy, that
    /// request is sent as soon as one is free.
    fn receive(
        &mut self,
        until: Duration,
        watch: &Stopwatch,
        latencies: &mut Vec<f64>,
    ) -> Result<()> {
        let (waiting, free): (Vec<_>, Vec<_>) =
            self.lanes.iter_mut().partition(|lane| lane.due.is_some());
        let patience = until.saturating_sub(watch.elapsed());
        let patience = if free.is_empty() { PATIENCE } else { patience };
        let timeout = Timespec::try_from(patience)?;
        let mut polled: Vec<PollFd<'_>> = waiting
            .iter()
            .map(|lane| PollFd::new(&lane.stream, PollFlags::IN))
            .collect();
        match poll(&mut polled, Some(&timeout)) {
            Ok(0) | Err(Errno::INTR) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
        let ready: Vec<bool> = polled.iter().map(|fd| !fd.revents().is_empty()).collect();
        for (lane, _) in waiting.into_iter().zip(ready).filter(|(_, ready)| *ready) {
            if let Some(due) = lane.receive()? {
                let latency = watch.elapsed().saturating_sub(due);
                latencies.push(latency.as_secs_f64() * 1_000.0);
            }
        }
        Ok(())
    }
}

impl LoadConnection {
    fn open(address: SocketAddr) -> Result<Self> {
        let stream = framing::connect(address)?;
        stream.set_nonblocking(true)?;
        Ok(Self {
            stream,
            due: None,
            answer: Vec::new(),
        })
    }

    fn send(&mut self, request: &[u8], due: Duration) -> Result<()> {
        // A request has some hundred bytes and nothing else is in flight, so it fits into the
        // buffer.
        self.stream.write_all(request)?;
        self.due = Some(due);
        self.answer.clear();
        Ok(())
    }

    /// Reads what has arrived; returns the due time of the request once the response is complete.
    fn receive(&mut self) -> Result<Option<Duration>> {
        let mut chunk = [0; 8 * 1024];
        match self.stream.read(&mut chunk) {
            Ok(0) => bail!("the server closed the connection"),
            Ok(count) => self.answer.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let Some(frame) = Frame::read(&self.answer)? else {
            return Ok(None);
        };
        if !frame.is_success() {
            bail!("an answer with status {}", frame.status);
        }
        Ok(self.due.take_if(|_| self.answer.len() >= frame.whole))
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use rand::SeedableRng as _;

    use super::*;

    /// Answers every request on every connection, but stalls once, for all connections together.
    fn serve(listener: TcpListener, stall: Duration) {
        let gate = std::sync::Arc::new(std::sync::Mutex::new(0_u32));
        for stream in listener.incoming().flatten() {
            let gate = gate.clone();
            thread::spawn(move || answer(stream, &gate, stall));
        }
    }

    fn answer(mut stream: TcpStream, gate: &std::sync::Mutex<u32>, stall: Duration) {
        let mut request = [0; 1024];
        while stream.read(&mut request).is_ok_and(|count| count > 0) {
            let mut count = gate.lock().unwrap();
            *count += 1;
            if *count == 20 {
                let watch = Stopwatch::start();
                while watch.elapsed() < stall {
                    thread::yield_now();
                }
            }
            drop(count);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    }

    #[test]
    fn a_stall_is_seen_by_all_requests_that_were_due_meanwhile() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stall = Duration::from_millis(100);
        thread::spawn(move || serve(listener, stall));
        let request = framing::get(address, "/", None);
        let mut load = OpenLoop::open(address, 1_000, vec![request]).unwrap();
        let mut rng = StdRng::seed_from_u64(1);
        let latencies = load.run(Duration::from_millis(300), &mut rng).unwrap();
        assert_eq!(latencies.len(), 300);
        let slow = latencies.iter().filter(|latency| **latency > 20.0).count();
        assert!(slow >= 60, "{slow}");
    }
}
