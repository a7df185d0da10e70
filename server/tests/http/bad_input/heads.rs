//! Malformed heads of requests.

use crate::support::{
    Caller, PASSWORD, Program, TestApp, credentials,
    raw::{RawAnswer, exchange},
};

/// Sends this head, with this server's host for `HOST`, and a well-formed body of 2 bytes.
async fn head(app: &TestApp, head: &str) -> RawAnswer {
    let head = head.replace("HOST", &app.address.to_string());
    exchange(
        app.address,
        format!("{head}\r\nConnection: close\r\n\r\n{{}}"),
    )
    .await
}

/// Two servers in a row that take different lengths see different requests (request smuggling).
#[tokio::test]
async fn lengths_that_contradict_each_other_are_refused() {
    let app = TestApp::start().await;
    for lengths in [
        "Content-Length: 2\r\nContent-Length: 0",
        "Content-Length: 0\r\nContent-Length: 2",
        "Content-Length: 2, 0",
        "Content-Length: -2",
        "Content-Length: +2",
        "Content-Length: 0x2",
        "Content-Length: 2 2",
        "Content-Length: 99999999999999999999999",
        "Content-Length: two",
        "Content-Length:",
    ] {
        let answer = head(
            &app,
            &format!("POST /v1/auth/logout HTTP/1.1\r\nHost: HOST\r\n{lengths}"),
        )
        .await;
        assert_eq!(answer.status(), 400, "{lengths:?}");
        assert_eq!(answer.count(), 1, "{lengths:?}: {}", answer.text());
    }
}

/// With both headers the length must not win (RFC 9112, 6.3): a server that uses it would take the rest
/// of the body for another request.
#[tokio::test]
async fn a_length_never_outweighs_a_transfer_encoding() {
    let app = TestApp::start().await;
    let request = format!(
        "POST /v1/auth/logout HTTP/1.1\r\nHost: {0}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n\
         0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\n\r\n",
        app.address
    );
    let answer = exchange(app.address, request).await;
    // Either the request is refused, or it is read by its coding; then the rest is another request.
    assert!(
        answer.status() == 400 && answer.count() == 1 || answer.status() == 200,
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains("HTTP/1.1 404"), "{}", answer.text());
}

#[tokio::test]
async fn transfer_encodings_that_are_not_known_are_refused() {
    let app = TestApp::start().await;
    for encoding in ["gzip", "chunked, gzip", "xchunked", "identity"] {
        let answer = head(
            &app,
            &format!(
                "POST /v1/auth/logout HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: {encoding}"
            ),
        )
        .await;
        assert!(
            [400, 501].contains(&answer.status()),
            "{encoding}: {}",
            answer.text()
        );
        assert_eq!(answer.count(), 1, "{encoding}");
    }
}

#[tokio::test]
async fn there_is_exactly_one_host() {
    let app = TestApp::start().await;
    for hosts in [
        "Host: HOST\r\nHost: HOST",
        "Host: HOST\r\nHost: x.example",
        "X-Host: HOST",
    ] {
        assert_eq!(
            head(&app, &format!("GET /login HTTP/1.1\r\n{hosts}"))
                .await
                .status(),
            400,
            "{hosts}"
        );
    }
    for host in ["", "HOST HOST", "HOST/", "user@HOST", "HOST#", "*"] {
        let answer = head(&app, &format!("GET /login HTTP/1.1\r\nHost: {host}")).await;
        assert!(
            [400, 421].contains(&answer.status()),
            "{host}: {}",
            answer.text()
        );
    }
    for name in ["host", "HoSt", "Host"] {
        let answer = head(&app, &format!("GET /login HTTP/1.1\r\n{name}: HOST")).await;
        assert_eq!(answer.status(), 200, "{name}");
    }
}

#[tokio::test]
async fn line_ends_and_spaces_in_the_wrong_place_are_refused() {
    let app = TestApp::start().await;
    for wrong in [
        "GET /login HTTP/1.1\r\nHost: HOST\r\nX-A: b\rc: d",
        "GET /login HTTP/1.1\r\nHost: HOST\r\nX-A : b",
        "GET /login HTTP/1.1\r\nHost: HOST\r\n X-Folded: b",
        "GET /login HTTP/1.1\r\nHost: HOST\r\nX-A: b\0c",
        "GET /login HTTP/1.1\r\nHost: HOST\r\nX A: b",
        "GET /login HTTP/1.1\r\nHost: HOST\r\n: b",
        "GET /login HTTP/1.1\r\nHost: HOST\r\nno colon",
        "GET /lo gin HTTP/1.1\r\nHost: HOST",
        "GET  HTTP/1.1\r\nHost: HOST",
        "GET /login\r\nHost: HOST",
        "GET /login HTTP/3.0\r\nHost: HOST",
        "G\0T /login HTTP/1.1\r\nHost: HOST",
    ] {
        let answer = head(&app, wrong).await;
        assert_eq!(answer.status(), 400, "{wrong:?}: {}", answer.text());
        assert_eq!(answer.count(), 1, "{wrong:?}");
    }
}

#[tokio::test]
async fn nothing_that_was_sent_becomes_a_header_of_the_answer() {
    let app = TestApp::start().await;
    for path in [
        "/login?next=/a%0d%0aX-Injected:%20yes",
        "/%0d%0aX-Injected:%20yes",
        "/studio?a=%0d%0aX-Injected:%20yes",
    ] {
        let answer = head(&app, &format!("GET {path} HTTP/1.1\r\nHost: HOST")).await;
        let text = answer.text().to_lowercase();
        let headers = text.split("\r\n\r\n").next().unwrap();
        assert!(
            !headers.lines().any(|line| line.starts_with("x-injected")),
            "{headers}"
        );
    }
}

#[tokio::test]
async fn too_large_a_head_is_431() {
    let app = TestApp::start().await;
    let long = "a".repeat(20_000);
    for large in [
        format!("GET /login HTTP/1.1\r\nHost: HOST\r\nX-Long: {long}"),
        format!("GET /login HTTP/1.1\r\nHost: HOST\r\nCookie: session={long}"),
        format!(
            "GET /login HTTP/1.1\r\nHost: HOST{}",
            "\r\nX-Many: 1".repeat(200)
        ),
    ] {
        let answer = head(&app, &large).await;
        assert_eq!(answer.status(), 431, "{}", answer.text());
    }
    let answer = head(&app, &format!("GET /{long} HTTP/1.1\r\nHost: HOST")).await;
    assert!([414, 431].contains(&answer.status()), "{}", answer.text());
    assert_eq!(
        head(&app, "GET /login HTTP/1.1\r\nHost: HOST")
            .await
            .status(),
        200
    );
}

#[tokio::test]
async fn an_absolute_target_is_ours_when_its_host_is() {
    let app = TestApp::start().await;
    let answer = head(&app, "GET http://HOST/login HTTP/1.1\r\nHost: HOST").await;
    assert_eq!(answer.status(), 200);
    for target in [
        "*",
        "HOST",
        "login",
        "?a=b",
        "http://",
        "http:///login",
        "//HOST/login",
    ] {
        let answer = head(&app, &format!("GET {target} HTTP/1.1\r\nHost: HOST")).await;
        assert!(
            [400, 404, 421].contains(&answer.status()),
            "{target}: {}",
            answer.text()
        );
    }
    for method in [
        "CONNECT HOST",
        "CONNECT x.example:443",
        "OPTIONS *",
        "TRACE /login",
    ] {
        let answer = head(&app, &format!("{method} HTTP/1.1\r\nHost: HOST")).await;
        assert!(
            (400..500).contains(&answer.status()),
            "{method}: {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn http_1_0_is_understood_and_needs_a_host_too() {
    let app = TestApp::start().await;
    let answer = head(&app, "GET /login HTTP/1.0\r\nHost: HOST").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(
        head(&app, "GET /login HTTP/1.0\r\nAccept: */*")
            .await
            .status(),
        400
    );
    assert_eq!(
        head(&app, "GET /healthz HTTP/1.0\r\nAccept: */*")
            .await
            .status(),
        200
    );
}

#[tokio::test]
async fn other_protocols_are_hung_up_on() {
    let app = TestApp::start().await;
    for hello in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"SSH-2.0-x\r\n\r\n",
        b"\r\n\r\n\0\0\0\0\r\n\r\n",
        b"\xff\xff\xff\xff\r\n\r\n",
    ] {
        let answer = exchange(app.address, hello).await;
        assert!(!answer.text().contains(" 200 "), "{hello:?}");
    }
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
}

#[tokio::test]
async fn two_requests_in_one_packet_get_two_answers_in_order() {
    let app = TestApp::start().await;
    let host = app.address;
    let both = format!(
        "GET /v1/test HTTP/1.1\r\nHost: {host}\r\n\r\nGET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    );
    let answer = exchange(app.address, both).await;
    assert_eq!(
        (answer.status(), answer.count()),
        (401, 2),
        "{}",
        answer.text()
    );
}
