//! Hundreds of clients that send one byte at a time, while others must be served.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};
use measure::{
    claim_result::{Aim, ClaimResult},
    framing,
    machine::ForeignLoad,
    open_loop::OpenLoop,
    people,
    samples::{median, quantile},
    server::ServerLaunch,
    stopwatch::Stopwatch,
};
use rand::{SeedableRng as _, rngs::StdRng};

use crate::{Soak, runtime};

const SLOW: usize = 800;
/// Interval between two bytes of one client.
const TICK: Duration = Duration::from_millis(250);
const READS_PER_SECOND: u32 = 500;
const BLOCK: Duration = Duration::from_secs(8);
const PAIRS: usize = 5;
/// Duration of a block that exceeds every time-out of the server, so that each slow client is
/// closed once.
const LONG_BLOCK: Duration = Duration::from_secs(40);

/// When the slow clients send.
///
/// A burst occupies the server and this program for a while, four times a second. One that takes
/// longer than 2.5 ms, a hundredth of the interval, delays more than one read in a hundred, and
/// the p99 becomes the rest of the burst: a figure about 800 packets on this machine, not about
/// slow clients. So the aim of 3 is for independent clients; the one for bursts only detects when
/// they become much worse than they were (4.9 to 9.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rhythm {
    /// Spread evenly over the interval.
    Spread,
    /// All at once.
    Burst,
}

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let server = ServerLaunch::new(&soak.program, &soak.data("slow")).start()?;
    let address = server.address;
    let sessions = runtime()?.block_on(async {
        let people = people::sign_up(address, "slow", 20).await?;
        people::log_in(address, &people, 200).await
    })?;
    let get = |cookie: &String| framing::get(address, "/v1/test", Some(cookie));
    let requests = sessions.iter().map(get).collect();
    let mut rng = StdRng::seed_from_u64(soak.seed);
    let mut reads = OpenLoop::open(address, READS_PER_SECOND, requests)?;
    let witness = ForeignLoad::begin(&[server.pid()])?;
    let (mut alone, mut spread, mut bursts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PAIRS {
        alone.push(quantile(&reads.run(BLOCK, &mut rng)?, 0.99));
        for (rhythm, samples) in [(Rhythm::Spread, &mut spread), (Rhythm::Burst, &mut bursts)] {
            let crowd = SlowClients::start(address, rhythm);
            samples.push(quantile(&reads.run(BLOCK, &mut rng)?, 0.99));
            crowd.stop()?;
        }
    }
    let foreign = witness.foreign()?;
    let crowd = SlowClients::start(address, Rhythm::Spread);
    reads.run(LONG_BLOCK, &mut rng)?;
    let closed = crowd.stop()?;
    server.stop()?;
    let ratios = |among: &[f64]| {
        let pairs = among.iter().zip(&alone);
        pairs.map(|(among, alone)| among / alone).collect()
    };
    let row = |claim, target, among: &[f64]| {
        ClaimResult::new(claim, target, "", ratios(among))
            .needing(PAIRS, f64::INFINITY)
            .with_foreign(foreign)
            .note(format!(
                "alone {:.3} ms, among them {:.3} ms",
                median(&alone),
                median(among)
            ))
    };
    Ok(vec![
        row(
            "p99 of reads among 800 slow clients, spread ÷ without",
            Aim::AtMost(3.0),
            &spread,
        ),
        row(
            "the same when all of them send at the same moment",
            Aim::AtMost(15.0),
            &bursts,
        ),
        ClaimResult::exact(
            "slow clients that were cut off within 40 s",
            Aim::AtLeast(SLOW as f64),
            "",
            closed as f64,
        ),
    ])
}

/// Slow clients on a separate thread; one that is disconnected reconnects.
#[derive(Debug)]
struct SlowClients {
    is_over: Arc<AtomicBool>,
    thread: thread::JoinHandle<Result<usize>>,
}

impl SlowClients {
    fn start(address: SocketAddr, rhythm: Rhythm) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let told = is_over.clone();
        let thread = thread::spawn(move || annoy(address, rhythm, &told));
        Self { is_over, thread }
    }

    /// Ends the clients; returns the number of disconnections.
    fn stop(self) -> Result<usize> {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread
            .join()
            .ok()
            .context("the slow clients gave up")?
    }
}

fn annoy(address: SocketAddr, rhythm: Rhythm, is_over: &AtomicBool) -> Result<usize> {
    let clients = (0..SLOW).map(|number| SlowClient::open(address, number));
    let mut clients = clients.collect::<Result<Vec<_>>>()?;
    let mut cut_off = 0;
    while !is_over.load(Ordering::Relaxed) {
        let watch = Stopwatch::start();
        for (number, client) in (0_u32..).zip(&mut clients) {
            if rhythm == Rhythm::Spread {
                let due = TICK * number / SLOW as u32;
                thread::sleep(due.saturating_sub(watch.elapsed()));
            }
            if client.send_a_byte() {
                continue;
            }
            cut_off += 1;
            client.reopen(address)?;
        }
        thread::sleep(TICK.saturating_sub(watch.elapsed()));
    }
    Ok(cut_off)
}

/// A client that never finishes: every second one its head, the others their body.
#[derive(Debug)]
struct SlowClient {
    stream: TcpStream,
    with_body: bool,
}

impl SlowClient {
    fn open(address: SocketAddr, number: usize) -> Result<Self> {
        let with_body = number % 2 == 1;
        let stream = Self::connect(address, with_body)?;
        Ok(Self { stream, with_body })
    }

    fn reopen(&mut self, address: SocketAddr) -> Result<()> {
        self.stream = Self::connect(address, self.with_body)?;
        Ok(())
    }

    fn connect(address: SocketAddr, with_body: bool) -> Result<TcpStream> {
        let mut stream = framing::connect(address)?;
        let mut head = format!("POST /v1/auth/login HTTP/1.1\r\nhost: {address}\r\n");
        if with_body {
            head.push_str("content-type: application/json\r\ncontent-length: 60000\r\n\r\n");
        } else {
            head.push_str("x-slow: ");
        }
        stream.write_all(head.as_bytes())?;
        stream.set_nonblocking(true)?;
        Ok(stream)
    }

    /// Sends a byte; returns true if the connection is still open.
    fn send_a_byte(&mut self) -> bool {
        let mut answer = [0; 1024];
        match self.stream.read(&mut answer) {
            Ok(_) => return false,
            Err(error) if error.kind() != ErrorKind::WouldBlock => return false,
            Err(_) => {}
        }
        self.stream.write_all(b" ").is_ok()
    }
}
