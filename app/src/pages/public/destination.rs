//! Pages that redirect to another host, or warn before it.

use leptos::prelude::*;
use types::pages::{Destination, PageLookup};

use crate::server_fn_problem::ServerFnProblem;

/// Wraps a destination as the model of a page. It never redirects within this site.
pub(super) async fn as_page<P>(
    read: impl Future<Output = Result<Destination<P>, ServerFnProblem>>,
) -> Result<PageLookup<Destination<P>>, ServerFnProblem> {
    Ok(PageLookup::Page(read.await?))
}

/// Redirects to the stored URL if its host is approved, otherwise shows the warning page.
pub(super) fn view<P>(destination: Destination<P>, view: impl Fn(&P) -> AnyView) -> AnyView {
    match destination {
        Destination::Approved { url } => {
            redirect(&url);
            ().into_any()
        }
        Destination::Unapproved(page) => view(&page),
    }
}

#[cfg(feature = "ssr")]
fn redirect(url: &str) {
    crate::response::redirect_to_host(url);
}

/// The server answers the first request with a redirect. Here the model was read again, and the host
/// was approved in the meantime.
#[cfg(not(feature = "ssr"))]
fn redirect(url: &str) {
    _ = location().replace(url);
}
