//! What is logged, and what must never be.

use serde_json::Value;
use testbed::TestStore;

use crate::support::{
    Caller, Program,
    binary::Serving,
    callers::{Call, build},
    credentials,
};

/// Personal data and secrets that the log must not contain. They occur nowhere else.
const ADDRESS: &str = "Quokka.Zephyr@Example.org";
const UNKNOWN: &str = "wombat.unknown@example.org";
const PASSWORD: &str = "platypus tango seventy";
const WRONG: &str = "echidna foxtrot eighty";
const NAME: &str = "Numbat";
const QUERY: &str = "bilby-token";

const SECRETS: [&str; 9] = [
    "quokka", "zephyr", "wombat", "platypus", "echidna", "numbat", "bilby", "session=", "argon2",
];

/// The log and the stored data of a server that has handled every kind of request.
struct Past {
    log: String,
    data: String,
    cookies: Vec<String>,
    account: String,
    _place: TestStore,
}

/// A request with an id that finds its log lines.
fn named(program: &Program, path: &str, id: &str) -> Call {
    program.post(path).header("x-request-id", id)
}

/// Causes every kind of log line.
async fn past(flags: &[&str]) -> Past {
    let place = TestStore::fresh();
    let server = Serving::over(&place, flags).await;
    let program = Program::at(server.address);
    let user = |password| credentials(ADDRESS, password);
    let create =
        named(&program, &format!("/v1/users/new?q={QUERY}"), "id-create").json(&user(PASSWORD));
    create.send().await.is(201);
    named(&program, "/v1/users/new", "id-taken")
        .json(&user(PASSWORD))
        .send()
        .await
        .is(409);
    named(&program, "/v1/users/new", "id-invalid")
        .json(&user("short"))
        .send()
        .await
        .is(400);
    named(&program, "/v1/auth/login", "id-wrong")
        .json(&user(WRONG))
        .send()
        .await
        .is(400);
    let unknown = credentials(UNKNOWN, WRONG);
    named(&program, "/v1/auth/login", "id-unknown")
        .json(&unknown)
        .send()
        .await
        .is(400);
    let first = named(&program, "/v1/auth/login", "id-login")
        .json(&user(PASSWORD))
        .send()
        .await
        .is(200);
    let account = first.json()["data"]["id"].as_str().unwrap().to_owned();
    let form = [
        ("email_address", ADDRESS),
        ("password", PASSWORD),
        ("remember", "on"),
    ];
    let second = named(&program, "/login?next=/studio?q=bilby-token", "id-form")
        .form(&form)
        .send()
        .await
        .is(303);
    let wrong = [("email_address", UNKNOWN), ("password", WRONG)];
    named(&program, "/login?q=bilby-token", "id-page")
        .form(&wrong)
        .send()
        .await
        .is(400);
    let call = serde_json::json!({ "form": { "email_address": ADDRESS, "password": WRONG } });
    let call = named(&program, "/api/log_in", "id-call")
        .header("x-inspired-build", build())
        .json(&call);
    call.send().await.is(400);
    let names = [("first_name", NAME), ("last_name", "\u{1b}[31mNumbat\u{7}")];
    named(&program, "/account", "id-names")
        .cookie(&second.cookie())
        .form(&names)
        .send()
        .await
        .is(400);
    let names = [("first_name", NAME)];
    named(&program, "/account", "id-name")
        .cookie(&second.cookie())
        .form(&names)
        .send()
        .await
        .is(303);
    named(&program, "/v1/auth/login", "id-foreign")
        .header("origin", "https://bilby.example")
        .send()
        .await
        .is(403);
    program
        .get("/")
        .host("bilby.example")
        .header("x-request-id", "id-host")
        .send()
        .await
        .is(421);
    program
        .get("/bilby-path?bilby")
        .header("x-request-id", "id-missing")
        .send()
        .await
        .is(404);
    program
        .get("/v1/test")
        .header("x-request-id", "bilby\ttoken")
        .send()
        .await
        .is(401);
    program
        .get("/v1/test")
        .cookie("session=bilby")
        .header("x-request-id", "id-nobody")
        .send()
        .await
        .is(401);
    program
        .get("/studio")
        .cookie(&first.cookie())
        .header("user-agent", "bilby")
        .header("referer", "http://bilby")
        .send()
        .await
        .is(200);
    let large =
        named(&program, "/v1/users/new", "id-large").header("content-type", "application/json");
    large.body(PASSWORD.repeat(4_000)).send().await.is(413);
    let broken =
        named(&program, "/v1/users/new", "id-broken").header("content-type", "application/json");
    broken
        .body(format!("{{\"{PASSWORD}\": {WRONG}"))
        .send()
        .await
        .is(400);
    named(&program, "/v1/artists", "id-artist")
        .cookie(&first.cookie())
        .json(&serde_json::json!({}))
        .send()
        .await
        .is(400);
    named(&program, "/api/change_names", "id-stale")
        .cookie(&first.cookie())
        .header("x-inspired-build", build())
        .json(&serde_json::json!({ "form": { "first_name": "\u{7}" } }))
        .send()
        .await
        .is(400);
    named(&program, "/v1/auth/logout", "id-logout")
        .cookie(&first.cookie())
        .send()
        .await
        .is(200);
    named(&program, "/logout", "id-leave")
        .cookie(&second.cookie())
        .send()
        .await
        .is(303);
    let (status, log) = server.stop().await;
    assert!(status.success());
    let data = place.contents().await;
    Past {
        log,
        data: String::from_utf8_lossy(&data).into_owned(),
        cookies: vec![first.cookie(), second.cookie()],
        account,
        _place: place,
    }
}

/// Checks that no secret is in the log, in any spelling.
fn assert_keeps_secrets(past: &Past) {
    let log = past.log.to_lowercase();
    for secret in SECRETS {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
    for cookie in &past.cookies {
        let id = cookie.split_once('=').unwrap().1;
        assert!(!past.log.contains(id), "the log holds a session");
    }
}

#[tokio::test]
async fn at_its_most_talkative_the_log_holds_nothing_that_people_typed_or_carry() {
    let past = past(&["--log", "trace"]).await;
    assert!(past.log.lines().count() > 30, "{}", past.log);
    assert_keeps_secrets(&past);
}

#[tokio::test]
async fn the_store_holds_no_password_no_session_and_nothing_of_strangers() {
    let past = past(&[]).await;
    assert!(
        past.data.contains(ADDRESS),
        "this test looks in the wrong place"
    );
    let lower = past.data.to_lowercase();
    for secret in ["platypus", "echidna", "wombat", "bilby"] {
        assert!(!lower.contains(secret), "{secret}");
    }
    for cookie in &past.cookies {
        assert!(!past.data.contains(cookie.split_once('=').unwrap().1));
    }
}

/// The log line of a request that contains a word.
#[track_caller]
fn line<'a>(log: &'a str, id: &str, word: &str) -> &'a str {
    let mut lines = log
        .lines()
        .filter(|line| line.contains(id) && line.contains(word));
    lines
        .next()
        .unwrap_or_else(|| panic!("no line with {id} and {word}: {log}"))
}

#[tokio::test]
async fn every_login_logout_refusal_and_failure_has_a_line_with_opaque_names() {
    let past = past(&[]).await;
    let (log, account) = (past.log.as_str(), past.account.as_str());
    for (id, word) in [
        ("id-create", "account created"),
        ("id-login", "logged in"),
        ("id-form", "logged in"),
        ("id-wrong", "wrong password"),
        ("id-name", "names changed"),
        ("id-logout", "logged out"),
        ("id-leave", "logged out"),
        ("id-call", "wrong password"),
    ] {
        assert!(
            line(log, id, word).contains(account),
            "{id} does not name the account"
        );
    }
    line(log, "id-unknown", "unknown address");
    for (id, code) in [
        ("id-taken", "already_exists"),
        ("id-invalid", "invalid"),
        ("id-wrong", "bad_credentials"),
        ("id-unknown", "bad_credentials"),
        ("id-page", "bad_credentials"),
        ("id-call", "bad_credentials"),
        ("id-foreign", "cross_site"),
        ("id-host", "misdirected_request"),
        ("id-missing", "not_found"),
        ("id-nobody", "unauthorized"),
        ("id-large", "content_too_large"),
        ("id-broken", "bad_request"),
        ("id-names", "invalid"),
    ] {
        let line = log
            .lines()
            .find(|line| line.contains(id) && line.contains("refused") && line.contains(code));
        assert!(line.is_some(), "{id} {code}: {log}");
    }
}

/// The log lines of requests.
fn request_lines(log: &str) -> impl Iterator<Item = &str> {
    let lines = log.lines();
    lines.filter(|line| line.contains("request_id=\""))
}

#[tokio::test]
async fn our_name_of_a_request_stands_beside_the_name_that_its_client_gave_it() {
    let past = past(&[]).await;
    for line in past.log.lines().filter(|line| line.contains("id-")) {
        let ours = line.split("request_id=\"").nth(1);
        let ours = ours.and_then(|rest| rest.split('"').next()).unwrap();
        assert_eq!(ours.len(), 32, "{line}");
        assert!(line.contains(" client_request_id=\"id-"), "{line}");
    }
    assert!(!past.log.contains("client_request_id=\"bilby"));
}

#[tokio::test]
async fn every_line_of_a_request_names_its_source() {
    let mut lines = 0;
    for line in request_lines(&past(&[]).await.log) {
        assert!(line.contains(" source=\"127.0.0.1\""), "{line}");
        lines += 1;
    }
    assert!(lines > 20, "{lines}");
}

#[tokio::test]
async fn a_refusal_names_the_account_on_every_route() {
    let past = past(&[]).await;
    for id in ["id-artist", "id-stale", "id-names"] {
        let line = line(&past.log, id, "refused");
        assert!(line.contains(&past.account), "{line}");
    }
    let nobody = line(&past.log, "id-nobody", "refused");
    assert!(!nobody.contains("account="), "{nobody}");
}

#[tokio::test]
async fn a_refusal_names_the_route_even_if_no_handler_was_reached() {
    let past = past(&[]).await;
    for (id, route) in [
        ("id-foreign", "/v1/auth/login"),
        ("id-host", "/"),
        ("id-missing", "…"),
        ("id-artist", "/v1/artists"),
        ("id-stale", "/api/change_names"),
    ] {
        let line = line(&past.log, id, "refused");
        assert!(line.contains(&format!(" route=\"{route}\"")), "{line}");
    }
}

#[tokio::test]
async fn a_source_can_be_named_by_a_hash_or_not_at_all() {
    for (wanted, has_source) in [("hash", true), ("none", false)] {
        let past = past(&["--log-source", wanted]).await;
        for line in request_lines(&past.log) {
            assert!(!line.contains("127.0.0.1"), "{line}");
            assert_eq!(line.contains(" source=\""), has_source, "{line}");
        }
        let names = request_lines(&past.log).filter_map(|line| line.split(" source=").nth(1));
        let names = names.filter_map(|rest| rest.split([' ', '}']).next());
        let names: std::collections::HashSet<_> = names.collect();
        assert_eq!(names.len(), usize::from(has_source), "{names:?}");
    }
}

#[tokio::test]
async fn a_line_is_one_line_whatever_was_sent() {
    let past = past(&["--log", "debug"]).await;
    for line in past.log.lines() {
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert!(
            line.starts_with("20") || line.starts_with("inspired: "),
            "{line:?}"
        );
    }
}

#[tokio::test]
async fn as_json_every_line_is_an_object() {
    let past = past(&["--log", "debug", "--log-format", "json"]).await;
    for line in past.log.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(
            line["level"].is_string() && line["timestamp"].is_string(),
            "{line}"
        );
    }
    assert_keeps_secrets(&past);
}
