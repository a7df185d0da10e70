//! Acknowledged writes survive SIGKILL at any moment.

use futures::{StreamExt, stream};
use rustix::process::Signal;
use testbed::TestStore;

use crate::support::{Caller, PASSWORD, Program, binary::Serving, credentials};

/// The operations that the server acknowledged before it was killed.
#[derive(Debug, Default)]
struct Acknowledged {
    addresses: Vec<String>,
    cookies: Vec<String>,
    ended: Vec<String>,
}

/// One user signs up, logs in twice and logs out once; returns what was acknowledged.
async fn live(program: &Program, number: usize) -> Acknowledged {
    let mut acknowledged = Acknowledged::default();
    let address = format!("person{number}@example.org");
    let body = credentials(&address, PASSWORD);
    let Ok(created) = program.post("/v1/users/new").json(&body).try_send().await else {
        return acknowledged;
    };
    created.is(201);
    acknowledged.addresses.push(address);
    for _ in 0..2 {
        let Ok(login) = program.post("/v1/auth/login").json(&body).try_send().await else {
            return acknowledged;
        };
        acknowledged.cookies.push(login.is(200).cookie());
    }
    let cookie = acknowledged.cookies.pop().unwrap();
    // An unacknowledged log-out may have happened or not.
    if let Ok(logout) = program
        .post("/v1/auth/logout")
        .cookie(&cookie)
        .try_send()
        .await
    {
        logout.is(200);
        acknowledged.ended.push(cookie);
    }
    acknowledged
}

/// Runs users until this many have signed up and some are in the middle of it, then kills the server.
async fn live_and_kill(server: &Serving, first: usize, lives: usize) -> Vec<Acknowledged> {
    let program = Program::at(server.address);
    let people = stream::iter(first..first + 100).map(|number| live(&program, number));
    let mut people = people.buffer_unordered(4);
    let mut past = Vec::new();
    while let Some(life) = people.next().await {
        past.push(life);
        if past.len() == lives {
            server.signal(Signal::KILL);
        }
    }
    past
}

#[tokio::test]
async fn everything_acknowledged_is_there_after_a_kill() {
    let place = TestStore::fresh();
    let mut all = Vec::new();
    for (round, lives) in [1, 3, 6].into_iter().enumerate() {
        let server = Serving::over(&place, &["--limits", "off"]).await;
        all.extend(live_and_kill(&server, round * 100, lives).await);
        let (status, _) = server.end().await;
        assert!(!status.success());
    }
    let server = Serving::over(&place, &["--limits", "off"]).await;
    let program = Program::at(server.address);
    let mut people = 0;
    for life in &all {
        for address in &life.addresses {
            program.log_in(address, PASSWORD).await.is(200);
            program
                .new_user(&credentials(address, PASSWORD))
                .await
                .is(409);
            people += 1;
        }
        for cookie in &life.cookies {
            program.get("/v1/test").cookie(cookie).send().await.is(200);
        }
        for cookie in &life.ended {
            program.get("/v1/test").cookie(cookie).send().await.is(401);
        }
    }
    assert!(people >= 10, "{people} is too few to prove anything");
    server.stop().await;
}

#[tokio::test]
async fn an_address_that_was_in_the_middle_of_a_sign_up_can_be_used() {
    let place = TestStore::fresh();
    let server = Serving::over(&place, &["--limits", "off"]).await;
    live_and_kill(&server, 0, 1).await;
    drop(server);
    let server = Serving::over(&place, &["--limits", "off"]).await;
    let program = Program::at(server.address);
    for number in 0..6 {
        let address = format!("person{number}@example.org");
        let answer = program.new_user(&credentials(&address, PASSWORD)).await;
        assert!([201, 409].contains(&answer.status), "{}", answer.lossy());
        program.log_in(&address, PASSWORD).await.is(200);
    }
}
