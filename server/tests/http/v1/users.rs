//! `POST /v1/users/new`

use serde_json::json;

use crate::support::{Caller, PASSWORD, Program, SignedIn, TestApp, credentials};

#[tokio::test]
async fn a_new_user_is_created_and_told_so() {
    let app = TestApp::start().await;
    let answer = Program::of(&app)
        .new_user(&credentials("Ada@Example.org", PASSWORD))
        .await
        .is(201);
    assert_eq!(
        answer.text(),
        r#"{"message":"'Ada@Example.org' added successfully!","success":true}"#
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert!(
        SignedIn::log_in(&app, "ada@example.org")
            .await
            .is_alive()
            .await
    );
}

#[tokio::test]
async fn a_new_user_starts_no_session_and_gets_no_cookie() {
    let app = TestApp::start().await;
    let answer = Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    assert!(answer.set_cookies().is_empty());
    let asked = app.store.take_asked();
    assert!(
        asked
            .iter()
            .all(|(_, collection)| *collection != "sessions"),
        "{asked:?}"
    );
}

#[tokio::test]
async fn names_are_optional_and_kept() {
    let app = TestApp::start().await;
    let mut body = credentials("ada@example.org", PASSWORD);
    body["first_name"] = "Ada".into();
    body["last_name"] = json!(null);
    Program::of(&app).new_user(&body).await.is(201);
    let data = SignedIn::log_in(&app, "ada@example.org")
        .await
        .test()
        .await
        .json()["data"]
        .clone();
    assert_eq!(data["first_name"], "Ada");
    assert_eq!(data["last_name"], json!(null));
}

/// A defect of the original: addresses were compared byte by byte.
#[tokio::test]
async fn addresses_that_differ_in_case_only_are_one_account() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("Ada@Bücher.example", PASSWORD))
        .await
        .is(201);
    for same in [
        "ada@bücher.example",
        "ADA@BÜCHER.EXAMPLE",
        "ada@xn--bcher-kva.example",
        " Ada@Bu\u{308}cher.example ",
    ] {
        let answer = program.new_user(&credentials(same, PASSWORD)).await;
        let message = answer.is_refusal(409, "already_exists");
        assert_eq!(message, format!("'{}' already exists.", same.trim()));
        assert_eq!(answer.json()["fields"]["email_address"], message);
        program.log_in(same, PASSWORD).await.is(200);
    }
}

#[tokio::test]
async fn addresses_that_only_look_alike_are_two_accounts() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("fiona@example.org", PASSWORD))
        .await
        .is(201);
    program
        .new_user(&credentials("ﬁona@example.org", PASSWORD))
        .await
        .is(201);
}

#[tokio::test]
async fn a_taken_address_costs_no_hash() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    app.store.take_asked();
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(409);
    let asked = app.store.take_asked();
    assert!(
        asked.iter().all(|(operation, _)| *operation == "get"),
        "{asked:?}"
    );
}

#[tokio::test]
async fn what_is_missing_is_said_in_the_words_of_the_contract() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    for missing in [
        json!({}),
        json!({"password": PASSWORD}),
        json!({"email_address": "", "password": PASSWORD}),
        json!({"email_address": null, "password": PASSWORD}),
    ] {
        let answer = program.new_user(&missing).await;
        assert_eq!(
            answer.is_refusal(400, "invalid"),
            "'email_address' is required.",
            "{missing}"
        );
    }
}

/// A defect of the original: an account could be created without a password.
#[tokio::test]
async fn an_account_without_a_password_is_refused() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    for missing in [
        json!({"email_address": "ada@example.org"}),
        credentials("ada@example.org", ""),
        json!({"email_address": "ada@example.org", "password": null}),
    ] {
        let answer = program.new_user(&missing).await;
        assert_eq!(
            answer.is_refusal(400, "invalid"),
            "'password' is required.",
            "{missing}"
        );
    }
    program
        .log_in("ada@example.org", "anything at all")
        .await
        .is_refusal(400, "bad_credentials");
}

#[tokio::test]
async fn an_address_without_its_shape_is_named() {
    let app = TestApp::start().await;
    let answer = Program::of(&app)
        .new_user(&credentials("abc", PASSWORD))
        .await;
    assert_eq!(
        answer.is_refusal(400, "invalid"),
        "'abc' is not valid 'email_address'."
    );
    assert_eq!(
        answer.json()["fields"],
        json!({"email_address": "'abc' is not valid 'email_address'."})
    );
}

const EASY_TO_GUESS: &str = "'password' is easy to guess: a common one, or one word, a name of the \
    account or a row of characters with a few around it. Choose several unrelated words.";

#[tokio::test]
async fn a_bad_password_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    for (password, reason) in [
        (
            "elevenchars",
            "'password' must have at least 12 characters.",
        ),
        (
            "my lovelace 1815",
            "'password' must not contain the part of 'email_address' before the '@'.",
        ),
        (
            "aaaaaaaaaaaaaaa",
            "'password' must not be one repeated character.",
        ),
        (
            "inspired2026!",
            "'password' must not be the name of this product.",
        ),
        ("1q2w3e4r5t6y", EASY_TO_GUESS),
        ("Summer2026!!", EASY_TO_GUESS),
        ("password password", EASY_TO_GUESS),
    ] {
        let answer = program
            .new_user(&credentials("lovelace@example.org", password))
            .await;
        assert_eq!(answer.is_refusal(400, "invalid"), reason);
        assert!(!answer.text().contains(password), "the password comes back");
    }
    let long = "xy ".repeat(100);
    let answer = program
        .new_user(&credentials("lovelace@example.org", &long))
        .await;
    assert_eq!(
        answer.is_refusal(400, "invalid"),
        "'password' must have at most 256 characters."
    );
}

#[tokio::test]
async fn every_refused_field_is_listed_at_once() {
    let app = TestApp::start().await;
    let mut body = credentials("abc", "short");
    body["first_name"] = "é".repeat(101).into();
    let answer = Program::of(&app).new_user(&body).await.is(400);
    let fields = answer.json()["fields"].as_object().unwrap().len();
    assert_eq!(fields, 3, "{}", answer.text());
}

#[tokio::test]
async fn a_content_type_that_is_not_json_is_refused() {
    let app = TestApp::start().await;
    let body = credentials("ada@example.org", PASSWORD).to_string();
    for kind in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("text/json"),
        Some("application/jsonp"),
        Some("multipart/form-data; boundary=x"),
        Some(""),
    ] {
        let mut call = Program::of(&app).post("/v1/users/new").body(body.clone());
        if let Some(kind) = kind {
            call = call.header("content-type", kind);
        }
        let message = call.send().await.is_refusal(400, "bad_request");
        assert_eq!(
            message, "Content-Type: 'application/json' required",
            "{kind:?}"
        );
    }
}

#[tokio::test]
async fn every_spelling_of_json_is_accepted() {
    let app = TestApp::start().await;
    for (number, kind) in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/vnd.api+json",
    ]
    .iter()
    .enumerate()
    {
        let body = credentials(&format!("person{number}@example.org"), PASSWORD).to_string();
        let call = Program::of(&app).post("/v1/users/new").body(body);
        call.header("content-type", kind).send().await.is(201);
    }
}

#[tokio::test]
async fn a_closed_site_takes_no_new_users_and_lets_the_old_ones_in() {
    let app = TestApp::start().await;
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let app = app.restart(&["--signup", "closed"]).await;
    let answer = Program::of(&app)
        .new_user(&credentials("bob@example.org", PASSWORD))
        .await;
    answer.is_refusal(403, "signup_closed");
    Program::of(&app)
        .log_in("ada@example.org", PASSWORD)
        .await
        .is(200);
}

#[tokio::test]
async fn the_operator_may_ask_for_longer_passwords() {
    let app = TestApp::with(&["--password-min", "20"]).await;
    let program = Program::of(&app);
    let answer = program
        .new_user(&credentials("ada@example.org", "nineteen characters"))
        .await;
    assert_eq!(
        answer.is_refusal(400, "invalid"),
        "'password' must have at least 20 characters."
    );
    program
        .new_user(&credentials(
            "ada@example.org",
            "nineteen characters and more",
        ))
        .await
        .is(201);
}
