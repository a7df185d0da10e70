//! Where a link of ours to another host leads.

use leptos::prelude::*;
use types::pages::{Destination, Found};

use crate::failure::Failure;

/// Reads a destination as the model of a page: there is always one, or nothing at all.
pub(super) async fn found<P>(
    read: impl Future<Output = Result<Destination<P>, Failure>>,
) -> Result<Found<Destination<P>>, Failure> {
    Ok(Found::Page(read.await?))
}

/// Follows a stored URL whose host is approved, and shows the page in its place if it is not.
pub(super) fn show<P>(destination: Destination<P>, view: impl Fn(&P) -> AnyView) -> AnyView {
    match destination {
        Destination::Approved { url } => {
            follow(&url);
            ().into_any()
        }
        Destination::Unapproved(page) => view(&page),
    }
}

#[cfg(feature = "ssr")]
fn follow(url: &str) {
    crate::answer::redirect_to_host(url);
}

/// The server has answered a request for the page itself with a redirect. Here the model was read once
/// more, and the host was approved meanwhile.
#[cfg(not(feature = "ssr"))]
fn follow(url: &str) {
    _ = location().replace(url);
}
