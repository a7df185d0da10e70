//! The error page.

use leptos::prelude::*;
use types::Problem;

#[cfg(feature = "ssr")]
use crate::components::{site_footer::SiteFooter, wordmark::Wordmark};
use crate::{components::page_heading::PageHeading, page_head::PageHead, texts::texts};

/// The error page, if the server has set a problem for the whole page. It needs no WebAssembly. The
/// current user may be unknown (the store cannot be reached), so its header shows none.
#[cfg(feature = "ssr")]
pub(crate) fn error_view() -> Option<AnyView> {
    let page = use_context::<crate::page::PageState>()?;
    let problem = page.problem?;
    let view = view! {
        <header class="site-header">
            <div class="site-header-line">
                <a class="site-header-home" href="/" aria-label=texts().site.home_link>
                    <Wordmark/>
                </a>
            </div>
        </header>
        <main id="main" class="site-main">
            <div class="site-content">
                <ErrorPage problem request_id=page.request_id/>
            </div>
        </main>
        <SiteFooter/>
    };
    Some(view.into_any())
}

/// What happened, and what to do.
#[component]
pub(crate) fn ErrorPage(
    problem: Problem,
    #[prop(default = None)] request_id: Option<String>,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::response::report_problem(&problem);
    let (heading, lead) = words(&problem);
    let texts = &texts().error_page;
    let wait = problem
        .retry_after()
        .map(|seconds| (texts.retry_after)(seconds));
    let (way, label) = onward_link(&problem);
    view! {
        <PageHead title=texts.title/>
        <div class="message-page">
            <span class="message-page-art" inner_html=include_str!("../art/not_found.svg")></span>
            <PageHeading text=heading/>
            <p>{lead}</p>
            {wait.map(|wait| view! { <p>{wait}</p> })}
            {request_id.map(|id| view! {
                <p class="message-page-reference">
                    {texts.reference} " " <code>{id}</code>
                </p>
            })}
            <p>
                <a class="button" href=way>{label}</a>
            </p>
        </div>
    }
}

fn words(problem: &Problem) -> (&'static str, &'static str) {
    let texts = &texts().error_page;
    match problem {
        Problem::Unavailable(_) | Problem::Busy(_) => texts.unavailable,
        Problem::RateLimited(_) => texts.rate_limited,
        Problem::CrossSite => texts.cross_site,
        Problem::Forbidden => texts.forbidden,
        Problem::Conflict => texts.moved,
        Problem::Full(_) => texts.full,
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

/// The link to continue with. An empty href is the current URL, which is requested again.
fn onward_link(problem: &Problem) -> (&'static str, &'static str) {
    let texts = texts();
    match problem {
        Problem::Unauthenticated => ("/login", texts.site.log_in),
        Problem::CrossSite
        | Problem::Malformed
        | Problem::SignupClosed
        | Problem::NotFound
        | Problem::Forbidden
        | Problem::Unversioned
        | Problem::Full(_) => ("/", texts.not_found.back),
        Problem::Invalid(_)
        | Problem::BadCredentials
        | Problem::Conflict
        | Problem::RateLimited(_)
        | Problem::Busy(_)
        | Problem::Unavailable(_)
        | Problem::StalePage
        | Problem::Internal => ("", texts.error_page.retry),
    }
}
