//! Links to hosts that are not ours.

use app::pages::public::leaving;
use axum::response::Response;
use domain::catalogue::{CatalogueError, Leaving};
use types::Problem;

use super::{Reader, go::lead, segments};

/// `GET /leave/{entity}/{digest}`
///
/// The path names a URL that an entity has, and what is stored decides where that leads. Only an
/// approved host is led to; any other one is named on a page with a link.
pub(crate) async fn leave(reader: Reader) -> Response {
    let path = reader.uri.path().to_owned();
    let [entity, digest] = segments(&path);
    let public = reader.catalogue();
    match public.leave(reader.caller(), entity, digest).await {
        Ok(Leaving::Approved { url }) => lead(reader, &url).await,
        Ok(Leaving::Unapproved(page)) => reader.show(leaving::page(page)).await,
        Err(CatalogueError::Unknown) => reader.not_found().await,
        Err(error) => reader.fail(Problem::from(error)).await,
    }
}
