//! The application: what stands around every page, and which page stands at which path.

use leptos::prelude::*;
#[cfg(not(feature = "ssr"))]
use leptos_router::location::{BrowserUrl, LocationProvider};
#[cfg(feature = "ssr")]
use leptos_router::{
    StaticSegment,
    components::{FlatRoutes, Route},
};
use leptos_router::{components::Router, hooks::use_location};
use types::NextPath;

use crate::{
    components::{site_footer::SiteFooter, site_header::SiteHeader},
    pages::{
        account::AccountPage, home::HomePage, log_in::LogInPage, not_found::NotFoundPage,
        sign_up::SignUpPage, studio::StudioPage,
    },
    presence,
    state::{AppState, after_render},
    texts::texts,
};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    let state = AppState::provide();
    presence::watch(state);
    #[cfg(feature = "ssr")]
    if let Some(problem) = use_context::<crate::page::PageState>().and_then(|page| page.trouble) {
        return crate::pages::trouble::TroublePage(crate::pages::trouble::TroublePageProps {
            problem,
        })
        .into_any();
    }
    view! {
        <Router>
            <Titles/>
            <SiteHeader/>
            <main id="main" class="site-main" tabindex="-1">
                {pages()}
            </main>
            <SiteFooter/>
        </Router>
    }
    .into_any()
}

/// Which page stands at which path.
#[cfg(feature = "ssr")]
fn pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=NotFoundPage>
            <Route path=StaticSegment("") view=HomePage/>
            <Route path=StaticSegment("signup") view=SignUpPage/>
            <Route path=StaticSegment("login") view=LogInPage/>
            <Route path=StaticSegment("studio") view=StudioPage/>
            <Route path=StaticSegment("account") view=AccountPage/>
        </FlatRoutes>
    }
}

/// The same in the browser, where the routes of Leptos would weigh 20 kB to tell five paths apart.
#[cfg(not(feature = "ssr"))]
fn pages() -> impl IntoView {
    let path = use_location().pathname;
    let browser = use_context::<BrowserUrl>();
    move || {
        let page = match path.read().as_str() {
            "/" => HomePage().into_any(),
            "/signup" => SignUpPage().into_any(),
            "/login" => LogInPage().into_any(),
            "/studio" => StudioPage().into_any(),
            "/account" => AccountPage().into_any(),
            _ => NotFoundPage().into_any(),
        };
        if let Some(browser) = &browser {
            browser.ready_to_complete();
        }
        page
    }
}

/// Whether the page at this path is only for those who are signed in.
pub fn is_protected(path: &str) -> bool {
    matches!(path, "/studio" | "/account")
}

/// Whether the page at this path is only for those who are not signed in.
pub fn is_for_visitors_only(path: &str) -> bool {
    matches!(path, "/login" | "/signup")
}

/// Whether this program shows the page at this path, or the server must be asked for it.
pub(crate) fn is_page(path: &NextPath) -> bool {
    let path = path.as_str().split(['?', '#']).next().unwrap_or_default();
    path == "/" || is_protected(path) || is_for_visitors_only(path)
}

/// The title of the page at a path.
pub(crate) fn title_of(path: &str) -> String {
    let texts = texts();
    (texts.site.title)(match path {
        "/" => texts.home.title,
        "/signup" => texts.sign_up.title,
        "/login" => texts.log_in.title,
        "/studio" => texts.studio.title,
        "/account" => texts.account.title,
        _ => texts.not_found.title,
    })
}

/// Keeps the title of the document true; the first one came with it.
#[component]
fn Titles() -> impl IntoView {
    let path = use_location().pathname;
    let is_first = StoredValue::new(true);
    after_render(move || {
        let title = title_of(&path.read());
        if !is_first.get_value() {
            document().set_title(&title);
        }
        is_first.set_value(false);
    });
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
    fn what_a_person_keeps_is_protected() {
        assert!(is_protected("/studio") && is_protected("/account"));
        assert!(!is_protected("/") && !is_protected("/login"));
    }

    #[test]
    fn only_own_pages_are_shown_without_the_server() {
        assert!(is_page(&NextPath::parse("/account?tab=1#names")));
        assert!(!is_page(&NextPath::parse("/v1/test")));
    }
}
