use std::sync::{
    Arc,
    mpsc::{self, Receiver, Sender},
};

use super::*;

const LONG: Duration = Duration::from_secs(600);

/// A job that does what a test wants.
struct TestJob {
    is_abandoned: bool,
    body: Box<dyn FnOnce(&mut Memory) + Send>,
}

impl Job for TestJob {
    fn is_abandoned(&self) -> bool {
        self.is_abandoned
    }

    fn run(self, memory: &mut Memory) {
        (self.body)(memory);
    }
}

fn job(body: impl FnOnce(&mut Memory) + Send + 'static) -> TestJob {
    TestJob {
        is_abandoned: false,
        body: Box::new(body),
    }
}

fn abandoned(body: impl FnOnce(&mut Memory) + Send + 'static) -> TestJob {
    TestJob {
        is_abandoned: true,
        ..job(body)
    }
}

/// Occupies a thread until the sender is dropped.
fn occupy(workers: &Workers<TestJob>) -> Sender<()> {
    let (release, released) = mpsc::channel::<()>();
    let (begun, has_begun) = mpsc::channel();
    let body = move |_: &mut Memory| {
        begun.send(()).unwrap();
        let _ = released.recv();
    };
    workers.push(job(body)).unwrap();
    has_begun.recv().unwrap();
    release
}

/// Runs something on a thread and waits for its result.
fn ask<T: Send + 'static>(
    workers: &Workers<TestJob>,
    question: impl FnOnce(&mut Memory) -> T + Send + 'static,
) -> T {
    let (answer, answered): (_, Receiver<T>) = mpsc::channel();
    let body = move |memory: &mut Memory| answer.send(question(memory)).unwrap();
    workers.push(job(body)).unwrap();
    answered.recv().unwrap()
}

#[test]
fn a_full_queue_sheds_at_once_and_says_when_to_come_back() {
    let workers = Workers::start(1, 2, LONG).unwrap();
    let occupied = occupy(&workers);
    assert!(workers.push(job(|_| ())).is_ok());
    assert!(workers.push(job(|_| ())).is_ok());
    assert_eq!(workers.push(job(|_| ())), Err(Duration::from_secs(1)));
    assert_eq!(workers.queue_len(), 2);
    workers.pace.0.store(3_000_000, Ordering::Relaxed);
    assert_eq!(workers.push(job(|_| ())), Err(Duration::from_secs(6)));
    drop(occupied);
    ask_when_there_is_room(&workers);
}

fn ask_when_there_is_room(workers: &Workers<TestJob>) {
    while workers.push(job(|_| ())).is_err() {
        thread::yield_now();
    }
}

#[test]
fn what_nobody_waits_for_is_skipped_and_makes_room() {
    let workers = Workers::start(1, 2, LONG).unwrap();
    let occupied = occupy(&workers);
    let (ran, has_run) = mpsc::channel::<&str>();
    let (ran_abandoned, ran_last) = (ran.clone(), ran);
    workers.push(abandoned(|_| ())).unwrap();
    workers.push(abandoned(|_| ())).unwrap();
    workers.push(job(|_| ())).unwrap();
    workers
        .push(abandoned(move |_| ran_abandoned.send("abandoned").unwrap()))
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
    workers
        .push(job(|memory| {
            memory.blocks(8).unwrap();
            panic!("a test wants it");
        }))
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
    let body = move |memory: &mut Memory| {
        begun.send(()).unwrap();
        memory.blocks(20_000).unwrap();
        finished.send(()).unwrap();
    };
    workers.push(job(body)).unwrap();
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
    assert_eq!(ask(&workers, move |_| priority()), LOWEST_PRIORITY);
    assert_eq!(priority(), before);
}

#[test]
fn the_pace_follows_what_is_measured() {
    let pace = Pace::default();
    for _ in 0..100 {
        pace.note(Duration::from_millis(80));
    }
    let settled = pace.per_job().as_millis();
    assert!((79..=80).contains(&settled), "{settled} ms");
}
