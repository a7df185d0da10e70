//! Models of the public pages.
//!
//! The parameter `query` is the query of the page's URL as the browser has it, without the question
//! mark. It selects the page of a list, and a redirect to the current URL of an entity keeps it.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::pages::{
    ArtistPage, CardList, Destination, HomePage, LeavingPage, PageLookup, Paged, ProductPage,
    PublicKind, SearchPage, UnapprovedRetailerPage, VideoPage,
};

#[cfg(feature = "ssr")]
use super::sessions::ssr::answer;
use crate::{client::PageClient, server_fn_problem::ServerFnProblem};

#[cfg(feature = "ssr")]
mod query;
#[cfg(feature = "ssr")]
pub mod ssr;

/// Reads the newest public videos and products for the home page.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/home")]
pub async fn home() -> Result<HomePage, ServerFnProblem> {
    answer(async |context| Ok(ssr::home(&context).await)).await
}

/// Reads one page of the list of all public entities of a kind.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/list")]
pub async fn list(
    kind: PublicKind,
    query: String,
) -> Result<PageLookup<Paged<CardList>>, ServerFnProblem> {
    answer(async |context| ssr::list(&context, kind, &query).await).await
}

/// Reads the page of an artist by the artist's slug.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/artist")]
pub async fn artist(
    slug: String,
    query: String,
) -> Result<PageLookup<Paged<ArtistPage>>, ServerFnProblem> {
    answer(async |context| ssr::artist(&context, &slug, &query).await).await
}

/// Reads the page of a video by the slugs of its artist and its own.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/video")]
pub async fn video(
    artist: String,
    slug: String,
    query: String,
) -> Result<PageLookup<VideoPage>, ServerFnProblem> {
    answer(async |context| ssr::video(&context, &artist, &slug, &query).await).await
}

/// Reads the page of a product by the slugs of its artist and its own.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/product")]
pub async fn product(
    artist: String,
    slug: String,
    query: String,
) -> Result<PageLookup<ProductPage>, ServerFnProblem> {
    answer(async |context| ssr::product(&context, &artist, &slug, &query).await).await
}

/// Searches the public catalogue for the words in the query.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/search")]
pub async fn search(query: String) -> Result<PageLookup<SearchPage>, ServerFnProblem> {
    answer(async |context| ssr::search(&context, &query).await).await
}

/// Resolves a link of an entity to another host, by the entity's id and the digest of the stored
/// URL in hexadecimal digits.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/leave")]
pub async fn leave(
    entity: String,
    digest: String,
) -> Result<Destination<LeavingPage>, ServerFnProblem> {
    answer(async |context| ssr::leave(&context, &entity, &digest).await).await
}

/// Resolves the link of an offer to its retailer, by the offer's id.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/go")]
pub async fn go(offer: String) -> Result<Destination<UnapprovedRetailerPage>, ServerFnProblem> {
    answer(async |context| ssr::go(&context, &offer).await).await
}
