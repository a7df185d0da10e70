//! What a page decides about the answer that it is sent with, while the server renders it. In the
//! browser there is no answer any more, so nothing is decided.

#[cfg(feature = "ssr")]
use types::Problem;

#[cfg(feature = "ssr")]
use crate::visit::{Redirect, Visit};

/// There is no such page.
#[cfg(feature = "ssr")]
pub(crate) fn not_found() {
    if let Ok(visit) = Visit::current() {
        visit.wire.refuse(&Problem::NotFound);
    }
}

#[cfg(not(feature = "ssr"))]
pub(crate) fn not_found() {}

/// The page cannot be shown, and says why. What it reads notes that as well, but for a read that did not
/// find its request.
#[cfg(feature = "ssr")]
pub(crate) fn trouble(problem: &Problem) {
    if let Ok(visit) = Visit::current() {
        visit.wire.refuse(problem);
    }
}

/// The page stands at another address of ours, for ever.
#[cfg(feature = "ssr")]
pub(crate) fn redirect(address: &str) {
    note(Redirect::Moved(address.to_owned()));
}

/// The page leads to a stored URL whose host is approved.
#[cfg(feature = "ssr")]
pub(crate) fn redirect_to_host(url: &str) {
    note(Redirect::Approved(url.to_owned()));
}

#[cfg(feature = "ssr")]
fn note(redirect: Redirect) {
    if let Ok(visit) = Visit::current() {
        visit.wire.redirect(redirect);
    }
}
