//! The way to a shop.

use app::pages::public::unapproved_retailer;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::catalogue::{CatalogueError, Destination};
use types::Problem;

use super::{Reader, segments};
use crate::problem::Refusal;

/// `GET /go/{offer}`
///
/// Only the id leads anywhere, and what is kept decides where: nothing of the request gets into the
/// answer. The shop is not told which page somebody came from: with the `same-origin` of every
/// answer of ours, browsers send it no `Referer`. Shops that pay for visits know them by what the
/// kept link itself says.
pub(crate) async fn follow(reader: Reader) -> Response {
    let path = reader.uri.path().to_owned();
    let [id] = segments(&path);
    let offers = &reader.state.domain.catalogue.offers;
    match offers.follow(reader.caller(), id).await {
        Ok(Destination::Shop { url }) => lead(reader, &url).await,
        Ok(Destination::Unapproved(page)) => {
            let page = unapproved_retailer::page(page);
            reader.show_instead(Refusal::not_found(), page).await
        }
        Err(CatalogueError::Unknown) => reader.not_found().await,
        Err(error) => reader.fail(Problem::from(error)).await,
    }
}

/// Leads to a stored URL whose host is approved.
pub(super) async fn lead(reader: Reader, url: &str) -> Response {
    // A link is ASCII without white space; one that is not was never checked.
    let Ok(location) = HeaderValue::from_str(url) else {
        return reader.not_found().await;
    };
    let headers = [
        (header::LOCATION, location),
        (
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        ),
    ];
    (StatusCode::FOUND, headers).into_response()
}
