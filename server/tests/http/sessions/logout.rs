//! An ended session stays ended, despite concurrent requests.

use futures::future::join_all;
use serde_json::json;
use time::Duration;

use crate::support::{Caller, Program, SignedIn, TestApp};

/// A defect of the original: a cookie could be replayed after the log-out.
#[tokio::test]
async fn a_cookie_replayed_after_logout_opens_nothing() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    ada.log_out().await.is(200);
    ada.test().await.is_refusal(401, "unauthorized");
    ada.visit("/studio").await.leads_to("/login?next=%2Fstudio");
    ada.submit("/account", &[("first_name", "Eve")])
        .await
        .is(401);
    assert_eq!(
        ada.function("current_visitor", &json!({}))
            .await
            .is(200)
            .json(),
        json!(null)
    );
    ada.function("change_names", &json!({"form": {"first_name": "Eve"}}))
        .await
        .is(401);
    app.pass(Duration::hours(3));
    assert!(!ada.is_alive().await);
}

#[tokio::test]
async fn a_logout_ends_this_session_and_no_other() {
    let app = TestApp::start().await;
    let here = SignedIn::sign_up(&app, "ada@example.org").await;
    let there = SignedIn::log_in(&app, "ada@example.org").await;
    here.log_out().await.is(200);
    assert!(!here.is_alive().await);
    assert!(there.is_alive().await);
}

/// Most session stores write a session back at the end of each request, also of one that was running
/// during the log-out. The clock is moved, so that every reader has a use to store.
#[tokio::test]
async fn requests_under_way_never_bring_a_session_back() {
    let app = TestApp::with(&["--limits", "off"]).await;
    let mut ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for round in 0..12 {
        app.pass(Duration::minutes(10));
        let readers = (0..24).map(|reader| use_it(&ada, reader + round));
        let logout = async {
            // Among the other requests, at another position each time.
            for _ in 0..round * 3 {
                tokio::task::yield_now().await;
            }
            ada.log_out().await.is(200);
            // Once the log-out is answered nobody gets in.
            assert!(!ada.is_alive().await, "alive after the logout was answered");
        };
        futures::join!(join_all(readers), logout);
        for _ in 0..3 {
            assert!(!ada.is_alive().await, "round {round}: it came back");
        }
        ada = SignedIn::log_in(&app, "ada@example.org").await;
    }
    ada.log_out().await.is(200);
    let app = app.restart(&[]).await;
    assert!(
        !ada.at(&app).is_alive().await,
        "it came back with a restart"
    );
}

async fn use_it(ada: &SignedIn, kind: usize) {
    let answer = match kind % 4 {
        0 => ada.test().await,
        1 => ada.visit("/studio").await,
        2 => ada.submit("/account", &[("first_name", "Ada")]).await,
        _ => ada.function("current_visitor", &json!({})).await,
    };
    assert!(answer.status < 500, "{} {}", answer.status, answer.lossy());
}

#[tokio::test]
async fn many_logouts_at_once_are_all_well() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for answer in join_all((0..16).map(|_| ada.log_out())).await {
        answer.is(200);
    }
    assert!(!ada.is_alive().await);
}

#[tokio::test]
async fn ending_all_sessions_ends_a_login_that_is_under_way() {
    let app = TestApp::with(&["--limits", "off"]).await;
    for _ in 0..4 {
        let ada = SignedIn::sign_up(&app, "ada@example.org").await;
        let program = Program::of(&app);
        let logins =
            join_all((0..4).map(|_| program.log_in("ada@example.org", crate::support::PASSWORD)));
        let (logins, ended) = futures::join!(logins, ada.submit("/account/sessions/end", &[]));
        ended.leads_to("/login#sessions-ended");
        // A log-in that was verified after the end is valid; every other one is invalid or must be repeated.
        for login in logins {
            assert!([200, 503].contains(&login.status), "{}", login.lossy());
            assert_eq!(login.status == 503, login.header("retry-after").is_some());
            assert_eq!(login.status == 503, login.set_cookies().is_empty());
        }
        assert!(!ada.is_alive().await);
        app.delete(&ada.id).await;
    }
}
