//! The application: what stands around every page, and which live page stands at which path.

use leptos::prelude::*;
use types::NextPath;

use crate::{
    components::{site_footer::SiteFooter, site_header::SiteHeader},
    content,
    guard::leave_when_signed_out,
    navigation::{Address, Navigation},
    pages::{account::AccountPage, log_in::LogInPage, sign_up::SignUpPage},
    presence,
    state::{AppState, flag},
    texts::{Texts, texts},
};

/// A live page: where it stands, whom it is for, what it is called and what it shows.
struct Page {
    path: &'static str,
    audience: Audience,
    title: fn(&Texts) -> &'static str,
    view: fn() -> AnyView,
}

#[derive(Clone, Copy, PartialEq)]
enum Audience {
    Visitors,
    SignedIn,
}

/// All live pages, for the server and for the browser. Whatever is not among them is content.
const PAGES: [Page; 3] = [
    Page {
        path: "/signup",
        audience: Audience::Visitors,
        title: |texts| texts.sign_up.title,
        view: || SignUpPage().into_any(),
    },
    Page {
        path: "/login",
        audience: Audience::Visitors,
        title: |texts| texts.log_in.title,
        view: || LogInPage().into_any(),
    },
    Page {
        path: "/account",
        audience: Audience::SignedIn,
        title: |texts| texts.account.title,
        view: || AccountPage().into_any(),
    },
];

/// The application.
#[component]
pub fn App() -> impl IntoView {
    let state = AppState::provide();
    let navigation = Navigation::provide(state);
    presence::watch(state, navigation);
    #[cfg(feature = "ssr")]
    if let Some(trouble) = crate::pages::trouble::in_place_of_page() {
        return trouble;
    }
    leave_when_signed_out(state);
    view! {
        <SiteHeader/>
        <main
            id="main"
            class="site-main"
            tabindex="-1"
            aria-busy=flag(move || navigation.is_busy())
        >
            {content_slot()}
            {move || show(navigation.address().path())}
        </main>
        <SiteFooter/>
    }
    .into_any()
}

/// Where content stands. It is always there, and empty while a live page is shown. What is in it
/// comes from the server and is nothing that the browser's program made, so hydration passes it by.
#[cfg(feature = "ssr")]
fn content_slot() -> impl IntoView {
    let is_live = is_live(Address::of_request().path());
    let content = use_context::<content::Content>().filter(|_| !is_live);
    let shown = content.and_then(|content| content.show());
    view! { <div class="site-content">{shown}</div> }
}

#[cfg(not(feature = "ssr"))]
fn content_slot() -> impl IntoView {
    view! { <div class="site-content"></div> }
}

fn show(path: &str) -> AnyView {
    match page_at(path) {
        Some(page) => (page.view)(),
        None => ().into_any(),
    }
}

fn page_at(path: &str) -> Option<&'static Page> {
    PAGES.iter().find(|page| page.path == path)
}

fn is_for(path: &str, audience: Audience) -> bool {
    page_at(path).is_some_and(|page| page.audience == audience)
}

/// Where to go after logging in, when `asked` was asked for. Whoever has just logged in has no use
/// for the page to log in at.
pub fn after_log_in(asked: &str) -> NextPath {
    let next = NextPath::parse(asked);
    if is_for_visitors_only(Address::of(next.as_str()).path()) {
        return NextPath::default();
    }
    next
}

/// Whether there is a live page at this path.
pub fn is_live(path: &str) -> bool {
    page_at(path).is_some()
}

/// Whether this path is one of pages. Which content there is, only the server knows.
pub fn is_page(path: &str) -> bool {
    is_live(path) || content::is_content(path)
}

/// Whether what is at this path is only for those who are signed in.
pub fn is_protected(path: &str) -> bool {
    is_for(path, Audience::SignedIn) || content::is_private(path)
}

/// Whether the page at this path is only for those who are not signed in.
pub fn is_for_visitors_only(path: &str) -> bool {
    is_for(path, Audience::Visitors)
}

/// The title of the live page at a path.
pub(crate) fn title_of(path: &str) -> Option<String> {
    let (page, texts) = (page_at(path)?, texts());
    Some((texts.site.title)((page.title)(texts)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_live_page_has_its_title() {
        assert_eq!(title_of("/login").as_deref(), Some("Log in · Inspired"));
        assert_eq!(title_of("/nowhere"), None);
    }

    #[test]
    fn no_live_page_stands_where_content_does() {
        for page in &PAGES {
            assert!(!content::is_content(page.path), "{}", page.path);
        }
    }

    #[test]
    fn no_two_pages_stand_at_one_path() {
        for (index, page) in PAGES.iter().enumerate() {
            let first = PAGES.iter().position(|other| other.path == page.path);
            assert_eq!(first, Some(index), "{}", page.path);
        }
    }

    #[test]
    fn what_a_person_keeps_is_protected() {
        assert!(is_protected("/studio") && is_protected("/account"));
        assert!(is_protected("/studio/videos/new"));
        assert!(!is_protected("/") && !is_protected("/login") && !is_protected("/nowhere"));
    }

    #[test]
    fn a_page_that_lets_somebody_in_is_for_visitors() {
        assert!(is_for_visitors_only("/login") && is_for_visitors_only("/signup"));
        assert!(!is_for_visitors_only("/") && !is_for_visitors_only("/studio"));
    }

    #[test]
    fn what_is_for_programs_or_nobody_is_no_page() {
        assert!(is_page("/account") && is_page("/videos/a"));
        assert!(!is_live("/videos/a"));
        for path in ["/v1/test", "/account/", "", "/Account", "/assets/a.css"] {
            assert!(!is_page(path), "{path}");
        }
    }
}
