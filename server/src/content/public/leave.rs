//! Links to hosts that are not ours.

use app::{api::public::ssr as read, pages::public::leaving};
use axum::response::Response;
use types::pages::Leaving;

use super::{Reader, go::lead, refuse, segments};

/// `GET /leave/{entity}/{digest}`
///
/// The path names a URL that an entity has, and what is stored decides where that leads. Only an
/// approved host is led to; any other one is named on a page with a link.
pub(crate) async fn leave(reader: Reader) -> Response {
    let [entity, digest] = segments(reader.uri.path());
    match read::leave(&reader.visit(), entity, digest).await {
        Ok(Leaving::Approved { url }) => lead(reader, &url).await,
        Ok(Leaving::Unapproved(page)) => reader.show(leaving::page(page)).await,
        Err(problem) => refuse(reader, problem).await,
    }
}
