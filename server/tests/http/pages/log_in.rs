//! `/login`

use crate::support::{Anonymous, Caller, PASSWORD, SignedIn, TestApp};

const WRONG: &str = "Unknown email address or bad password.";

#[tokio::test]
async fn the_form_is_sent_to_its_own_page() {
    let app = TestApp::start().await;
    let html = Anonymous::of(&app).visit("/login").await.is(200).page();
    assert!(
        html.contains(r#"method="post""#) && html.contains(r#"action="/login""#),
        "{html}"
    );
    for name in ["email_address", "password", "remember"] {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
    }
    assert!(
        html.contains(">Email address<") && html.contains(">Password<") && html.contains("Log in")
    );
}

#[tokio::test]
async fn a_login_leads_to_the_studio() {
    let app = TestApp::start().await;
    SignedIn::sign_up(&app, "ada@example.org").await;
    let form = [("email_address", "ada@example.org"), ("password", PASSWORD)];
    let answer = Anonymous::of(&app)
        .submit("/login", &form)
        .await
        .leads_to("/studio");
    Anonymous::of(&app)
        .get("/studio")
        .cookie(&answer.cookie())
        .send()
        .await
        .is(200)
        .page();
}

#[tokio::test]
async fn a_login_leads_to_where_somebody_wanted_to_go() {
    let app = TestApp::start().await;
    SignedIn::sign_up(&app, "ada@example.org").await;
    let anonymous = Anonymous::of(&app);
    let asked = anonymous
        .visit("/account")
        .await
        .leads_to("/login?next=%2Faccount");
    let html = anonymous.visit(asked.location()).await.is(200).page();
    assert!(
        html.contains(r#"action="/login?next=%2Faccount""#),
        "{html}"
    );
    let form = [("email_address", "ada@example.org"), ("password", PASSWORD)];
    anonymous
        .submit("/login?next=%2Faccount", &form)
        .await
        .leads_to("/account");
}

/// An open redirect would lend the name of this site to phishing.
#[tokio::test]
async fn the_page_says_why_it_is_there() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    for (asked, sentence) in [
        ("/studio/videos/new", "Log in to see your studio."),
        ("/account", "Log in to see your account."),
    ] {
        let answer = anonymous.visit(asked).await;
        let html = anonymous.visit(answer.location()).await.is(200).page();
        assert!(html.contains(sentence), "{html}");
    }
    for address in ["/login", "/login?next=%2Fvideos"] {
        let html = anonymous.visit(address).await.is(200).page();
        assert!(!html.contains("Log in to see"), "{html}");
    }
}

#[tokio::test]
async fn a_login_never_leads_to_another_site() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for next in [
        "//x.example",
        "///x.example",
        "/%5Cx.example",
        "%5C%5Cx.example",
        "https:%2F%2Fx.example",
        "https://x.example",
        "javascript:alert(1)",
        "/%09/x.example",
        "%09//x.example",
        "/%0A/x.example",
        "/%0D%0ASet-Cookie:%20a=b",
        "x.example",
        "%2F%2Fx.example",
        "",
        "http:x.example",
        "/%00",
        "/\u{e9}",
        "/%F0%9F%92%A9",
        "%FF",
        "@x.example",
        "/%E2%80%8B/x.example",
    ] {
        let path = format!("/login?next={next}");
        let answer = ada.visit(&path).await.leads_to("/studio");
        assert!(answer.set_cookies().is_empty(), "{next}");
    }
    // The first of two values counts, as in the browser.
    let two = ada.visit("/login?next=/a&next=//x.example").await;
    two.leads_to("/a");
    let two = ada.visit("/login?next=//x.example&next=/a").await;
    two.leads_to("/studio");
    let form = [("email_address", "ada@example.org"), ("password", PASSWORD)];
    Anonymous::of(&app)
        .submit("/login?next=//x.example", &form)
        .await
        .leads_to("/studio");
    let html = Anonymous::of(&app)
        .visit("/login?next=//x.example")
        .await
        .page();
    assert!(!html.contains("x.example"), "{html}");
}

#[tokio::test]
async fn our_own_paths_are_led_to_whole() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    ada.visit("/login?next=%2Fstudio%3Fa%3Db%26c")
        .await
        .leads_to("/studio?a=b&c");
    ada.visit("/login").await.leads_to("/studio");
    ada.visit("/signup?next=%2Faccount")
        .await
        .leads_to("/account");
}

#[tokio::test]
async fn a_refused_login_keeps_the_address_and_never_the_password() {
    let app = TestApp::start().await;
    let form = [
        ("email_address", "ada@example.org"),
        ("password", "a wrong one, really"),
        ("remember", "on"),
    ];
    let answer = Anonymous::of(&app)
        .submit("/login?next=%2Faccount", &form)
        .await
        .is(400);
    let html = answer.page();
    assert!(html.contains(WRONG), "{html}");
    assert!(html.contains(r#"value="ada@example.org""#), "{html}");
    assert!(
        html.contains(r#"action="/login?next=%2Faccount""#),
        "{html}"
    );
    assert!(!html.contains("a wrong one, really"));
    assert!(html.contains("checked"), "{html}");
    assert!(answer.set_cookies().is_empty());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn what_is_missing_is_said_at_the_field() {
    let app = TestApp::start().await;
    let html = Anonymous::of(&app)
        .submit("/login", &[])
        .await
        .is(400)
        .page();
    assert!(html.contains("Enter your email address.") && html.contains("Enter your password."));
    assert!(html.contains("aria-invalid=\"true\""), "{html}");
    assert!(!html.contains(WRONG));
}

#[tokio::test]
async fn remember_is_a_checkbox() {
    let app = TestApp::start().await;
    SignedIn::sign_up(&app, "ada@example.org").await;
    let mut form = vec![("email_address", "ada@example.org"), ("password", PASSWORD)];
    let answer = Anonymous::of(&app).submit("/login", &form).await.is(303);
    assert!(
        !answer.set_cookie().contains("Max-Age"),
        "{}",
        answer.set_cookie()
    );
    form.push(("remember", "on"));
    let answer = Anonymous::of(&app).submit("/login", &form).await.is(303);
    assert!(
        answer.set_cookie().ends_with("; Max-Age=2592000"),
        "{}",
        answer.set_cookie()
    );
}

#[tokio::test]
async fn whoever_is_signed_in_and_logs_in_again_is_the_other_one() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    SignedIn::sign_up(&app, "bob@example.org").await;
    let form = [("email_address", "bob@example.org"), ("password", PASSWORD)];
    let answer = ada.submit("/login", &form).await.leads_to("/studio");
    let html = ada_with(&app, &answer.cookie()).await;
    assert!(html.contains("bob@example.org") && !html.contains("ada@example.org"));
    assert!(!ada.is_alive().await);
}

async fn ada_with(app: &TestApp, cookie: &str) -> String {
    Anonymous::of(app)
        .get("/studio")
        .cookie(cookie)
        .send()
        .await
        .is(200)
        .page()
}
