//! A load that keeps a server on one core busy at the lowest cost for the client.
//!
//! The connections are in two groups. While the server works on one, the client reads the
//! responses of the other and sends its next requests; so the server always has work, and neither
//! a timer nor a poll is needed. The latency of responses is not measured here.

use std::{
    io::Write as _,
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Result, bail};
use rand::{RngExt as _, rngs::StdRng};

use crate::{framing, process, stopwatch::Stopwatch};

/// The cost of a block of load.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Number of requests; all succeeded.
    pub requests: u64,
    /// Processor time of the server per request, in microseconds.
    pub cpu: f64,
    /// Share of the time in which the server was working.
    pub busy: f64,
    /// Size of the last response in bytes, head and body.
    pub bytes: usize,
}

/// Persistent connections.
#[derive(Debug)]
pub struct Batches {
    groups: [Vec<TcpStream>; 2],
    requests: Vec<Vec<u8>>,
    buffer: Vec<u8>,
    pids: Vec<u32>,
}

impl Batches {
    /// Opens two groups of `group` connections to a server with these process ids. Each request is
    /// chosen at random from `requests`.
    ///
    /// # Errors
    /// If nothing listens at the address.
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

    /// Loads the server for approximately `duration`.
    ///
    /// # Errors
    /// If a response is not a success.
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
