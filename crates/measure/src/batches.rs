//! A load that keeps a server on one core busy at the least cost to the client.
//!
//! The connections are in two groups. While the server works on one, the client reads the answers
//! of the other and sends it the next requests; so there is always something to do, and neither a
//! timer nor a poll is paid for. How long an answer took is not measured here.

use std::{
    io::Write as _,
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Result, bail};
use rand::{RngExt as _, rngs::StdRng};

use crate::{framing, process, stopwatch::Stopwatch};

/// What a block of load has cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Requests that were answered; all with success.
    pub requests: u64,
    /// The server's processor time per request, in microseconds.
    pub cpu: f64,
    /// The share of the time in which the server was working.
    pub busy: f64,
    /// The bytes of the last answer, head and body.
    pub bytes: usize,
}

/// Connections that are kept alive.
#[derive(Debug)]
pub struct Batches {
    groups: [Vec<TcpStream>; 2],
    requests: Vec<Vec<u8>>,
    buffer: Vec<u8>,
    pids: Vec<u32>,
}

impl Batches {
    /// Opens two groups of so many connections to a server of these processes; each request is one
    /// of these, by chance.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn open(
        address: SocketAddr,
        pids: &[u32],
        group: usize,
        requests: Vec<Vec<u8>>,
    ) -> Result<Self> {
        let open = || {
            (0..group)
                .map(|_| framing::connect(address))
                .collect::<Result<Vec<_>>>()
        };
        Ok(Self {
            groups: [open()?, open()?],
            requests,
            buffer: Vec::new(),
            pids: pids.to_vec(),
        })
    }

    /// Loads the server for about so long.
    ///
    /// # Errors
    /// When an answer is no success.
    pub fn run(&mut self, duration: Duration, rng: &mut StdRng) -> Result<Cost> {
        let (mut requests, mut bytes) = (0, 0);
        self.send(0, rng)?;
        let watch = Stopwatch::start();
        let before = self.cpu_time()?;
        while watch.elapsed() < duration {
            for group in [0, 1] {
                self.send(1 - group, rng)?;
                bytes = self.receive(group)?;
                requests += self.groups[group].len() as u64;
            }
        }
        let cpu = self.cpu_time()?.saturating_sub(before).as_secs_f64();
        let elapsed = watch.elapsed().as_secs_f64();
        self.receive(0)?;
        Ok(Cost {
            requests,
            cpu: cpu * 1e6 / requests as f64,
            busy: cpu / elapsed,
            bytes,
        })
    }

    fn cpu_time(&self) -> Result<Duration> {
        self.pids.iter().map(|pid| process::cpu_time(*pid)).sum()
    }

    fn send(&mut self, group: usize, rng: &mut StdRng) -> Result<()> {
        for stream in &mut self.groups[group] {
            let at = rng.random_range(0..self.requests.len());
            stream.write_all(&self.requests[at])?;
        }
        Ok(())
    }

    fn receive(&mut self, group: usize) -> Result<usize> {
        let mut bytes = 0;
        for stream in &mut self.groups[group] {
            let frame = framing::receive(stream, &mut self.buffer)?;
            if !frame.is_success() {
                bail!("an answer with status {}", frame.status);
            }
            bytes = frame.whole;
        }
        Ok(bytes)
    }
}
