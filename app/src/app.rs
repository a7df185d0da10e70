//! The application: what stands around every page, and which page stands at which path.

use leptos::prelude::*;
use types::NextPath;

use crate::{
    components::{site_footer::SiteFooter, site_header::SiteHeader},
    navigation::{Address, Navigation},
    pages::{
        account::AccountPage, home::HomePage, log_in::LogInPage, not_found::NotFoundPage,
        sign_up::SignUpPage, studio::StudioPage,
    },
    presence,
    state::AppState,
    texts::{Texts, texts},
};

/// A page: where it stands, whom it is for, what it is called and what it shows.
struct Page {
    path: &'static str,
    audience: Audience,
    title: fn(&Texts) -> &'static str,
    view: fn() -> AnyView,
}

#[derive(Clone, Copy, PartialEq)]
enum Audience {
    Everybody,
    Visitors,
    SignedIn,
}

/// All pages, for the server and for the browser.
const PAGES: [Page; 5] = [
    Page {
        path: "/",
        audience: Audience::Everybody,
        title: |texts| texts.home.title,
        view: || HomePage().into_any(),
    },
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
        path: "/studio",
        audience: Audience::SignedIn,
        title: |texts| texts.studio.title,
        view: || StudioPage().into_any(),
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
    let navigation = Navigation::provide();
    presence::watch(state);
    #[cfg(feature = "ssr")]
    if let Some(trouble) = crate::pages::trouble::in_place_of_page() {
        return trouble;
    }
    view! {
        <SiteHeader/>
        <main id="main" class="site-main" tabindex="-1">
            {move || show(navigation.address().path())}
        </main>
        <SiteFooter/>
    }
    .into_any()
}

fn show(path: &str) -> AnyView {
    match page_at(path) {
        Some(page) => (page.view)(),
        None => NotFoundPage().into_any(),
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

/// Whether there is a page at this path.
pub fn is_page(path: &str) -> bool {
    page_at(path).is_some()
}

/// Whether the page at this path is only for those who are signed in.
pub fn is_protected(path: &str) -> bool {
    is_for(path, Audience::SignedIn)
}

/// Whether the page at this path is only for those who are not signed in.
pub fn is_for_visitors_only(path: &str) -> bool {
    is_for(path, Audience::Visitors)
}

/// The title of the page at a path.
pub(crate) fn title_of(path: &str) -> String {
    let texts = texts();
    let title = page_at(path).map_or(texts.not_found.title, |page| (page.title)(texts));
    (texts.site.title)(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_title() {
        assert_eq!(title_of("/login"), "Log in · Inspired");
        assert_eq!(title_of("/nowhere"), "Not found · Inspired");
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
        assert!(!is_protected("/") && !is_protected("/login") && !is_protected("/nowhere"));
    }

    #[test]
    fn a_page_that_lets_somebody_in_is_for_visitors() {
        assert!(is_for_visitors_only("/login") && is_for_visitors_only("/signup"));
        assert!(!is_for_visitors_only("/") && !is_for_visitors_only("/studio"));
    }

    #[test]
    fn only_own_pages_are_shown_without_the_server() {
        assert!(is_page("/account"));
        for path in ["/v1/test", "/account/", "", "/Account"] {
            assert!(!is_page(path), "{path}");
        }
    }
}
