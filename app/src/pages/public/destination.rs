//! Pages that redirect to another host, or warn before it.

use leptos::prelude::*;
use types::pages::{Destination, Found};

use crate::failure::Failure;

/// Wraps a destination as the model of a page. It never redirects within this site.
pub(super) async fn found<P>(
    read: impl Future<Output = Result<Destination<P>, Failure>>,
) -> Result<Found<Destination<P>>, Failure> {
    Ok(Found::Page(read.await?))
}

/// Redirects to the stored URL if its host is approved, otherwise shows the warning page.
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

/// The server answers the first request with a redirect. Here the model was read again, and the host
/// was approved in the meantime.
#[cfg(not(feature = "ssr"))]
fn follow(url: &str) {
    _ = location().replace(url);
}
