//! Malformed bodies.

use serde_json::json;

use crate::support::{
    Caller, PASSWORD, Program, TestApp, TestResponse,
    callers::build,
    credentials,
    raw::{Raw, exchange},
};

const PATHS: [&str; 2] = ["/v1/users/new", "/v1/auth/login"];

async fn send(app: &TestApp, path: &str, body: impl Into<Vec<u8>>) -> TestResponse {
    let call = Program::of(app)
        .post(path)
        .header("content-type", "application/json");
    call.body(body).send().await
}

#[tokio::test]
async fn what_is_not_json_is_refused() {
    let app = TestApp::start().await;
    for path in PATHS {
        for body in [
            "",
            " ",
            "{",
            "}",
            "{]",
            "abc",
            "{\"email_address\":}",
            "{'email_address':'a'}",
            "{\"a\":1,}",
            "{\"a\":NaN}",
            "\u{feff}{}",
            "{} {}",
            "{}x",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\u{1}\"}",
            "// {}",
            "{\"a\":\"\\ud800\"}",
            "1e999999",
        ] {
            send(&app, path, body).await.is_refusal(400, "bad_request");
        }
    }
}

/// A defect of the original: a JSON array caused 500.
#[tokio::test]
async fn json_that_is_no_object_is_refused_without_a_500() {
    let app = TestApp::start().await;
    for path in PATHS {
        for body in [
            "[]", "[{}]", "null", "true", "7", "-1.5e3", "\"text\"", "[[[[]]]]",
        ] {
            send(&app, path, body).await.is_refusal(400, "bad_request");
        }
    }
}

/// A defect of the original: a number as address and a missing password caused 500.
#[tokio::test]
async fn values_that_are_no_strings_are_refused_by_name() {
    let app = TestApp::start().await;
    for path in PATHS {
        for value in [
            json!(7),
            json!(1.5),
            json!(true),
            json!([]),
            json!(["a@b.de"]),
            json!({}),
            json!({"$ne": ""}),
        ] {
            for field in ["email_address", "password"] {
                let mut body = credentials("ada@example.org", PASSWORD);
                body[field] = value.clone();
                let answer = send(&app, path, body.to_string()).await;
                let message = answer.is_refusal(400, "invalid");
                assert_eq!(message, format!("'{field}' must be a string."), "{value}");
                assert_eq!(answer.json()["fields"][field], message);
            }
        }
        let answer = send(&app, path, r#"{"email_address":"ada@example.org"}"#).await;
        assert_eq!(answer.is_refusal(400, "invalid"), "'password' is required.");
    }
}

#[tokio::test]
async fn unknown_fields_are_refused_by_name() {
    let app = TestApp::start().await;
    for path in PATHS {
        for field in [
            "is_active",
            "id",
            "session_epoch",
            "Password",
            "email_address ",
            "__proto__",
            "",
            "é",
        ] {
            let mut body = credentials("ada@example.org", PASSWORD);
            body[field] = true.into();
            let answer = send(&app, path, body.to_string()).await;
            let message = answer.is_refusal(400, "invalid");
            assert!(message.contains(&format!("'{field}'")), "{message}");
            assert!(answer.json()["fields"][field].is_string());
        }
    }
    Program::of(&app)
        .log_in("ada@example.org", PASSWORD)
        .await
        .is(400);
}

/// Parsers differ in which of the values they take.
#[tokio::test]
async fn fields_that_stand_twice_are_refused() {
    let app = TestApp::start().await;
    for path in PATHS {
        let body = format!(
            r#"{{"email_address":"a@example.org","email_address":"b@example.org","password":"{PASSWORD}"}}"#
        );
        let message = send(&app, path, body).await.is_refusal(400, "invalid");
        assert!(message.contains("'email_address'"), "{message}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused() {
    let app = TestApp::start().await;
    for path in PATHS {
        for bytes in [
            &b"\xff\xfe{\0}\0"[..],
            b"{\"email_address\":\"a\xff@b.de\"}",
            b"\xc0\x80",
            b"\0\0\0\0",
            b"\x1f\x8b\x08",
        ] {
            send(&app, path, bytes).await.is_refusal(400, "bad_request");
        }
    }
    let form = Program::of(&app)
        .post("/login")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = form
        .body(&b"email_address=%ff%fe&password=\xff"[..])
        .send()
        .await;
    assert_eq!(answer.status, 400);
}

/// A recursive parser would overflow its stack.
#[tokio::test]
async fn deep_nesting_is_refused_and_the_server_lives() {
    let app = TestApp::start().await;
    for path in PATHS {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = 60_000 / open.len() / 2;
            let body = format!(
                "{{\"email_address\":{}1{}}}",
                open.repeat(deep),
                close.repeat(deep)
            );
            assert!(body.len() < 64 * 1024);
            assert_eq!(send(&app, path, body).await.status, 400);
        }
    }
    let call = Program::of(&app)
        .post("/api/log_in")
        .header("x-inspired-build", build());
    let body = format!("{{\"form\":{}1{}}}", "[".repeat(30_000), "]".repeat(30_000));
    call.header("content-type", "application/json")
        .body(body)
        .send()
        .await
        .is(400);
}

#[tokio::test]
async fn a_body_of_64_kib_is_read_and_one_byte_more_is_not() {
    let app = TestApp::start().await;
    for path in PATHS {
        let mut body = b"{\"password\":\"".to_vec();
        body.resize(64 * 1024 - 2, b'x');
        body.extend_from_slice(b"\"}");
        send(&app, path, body.clone()).await.is(400);
        body.push(b' ');
        let answer = send(&app, path, body).await;
        answer.is_refusal(413, "content_too_large");
    }
}

/// The client gets the response: the connection is not reset while the client still sends.
#[tokio::test]
async fn a_10_mb_body_is_refused_in_words_that_arrive() {
    let app = TestApp::start().await;
    for (path, kind) in [
        ("/v1/users/new", "application/json"),
        ("/v1/auth/login", "application/json"),
        ("/api/log_in", "application/json"),
        ("/login", "application/x-www-form-urlencoded"),
        ("/signup", "application/x-www-form-urlencoded"),
    ] {
        let call = Program::of(&app).post(path).header("content-type", kind);
        let call = call.header("x-inspired-build", build());
        call.body(vec![b'x'; 10_000_000]).send().await.is(413);
    }
}

#[tokio::test]
async fn a_10_mb_body_without_a_length_is_refused_too() {
    let app = TestApp::start().await;
    let mut raw = Raw::connect(app.address).await;
    raw.say(format!(
        "POST /v1/users/new HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        app.address
    ))
    .await;
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    for _ in 0..150 {
        raw.say(&chunk).await;
    }
    raw.say("0\r\n\r\n").await;
    assert_eq!(raw.read_to_end().await.status(), 413);
}

/// The part that is read of a body that is too large is discarded.
#[tokio::test]
async fn a_body_that_never_ends_is_cut_off() {
    let app = TestApp::start().await;
    let mut raw = Raw::connect(app.address).await;
    raw.say(format!(
        "POST /v1/users/new HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
         Content-Length: 100000000000\r\n\r\n",
        app.address
    ))
    .await;
    let part = vec![b'x'; 0x10_0000];
    let mut megabytes = 0;
    while raw.say(&part).await {
        megabytes += 1;
        assert!(megabytes < 200, "the server reads for ever");
    }
    Program::of(&app).test().await.is(401);
}

#[tokio::test]
async fn a_body_where_none_belongs_is_not_read_as_a_request() {
    let app = TestApp::start().await;
    let smuggled = "POST /v1/auth/logout HTTP/1.1\r\nHost: x\r\n\r\n";
    let request = format!(
        "GET /v1/test HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{smuggled}",
        app.address,
        smuggled.len()
    );
    let answer = exchange(app.address, request).await;
    assert_eq!(
        (answer.status(), answer.count()),
        (401, 1),
        "{}",
        answer.text()
    );
}
