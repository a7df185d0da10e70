//! The catalogue as everybody sees it.

mod go;
mod leave;
mod query;
mod robots;
mod search;
mod sitemap;

use app::{
    content::Content,
    pages::{
        home::{self, Newest},
        public::{Paging, Shelf, address, artist, list, paging::PAGE, product, video},
    },
};
use axum::response::Response;
use domain::{
    catalogue::{CatalogueError, Public, Resolved},
    search::Sort,
};
use types::Problem;

use self::query::{Numbered, page_number, value};
pub(crate) use self::{
    go::follow,
    leave::leave,
    robots::robots,
    search::search,
    sitemap::{SiteMaps, sitemap, sitemap_index},
};
use super::Reader;
use crate::redirect::{moved, moved_without};

/// How many new things of each kind the first page shows.
const NEWEST: usize = 4;

/// `GET /`
pub(crate) async fn home(reader: Reader) -> Response {
    let newest = match newest(&reader).await {
        Ok(newest) => newest,
        Err(error) => {
            // The conversion logs the cause; the page itself needs no store.
            drop(Problem::from(error));
            Newest::Unavailable
        }
    };
    let page = home::page(newest, &reader.origin());
    reader.show(page).await
}

async fn newest(reader: &Reader) -> Result<Newest, CatalogueError> {
    let (public, caller) = (reader.catalogue(), reader.caller());
    let of = |shelf: Shelf| public.list(caller, shelf.kind(), Sort::Newest, 0, NEWEST);
    let (videos, products) = tokio::join!(of(Shelf::Videos), of(Shelf::Products));
    Ok(Newest::Read {
        videos: videos?,
        products: products?,
    })
}

/// `GET /videos`
pub(crate) async fn videos(reader: Reader) -> Response {
    list(reader, Shelf::Videos, Sort::Newest).await
}

/// `GET /products`
pub(crate) async fn products(reader: Reader) -> Response {
    list(reader, Shelf::Products, Sort::Newest).await
}

/// `GET /artists`
pub(crate) async fn artists(reader: Reader) -> Response {
    list(reader, Shelf::Artists, Sort::Name).await
}

async fn list(reader: Reader, shelf: Shelf, sort: Sort) -> Response {
    let page = match page_number(&reader.uri) {
        Numbered::Page(page) => page,
        Numbered::Bare => return moved_without(&reader.uri, shelf.path(), "page"),
        Numbered::Nowhere => return reader.not_found().await,
    };
    let (public, caller) = (reader.catalogue(), reader.caller());
    let found = public.list(caller, shelf.kind(), sort, skipped(page), PAGE);
    let found = match found.await {
        Ok(found) => found,
        Err(error) => return reader.fail(Problem::from(error)).await,
    };
    let Some(paging) = Paging::new(page, found.total, shelf.path(), Vec::new()) else {
        return reader.not_found().await;
    };
    let content = list::page(shelf, found, paging, &reader.origin());
    reader.show(content).await
}

/// `GET /artists/{artist}`
pub(crate) async fn artist(reader: Reader) -> Response {
    let path = reader.uri.path().to_owned();
    let page = match page_number(&reader.uri) {
        Numbered::Page(page) => page,
        Numbered::Bare => return moved_without(&reader.uri, &path, "page"),
        Numbered::Nowhere => return reader.not_found().await,
    };
    let [slug] = segments(&path);
    let (public, caller) = (reader.catalogue(), reader.caller());
    let found = public.artist_from(caller, slug, skipped(page), PAGE).await;
    let origin = reader.origin();
    show(reader, found, |found| {
        let total = found.videos.total.max(found.products.total);
        let paging = Paging::new(page, total, &path, Vec::new())?;
        Some(artist::page(found, paging, &origin))
    })
    .await
}

/// `GET /videos/{artist}/{video}`
pub(crate) async fn video(reader: Reader) -> Response {
    let path = reader.uri.path().to_owned();
    let [artist, slug] = segments(&path);
    let found = reader.catalogue().video(reader.caller(), artist, slug);
    let (found, origin) = (found.await, reader.origin());
    let start = value(&reader.uri, "t").unwrap_or_default();
    show(reader, found, |found| {
        Some(video::page(found, &start, &origin))
    })
    .await
}

/// `GET /products/{artist}/{product}`
pub(crate) async fn product(reader: Reader) -> Response {
    let path = reader.uri.path().to_owned();
    let [artist, slug] = segments(&path);
    let found = reader.catalogue().product(reader.caller(), artist, slug);
    let (found, origin) = (found.await, reader.origin());
    show(reader, found, |found| Some(product::page(found, &origin))).await
}

/// Shows what was found, or leads to where it has moved, or says that there is nothing: in the same
/// words for what was never there and for what is not public.
async fn show<T>(
    reader: Reader,
    found: Result<Resolved<T>, CatalogueError>,
    page: impl FnOnce(T) -> Option<Content>,
) -> Response {
    let content = match found {
        Ok(Resolved::Here(found)) => page(found),
        Ok(Resolved::Moved { artist, slug }) => {
            return moved(&reader.uri, &moved_to(reader.uri.path(), &artist, &slug));
        }
        Err(CatalogueError::Unknown) => None,
        Err(error) => return reader.fail(Problem::from(error)).await,
    };
    match content {
        Some(content) => reader.show(content).await,
        None => reader.not_found().await,
    }
}

fn moved_to(path: &str, artist: &str, slug: &str) -> String {
    match slug {
        "" => address::artist(artist),
        slug if path.starts_with(Shelf::Videos.path()) => address::video(artist, slug),
        slug => address::product(artist, slug),
    }
}

/// What stands in a path behind its first part. Slugs are ASCII, so whatever is encoded in a path is
/// none, and is looked for as it stands.
fn segments<const N: usize>(path: &str) -> [&str; N] {
    let mut segments = path.split('/').skip(2);
    std::array::from_fn(|_| segments.next().unwrap_or_default())
}

fn skipped(page: usize) -> usize {
    page.saturating_sub(1).saturating_mul(PAGE)
}

impl Reader {
    /// What people call this server. What a request says of it gets into no page.
    fn origin(&self) -> String {
        self.state.public_url.to_string()
    }

    fn catalogue(&self) -> &Public {
        &self.state.domain.catalogue.public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_by_its_parts() {
        assert_eq!(segments("/videos/a/b"), ["a", "b"]);
        assert_eq!(segments("/artists/a"), ["a"]);
        assert_eq!(segments("/videos//b"), ["", "b"]);
        assert_eq!(segments("/videos/a%2Fb/c"), ["a%2Fb", "c"]);
    }

    #[test]
    fn what_has_moved_is_of_the_same_kind() {
        assert_eq!(moved_to("/videos/x/y", "a", "b"), "/videos/a/b");
        assert_eq!(moved_to("/products/x/y", "a", "b"), "/products/a/b");
        assert_eq!(moved_to("/artists/x", "a", ""), "/artists/a");
    }
}
