//! The catalogue as everybody sees it. What a page shows is read by the body of a server function.

mod go;
mod leave;
mod robots;
mod sitemap;

use app::{
    api::public::ssr::{self as read, Query},
    content::Content,
    pages::{
        home,
        public::{artist, list, product, search as search_page, video},
    },
};
use axum::response::Response;
use types::{
    Problem,
    pages::{Found, PublicKind},
};

pub(crate) use self::{
    go::follow,
    leave::leave,
    robots::robots,
    sitemap::{SiteMaps, sitemap, sitemap_index},
};
use super::Reader;
use crate::redirect::moved;

/// `GET /`
pub(crate) async fn home(reader: Reader) -> Response {
    let page = read::home(&reader.visit()).await;
    let content = home::page(page, &reader.origin());
    reader.show(content).await
}

/// `GET /videos`
pub(crate) async fn videos(reader: Reader) -> Response {
    list(reader, PublicKind::Video).await
}

/// `GET /products`
pub(crate) async fn products(reader: Reader) -> Response {
    list(reader, PublicKind::Product).await
}

/// `GET /artists`
pub(crate) async fn artists(reader: Reader) -> Response {
    list(reader, PublicKind::Artist).await
}

async fn list(reader: Reader, kind: PublicKind) -> Response {
    let found = read::list(&reader.visit(), kind, reader.query()).await;
    show(reader, found, |page, origin| list::page(kind, page, origin)).await
}

/// `GET /artists/{artist}`
pub(crate) async fn artist(reader: Reader) -> Response {
    let [slug] = segments(reader.uri.path());
    let found = read::artist(&reader.visit(), slug, reader.query()).await;
    show(reader, found, artist::page).await
}

/// `GET /videos/{artist}/{video}`
pub(crate) async fn video(reader: Reader) -> Response {
    let [artist, slug] = segments(reader.uri.path());
    let found = read::video(&reader.visit(), artist, slug, reader.query()).await;
    let start = Query::of(reader.query()).value("t").unwrap_or_default();
    show(reader, found, |page, origin| {
        video::page(page, &start, origin)
    })
    .await
}

/// `GET /products/{artist}/{product}`
pub(crate) async fn product(reader: Reader) -> Response {
    let [artist, slug] = segments(reader.uri.path());
    let found = read::product(&reader.visit(), artist, slug, reader.query()).await;
    show(reader, found, product::page).await
}

/// `GET /search`
pub(crate) async fn search(reader: Reader) -> Response {
    let found = read::search(&reader.visit(), reader.query()).await;
    show(reader, found, |page, _| search_page::page(page)).await
}

/// Shows what was found, or leads to where it has moved, or says that there is nothing: in the same
/// words for what was never there and for what is not public.
async fn show<T>(
    reader: Reader,
    found: Result<Found<T>, Problem>,
    page: impl FnOnce(T, &str) -> Content,
) -> Response {
    match found {
        Ok(Found::Page(model)) => {
            let content = page(model, &reader.origin());
            reader.show(content).await
        }
        Ok(Found::Moved(address)) => moved(&address),
        Err(problem) => refuse(reader, problem).await,
    }
}

async fn refuse(reader: Reader, problem: Problem) -> Response {
    match problem {
        Problem::NotFound => reader.not_found().await,
        problem => reader.fail(problem).await,
    }
}

/// What stands in a path behind its first part. Slugs are ASCII, so whatever is encoded in a path is
/// none, and is looked for as it stands.
fn segments<const N: usize>(path: &str) -> [&str; N] {
    let mut segments = path.split('/').skip(2);
    std::array::from_fn(|_| segments.next().unwrap_or_default())
}

impl Reader {
    /// What people call this server. What a request says of it gets into no page.
    fn origin(&self) -> String {
        self.state.public_url.to_string()
    }

    fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
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
}
