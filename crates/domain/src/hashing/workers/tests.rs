use std::sync::{
    Arc,
    mpsc::{self, Receiver, Sender},
};

use super::*;
use crate::caller::ClientNetwork;

const LONG: Duration = Duration::from_secs(600);

/// A job whose behaviour a test chooses.
struct TestJob {
    is_abandoned: bool,
    refused: Option<Sender<Duration>>,
    body: Box<dyn FnOnce(&mut HashMemory) + Send>,
}

impl Job for TestJob {
    fn is_abandoned(&self) -> bool {
        self.is_abandoned
    }

    fn run(self, memory: &mut HashMemory) {
        (self.body)(memory);
    }

    fn refuse(self, wait: Duration) {
        if let Some(refused) = self.refused {
            refused.send(wait).unwrap();
        }
    }
}

fn job(body: impl FnOnce(&mut HashMemory) + Send + 'static) -> TestJob {
    TestJob {
        is_abandoned: false,
        refused: None,
        body: Box::new(body),
    }
}

fn abandoned(body: impl FnOnce(&mut HashMemory) + Send + 'static) -> TestJob {
    TestJob {
        is_abandoned: true,
        ..job(body)
    }
}

/// Queues a job of the operator.
fn push(workers: &Workers<TestJob>, job: TestJob) -> Result<(), Duration> {
    workers.push(Flow::Operator, [1; 32], job)
}

/// Occupies a thread until the sender is dropped.
fn occupy(workers: &Workers<TestJob>) -> Sender<()> {
    let (release, released) = mpsc::channel::<()>();
    let (begun, has_begun) = mpsc::channel();
    let body = move |_: &mut HashMemory| {
        begun.send(()).unwrap();
        let _ = released.recv();
    };
    push(workers, job(body)).unwrap();
    has_begun.recv().unwrap();
    release
}

/// Runs a closure on a thread and waits for its result.
fn ask<T: Send + 'static>(
    workers: &Workers<TestJob>,
    question: impl FnOnce(&mut HashMemory) -> T + Send + 'static,
) -> T {
    let (answer, answered): (_, Receiver<T>) = mpsc::channel();
    let body = move |memory: &mut HashMemory| answer.send(question(memory)).unwrap();
    push(workers, job(body)).unwrap();
    answered.recv().unwrap()
}

#[test]
fn a_full_queue_sheds_at_once_and_says_when_to_come_back() {
    let workers = Workers::start(1, 2, LONG).unwrap();
    let occupied = occupy(&workers);
    assert!(push(&workers, job(|_| ())).is_ok());
    assert!(push(&workers, job(|_| ())).is_ok());
    assert_eq!(push(&workers, job(|_| ())), Err(Duration::from_secs(1)));
    assert_eq!(workers.queue_len(), 2);
    workers.pace.0.store(3_000_000, Ordering::Relaxed);
    assert_eq!(push(&workers, job(|_| ())), Err(Duration::from_secs(6)));
    drop(occupied);
    ask_when_there_is_room(&workers);
}

#[test]
fn a_source_with_many_makes_room_for_another() {
    let workers = Workers::start(1, 2, LONG).unwrap();
    let occupied = occupy(&workers);
    let source = |number| Flow::Source(ClientNetwork::new([192, 0, 2, number].into()));
    let (refused, was_refused) = mpsc::channel();
    let many = |refused| TestJob {
        refused: Some(refused),
        ..job(|_| ())
    };
    for account in [1, 2] {
        let pushed = workers.push(source(1), [account; 32], many(refused.clone()));
        pushed.unwrap();
    }
    let (ran, has_run) = mpsc::channel();
    let other = job(move |_| ran.send(()).unwrap());
    workers.push(source(2), [3; 32], other).unwrap();
    assert_eq!(was_refused.try_recv(), Ok(Duration::from_secs(1)));
    assert!(was_refused.try_recv().is_err());
    drop(occupied);
    assert_eq!(has_run.recv(), Ok(()));
}

fn ask_when_there_is_room(workers: &Workers<TestJob>) {
    while push(workers, job(|_| ())).is_err() {
        thread::yield_now();
    }
}

#[test]
fn what_nobody_waits_for_is_skipped_and_makes_room() {
    let workers = Workers::start(1, 2, LONG).unwrap();
    let occupied = occupy(&workers);
    let (ran, has_run) = mpsc::channel::<&str>();
    let (ran_abandoned, ran_last) = (ran.clone(), ran);
    push(&workers, abandoned(|_| ())).unwrap();
    push(&workers, abandoned(|_| ())).unwrap();
    push(&workers, job(|_| ())).unwrap();
    push(
        &workers,
        abandoned(move |_| ran_abandoned.send("abandoned").unwrap()),
    )
    .unwrap();
    drop(occupied);
    while workers.queue_len() > 0 {
        thread::yield_now();
    }
    ask(&workers, move |_| ran_last.send("last").unwrap());
    assert_eq!(has_run.iter().collect::<Vec<_>>(), ["last"]);
}

#[test]
fn a_panic_costs_nobody_else_anything() {
    let workers = Workers::start(1, 8, LONG).unwrap();
    push(
        &workers,
        job(|memory| {
            memory.blocks(8).unwrap();
            panic!("a test wants it");
        }),
    )
    .unwrap();
    assert_eq!(ask(&workers, |memory| memory.held()), 0);
}

#[test]
fn memory_is_kept_while_there_is_work() {
    let workers = Workers::start(1, 8, LONG).unwrap();
    assert_eq!(ask(&workers, |memory| memory.held()), 0);
    ask(&workers, |memory| memory.blocks(64).map(drop)).unwrap();
    assert_eq!(ask(&workers, |memory| memory.held()), 64);
}

#[test]
fn memory_is_given_back_when_idle_and_taken_again() {
    let workers = Workers::start(1, 8, Duration::ZERO).unwrap();
    for _ in 0..2 {
        ask(&workers, |memory| memory.blocks(64).map(drop)).unwrap();
        while ask(&workers, |memory| memory.held()) > 0 {
            thread::yield_now();
        }
    }
}

#[test]
fn memory_of_an_unusual_hash_is_given_back_at_once() {
    let workers = Workers::start(1, 8, LONG).unwrap();
    ask(&workers, |memory| memory.blocks(65_536).map(drop)).unwrap();
    assert_eq!(ask(&workers, |memory| memory.held()), 0);
}

#[test]
fn threads_end_with_the_pool_and_finish_what_they_have_begun() {
    let workers = Workers::start(2, 8, LONG).unwrap();
    let queue = Arc::downgrade(&workers.queue);
    let (finished, has_finished) = mpsc::channel();
    let (begun, has_begun) = mpsc::channel();
    let body = move |memory: &mut HashMemory| {
        begun.send(()).unwrap();
        memory.blocks(20_000).unwrap();
        finished.send(()).unwrap();
    };
    push(&workers, job(body)).unwrap();
    has_begun.recv().unwrap();
    drop(workers);
    assert_eq!(has_finished.try_recv(), Ok(()));
    assert!(queue.upgrade().is_none(), "a thread still serves the queue");
}

#[cfg(target_os = "linux")]
#[test]
fn hashing_threads_let_all_others_go_first() {
    let priority = || rustix::process::getpriority_process(None).unwrap();
    let before = priority();
    let workers = Workers::start(1, 8, LONG).unwrap();
    assert_eq!(
        ask(&workers, move |_| priority()),
        thread_priority::lowered(before)
    );
    assert_eq!(priority(), before);
}

#[test]
fn the_pace_follows_what_is_measured() {
    let pace = AverageJobTime::default();
    for _ in 0..100 {
        pace.note(Duration::from_millis(80));
    }
    let settled = pace.per_job().as_millis();
    assert!((79..=80).contains(&settled), "{settled} ms");
}
