//! Two processes on one cluster.

use futures::future::join_all;
use testbed::TestStore;

use crate::support::{
    Caller, PASSWORD, Program, TestResponse,
    binary::{Serving, command},
    credentials, eventually,
};

const SPELLINGS: [&str; 6] = [
    "ada@bücher.example",
    "Ada@Bücher.example",
    "ADA@BÜCHER.EXAMPLE",
    "ada@xn--bcher-kva.example",
    "aDa@bu\u{308}cher.example",
    " ada@XN--BCHER-KVA.example ",
];

async fn two(place: &TestStore) -> [(Serving, Program); 2] {
    testbed::required_server();
    let (one, other) = tokio::join!(
        Serving::over(place, &["--limits", "off"]),
        Serving::over(place, &["--limits", "off"])
    );
    [one, other].map(|server| {
        let program = Program::at(server.address);
        (server, program)
    })
}

/// Signs up, and repeats the request while the response has `Retry-After`.
async fn sign_up(program: &Program, address: &str) -> TestResponse {
    loop {
        let answer = program.new_user(&credentials(address, PASSWORD)).await;
        if answer.status != 503 {
            return answer;
        }
        assert!(answer.header("retry-after").is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_sign_ups_of_one_address_through_both_make_one_account() {
    let place = TestStore::fresh();
    let servers = two(&place).await;
    let attempts = (0..1_000).map(|number| {
        let (_, program) = &servers[number % 2];
        sign_up(program, SPELLINGS[number % SPELLINGS.len()])
    });
    let answers = join_all(attempts).await;
    let count = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((count(201), count(409)), (1, 999));
    for (_, program) in &servers {
        for spelling in SPELLINGS {
            program.log_in(spelling, PASSWORD).await.is(200);
        }
    }
}

/// A session that both processes have used, so that both have cached it.
async fn used_on_both(servers: &[(Serving, Program); 2], address: &str) -> String {
    let cookie = servers[0]
        .1
        .log_in(address, PASSWORD)
        .await
        .is(200)
        .cookie();
    for (_, program) in servers {
        program.get("/v1/test").cookie(&cookie).send().await.is(200);
    }
    cookie
}

/// Reads until the session is refused and checks that it stays refused. Returns the time it took.
async fn until_refused(program: &Program, cookie: &str) -> std::time::Duration {
    let began = std::time::Instant::now();
    eventually("the other process refuses the session", || async {
        let answer = program.get("/v1/test").cookie(cookie).send().await;
        assert!([200, 401].contains(&answer.status), "{}", answer.lossy());
        answer.status == 401
    })
    .await;
    let took = began.elapsed();
    for _ in 0..200 {
        program.get("/v1/test").cookie(cookie).send().await.is(401);
    }
    took
}

/// The soak test measures the 99th percentile. This limit is generous, because the machine may be busy.
const SOON: std::time::Duration = std::time::Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_on_one_is_refused_by_the_other() {
    let place = TestStore::fresh();
    let servers = two(&place).await;
    servers[0]
        .1
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for _ in 0..5 {
        let cookie = used_on_both(&servers, "ada@example.org").await;
        servers[0]
            .1
            .post("/v1/auth/logout")
            .cookie(&cookie)
            .send()
            .await
            .is(200);
        servers[0]
            .1
            .get("/v1/test")
            .cookie(&cookie)
            .send()
            .await
            .is(401);
        let took = until_refused(&servers[1].1, &cookie).await;
        assert!(took < SOON, "{took:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ending_all_sessions_on_one_is_refused_by_the_other() {
    let place = TestStore::fresh();
    let servers = two(&place).await;
    servers[0]
        .1
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let kept: Vec<String> = [
        used_on_both(&servers, "ada@example.org").await,
        used_on_both(&servers, "ada@example.org").await,
    ]
    .into();
    let end = servers[0]
        .1
        .post("/account/sessions/end")
        .cookie(&kept[0])
        .form(&[]);
    assert!(end.send().await.status < 400);
    for cookie in &kept {
        let took = until_refused(&servers[1].1, cookie).await;
        assert!(took < SOON, "{took:?}");
    }
    // A log-in at the same moment is not affected.
    let cookie = used_on_both(&servers, "ada@example.org").await;
    servers[1]
        .1
        .get("/v1/test")
        .cookie(&cookie)
        .send()
        .await
        .is(200);
}

/// Runs the operator's command in a third process.
fn operate(place: &TestStore, args: &[&str]) {
    let mut command = command();
    command.envs(place.variables()).arg("user").args(args);
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {errors}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_operator_does_is_true_for_both() {
    const ADDRESS: &str = "ada@example.org";
    let place = TestStore::fresh();
    let servers = two(&place).await;
    for address in [ADDRESS, "bob@example.org"] {
        let body = credentials(address, PASSWORD);
        servers[0].1.new_user(&body).await.is(201);
    }
    let ends: [&[&str]; 4] = [
        &["sign-out", ADDRESS],
        &["sign-out", "--all"],
        &["disable", ADDRESS],
        &["delete", ADDRESS],
    ];
    for end in ends {
        let bob = used_on_both(&servers, "bob@example.org").await;
        let ada = used_on_both(&servers, ADDRESS).await;
        operate(&place, end);
        for (_, program) in &servers {
            let took = until_refused(program, &ada).await;
            assert!(took < SOON, "{end:?}: {took:?}");
            let of_bob = program.get("/v1/test").cookie(&bob).send().await;
            let expected = if end.contains(&"--all") { 401 } else { 200 };
            assert_eq!(of_bob.status, expected, "{end:?}");
        }
        if end[0] == "disable" {
            for (_, program) in &servers {
                program.log_in(ADDRESS, PASSWORD).await.is(400);
            }
            operate(&place, &["enable", ADDRESS]);
        }
    }
    for (_, program) in &servers {
        program.log_in(ADDRESS, PASSWORD).await.is(400);
    }
}

/// A request that is running when the session ends must not bring it back.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_in_use_on_the_other_stays_ended() {
    let place = TestStore::fresh();
    let servers = two(&place).await;
    servers[0]
        .1
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let cookie = used_on_both(&servers, "ada@example.org").await;
    let reads = (0..300).map(|_| servers[1].1.get("/v1/test").cookie(&cookie).send());
    let logout = servers[0].1.post("/v1/auth/logout").cookie(&cookie).send();
    let (_, answer) = tokio::join!(join_all(reads), logout);
    answer.is(200);
    until_refused(&servers[1].1, &cookie).await;
    until_refused(&servers[0].1, &cookie).await;
}

/// An operation that one process has begun and not finished is finished by the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_leaves_nothing_half_to_the_other() {
    let place = TestStore::fresh();
    let [(killed, program), (_kept, other)] = two(&place).await;
    let addresses: Vec<String> = (0..40).map(|n| format!("person{n}@example.org")).collect();
    let sign_ups = addresses.iter().map(|address| {
        let program = program.clone();
        async move {
            let body = credentials(address, PASSWORD);
            let call = program.post("/v1/users/new").json(&body);
            call.try_send()
                .await
                .is_ok_and(|answer| answer.status == 201)
        }
    });
    let kill = async {
        eventually("some have signed up", || async {
            other.log_in(&addresses[0], PASSWORD).await.status == 200
        })
        .await;
        drop(killed);
    };
    let (acknowledged, ()) = tokio::join!(join_all(sign_ups), kill);
    for (address, is_acknowledged) in addresses.iter().zip(acknowledged) {
        let again = other.new_user(&credentials(address, PASSWORD)).await;
        assert!([201, 409].contains(&again.status), "{}", again.lossy());
        assert!(
            !is_acknowledged || again.status == 409,
            "{address} was lost"
        );
        other.log_in(address, PASSWORD).await.is(200);
    }
}
