//! Pages that wait for a store that does not answer.

use std::{thread, time::Duration};

use server::timeouts::Timeouts;

use crate::support::{
    Anonymous, Caller, Options,
    raw::Raw,
    wait::{eventually, in_time},
};

/// Far longer than a test.
const NEVER: Duration = Duration::from_secs(3_600);

/// Maximum number of reads of one source at once: a quarter of eight for each processor.
fn share() -> usize {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    (8 * processors).div_ceil(4)
}

fn rendering(render: Duration) -> Options {
    Options::default().timeouts(Timeouts {
        render,
        ..Timeouts::default()
    })
}

#[tokio::test]
async fn a_client_that_hangs_up_leaves_no_place_before_the_page_is_done() {
    let app = rendering(NEVER).start().await;
    app.store.hold();
    let mut clients = Vec::new();
    for _ in 0..share() {
        let mut raw = Raw::connect(app.address).await;
        let head = format!(
            "GET /artists/nobody HTTP/1.1\r\nHost: {}\r\n\r\n",
            app.address
        );
        raw.say(head).await;
        clients.push(raw);
    }
    let all_wait = async || app.store.waiting() == share();
    eventually("every page waits for the store", all_wait).await;
    drop(clients);
    let next = in_time("an answer", Anonymous::of(&app).visit("/artists/nobody")).await;
    assert!(next.is(503).header("retry-after").is_some());
    assert_eq!(app.store.waiting(), share());
    app.store.release();
    Anonymous::of(&app).visit("/artists/nobody").await.is(404);
}

#[tokio::test]
async fn a_page_that_takes_too_long_is_unavailable() {
    let app = rendering(Duration::from_secs(2)).start().await;
    app.store.hold();
    let answer = Anonymous::of(&app).visit("/artists/nobody").await.is(503);
    assert!(answer.header("retry-after").is_some());
    let html = answer.page();
    assert!(html.contains("We cannot get at our records"), "{html}");
    app.store.release();
    Anonymous::of(&app).visit("/artists/nobody").await.is(404);
}
