//! The HTTP status or redirect of a page, set by its view during server-side rendering. In the
//! browser the response has already been sent, so these functions do nothing.

#[cfg(feature = "ssr")]
use types::Problem;

#[cfg(feature = "ssr")]
use crate::request_context::{Redirect, RequestContext};

/// Sets the status of the response to 404.
#[cfg(feature = "ssr")]
pub(crate) fn not_found() {
    if let Ok(context) = RequestContext::current() {
        context.session.refuse(&Problem::NotFound);
    }
}

#[cfg(not(feature = "ssr"))]
pub(crate) fn not_found() {}

/// Sets the status of the response to the one of `problem`. Server functions set it as well, unless
/// the request context was missing when they ran.
#[cfg(feature = "ssr")]
pub(crate) fn report_problem(problem: &Problem) {
    if let Ok(context) = RequestContext::current() {
        context.session.refuse(problem);
    }
}

/// Sets a permanent redirect (301) to another path of this site.
#[cfg(feature = "ssr")]
pub(crate) fn redirect(address: &str) {
    note(Redirect::Permanent(address.to_owned()));
}

/// Sets a redirect (302) to a stored URL whose host is approved.
#[cfg(feature = "ssr")]
pub(crate) fn redirect_to_host(url: &str) {
    note(Redirect::ToApprovedHost(url.to_owned()));
}

#[cfg(feature = "ssr")]
fn note(redirect: Redirect) {
    if let Ok(context) = RequestContext::current() {
        context.session.redirect(redirect);
    }
}
