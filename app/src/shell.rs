//! The HTML document around every page.

use leptos::{nonce::use_nonce, prelude::*};

use crate::{
    app::{App, title_of},
    navigation::Address,
    page::{PageAssets, PageState},
    state::encoded,
    texts::texts,
};

/// The whole document. It needs [`PageState`] and [`PageAssets`] as contexts.
pub fn shell() -> impl IntoView {
    let assets = use_context::<PageAssets>().unwrap_or_default();
    let state = use_context::<PageState>().unwrap_or_default();
    let is_in_trouble = state.trouble.is_some();
    let title = title(&state);
    let PageAssets {
        style,
        script,
        wasm,
        icon,
        build,
    } = assets;
    // A page that tells of trouble is complete as it is; the program would only add to the load.
    let is_alive = !script.is_empty() && !is_in_trouble;
    view! {
        <!DOCTYPE html>
        <html lang=texts().document.lang data-build=build>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                // As text it would end in a marker for hydration, which browsers show in a title. No
                // title has anything in it that a person typed.
                <title inner_html=title></title>
                <meta name="description" content=texts().document.description/>
                <meta name="color-scheme" content="light dark"/>
                <meta
                    name="theme-color"
                    media="(prefers-color-scheme: light)"
                    content="#fbf6ee"
                />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1b1410"/>
                <link rel="stylesheet" href=style/>
                <link rel="icon" type="image/svg+xml" href=icon/>
                {is_alive.then(|| scripts(script, wasm))}
            </head>
            <body data-state=is_alive.then(|| encoded(&state)).flatten()>
                <App/>
            </body>
        </html>
    }
}

fn title(state: &PageState) -> String {
    let texts = texts();
    if state.trouble.is_some() {
        return (texts.site.title)(texts.trouble.title);
    }
    let title = title_of(Address::of_request().path());
    if state.refusal.is_some() {
        return (texts.document.refused_title)(&title);
    }
    title
}

/// The program that makes the page alive. A module waits for the whole document by itself: with
/// `async` it could start before the state at the document's end has arrived.
fn scripts(script: String, wasm: String) -> impl IntoView {
    view! {
        <link
            rel="preload"
            href=wasm
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
            fetchpriority="low"
        />
        <script type="module" src=script nonce=use_nonce() fetchpriority="low"></script>
    }
}

#[cfg(test)]
mod tests {
    use leptos::reactive::owner::Owner;
    use types::{Account, Field, FieldErrors, Problem, Reason, Visitor};

    use super::*;
    use crate::page::{Refusal, Typed};

    fn render(path: &str, state: PageState) -> String {
        let owner = Owner::new_root(None);
        owner.with(|| {
            let (request, ()) = http::Request::get(path).body(()).unwrap().into_parts();
            provide_context(request);
            provide_context(PageAssets {
                script: "/s.js".to_owned(),
                ..PageAssets::default()
            });
            provide_context(state);
            shell().to_html()
        })
    }

    fn ada() -> Visitor {
        Visitor {
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
        let typed = Typed {
            email_address: "\"><i>abc".to_owned(),
            ..Typed::default()
        };
        PageState {
            refusal: Some(Refusal { problem, typed }),
            ..PageState::default()
        }
    }

    #[test]
    fn a_page_shows_who_is_signed_in() {
        let state = PageState {
            visitor: Some(ada()),
            ..PageState::default()
        };
        let html = render("/studio", state);
        assert!(html.contains("<title>Studio · Inspired</title>"));
        assert!(html.contains("ada@example.org"));
        assert!(html.contains("Log out"));
        assert!(!html.contains("href=\"/login\""));
    }

    #[test]
    fn nobody_signed_in_is_shown_the_ways_in() {
        let html = render("/", PageState::default());
        assert!(html.contains("href=\"/login\"") && html.contains("href=\"/signup\""));
        assert!(!html.contains("Log out"));
    }

    #[test]
    fn a_refused_form_shows_its_errors_and_what_was_typed() {
        let errors = FieldErrors::one(Field::EmailAddress, Reason::NotAnEmailAddress);
        let html = render("/signup", refused(Problem::Invalid(errors)));
        assert!(html.contains("Enter an address like name@example.org"));
        assert!(html.contains("aria-invalid=\"true\""));
        assert!(
            html.contains("value=\"&quot;&gt;&lt;i&gt;abc\"")
                || html.contains("value=\"&quot;><i>abc\"")
        );
    }

    #[test]
    fn what_people_typed_is_never_markup() {
        let state = PageState {
            visitor: Some(ada()),
            ..PageState::default()
        };
        for path in ["/studio", "/account"] {
            assert!(!render(path, state.clone()).contains("<b>Ada"), "{path}");
        }
        assert!(!render("/login", refused(Problem::BadCredentials)).contains("\"><i>abc"));
    }

    #[test]
    fn a_refused_login_says_so_and_opens_at_the_password() {
        let html = render("/login", refused(Problem::BadCredentials));
        assert!(html.contains("Unknown email address or bad password."));
        assert_eq!(html.matches(" autofocus").count(), 1);
    }

    #[test]
    fn the_way_on_is_kept_and_only_to_our_own_paths() {
        let html = render("/login?next=%2Faccount", PageState::default());
        assert!(html.contains("action=\"/login?next=%2Faccount\""));
        let html = render("/login?next=%2F%2Fevil.example", PageState::default());
        assert!(html.contains("action=\"/login?next=%2Fstudio\""));
    }

    #[test]
    fn trouble_takes_the_place_of_the_page_and_needs_no_program() {
        let state = PageState {
            trouble: Some(Problem::Unavailable(5)),
            ..PageState::default()
        };
        let html = render("/studio", state);
        assert!(html.contains("Try again in 5 seconds."));
        assert!(!html.contains("<script"));
    }

    #[test]
    fn nothing_on_a_page_is_styled_in_place() {
        for path in ["/", "/login", "/signup", "/studio", "/account", "/nowhere"] {
            let html = render(path, PageState::default());
            assert!(!html.contains(" style="), "{path}");
        }
    }
}
