use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use types::{Account, CurrentUser, Field, FieldErrors, Problem, Reason};

use super::*;
use crate::page::{AccountFormValues, ChunkAssets, RefusedForm};

async fn render(path: &str, state: PageState) -> String {
    // A second call is refused, which is no harm.
    let _ = any_spawner::Executor::init_tokio();
    let contexts = move || {
        provide_context(PageAssets {
            frontend: program("/s"),
            ..PageAssets::default()
        });
        provide_context(state.clone());
    };
    let render = leptos_axum::render_app_async_with_context(contexts, shell);
    let request = Request::get(path).body(Body::empty()).unwrap();
    let body = render(request).await.into_body();
    let html = to_bytes(body, usize::MAX).await.unwrap();
    String::from_utf8(html.to_vec()).unwrap()
}

fn program(folder: &str) -> ProgramAssets {
    ProgramAssets {
        start: format!("{folder}/start.js"),
        bindings: format!("{folder}/program.js"),
        module: format!("{folder}/program_bg.wasm"),
        loader: format!("{folder}/split_loader.js"),
        parts: vec![ChunkAssets {
            name: "public".to_owned(),
            files: vec![format!("{folder}/split_public.wasm")],
        }],
    }
}

fn ada() -> CurrentUser {
    CurrentUser {
        account: Account {
            id: "acc_1".to_owned(),
            email_address: "ada@example.org".to_owned(),
            first_name: Some("<b>Ada".to_owned()),
            last_name: None,
            created_at: "2026-11-03T17:48:03Z".to_owned(),
        },
        session_began_at: "2026-11-23T17:48:03Z".to_owned(),
        session_ends_at: "2026-11-24T17:48:03Z".to_owned(),
    }
}

fn refused(problem: Problem) -> PageState {
    let typed = AccountFormValues {
        email_address: "\"><i>abc".to_owned(),
        ..AccountFormValues::default()
    };
    PageState {
        refused_form: Some(RefusedForm { problem, typed }),
        ..PageState::default()
    }
}

#[tokio::test]
async fn the_loader_is_hinted_at_once_and_a_part_only_where_it_is_needed() {
    let html = render("/login", PageState::default()).await;
    let loader = r#"<link rel="modulepreload" href="/s/split_loader.js""#;
    assert_eq!(html.matches(loader).count(), 1, "{html}");
    assert!(!html.contains("split_public.wasm"), "{html}");
    let html = render("/nowhere", PageState::default()).await;
    assert!(!html.contains("split_public.wasm"), "{html}");
}

#[tokio::test]
async fn a_page_shows_who_is_signed_in() {
    let state = PageState {
        current_user: Some(ada()),
        ..PageState::default()
    };
    let html = render("/account", state).await;
    assert!(html.contains("<title>Account · Inspired</title>"));
    assert!(html.contains("ada@example.org"));
    assert!(html.contains("Log out"));
    assert!(!html.contains("href=\"/login\""));
}

#[tokio::test]
async fn nobody_signed_in_is_shown_the_ways_in() {
    let html = render("/signup", PageState::default()).await;
    assert!(html.contains("href=\"/login\"") && html.contains("href=\"/signup\""));
    assert!(!html.contains("Log out"));
}

#[tokio::test]
async fn a_refused_form_shows_its_errors_and_what_was_typed() {
    let errors = FieldErrors::one(Field::EmailAddress, Reason::NotAnEmailAddress);
    let html = render("/signup", refused(Problem::Invalid(errors))).await;
    assert!(html.contains("Enter an address like name@example.org"));
    assert!(html.contains("aria-invalid=\"true\""));
    assert!(
        html.contains("value=\"&quot;&gt;&lt;i&gt;abc\"")
            || html.contains("value=\"&quot;><i>abc\"")
    );
}

#[tokio::test]
async fn what_people_typed_is_never_markup() {
    let state = PageState {
        current_user: Some(ada()),
        ..PageState::default()
    };
    assert!(!render("/account", state).await.contains("<b>Ada"));
    assert!(
        !render("/login", refused(Problem::BadCredentials))
            .await
            .contains("\"><i>abc")
    );
}

#[tokio::test]
async fn a_refused_login_says_so_and_opens_at_the_password() {
    let html = render("/login", refused(Problem::BadCredentials)).await;
    assert!(html.contains("Unknown email address or bad password."));
    assert_eq!(html.matches(" autofocus").count(), 1);
}

#[tokio::test]
async fn the_way_on_is_kept_and_only_to_our_own_paths() {
    let html = render("/login?next=%2Faccount", PageState::default()).await;
    assert!(html.contains("action=\"/login?next=%2Faccount\""));
    let html = render("/login?next=%2F%2Fevil.example", PageState::default()).await;
    assert!(html.contains("action=\"/login?next=%2Fstudio\""));
}

#[tokio::test]
async fn trouble_takes_the_place_of_the_page_and_needs_no_program() {
    let state = PageState {
        problem: Some(Problem::Unavailable(5)),
        ..PageState::default()
    };
    let html = render("/studio", state).await;
    assert!(html.contains("Try again in 5 seconds."));
    assert!(!html.contains("/s/start.js"), "{html}");
}

#[tokio::test]
async fn nothing_on_a_page_is_styled_in_place() {
    for path in ["/login", "/signup", "/studio", "/account", "/nowhere"] {
        let html = render(path, PageState::default()).await;
        assert!(!html.contains(" style="), "{path}");
    }
}

#[tokio::test]
async fn a_page_without_a_description_has_the_site_s() {
    let html = render("/signup", PageState::default()).await;
    let description = texts().document.description;
    assert!(html.contains(&format!("name=\"description\" content=\"{description}\"")));
}

#[tokio::test]
async fn a_refused_form_is_said_first_in_the_title() {
    let problem = Problem::Invalid(FieldErrors::default());
    let html = render("/login", refused(problem)).await;
    assert!(html.contains("<title>Please check: Log in · Inspired</title>"));
}

#[tokio::test]
async fn where_there_is_nothing_the_page_says_so() {
    let html = render("/nowhere", PageState::default()).await;
    assert!(html.contains("<title>Not found · Inspired</title>"));
    assert!(html.contains("Nothing is pinned here"));
}
