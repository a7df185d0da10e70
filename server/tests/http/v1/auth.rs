//! `POST /v1/auth/login` and `/v1/auth/logout`

use serde_json::json;

use crate::support::{Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, credentials};

#[tokio::test]
async fn a_login_tells_who_it_is_and_sets_the_cookie() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("Ada@example.org", PASSWORD))
        .await
        .is(201);
    let answer = program.log_in("ada@EXAMPLE.org", PASSWORD).await.is(200);
    let body = answer.json();
    assert_eq!(body["message"], "'ada@EXAMPLE.org' successfully logged in!");
    assert_eq!(body["success"], true);
    assert_eq!(body["data"]["email_address"], "Ada@example.org");
    assert!(body["data"]["id"].as_str().unwrap().starts_with("acc_"));
    assert!(answer.cookie().starts_with("session="));
    let test = program
        .get("/v1/test")
        .cookie(&answer.cookie())
        .send()
        .await
        .is(200);
    assert_eq!(test.json()["data"]["email_address"], "Ada@example.org");
}

#[tokio::test]
async fn no_answer_carries_the_password_or_its_hash() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let created = program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let login = program.log_in("ada@example.org", PASSWORD).await.is(200);
    let test = program
        .get("/v1/test")
        .cookie(&login.cookie())
        .send()
        .await
        .is(200);
    for answer in [created, login, test] {
        for secret in [PASSWORD, "argon2", "\"password\"", "epoch"] {
            assert!(
                !answer.text().contains(secret),
                "{secret} in {}",
                answer.text()
            );
        }
    }
}

#[tokio::test]
async fn unknown_and_wrong_get_the_same_bytes() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let wrong = program.log_in("ada@example.org", "another long walk").await;
    let unknown = program.log_in("eve@example.org", "another long walk").await;
    assert_eq!(
        wrong.is_refusal(400, "bad_credentials"),
        "Unknown email_address or bad password"
    );
    assert_eq!(wrong.fingerprint(), unknown.fingerprint());
    assert!(wrong.set_cookies().is_empty());
}

/// A defect of the original: an inactive user got "successfully logged in!".
#[tokio::test]
async fn a_disabled_account_is_never_told_that_it_logged_in() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let wrong = Program::of(&app)
        .log_in("ada@example.org", "another long walk")
        .await;
    app.disable(&ada.id).await;
    let disabled = Program::of(&app).log_in("ada@example.org", PASSWORD).await;
    disabled.is_refusal(400, "bad_credentials");
    assert_eq!(disabled.fingerprint(), wrong.fingerprint());
    app.enable(&ada.id).await;
    Program::of(&app)
        .log_in("ada@example.org", PASSWORD)
        .await
        .is(200);
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    for (body, message) in [
        (json!({}), "'email_address' is required."),
        (
            json!({"password": PASSWORD}),
            "'email_address' is required.",
        ),
        (
            json!({"email_address": "ada@example.org"}),
            "'password' is required.",
        ),
        (
            credentials("ada@example.org", ""),
            "'password' is required.",
        ),
    ] {
        let answer = program.post("/v1/auth/login").json(&body).send().await;
        assert_eq!(answer.is_refusal(400, "invalid"), message, "{body}");
    }
}

#[tokio::test]
async fn what_could_be_no_address_or_password_is_unknown() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let long = "x".repeat(300);
    for (address, password) in [("abc", PASSWORD), ("ada@example.org", long.as_str())] {
        program
            .log_in(address, password)
            .await
            .is_refusal(400, "bad_credentials");
    }
}

#[tokio::test]
async fn a_password_is_compared_unchanged() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let typed = "  Zo\u{EB} walks by the sea ";
    program
        .new_user(&credentials("ada@example.org", typed))
        .await
        .is(201);
    for other in [
        typed.trim(),
        &typed.to_lowercase(),
        "  Zoe\u{308} walks by the sea ",
    ] {
        program
            .log_in("ada@example.org", other)
            .await
            .is_refusal(400, "bad_credentials");
    }
    program.log_in("ada@example.org", typed).await.is(200);
}

#[tokio::test]
async fn remember_is_a_choice_and_must_be_one() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    for (remember, is_kept) in [
        (json!(true), true),
        (json!(false), false),
        (json!(null), false),
    ] {
        let mut body = credentials("ada@example.org", PASSWORD);
        body["remember"] = remember.clone();
        let answer = program
            .post("/v1/auth/login")
            .json(&body)
            .send()
            .await
            .is(200);
        assert_eq!(
            answer.set_cookie().contains("Max-Age="),
            is_kept,
            "{remember}"
        );
    }
    for remember in [json!(1), json!([]), json!({})] {
        let mut body = credentials("ada@example.org", PASSWORD);
        body["remember"] = remember;
        program
            .post("/v1/auth/login")
            .json(&body)
            .send()
            .await
            .is(400);
    }
}

#[tokio::test]
async fn a_logout_ends_the_session_and_may_be_repeated() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for _ in 0..2 {
        let answer = ada.log_out().await.is(200);
        assert_eq!(
            answer.text(),
            r#"{"message":"Successfully logged out. See you soon!","success":true}"#
        );
        assert!(!ada.is_alive().await);
    }
    Anonymous::of(&app).log_out().await.is(200);
}

#[tokio::test]
async fn a_logout_takes_the_cookie_and_empties_the_cache() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = ada.log_out().await.is(200);
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\""));
    assert_eq!(
        answer.set_cookie(),
        "session=; HttpOnly; Path=/; SameSite=Lax; Max-Age=0"
    );
}
