//! The session cookie, and which session it selects.

use std::collections::HashSet;

use crate::support::{
    Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, TestResponse, credentials,
};

const HTTPS: [&str; 2] = ["--public-url", "https://inspired.example"];

async fn log_in(app: &TestApp) -> TestResponse {
    Program::of(app)
        .log_in("ada@example.org", PASSWORD)
        .await
        .is(200)
}

fn id(cookie: &str) -> &str {
    cookie.split_once('=').unwrap().1
}

#[tokio::test]
async fn over_http_the_cookie_has_every_attribute_it_can_have() {
    let app = TestApp::start().await;
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let answer = log_in(&app).await;
    let id = id(&answer.cookie()).to_owned();
    assert_eq!(
        answer.set_cookie(),
        format!("session={id}; HttpOnly; Path=/; SameSite=Lax")
    );
}

#[tokio::test]
async fn over_https_the_cookie_belongs_to_this_host_alone() {
    let app = TestApp::with(&HTTPS).await;
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let answer = log_in(&app).await;
    let id = id(&answer.cookie()).to_owned();
    assert_eq!(
        answer.set_cookie(),
        format!("__Host-session={id}; Secure; HttpOnly; Path=/; SameSite=Lax")
    );
    let program = Program::of(&app);
    program
        .get("/v1/test")
        .cookie(&answer.cookie())
        .send()
        .await
        .is(200);
    program
        .get("/v1/test")
        .cookie(&format!("session={id}"))
        .send()
        .await
        .is(401);
}

/// tower-sessions 0.15 removes a `__Host-` cookie without `Secure`, which browsers ignore.
#[tokio::test]
async fn over_https_a_logout_takes_the_cookie_in_a_way_that_browsers_accept() {
    let app = TestApp::with(&HTTPS).await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let answer = ada.log_out().await.is(200);
    assert_eq!(
        answer.set_cookie(),
        "__Host-session=; Secure; HttpOnly; Path=/; SameSite=Lax; Max-Age=0"
    );
    assert!(!ada.is_alive().await);
}

#[tokio::test]
async fn an_id_has_128_bits_that_never_repeat() {
    let app = TestApp::start().await;
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let mut ids = HashSet::new();
    for _ in 0..8 {
        let cookie = log_in(&app).await.cookie();
        assert_eq!(id(&cookie).len(), 22, "22 digits of 6 bits hold 128");
        assert!(ids.insert(cookie));
    }
}

#[tokio::test]
async fn every_login_gets_a_new_id_and_the_session_that_came_with_it_ends() {
    let app = TestApp::start().await;
    let first = SignedIn::sign_up(&app, "ada@example.org").await;
    let second = first.log_in("ada@example.org", PASSWORD).await.is(200);
    assert_ne!(second.cookie(), first.cookie);
    assert!(!first.is_alive().await);
    let program = Program::of(&app);
    program
        .get("/v1/test")
        .cookie(&second.cookie())
        .send()
        .await
        .is(200);
}

#[tokio::test]
async fn a_refused_login_leaves_the_session_that_came_with_it() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let refused = ada
        .log_in("ada@example.org", "another long walk")
        .await
        .is(400);
    assert!(refused.set_cookies().is_empty());
    assert!(ada.is_alive().await);
}

/// Session fixation: a planted id must not become a session.
#[tokio::test]
async fn a_planted_id_is_never_taken_over() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    program
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let planted = "session=AAECAwQFBgcICQoLDA0ODw";
    let call = program.post("/v1/auth/login").cookie(planted);
    let answer = call
        .json(&credentials("ada@example.org", PASSWORD))
        .send()
        .await
        .is(200);
    assert_ne!(answer.cookie(), planted);
    program.get("/v1/test").cookie(planted).send().await.is(401);
}

#[tokio::test]
async fn a_session_of_somebody_else_that_is_planted_ends_at_the_login() {
    let app = TestApp::start().await;
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    Program::of(&app)
        .new_user(&credentials("ada@example.org", PASSWORD))
        .await
        .is(201);
    let answer = eve.log_in("ada@example.org", PASSWORD).await.is(200);
    assert!(!eve.is_alive().await);
    let who = Program::of(&app)
        .get("/v1/test")
        .cookie(&answer.cookie())
        .send()
        .await
        .json();
    assert_eq!(who["data"]["email_address"], "ada@example.org");
}

#[tokio::test]
async fn two_cookies_of_the_name_are_none() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let bob = SignedIn::sign_up(&app, "bob@example.org").await;
    let program = Program::of(&app);
    for both in [
        format!("{}; {}", ada.cookie, bob.cookie),
        format!("{0}; {0}", ada.cookie),
        format!("session=; {}", ada.cookie),
        format!("{};session=x", ada.cookie),
    ] {
        program
            .get("/v1/test")
            .cookie(&both)
            .send()
            .await
            .is_refusal(401, "unauthorized");
    }
    let twice = program
        .get("/v1/test")
        .cookie(&ada.cookie)
        .cookie(&bob.cookie);
    twice.send().await.is_refusal(401, "unauthorized");
    assert!(ada.is_alive().await && bob.is_alive().await);
}

/// The attacker who planted the second cookie must not keep the first session alive.
#[tokio::test]
async fn a_logout_with_two_cookies_ends_both_sessions() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let bob = SignedIn::sign_up(&app, "bob@example.org").await;
    let both = format!("{}; {}", ada.cookie, bob.cookie);
    let logout = Program::of(&app).post("/v1/auth/logout").cookie(&both);
    let answer = logout.send().await.is(200);
    assert!(answer.set_cookie().ends_with("Max-Age=0"));
    assert!(!ada.is_alive().await && !bob.is_alive().await);
}

/// Browsers send cookies with longer paths first, so planted cookies precede the real one.
#[tokio::test]
async fn a_pile_of_planted_cookies_costs_four_reads_and_keeps_no_session_alive() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for path in ["/v1/auth/logout", "/logout"] {
        let eve = SignedIn::log_in(&app, "ada@example.org").await;
        let planted = (0..480).map(|number| format!("session=AAAAAAAAAAAAAAAAAA{number:03}Q"));
        let planted: Vec<_> = planted.collect();
        let pile = format!("{}; {}", planted.join("; "), eve.cookie);
        app.store.take_asked();
        let call = Program::of(&app).post(path).cookie(&pile);
        let answer = call.send().await;
        assert!([200, 303].contains(&answer.status), "{}", answer.lossy());
        let asked = app.store.take_asked();
        let reads = asked.iter().filter(|asked| **asked == ("get", "sessions"));
        assert!((1..=4).contains(&reads.count()), "{asked:?}");
        assert!(!eve.is_alive().await, "{path}");
    }
    assert!(ada.is_alive().await);
}

#[tokio::test]
async fn one_cookie_among_others_is_found() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let others = format!(
        "theme=dark; xsession=1; {}; __Host-session=AAECAwQFBgcICQoLDA0ODw",
        ada.cookie
    );
    Program::of(&app)
        .get("/v1/test")
        .cookie(&others)
        .send()
        .await
        .is(200);
}

#[tokio::test]
async fn a_malformed_cookie_is_nobody_and_breaks_nothing() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let long = "A".repeat(8_000);
    for value in [
        "",
        "x",
        "AAECAwQFBgcICQoLDA0ODw=",
        "../../etc",
        "%00",
        "\"AAECAwQFBgcICQoLDA0ODw\"",
        "'; DROP TABLE",
        "null",
        "-1",
        &long,
    ] {
        let cookie = format!("session={value}");
        let answer = program.get("/v1/test").cookie(&cookie).send().await;
        answer.is_refusal(401, "unauthorized");
        assert!(answer.set_cookies().is_empty());
        program
            .get("/studio")
            .cookie(&cookie)
            .send()
            .await
            .leads_to("/login?next=%2Fstudio");
        program
            .post("/v1/auth/logout")
            .cookie(&cookie)
            .send()
            .await
            .is(200);
    }
    let bytes = program
        .get("/v1/test")
        .header("cookie", b"session=\xff\xfe")
        .send()
        .await;
    bytes.is_refusal(401, "unauthorized");
}

/// A defect of the original: sessions ended when the server was restarted.
#[tokio::test]
async fn a_session_outlives_a_restart_and_a_logged_out_one_does_not_come_back() {
    let app = TestApp::start().await;
    let kept = SignedIn::sign_up(&app, "ada@example.org").await;
    let gone = SignedIn::log_in(&app, "ada@example.org").await;
    gone.log_out().await.is(200);
    let app = app.restart(&[]).await;
    assert!(kept.at(&app).is_alive().await);
    assert!(!gone.at(&app).is_alive().await);
}

/// A reader of the store must not find the id of a session in it.
#[tokio::test]
async fn the_id_itself_is_not_stored() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let kept = app.place.contents().await;
    let holds = |text: &str| kept.windows(text.len()).any(|part| part == text.as_bytes());
    for secret in [id(&ada.cookie), PASSWORD] {
        assert!(!holds(secret), "the store holds a secret");
    }
    assert!(
        holds("ada@example.org"),
        "this test looks in the wrong place"
    );
}

#[tokio::test]
async fn a_cookie_that_is_no_longer_good_asks_to_log_in_again() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    ada.log_out().await.is(200);
    ada.visit("/login").await.is(200).page();
    let html = ada.visit("/").await.is(200).page();
    assert!(html.contains(r#"href="/login""#));
    assert!(Anonymous::of(&app).visit("/").await.page().len() > 1000);
}
