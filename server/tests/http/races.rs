//! Concurrent requests for the same resource.

use futures::future::join_all;
use serde_json::json;

use crate::support::{Caller, PASSWORD, Program, SignedIn, TestApp, TestResponse, credentials};

const SPELLINGS: [&str; 6] = [
    "ada@bücher.example",
    "Ada@Bücher.example",
    "ADA@BÜCHER.EXAMPLE",
    "ada@xn--bcher-kva.example",
    "aDa@bu\u{308}cher.example",
    " ada@XN--BCHER-KVA.example ",
];

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

async fn statuses(program: &Program, times: usize) -> Vec<u16> {
    let attempts = (0..times).map(|number| sign_up(program, SPELLINGS[number % SPELLINGS.len()]));
    join_all(attempts)
        .await
        .iter()
        .map(|answer| answer.status)
        .collect()
}

/// A defect of the original: 3 of 12 concurrent sign-ups of one address were answered with 201.
#[tokio::test]
async fn twelve_sign_ups_of_one_address_at_once_make_one_account() {
    let app = TestApp::with(&["--limits", "off"]).await;
    let program = Program::of(&app);
    let mut statuses = statuses(&program, 12).await;
    statuses.sort_unstable();
    assert_eq!(statuses[0], 201);
    assert_eq!(statuses[1..], [409; 11]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_sign_ups_of_one_address_at_once_make_one_account_that_works() {
    let app = TestApp::with(&["--limits", "off"]).await;
    let program = Program::of(&app);
    let statuses = statuses(&program, 1_000).await;
    let created = statuses.iter().filter(|&&status| status == 201).count();
    let refused = statuses.iter().filter(|&&status| status == 409).count();
    assert_eq!((created, refused), (1, 999));
    for spelling in SPELLINGS {
        program.log_in(spelling, PASSWORD).await.is(200);
    }
}

#[tokio::test]
async fn sign_ups_of_different_addresses_at_once_all_succeed() {
    let app = TestApp::with(&["--limits", "off"]).await;
    let program = Program::of(&app);
    let addresses: Vec<_> = (0..16)
        .map(|number| format!("person{number}@example.org"))
        .collect();
    for answer in join_all(addresses.iter().map(|address| sign_up(&program, address))).await {
        answer.is(201);
    }
}

/// A thousand concurrent guesses count as a thousand: none passes between check and count. Fewer are
/// hashed at once than may fail, so the rest is tried in further rounds.
#[tokio::test]
async fn guesses_at_once_are_limited_like_guesses_in_a_row() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let mut tried = 0;
    for _ in 0..3 {
        let guesses = (0..40).map(|_| program.log_in("ada@example.org", "a wrong one, really"));
        let statuses = join_all(guesses)
            .await
            .into_iter()
            .map(|answer| answer.status);
        let (guessed, limited): (Vec<_>, Vec<_>) = statuses.partition(|&status| status == 400);
        assert!(limited.iter().all(|&status| status == 429), "{limited:?}");
        tried += guessed.len();
    }
    assert_eq!(tried, 10);
}

#[tokio::test]
async fn changes_of_one_account_at_once_are_all_made_whole() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let names: Vec<String> = (0..12).map(|number| format!("Name{number}")).collect();
    let ada = &ada;
    let changes = names.iter().map(|name| async move {
        let form = json!({ "form": { "first_name": name, "last_name": name } });
        ada.function("change_names", &form).await.is(200)
    });
    join_all(changes).await;
    let data = ada.test().await.is(200).json()["data"].clone();
    assert_eq!(
        data["first_name"], data["last_name"],
        "half of one change and half of another"
    );
}

#[tokio::test]
async fn logins_at_once_each_get_a_session_of_their_own() {
    let app = TestApp::start().await;
    SignedIn::sign_up(&app, "ada@example.org").await;
    let program = Program::of(&app);
    let answers = join_all((0..8).map(|_| program.log_in("ada@example.org", PASSWORD))).await;
    let mut cookies: Vec<_> = answers
        .into_iter()
        .map(|answer| answer.is(200).cookie())
        .collect();
    for cookie in &cookies {
        program.get("/v1/test").cookie(cookie).send().await.is(200);
    }
    cookies.sort_unstable();
    cookies.dedup();
    assert_eq!(cookies.len(), 8);
}
