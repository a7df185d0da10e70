//! The application: the frame around every page, and the table of routes.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
#[cfg(feature = "ssr")]
use leptos_router::location::RequestUrl;
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};
use types::NextPath;

use crate::{
    app_context::{AppContext, flag},
    chunks::is_at,
    components::{site_footer::SiteFooter, site_header::SiteHeader},
    guard::leave_when_signed_out,
    input_method,
    navigation::{Address, Navigation, PopstateListener},
    pages::{
        account::AccountPage,
        log_in::LogInPage,
        not_found::NotFoundPage,
        page_model::query,
        public::{
            ArtistRoute, ArtistsRoute, GoRoute, HomeRoute, LeaveRoute, ProductRoute, ProductsRoute,
            SearchRoute, VideoRoute, VideosRoute,
        },
        sign_up::SignUpPage,
        studio::{
            StudioEntityRoute, StudioFormRoute, StudioListRoute, StudioNewRoute,
            StudioOverviewRoute, StudioTrashRoute,
        },
    },
    session_sync,
};

/// Paths of single pages, and their audience.
const EXACT_PATHS: [(&str, Audience); 5] = [
    ("/", Audience::Everybody),
    ("/search", Audience::Everybody),
    ("/signup", Audience::Anonymous),
    ("/login", Audience::Anonymous),
    ("/account", Audience::SignedIn),
];

/// Path prefixes, and the audience of every page at or below each. Only the server knows which of
/// these pages exist.
const PATH_PREFIXES: [(&str, Audience); 6] = [
    ("/artists", Audience::Everybody),
    ("/videos", Audience::Everybody),
    ("/products", Audience::Everybody),
    ("/leave", Audience::Everybody),
    ("/go", Audience::Everybody),
    ("/studio", Audience::SignedIn),
];

/// Prefixes of pages that may redirect to another host.
const REDIRECTING_PREFIXES: [&str; 2] = ["/leave", "/go"];

#[derive(Clone, Copy, PartialEq)]
enum Audience {
    Everybody,
    Anonymous,
    SignedIn,
}

/// The title of the document, for every page. The server writes it with the page instead.
#[cfg(not(feature = "ssr"))]
fn title(navigation: Navigation) -> impl IntoView {
    view! { <leptos_meta::Title text=move || navigation.title.get()/> }
}

#[cfg(feature = "ssr")]
fn title(_: Navigation) -> impl IntoView {
    view! { <leptos_meta::Title text=""/> }
}

/// The root component.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let state = AppContext::provide();
    #[cfg(feature = "ssr")]
    if let Some(view) = crate::pages::error_page::error_view() {
        return view;
    }
    // With this signal the router keeps the current page until the next one is ready.
    let is_routing = RwSignal::new(false);
    let moves = PopstateListener::listen();
    view! {
        <Router set_is_routing=is_routing>
            <Site state is_routing moves/>
        </Router>
    }
    .into_any()
}

#[component]
fn Site(state: AppContext, is_routing: RwSignal<bool>, moves: PopstateListener) -> impl IntoView {
    let navigation = Navigation::provide(state, is_routing, moves);
    session_sync::watch(state, navigation);
    input_method::watch();
    leave_when_signed_out(state);
    view! {
        {title(navigation)}
        <SiteHeader/>
        <main
            id="main"
            class="site-main"
            tabindex="-1"
            aria-busy=flag(move || navigation.is_busy())
        >
            <FlatRoutes fallback=NotFoundPage>
                <Route path=path!("/") view={Lazy::<HomeRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/login") view=|| for_each_query(LogInPage) ssr=SsrMode::Async/>
                <Route path=path!("/signup") view=|| for_each_query(SignUpPage) ssr=SsrMode::Async/>
                <Route path=path!("/account") view=|| for_each_query(AccountPage) ssr=SsrMode::Async/>
                <Route path=path!("/account/sessions/end") view=|| for_each_query(AccountPage) ssr=SsrMode::Async/>
                <Route path=path!("/videos") view={Lazy::<VideosRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/videos/:artist/:slug") view={Lazy::<VideoRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/products") view={Lazy::<ProductsRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/products/:artist/:slug") view={Lazy::<ProductRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/artists") view={Lazy::<ArtistsRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/artists/:artist") view={Lazy::<ArtistRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/search") view={Lazy::<SearchRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/leave/:entity/:digest") view={Lazy::<LeaveRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/go/:offer") view={Lazy::<GoRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/studio") view={Lazy::<StudioOverviewRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/studio/bin") view={Lazy::<StudioTrashRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/studio/:list") view={Lazy::<StudioListRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/studio/:list/new") view={Lazy::<StudioNewRoute>::new()}ssr=SsrMode::Async/>
                <Route path=path!("/studio/:list/:id") view={Lazy::<StudioEntityRoute>::new()}ssr=SsrMode::Async/>
                // A refused plain form below the page of an entity is shown on that page.
                <Route path=path!("/studio/:list/:id/*form") view={Lazy::<StudioFormRoute>::new()}ssr=SsrMode::Async/>
            </FlatRoutes>
        </main>
        <SiteFooter/>
    }
}

/// A page that is rendered anew when the query of its URL changes.
fn for_each_query<V: IntoView + 'static>(page: fn() -> V) -> impl IntoView {
    let query = query();
    move || {
        query.track();
        page()
    }
}

fn audience(path: &str) -> Option<Audience> {
    let page = EXACT_PATHS.iter().find(|(known, _)| *known == path);
    let page = page.or_else(|| PATH_PREFIXES.iter().find(|(place, _)| is_at(path, place)))?;
    Some(page.1)
}

/// Where a log-in leads: to `asked`, unless that is a page for visitors only, such as the log-in
/// page itself.
pub fn after_log_in(asked: &str) -> NextPath {
    let next = NextPath::parse(asked);
    if is_for_visitors_only(Address::of(next.as_str()).path()) {
        return NextPath::default();
    }
    next
}

/// Whether a path belongs to a route of pages. Only the server knows whether the page exists.
pub fn is_page(path: &str) -> bool {
    audience(path).is_some()
}

/// Whether the client-side router may navigate to this path. A page that may redirect to another
/// host is always loaded by the browser.
pub(crate) fn is_navigable(path: &str) -> bool {
    let mut redirecting = REDIRECTING_PREFIXES.into_iter();
    is_page(path) && !redirecting.any(|place| is_at(path, place))
}

/// Whether the router sees this path unchanged.
///
/// The router parses the path as a URL, which reads `\` as `/` (WHATWG URL, 4.4). Otherwise
/// `/x\..\account` would be routed to another page than the one that access was decided for.
#[cfg(feature = "ssr")]
pub fn is_routed_as_it_stands(path: &str) -> bool {
    let url = RequestUrl::new(&["http://leptos.dev", path].concat()).parse();
    url.is_ok_and(|url| url.path() == path)
}

/// Whether the page at this path requires a signed-in user.
pub fn is_protected(path: &str) -> bool {
    audience(path) == Some(Audience::SignedIn)
}

/// Whether the page at this path is only for people who are not signed in.
pub fn is_for_visitors_only(path: &str) -> bool {
    audience(path) == Some(Audience::Anonymous)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(is_page("/account") && is_page("/videos/a") && is_page("/studio/bin"));
        assert!(is_page("/go/off_1") && is_page("/leave/art_1/0a"));
        for path in [
            "/v1/test",
            "/account/",
            "",
            "/Account",
            "/assets/a.css",
            "/videosa",
            "/studios",
            "/leaves",
        ] {
            assert!(!is_page(path), "{path}");
        }
    }

    #[test]
    fn a_page_that_may_redirect_to_another_host_is_loaded_whole() {
        assert!(is_navigable("/videos/a") && is_navigable("/studio") && is_navigable("/"));
        for path in ["/go/off_1", "/leave/art_1/0a", "/leave", "/v1/test"] {
            assert!(!is_navigable(path), "{path}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_path_that_a_url_reads_as_another_one_is_not_routed() {
        for path in [
            "/",
            "/videos/a/b",
            "/x%5C..%5Caccount",
            "/a%2Fb",
            "/%FF",
            "//account",
        ] {
            assert!(is_routed_as_it_stands(path), "{path}");
        }
        for path in [
            "/x\\..\\account",
            "/videos\\a\\b",
            "\\account",
            "/\\account",
            "/x/../account",
            "/./account",
            "/x/%2e%2E/account",
            "/x/.%2e/account",
            "/artists/\u{e9}",
            "*",
            "",
        ] {
            assert!(!is_routed_as_it_stands(path), "{path}");
        }
    }
}
