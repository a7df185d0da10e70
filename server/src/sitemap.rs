//! The site map for search engines (<https://www.sitemaps.org/protocol.html>).

mod cache;

use std::fmt::Write as _;

use app::pages::public::address;
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use domain::{
    catalogue::{CatalogueError, PublicCatalogue, SiteMapEntry},
    clock::{from_unix_milliseconds, rfc3339},
    search::{IndexVersion, MAX_OFFSET, Sort},
};
use types::{Problem, pages::PublicKind};

pub(crate) use self::cache::SiteMapCache;
use self::cache::{RenderedFile, SiteMapSource};
use crate::{assets::is_known, file_request::FileRequest};

/// Maximum number of URLs in one file. The protocol allows 50,000; this many come from one search, in
/// some milliseconds, and have some hundred kilobytes.
const SIZE: usize = 1_000;
/// Maximum number of files of a kind: a search returns nothing beyond its window.
const FILES: usize = MAX_OFFSET / SIZE;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// `Cache-Control`: a site map is the same for everybody and may be a minute old.
const A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// A file of the site map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum SiteMapFile {
    /// The index of all files.
    Index,
    /// Pages that always exist.
    Pages,
    /// A part of the entities of a kind; parts count from 1.
    Part(PublicKind, usize),
}

/// `GET /sitemap.xml`: the index of all files.
pub(crate) async fn index(reader: FileRequest, request: Request) -> Response {
    get_file(reader, SiteMapFile::Index, request.headers()).await
}

/// `GET /sitemap/{file}`: one file.
pub(crate) async fn part(reader: FileRequest, request: Request) -> Response {
    let file = reader.uri.path().strip_prefix("/sitemap/");
    match file.and_then(parse_name) {
        Some(name) => get_file(reader, name, request.headers()).await,
        None => reader.not_found().await,
    }
}

async fn get_file(reader: FileRequest, name: SiteMapFile, headers: &HeaderMap) -> Response {
    let file = reader.state.site_maps.file(name, &reader).await;
    match file {
        Ok(Some(file)) => answer(&file, headers),
        Ok(None) => reader.not_found().await,
        Err(error) => reader.fail(Problem::from(error)).await,
    }
}

impl SiteMapSource for FileRequest {
    async fn version(&self) -> Result<IndexVersion, CatalogueError> {
        self.public().site_map_version(self.caller()).await
    }

    async fn render(&self, name: SiteMapFile) -> Result<Option<String>, CatalogueError> {
        match name {
            SiteMapFile::Index => index_of(self).await.map(Some),
            SiteMapFile::Pages => Ok(Some(pages(&self.origin()))),
            SiteMapFile::Part(kind, number) => part_of(self, kind, number).await,
        }
    }
}

impl FileRequest {
    fn public(&self) -> &PublicCatalogue {
        &self.state.domain.catalogue.public
    }

    /// The public origin. The `Host` of a request never gets into a file.
    fn origin(&self) -> String {
        self.state.public_url.to_string()
    }
}

async fn index_of(reader: &FileRequest) -> Result<String, CatalogueError> {
    let origin = reader.origin();
    let mut files = vec![format!("{origin}/sitemap/pages.xml")];
    for kind in PublicKind::ALL {
        let public = reader.public();
        let listed = public.list(reader.caller(), kind.entity_kind(), Sort::Newest, 0, 0);
        let total = usize::try_from(listed.await?.total).unwrap_or(usize::MAX);
        let count = total.div_ceil(SIZE).min(FILES);
        let names = (1..=count)
            .map(|number| format!("{origin}/sitemap{}-{number}.xml", address::list(kind)));
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

/// The file of pages that always exist.
fn pages(origin: &str) -> String {
    let paths = ["/"].into_iter().chain(PublicKind::ALL.map(address::list));
    urlset(paths.map(|path| ([origin, path].concat(), None)))
}

async fn part_of(
    reader: &FileRequest,
    kind: PublicKind,
    number: usize,
) -> Result<Option<String>, CatalogueError> {
    let (public, caller) = (reader.public(), reader.caller());
    let offset = number.saturating_sub(1).saturating_mul(SIZE);
    let entries = public
        .site_map(caller, kind.entity_kind(), offset, SIZE)
        .await?;
    let origin = reader.origin();
    Ok(entries.map(|entries| {
        urlset(entries.iter().map(|entry| {
            let url = [origin.as_str(), &path_of(kind, entry)].concat();
            (url, Some(entry.updated_at))
        }))
    }))
}

fn path_of(kind: PublicKind, entry: &SiteMapEntry) -> String {
    let slug = entry.slug.as_deref().unwrap_or_default();
    match kind {
        PublicKind::Artist => address::artist(&entry.artist),
        PublicKind::Video => address::video(&entry.artist, slug),
        PublicKind::Product => address::product(&entry.artist, slug),
    }
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

/// Parses the name of a file: `videos-1.xml`.
fn parse_name(file: &str) -> Option<SiteMapFile> {
    if file == "pages.xml" {
        return Some(SiteMapFile::Pages);
    }
    let (name, number) = file.strip_suffix(".xml")?.rsplit_once('-')?;
    let is_number = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    let kind = PublicKind::ALL
        .into_iter()
        .find(|kind| address::list(*kind).strip_prefix('/') == Some(name))?;
    let number = is_number.then_some(number)?.parse().ok()?;
    (number <= FILES).then_some(SiteMapFile::Part(kind, number))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

fn answer(file: &RenderedFile, headers: &HeaderMap) -> Response {
    let known = file.etag.to_str();
    let is_known = known.is_ok_and(|etag| is_known(headers, etag));
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => {
            let xml = HeaderValue::from_static("application/xml; charset=utf-8");
            ([(header::CONTENT_TYPE, xml)], file.xml.clone()).into_response()
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, A_MINUTE);
    headers.insert(header::ETAG, file.etag.clone());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_says_which_part_it_is() {
        assert_eq!(
            parse_name("videos-12.xml"),
            Some(SiteMapFile::Part(PublicKind::Video, 12))
        );
        assert_eq!(parse_name("pages.xml"), Some(SiteMapFile::Pages));
        let last = format!("artists-{FILES}.xml");
        assert_eq!(
            parse_name(&last),
            Some(SiteMapFile::Part(PublicKind::Artist, FILES))
        );
        let behind = format!("artists-{}.xml", FILES + 1);
        for name in [
            "videos-0.xml",
            "videos-01.xml",
            "videos-.xml",
            "videos.xml",
            "x-1.xml",
            &behind,
            "videos-99999999999999999999.xml",
            "",
        ] {
            assert_eq!(parse_name(name), None, "{name}");
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
