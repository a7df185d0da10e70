//! Limits of reads for each source.

use futures::future::join_all;
use serde_json::json;

use crate::support::{Anonymous, Caller, Program, TestApp, TestResponse, callers::build};

const PROXY: &[&str] = &["--trusted-proxy", "127.0.0.1"];
/// More than the bucket of a source holds, plus its refill during the test.
const FLOOD: usize = 20_000;

async fn visit_from(app: &TestApp, from: &str, path: &str) -> TestResponse {
    let call = Anonymous::of(app).get(path);
    call.header("x-forwarded-for", from).send().await
}

/// The cheapest read.
async fn read(app: &TestApp, from: &str) -> TestResponse {
    visit_from(app, from, "/sitemap/pages.xml").await
}

/// Reads until refused, at most this often; returns the refusal.
async fn flood(app: &TestApp, from: &str, tries: usize) -> Option<TestResponse> {
    let readers = (0..16).map(async |_| {
        for _ in 0..tries.div_ceil(16) {
            let answer = read(app, from).await;
            if answer.status != 200 {
                return Some(answer);
            }
        }
        None
    });
    join_all(readers).await.into_iter().flatten().next()
}

/// Responses to the same request while its source keeps its bucket empty, until one is a refusal.
async fn refused_in_a_flood(
    app: &TestApp,
    from: &str,
    call: impl AsyncFn() -> TestResponse,
) -> TestResponse {
    let rest = join_all((0..16).map(async |_| {
        loop {
            read(app, from).await;
        }
    }));
    let refusal = async {
        loop {
            let answer = call().await;
            if answer.status == 429 {
                return answer;
            }
        }
    };
    tokio::select! {
        refusal = refusal => refusal,
        _ = rest => unreachable!("the flood does not end"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_reads_too_much_is_refused_and_nobody_else_is() {
    let app = TestApp::with(PROXY).await;
    let refused = flood(&app, "192.0.2.1", FLOOD).await;
    let refused = refused.expect("nothing was refused").is(429);
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.header("cache-control"), Some("no-store"));
    for path in ["/", "/videos", "/search?q=a", "/no/such/page"] {
        let visit = || visit_from(&app, "192.0.2.1", path);
        refused_in_a_flood(&app, "192.0.2.1", visit).await.is(429);
    }
    for path in ["/", "/videos", "/search?q=a"] {
        visit_from(&app, "192.0.2.2", path).await.is(200).page();
    }
    for path in ["/robots.txt", "/healthz", "/readyz"] {
        visit_from(&app, "192.0.2.1", path).await.is(200);
    }
}

/// Refused requests are counted, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_counts_as_what_is_read() {
    let app = TestApp::with(PROXY).await;
    let mut statuses = Vec::new();
    while statuses.len() < FLOOD && !statuses.contains(&429) {
        let forms = (0..50).map(|_| {
            let call = Anonymous::of(&app).post("/no/such/page");
            call.header("x-forwarded-for", "192.0.2.1")
                .form(&[("a", "b")])
                .send()
        });
        let answers = join_all(forms).await;
        statuses.extend(answers.iter().map(|answer| answer.status));
    }
    assert!(statuses.contains(&429), "{}", statuses.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_is_refused_in_an_envelope() {
    let app = TestApp::with(PROXY).await;
    let program = Program::of(&app);
    let list = async || {
        let call = program.get("/v1/videos");
        call.header("x-forwarded-for", "192.0.2.1").send().await
    };
    let refused = refused_in_a_flood(&app, "192.0.2.1", list).await;
    let message = refused.is_refusal(429, "rate_limited");
    assert!(message.contains("from this address"), "{message}");
}

/// The function of a page counts like the page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_function_is_refused_in_json() {
    let app = TestApp::with(PROXY).await;
    for name in ["read/home", "read/leave", "current_visitor"] {
        let call = async || {
            let call = Anonymous::of(&app).post(&format!("/api/{name}"));
            let call = call.header("x-inspired-build", build()).json(&json!({}));
            call.header("x-forwarded-for", "192.0.2.1").send().await
        };
        let refused = refused_in_a_flood(&app, "192.0.2.1", call).await;
        assert_eq!(refused.json(), json!({ "rate_limited": 1 }), "{name}");
        assert_eq!(refused.header("retry-after"), Some("1"), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_limits_nobody_is_refused() {
    let app = TestApp::with(&["--limits", "off"]).await;
    assert!(flood(&app, "192.0.2.1", 8_000).await.is_none());
}
