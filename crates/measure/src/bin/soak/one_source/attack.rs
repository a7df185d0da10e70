//! The attacks.

mod connections;
mod requests;

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context as _, Result};
use tokio::task::JoinSet;

use super::content::Content;
use crate::runtime;

/// An attack: what each of its connections does until it is over.
#[derive(Debug)]
pub(super) struct Attack {
    /// The name of what is attacked.
    pub(super) name: &'static str,
    kind: AttackKind,
    connections: usize,
    sources: u8,
}

#[derive(Clone, Copy, Debug)]
enum AttackKind {
    SiteMap,
    Pages,
    Search,
    Forms,
    Logins,
    Idle,
    Creations,
    Cookies,
    Races,
}

const fn attack(name: &'static str, kind: AttackKind, connections: usize) -> Attack {
    Attack {
        name,
        kind,
        connections,
        sources: 1,
    }
}

/// All attacks.
pub(super) const ATTACKS: &[Attack] = &[
    attack("site map", AttackKind::SiteMap, 32),
    attack("lists, products and searches", AttackKind::Pages, 32),
    attack("search in long ligatures", AttackKind::Search, 16),
    attack("half-sent forms", AttackKind::Forms, 900),
    attack("right logins", AttackKind::Logins, 64),
    Attack {
        name: "right logins from three sources",
        kind: AttackKind::Logins,
        connections: 96,
        sources: 3,
    },
    attack("idle connections", AttackKind::Idle, 2_000),
    attack("creations", AttackKind::Creations, 8),
    attack("large cookies", AttackKind::Cookies, 16),
    attack("races at the number of artists", AttackKind::Races, 32),
];

/// The state of a connection of an attacker.
#[derive(Clone, Debug)]
struct Attacker {
    number: usize,
    source: Ipv4Addr,
    address: SocketAddr,
    content: Arc<Content>,
    over: Arc<AtomicBool>,
    answers: Arc<Mutex<BTreeMap<u16, usize>>>,
    /// Number of connections that are held open now.
    held: Arc<AtomicUsize>,
}

impl Attacker {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Counts a response; 0 stands for none.
    fn note(&self, status: u16) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry(status).or_default() += 1;
    }
}

/// A running attack, on its own thread.
#[derive(Debug)]
pub(super) struct RunningAttack {
    over: Arc<AtomicBool>,
    answers: Arc<Mutex<BTreeMap<u16, usize>>>,
    held: Arc<AtomicUsize>,
    thread: thread::JoinHandle<Result<()>>,
}

impl RunningAttack {
    pub(super) fn start(attack: &'static Attack, address: SocketAddr, content: &Content) -> Self {
        let (over, answers) = (Arc::<AtomicBool>::default(), Arc::default());
        let held = Arc::<AtomicUsize>::default();
        let first = Attacker {
            number: 0,
            source: Ipv4Addr::new(127, 0, 9, 1),
            address,
            content: Arc::new(content.clone()),
            over: over.clone(),
            answers: Arc::clone(&answers),
            held: held.clone(),
        };
        let thread = thread::spawn(move || runtime()?.block_on(run(attack, first)));
        Self {
            over,
            answers,
            held,
            thread,
        }
    }

    /// Ends the attack; returns its responses by status, and the number of connections held open.
    pub(super) fn stop(self) -> Result<(BTreeMap<u16, usize>, usize)> {
        let held = self.held.load(Ordering::Relaxed);
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().ok().context("the attack gave up")??;
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        Ok((answers.clone(), held))
    }
}

async fn run(attack: &Attack, first: Attacker) -> Result<()> {
    let mut connections = JoinSet::new();
    for number in 0..attack.connections {
        let source = 1 + number as u8 % attack.sources;
        let attacker = Attacker {
            number,
            source: Ipv4Addr::new(127, 0, 9, source),
            ..first.clone()
        };
        match attack.kind {
            AttackKind::Forms => connections.spawn(connections::half_sent_form(attacker)),
            AttackKind::Idle => connections.spawn(connections::idle(attacker)),
            kind => connections.spawn(requests::send(attacker, kind)),
        };
    }
    while !first.is_over() {
        tokio::time::sleep(connections::TICK).await;
    }
    // Connections that still wait for a response end too.
    connections.shutdown().await;
    Ok(())
}
