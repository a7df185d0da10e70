//! What there is, for search engines (<https://www.sitemaps.org/protocol.html>).

use std::fmt::Write as _;

use app::pages::public::{Shelf, address};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use domain::{
    catalogue::{Card, CatalogueError},
    clock::{from_unix_milliseconds, rfc3339},
    search::{Sort, WINDOW},
};
use types::Problem;

use super::{Reader, segments};

/// How many addresses one file has. The protocol allows for 50,000; reading these takes no longer
/// than a page may.
const SIZE: usize = 1_000;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `GET /sitemap.xml`: which files there are.
pub(crate) async fn sitemap_index(reader: Reader) -> Response {
    match index(&reader).await {
        Ok(xml) => answer(xml),
        Err(error) => reader.fail(Problem::from(error)).await,
    }
}

/// `GET /sitemap/{file}`: a part of all addresses.
pub(crate) async fn sitemap(reader: Reader) -> Response {
    let path = reader.uri.path().to_owned();
    let [file] = segments(&path);
    if file == "pages.xml" {
        return answer(pages(&reader.origin()));
    }
    let Some((shelf, number)) = part(file) else {
        return reader.not_found().await;
    };
    match things(&reader, shelf, number).await {
        Ok(Some(xml)) => answer(xml),
        Ok(None) => reader.not_found().await,
        Err(error) => reader.fail(Problem::from(error)).await,
    }
}

async fn index(reader: &Reader) -> Result<String, CatalogueError> {
    let origin = reader.origin();
    let mut files = vec![format!("{origin}/sitemap/pages.xml")];
    for shelf in Shelf::ALL {
        let public = reader.catalogue();
        let listed = public.list(reader.caller(), shelf.kind(), Sort::Newest, 0, 0);
        let total = usize::try_from(listed.await?.total).unwrap_or(usize::MAX);
        // Nothing can be reached behind the window of a search.
        let count = total.min(WINDOW).div_ceil(SIZE);
        let names =
            (1..=count).map(|number| format!("{origin}/sitemap{}-{number}.xml", shelf.path()));
        files.extend(names);
    }
    let entries: String = files
        .iter()
        .map(|file| format!("<sitemap><loc>{}</loc></sitemap>\n", escaped(file)))
        .collect();
    Ok(format!(
        "{HEAD}\n<sitemapindex xmlns=\"{NAMESPACE}\">\n{entries}</sitemapindex>\n"
    ))
}

/// The pages that are always there.
fn pages(origin: &str) -> String {
    let paths = ["/"].into_iter().chain(Shelf::ALL.map(Shelf::path));
    urlset(paths.map(|path| ([origin, path].concat(), None)))
}

async fn things(
    reader: &Reader,
    shelf: Shelf,
    number: usize,
) -> Result<Option<String>, CatalogueError> {
    let (public, caller) = (reader.catalogue(), reader.caller());
    let offset = number.saturating_sub(1).saturating_mul(SIZE);
    let cards = public.all(caller, shelf.kind(), offset, SIZE).await?;
    if cards.is_empty() {
        return Ok(None);
    }
    let origin = reader.origin();
    let entries = cards.iter().map(|card| {
        let url = [origin.as_str(), &address::card(card)].concat();
        (url, Some(updated_at(card)))
    });
    Ok(Some(urlset(entries)))
}

fn urlset(entries: impl Iterator<Item = (String, Option<i64>)>) -> String {
    let mut xml = format!("{HEAD}\n<urlset xmlns=\"{NAMESPACE}\">\n");
    for (url, updated_at) in entries {
        // Writing into a string cannot fail.
        _ = write!(xml, "<url><loc>{}</loc>", escaped(&url));
        if let Some(updated_at) = updated_at {
            let day = rfc3339(from_unix_milliseconds(updated_at));
            _ = write!(xml, "<lastmod>{day}</lastmod>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

fn updated_at(card: &Card) -> i64 {
    match card {
        Card::Artist(card) => card.updated_at,
        Card::Video(card) => card.updated_at,
        Card::Product(card) => card.updated_at,
    }
}

/// Which part of which shelf the name of a file means: `videos-1.xml`.
fn part(file: &str) -> Option<(Shelf, usize)> {
    let (name, number) = file.strip_suffix(".xml")?.rsplit_once('-')?;
    let is_number = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    let shelf = Shelf::ALL
        .into_iter()
        .find(|shelf| shelf.path().strip_prefix('/') == Some(name))?;
    is_number.then_some((shelf, number.parse().ok()?))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

fn answer(xml: String) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/xml; charset=utf-8"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
    ];
    (headers, xml).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_says_which_part_it_is() {
        assert_eq!(part("videos-12.xml"), Some((Shelf::Videos, 12)));
        for name in [
            "videos-0.xml",
            "videos-01.xml",
            "videos-.xml",
            "videos.xml",
            "x-1.xml",
            "",
        ] {
            assert_eq!(part(name), None, "{name}");
        }
    }

    #[test]
    fn an_address_is_text() {
        let xml = urlset([("https://x/?a&b='<\">".to_owned(), Some(0))].into_iter());
        let loc = "<loc>https://x/?a&amp;b=&apos;&lt;&quot;&gt;</loc>";
        assert!(
            xml.contains(loc) && xml.contains("1970-01-01T00:00:00Z"),
            "{xml}"
        );
    }
}
