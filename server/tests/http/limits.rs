//! Rate limits of failed attempts.

use serde_json::json;
use time::Duration;

use crate::support::{Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, credentials};

const WRONG: &str = "a wrong one, really";

#[tokio::test]
async fn ten_failures_at_an_account_make_the_next_wait() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for _ in 0..10 {
        program.log_in("ada@example.org", WRONG).await.is(400);
    }
    let answer = program.log_in("ada@example.org", PASSWORD).await;
    let message = answer.is_refusal(429, "rate_limited");
    assert_eq!(
        message,
        "This user has exceeded an allotted request count. Try again later."
    );
    assert_eq!(answer.header("retry-after"), Some("30"));
    assert!(answer.set_cookies().is_empty());
}

#[tokio::test]
async fn waiting_as_long_as_was_said_helps() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for _ in 0..10 {
        program.log_in("ada@example.org", WRONG).await.is(400);
    }
    app.pass(Duration::seconds(30) - Duration::MILLISECOND);
    program.log_in("ada@example.org", PASSWORD).await.is(429);
    app.pass(Duration::MILLISECOND);
    program.log_in("ada@example.org", PASSWORD).await.is(200);
}

#[tokio::test]
async fn an_address_that_nobody_has_is_counted_alike() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let mut answers = [Vec::new(), Vec::new()];
    for (answers, address) in answers
        .iter_mut()
        .zip(["ada@example.org", "eve@example.org"])
    {
        for _ in 0..12 {
            answers.push(program.log_in(address, WRONG).await.fingerprint());
        }
    }
    let [known, unknown] = answers;
    assert_eq!(known, unknown);
    assert_eq!(known[11].0, 429);
}

#[tokio::test]
async fn every_spelling_of_an_address_is_counted_together() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    for number in 0..10 {
        let address = if number % 2 == 0 {
            "ADA@example.org"
        } else {
            "ada@EXAMPLE.org"
        };
        program.log_in(address, WRONG).await.is(400);
    }
    program.log_in("Ada@Example.Org", WRONG).await.is(429);
    program.log_in("bob@example.org", WRONG).await.is(400);
}

#[tokio::test]
async fn successes_are_not_counted() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for _ in 0..12 {
        program.log_in("ada@example.org", PASSWORD).await.is(200);
    }
    program.log_in("ada@example.org", WRONG).await.is(400);
}

#[tokio::test]
async fn failing_by_form_by_page_and_by_program_is_counted_together() {
    let app = TestApp::start().await;
    let form = [("email_address", "ada@example.org"), ("password", WRONG)];
    let call = json!({ "form": { "email_address": "ada@example.org", "password": WRONG } });
    let anonymous = Anonymous::of(&app);
    for _ in 0..3 {
        Program::of(&app)
            .log_in("ada@example.org", WRONG)
            .await
            .is(400);
        anonymous.submit("/login", &form).await.is(400);
        anonymous.function("log_in", &call).await.is(400);
    }
    anonymous.submit("/login", &form).await.is(400);
    let page = anonymous.submit("/login", &form).await.is(429);
    assert!(
        page.page()
            .contains("Too many attempts. Try again in 30 seconds.")
    );
    assert!(page.text().contains(r#"value="ada@example.org""#));
    assert_eq!(page.header("retry-after"), Some("30"));
    let answer = anonymous.function("log_in", &call).await.is(429);
    assert_eq!(answer.json(), json!({ "rate_limited": 30 }));
    assert_eq!(answer.header("retry-after"), Some("30"));
}

/// Trying one password at many addresses fails only once at each. The buckets are emptied by sign-ups
/// of a taken address, which need no hash and use the same bucket.
#[tokio::test]
async fn a_source_that_fails_a_hundred_times_waits_whatever_it_tries() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for _ in 0..99 {
        program
            .new_user(&credentials("ada@example.org", PASSWORD))
            .await
            .is(409);
    }
    program.log_in("bob@example.org", WRONG).await.is(400);
    let answer = program.log_in("cid@example.org", WRONG).await;
    answer.is_refusal(429, "rate_limited");
    assert_eq!(answer.header("retry-after"), Some("5"));
    program
        .new_user(&credentials("dan@example.org", PASSWORD))
        .await
        .is(429);
    let form = [("email_address", "eve@example.org"), ("password", PASSWORD)];
    Anonymous::of(&app)
        .submit("/signup", &form)
        .await
        .is(429)
        .page();
    app.pass(Duration::seconds(5));
    program
        .new_user(&credentials("dan@example.org", PASSWORD))
        .await
        .is(201);
}

#[tokio::test]
async fn another_address_in_a_header_is_not_another_source() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for number in 0..100 {
        let call = program
            .post("/v1/users/new")
            .header("x-forwarded-for", format!("192.0.2.{number}"));
        let call = call.header("forwarded", format!("for=192.0.2.{number}"));
        call.json(&credentials("ada@example.org", PASSWORD))
            .send()
            .await
            .is(409);
    }
    let call = program
        .post("/v1/users/new")
        .header("x-forwarded-for", "198.51.100.7");
    call.json(&credentials("ada@example.org", PASSWORD))
        .send()
        .await
        .is(429);
}

#[tokio::test]
async fn whoever_is_signed_in_is_not_kept_from_reading() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for _ in 0..11 {
        Program::of(&app).log_in("ada@example.org", WRONG).await;
    }
    Program::of(&app)
        .log_in("ada@example.org", WRONG)
        .await
        .is(429);
    ada.visit("/studio").await.is(200);
    assert!(ada.is_alive().await);
}

/// Somebody who guesses the password of an account from elsewhere must not lock its owner out. Here
/// both use one machine, so the failures of the owner are counted apart.
#[tokio::test]
async fn an_owner_waits_half_a_minute_at_most() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for _ in 0..40 {
        program.log_in("ada@example.org", WRONG).await;
    }
    let answer = program.log_in("ada@example.org", PASSWORD).await.is(429);
    let wait: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!(wait <= 30, "{wait}");
}

#[tokio::test]
async fn with_limits_off_nobody_waits() {
    let app = TestApp::with(&["--limits", "off"]).await;
    for _ in 0..14 {
        Program::of(&app)
            .log_in("ada@example.org", WRONG)
            .await
            .is(400);
    }
}
