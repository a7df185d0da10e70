//! The page that takes the place of one that cannot be shown. It is complete without a program.

use leptos::prelude::*;
use types::Problem;

use crate::{
    components::{page_title::PageTitle, site_footer::SiteFooter, wordmark::Wordmark},
    page::PageState,
    texts::texts,
};

/// The page for trouble, when there is some.
pub(crate) fn in_place_of_page() -> Option<AnyView> {
    let page = use_context::<PageState>()?;
    Some(show(&page.trouble?, page.request_id))
}

/// What happened and what to do. Who is signed in may be unknown, so the page does not ask.
fn show(problem: &Problem, request_id: Option<String>) -> AnyView {
    let (heading, lead) = words(problem);
    let texts = texts();
    let wait = problem
        .retry_after()
        .map(|seconds| (texts.trouble.retry_after)(seconds));
    let (way, label) = way_on(problem);
    view! {
        <PageTitle text=texts.trouble.title/>
        <header class="site-header">
            <div class="site-header-line">
                <a class="site-header-home" href="/" aria-label=texts.site.home_link>
                    <Wordmark/>
                </a>
            </div>
        </header>
        <main id="main" class="site-main">
            <div class="site-content">
              <div class="lost-page">
                <span class="lost-page-art" inner_html=include_str!("../art/lost.svg")></span>
                <h1 class="page-heading" tabindex="-1">{heading}</h1>
                <p>{lead}</p>
                {wait.map(|wait| view! { <p>{wait}</p> })}
                {request_id.map(|id| view! {
                    <p class="lost-page-reference">
                        {texts.trouble.reference} " " <code>{id}</code>
                    </p>
                })}
                <p>
                    <a class="button" href=way>{label}</a>
                </p>
              </div>
            </div>
        </main>
        <SiteFooter/>
    }
    .into_any()
}

fn words(problem: &Problem) -> (&'static str, &'static str) {
    let texts = &texts().trouble;
    match problem {
        Problem::Unavailable(_) | Problem::Busy(_) => texts.unavailable,
        Problem::RateLimited(_) => texts.rate_limited,
        Problem::CrossSite => texts.cross_site,
        Problem::Forbidden => texts.forbidden,
        Problem::Moved => texts.moved,
        Problem::InUse(_) | Problem::Full(_) => texts.in_use,
        Problem::Malformed
        | Problem::Invalid(_)
        | Problem::BadCredentials
        | Problem::NotFound
        | Problem::Unversioned => texts.malformed,
        Problem::StalePage => texts.stale,
        Problem::Unauthenticated => texts.signed_out,
        Problem::SignupClosed => texts.signup_closed,
        Problem::Internal => texts.internal,
    }
}

/// An empty link is the page itself, asked for anew.
fn way_on(problem: &Problem) -> (&'static str, &'static str) {
    let texts = texts();
    match problem {
        Problem::Unauthenticated => ("/login", texts.site.log_in),
        Problem::CrossSite
        | Problem::Malformed
        | Problem::SignupClosed
        | Problem::NotFound
        | Problem::Forbidden
        | Problem::Unversioned
        | Problem::InUse(_)
        | Problem::Full(_) => ("/", texts.not_found.back),
        Problem::Invalid(_)
        | Problem::BadCredentials
        | Problem::Moved
        | Problem::RateLimited(_)
        | Problem::Busy(_)
        | Problem::Unavailable(_)
        | Problem::StalePage
        | Problem::Internal => ("", texts.trouble.retry),
    }
}
