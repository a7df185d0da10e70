//! Hostile and unusual text.

use serde_json::json;

use crate::support::{Anonymous, Caller, PASSWORD, Program, SignedIn, TestApp, credentials};

const SCRIPT: &str = "</script><img src=x onerror=alert(1)>\"'`&<!--";

/// A defect of the original: an address of 600 bytes caused 500 with the text of the store's error.
#[tokio::test]
async fn a_600_byte_address_is_refused_without_a_500() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    for address in [
        format!("{}@example.org", "a".repeat(588)),
        format!("a@{}.org", "b".repeat(594)),
        format!("{}@example.org", "é".repeat(300)),
        format!("a@{}org", "bcd.".repeat(150)),
        "a".repeat(50_000),
    ] {
        let answer = program.new_user(&credentials(&address, PASSWORD)).await;
        answer.is_refusal(400, "invalid");
        assert!(
            answer.body.len() < 2_000,
            "the whole address comes back twice"
        );
        program
            .log_in(&address, PASSWORD)
            .await
            .is_refusal(400, "bad_credentials");
        let form = [("email_address", address.as_str()), ("password", PASSWORD)];
        Anonymous::of(&app)
            .submit("/signup", &form)
            .await
            .is(400)
            .page();
    }
}

#[tokio::test]
async fn unicode_tricks_in_an_address_are_refused() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    for address in [
        "ada\u{200b}@example.org",
        "ada@example\u{202e}gro.",
        "ada\u{0}@example.org",
        "ada@exam\u{ad}ple.org",
        "a\u{2066}da@example.org",
        "ada\u{e0061}@example.org",
        "ada@example.org\u{0}",
        "ada@xn--zzzzzzzzzzz.example",
        "ada@-example.org",
        "ada @example.org",
        "ada@exa mple.org",
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example..org",
        "ada@[127.0.0.1]",
        "ada@localhost",
        "<script>@example.org",
        "\"ada\"@example.org",
        "ada@example.org,eve@example.org",
        "ada\u{3164}@example.org",
    ] {
        let answer = program.new_user(&credentials(address, PASSWORD)).await;
        answer.is_refusal(400, "invalid");
        assert!(
            answer.json()["fields"]["email_address"].is_string(),
            "{address:?}"
        );
    }
}

/// Invisible characters from copying, and the full-width characters of a Japanese keyboard, lead to the
/// same address at sign-up, log-in and in `/v1`.
#[tokio::test]
async fn an_address_is_the_same_with_what_nobody_sees_around_it() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let user = credentials("\u{200b}ada@example.org\u{feff}", PASSWORD);
    let created = program.new_user(&user).await.is(201).json();
    assert_eq!(created["message"], "'ada@example.org' added successfully!");
    for (number, typed) in [
        "ada@example.org\u{200b}",
        "\u{feff}ada@example.org",
        "\u{2060}ada@example.org\u{ad}",
        "\u{200e}ada@example.org\u{200f}",
        "\u{202a}ada@example.org\u{202c}",
        "\u{3000}ada@example.org",
        "ada＠example.org",
        "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
    ]
    .into_iter()
    .enumerate()
    {
        let form = [("email_address", typed), ("password", PASSWORD)];
        match number % 2 {
            0 => program.log_in(typed, PASSWORD).await.is(200).status,
            _ => {
                Anonymous::of(&app)
                    .submit("/login", &form)
                    .await
                    .is(303)
                    .status
            }
        };
        let again = program.new_user(&credentials(typed, PASSWORD)).await;
        again.is_refusal(409, "already_exists");
        let html = Anonymous::of(&app)
            .submit("/signup", &form)
            .await
            .is(409)
            .page();
        assert!(
            html.contains("There is an account with this address already."),
            "{typed:?}"
        );
    }
}

#[tokio::test]
async fn what_is_typed_into_a_form_never_becomes_markup() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    let form = [
        ("email_address", SCRIPT),
        ("password", "short"),
        ("first_name", SCRIPT),
        ("last_name", SCRIPT),
    ];
    for path in [
        "/login",
        "/signup",
        "/login?next=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "/signup?next=/%22%3E%3Cimg%20src=x",
    ] {
        let html = anonymous.submit(path, &form).await.is(400).page();
        assert!(!html.contains("<img src=x"), "{path}: {html}");
        assert_eq!(
            html.matches("</script").count(),
            html.matches("<script").count(),
            "{path}: {html}"
        );
        assert!(
            html.contains("&lt;/script&gt;") || html.contains("&lt;/script>"),
            "{path}: {html}"
        );
    }
}

#[tokio::test]
async fn a_name_that_is_markup_is_shown_as_text_everywhere() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "o'hara&co+x@example.org").await;
    ada.submit("/account", &[("first_name", SCRIPT), ("last_name", SCRIPT)])
        .await
        .leads_to("/account");
    for path in ["/", "/studio", "/account", "/nothing"] {
        let html = ada.visit(path).await.page();
        assert!(!html.contains("<img src=x"), "{path}: {html}");
        assert!(
            !html.contains("<!--\"") && !html.contains("`&<"),
            "{path}: {html}"
        );
        assert_eq!(
            html.matches("</script").count(),
            html.matches("<script").count(),
            "{path}: {html}"
        );
    }
    let who = ada.test().await.is(200);
    assert_eq!(who.json()["data"]["first_name"], SCRIPT);
    assert_eq!(who.header("content-type"), Some("application/json"));
}

/// `leptos_meta` does not escape titles, so no user input may be part of one.
#[tokio::test]
async fn a_title_is_made_of_our_own_texts() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let form = [("first_name", "Quokka"), ("last_name", "Quokka")];
    ada.submit("/account", &form).await.leads_to("/account");
    let typed = [
        ("first_name", "Quokka\u{202e}Quokka"),
        ("email_address", "Quokka"),
    ];
    for answer in [
        ada.visit("/studio?Quokka#Quokka").await,
        ada.visit("/Quokka?Quokka").await,
        ada.visit("/%3C%2Ftitle%3EQuokka").await,
        ada.submit("/account?Quokka", &typed).await,
        Anonymous::of(&app)
            .submit("/login?next=/Quokka", &typed)
            .await,
    ] {
        let html = answer.page();
        let title = html.split("<title>").nth(1).unwrap();
        let title = title.split("</title>").next().unwrap();
        assert!(
            title.ends_with("Inspired") && !title.contains("Quokka"),
            "{title}"
        );
    }
}

#[tokio::test]
async fn a_refused_name_is_shown_as_text() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let long = SCRIPT.repeat(5);
    let html = ada
        .submit("/account", &[("first_name", &long)])
        .await
        .is(400)
        .page();
    assert!(!html.contains("<img src=x"), "{html}");
}

/// Sentences of `/v1` repeat typed values; the response must stay valid JSON.
#[tokio::test]
async fn what_a_program_sends_comes_back_as_a_string() {
    let app = TestApp::start().await;
    for address in [SCRIPT, "a\"b", "a\\b", "a\nb", "a\u{2028}b", "😀"] {
        let answer = Program::of(&app)
            .new_user(&credentials(address, PASSWORD))
            .await;
        let message = answer.is_refusal(400, "invalid");
        assert_eq!(
            message,
            format!("'{address}' is not valid 'email_address'.")
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[tokio::test]
async fn a_null_character_changes_nothing() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let with_null =
        json!({ "email_address": "ada@example.org", "password": "a long walk\u{0} by the sea" });
    program.new_user(&with_null).await.is(201);
    program
        .log_in("ada@example.org", "a long walk")
        .await
        .is(400);
    program
        .log_in("ada@example.org", "a long walk\u{0} by the other sea")
        .await
        .is(400);
    program
        .log_in("ada@example.org", "a long walk\u{0} by the sea")
        .await
        .is(200);
}
