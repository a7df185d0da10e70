//! What the public pages show.
//!
//! A `query` is that of the page's address, as it stands there, without its question mark: it says
//! which page of a list is asked for, and an address to which the page has moved keeps the rest of
//! it.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::pages::{
    ArtistPage, CardList, Destination, Found, HomePage, LeavingPage, Paged, ProductPage,
    PublicKind, SearchPage, UnapprovedRetailerPage, VideoPage,
};

#[cfg(feature = "ssr")]
use super::sessions::ssr::answer;
use crate::{client::PageClient, failure::Failure};

#[cfg(feature = "ssr")]
mod query;
#[cfg(feature = "ssr")]
pub mod ssr;

/// What the first page shows of the catalogue.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/home")]
pub async fn home() -> Result<HomePage, Failure> {
    answer(async |visit| Ok(ssr::home(&visit).await)).await
}

/// A page of the list of everything of a kind.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/list")]
pub async fn list(kind: PublicKind, query: String) -> Result<Found<Paged<CardList>>, Failure> {
    answer(async |visit| ssr::list(&visit, kind, &query).await).await
}

/// The page of an artist, by the artist's slug.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/artist")]
pub async fn artist(slug: String, query: String) -> Result<Found<Paged<ArtistPage>>, Failure> {
    answer(async |visit| ssr::artist(&visit, &slug, &query).await).await
}

/// The page of a video, by the artist's slug and its own.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/video")]
pub async fn video(
    artist: String,
    slug: String,
    query: String,
) -> Result<Found<VideoPage>, Failure> {
    answer(async |visit| ssr::video(&visit, &artist, &slug, &query).await).await
}

/// The page of a product, by the artist's slug and its own.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/product")]
pub async fn product(
    artist: String,
    slug: String,
    query: String,
) -> Result<Found<ProductPage>, Failure> {
    answer(async |visit| ssr::product(&visit, &artist, &slug, &query).await).await
}

/// The search.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/search")]
pub async fn search(query: String) -> Result<Found<SearchPage>, Failure> {
    answer(async |visit| ssr::search(&visit, &query).await).await
}

/// Where a link of an entity to another host leads, by the entity's id and the digest of the stored
/// URL.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/leave")]
pub async fn leave(entity: String, digest: String) -> Result<Destination<LeavingPage>, Failure> {
    answer(async |visit| ssr::leave(&visit, &entity, &digest).await).await
}

/// Where an offer leads, by its id.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/go")]
pub async fn go(offer: String) -> Result<Destination<UnapprovedRetailerPage>, Failure> {
    answer(async |visit| ssr::go(&visit, &offer).await).await
}
