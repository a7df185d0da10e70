//! Unknown, wrong and disabled accounts are indistinguishable. Equal time follows from equal work; its
//! statistics take minutes and are part of the soak test.

use std::{fs, path::Path};

use argon2::{Argon2, Block, Params};
use testbed::TestStore;

use crate::support::{
    Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, binary::Serving, credentials,
};

const WRONG: &str = "a wrong one, really";

/// An active account, a disabled one, and an unknown address.
async fn three(app: &TestApp) -> [(&'static str, &'static str); 3] {
    SignedIn::sign_up(app, "ada@example.org").await;
    let disabled = SignedIn::sign_up(app, "bob@example.org").await;
    app.disable(&disabled.id).await;
    [
        ("ada@example.org", WRONG),
        ("bob@example.org", PASSWORD),
        ("eve@example.org", WRONG),
    ]
}

#[tokio::test]
async fn a_program_is_told_the_same_bytes() {
    let app = TestApp::start().await;
    let mut answers = Vec::new();
    for (address, password) in three(&app).await {
        answers.push(
            Program::of(&app)
                .log_in(address, password)
                .await
                .is(400)
                .fingerprint(),
        );
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn a_page_shows_the_same_but_for_what_was_typed() {
    let app = TestApp::start().await;
    let mut answers = Vec::new();
    for (address, password) in three(&app).await {
        let form = [("email_address", address), ("password", password)];
        let answer = Anonymous::of(&app).submit("/login", &form).await.is(400);
        let policy = answer.header("content-security-policy").unwrap().to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .unwrap()
            .split('\'')
            .next()
            .unwrap();
        answers.push(
            answer
                .page()
                .replace(nonce, "NONCE")
                .replace(address, "ADDRESS"),
        );
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

/// Without an account the same reads, in the same order, are made for a decoy.
#[tokio::test]
async fn the_store_is_asked_the_same() {
    let app = TestApp::start().await;
    let three = three(&app).await;
    let program = Program::of(&app);
    // The first log-in may create the decoy.
    program.log_in("eve@example.org", WRONG).await.is(400);
    let app = app.restart(&[]).await;
    let program = Program::of(&app);
    for _ in 0..2 {
        let mut asked = Vec::new();
        for (address, password) in three {
            app.store.take_asked();
            program.log_in(address, password).await.is(400);
            let operations = app
                .store
                .take_asked()
                .into_iter()
                .map(|(operation, _)| operation);
            asked.push(operations.collect::<Vec<_>>());
        }
        assert!(!asked[0].is_empty());
        assert_eq!(asked[0], asked[1]);
        assert_eq!(asked[0], asked[2]);
    }
}

/// A cached or shared verdict would make the second response faster.
#[tokio::test]
async fn the_store_is_asked_the_same_every_time() {
    let app = TestApp::start().await;
    for (address, password) in three(&app).await {
        let mut asked = Vec::new();
        for _ in 0..3 {
            app.store.take_asked();
            Program::of(&app).log_in(address, password).await.is(400);
            // Two of the reads run concurrently, in either order.
            let mut calls = app.store.take_asked();
            calls.sort_unstable();
            asked.push(calls);
        }
        assert_eq!(asked[1], asked[2], "{address}");
    }
}

/// A defect of the original: a login hashed twice.
///
/// CPU time is compared and not elapsed time, because it hardly depends on the load of the machine. Each
/// login is compared with a hash of this thread.
#[tokio::test]
async fn a_login_hashes_once() {
    const TIMES: usize = 12;
    let place = TestStore::fresh();
    let server = Serving::over(&place, &["--limits", "off"]).await;
    let program = Program::at(server.address);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let mut memory = vec![Block::default(); Params::default().block_count()];
    let before = hashing_time(server.id());
    let mut hashes = 0;
    for _ in 0..TIMES {
        program.log_in("ada@example.org", PASSWORD).await.is(200);
        let before = processor_time(Path::new("/proc/thread-self"));
        let mut key = [0; 32];
        let hashed = Argon2::default().hash_password_into_with_memory(
            PASSWORD.as_bytes(),
            b"a salt that has 16 bytes",
            &mut key,
            &mut memory,
        );
        hashed.unwrap();
        hashes += processor_time(Path::new("/proc/thread-self")) - before;
    }
    let logins = hashing_time(server.id()) - before;
    let ratio = logins as f64 / hashes as f64;
    assert!((0.5..1.6).contains(&ratio), "{ratio} hashes per login");
}

/// CPU time of the hashing threads in nanoseconds.
fn hashing_time(process: u32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let threads = threads.map(|thread| thread.unwrap().path());
    let hashing = threads.filter(|thread| {
        fs::read_to_string(thread.join("comm")).is_ok_and(|name| name.starts_with("hashing"))
    });
    hashing.map(|thread| processor_time(&thread)).sum()
}

/// CPU time of a thread in nanoseconds.
fn processor_time(thread: &Path) -> u64 {
    let statistics = fs::read_to_string(thread.join("schedstat")).unwrap();
    statistics
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap()
}
