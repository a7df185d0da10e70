//! Clients that disconnect (leptos#4698), and many that stay (leptos#4851).

use std::net::SocketAddr;

use futures::{StreamExt, stream};
use testbed::TestStore;

use crate::support::{
    Caller, PASSWORD, Program, binary::Serving, credentials, raw::Raw, wait::in_time,
};

/// A complete request of a program.
fn request(address: SocketAddr, head: &str, body: &str) -> String {
    format!(
        "{head} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a request on many connections and disconnects at once: after the whole request, and after a
/// part of it.
async fn hang_up(address: SocketAddr, times: usize, request: impl Fn(usize) -> String) {
    for number in 0..times {
        let request = request(number);
        let end = if number % 4 == 0 {
            request.len() / 2
        } else {
            request.len()
        };
        let mut raw = Raw::connect(address).await;
        raw.say(&request.as_bytes()[..end]).await;
        if number % 3 == 0 {
            // So that the request is certainly being answered when the client disconnects.
            tokio::task::yield_now().await;
        }
    }
}

async fn serve(place: &TestStore) -> (Serving, Program) {
    let server = Serving::over(place, &["--limits", "off", "--log", "debug"]).await;
    let program = Program::at(server.address);
    (server, program)
}

/// Stops the server and checks that it has logged no failure of its own.
async fn stops_well(server: Serving) {
    let (status, log) = server.stop().await;
    assert!(status.success(), "{status}");
    for word in ["panicked", "ERROR", "unexpected", "could not be"] {
        let line = log.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "{word}");
    }
}

#[tokio::test]
async fn sign_ups_and_logins_that_are_hung_up_on_leave_whole_accounts_or_none() {
    let place = TestStore::fresh();
    let (server, program) = serve(&place).await;
    let of = |number: usize| credentials(&format!("person{number}@example.org"), PASSWORD);
    hang_up(server.address, 120, |number| {
        let body = of(number % 40).to_string();
        let path = if number % 2 == 0 {
            "/v1/users/new"
        } else {
            "/v1/auth/login"
        };
        request(server.address, &format!("POST {path}"), &body)
    })
    .await;
    for number in [0, 1, 2, 3, 38, 39] {
        let answer = program.new_user(&of(number)).await;
        assert!([201, 409].contains(&answer.status), "{}", answer.lossy());
        program
            .log_in(&format!("person{number}@example.org"), PASSWORD)
            .await
            .is(200);
    }
    stops_well(server).await;
}

#[tokio::test]
async fn pages_that_are_hung_up_on_break_nothing() {
    let place = TestStore::fresh();
    let (server, program) = serve(&place).await;
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let cookie = program.log_in("ada@example.org", PASSWORD).await.cookie();
    hang_up(server.address, 400, |number| {
        let path = ["/studio", "/login", "/", "/account", "/nothing"][number % 5];
        format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n",
            server.address
        )
    })
    .await;
    for path in ["/studio", "/account", "/"] {
        program
            .get(path)
            .cookie(&cookie)
            .send()
            .await
            .is(200)
            .page();
    }
    stops_well(server).await;
}

#[tokio::test]
async fn server_functions_that_are_hung_up_on_break_nothing() {
    let place = TestStore::fresh();
    let (server, program) = serve(&place).await;
    let build = crate::support::callers::build();
    hang_up(server.address, 200, |number| {
        let name = ["current_visitor", "log_out", "end_all_sessions", "log_in"][number % 4];
        let head = format!("POST /api/{name} HTTP/1.1\r\nX-Inspired-Build: {build}");
        let body = r#"{"form":{"email_address":"eve@example.org","password":"a wrong one"}}"#;
        format!(
            "{head}\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            server.address,
            body.len()
        )
    })
    .await;
    program.visit("/login").await.is(200).page();
    stops_well(server).await;
}

#[tokio::test]
async fn of_a_thousand_pages_none_hangs() {
    let place = TestStore::fresh();
    let (server, program) = serve(&place).await;
    let pages = stream::iter(0..1_000).map(|number| {
        let path = ["/", "/login", "/signup", "/nothing"][number % 4];
        in_time("a page", program.visit(path))
    });
    let mut pages = pages.buffer_unordered(32);
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.page();
        count += 1;
    }
    assert_eq!(count, 1_000);
    drop(pages);
    stops_well(server).await;
}
