//! Serves the files of the site, which are compiled into the program.

mod encoding;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use self::encoding::Encoding;
use crate::{
    problem::{self, ProblemResponse},
    site::{SITE, SiteFile},
    state::AppState,
};

/// `Cache-Control` of a file whose URL contains a hash of its content.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// `Cache-Control` of every other file.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Serves a file with the best encoding that the client accepts.
pub(crate) async fn get_asset(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match SITE.file(parts.uri.path()) {
        Some(file) => answer(file, &parts.headers),
        None => problem::refuse(&state, parts, ProblemResponse::not_found()).await,
    }
}

fn answer(file: &'static SiteFile, headers: &HeaderMap) -> Response {
    let mut response = if is_known(headers, file.etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        whole(file, choose(file, headers))
    };
    let headers = response.headers_mut();
    let cache = if file.immutable { IMMUTABLE } else { AN_HOUR };
    headers.insert(header::CACHE_CONTROL, cache);
    headers.insert(header::ETAG, HeaderValue::from_static(file.etag));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

fn whole(file: &'static SiteFile, (encoding, body): (Encoding, &'static [u8])) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    let content_type = HeaderValue::from_static(file.content_type);
    headers.insert(header::CONTENT_TYPE, content_type);
    if let Some(name) = encoding.name() {
        let name = HeaderValue::from_static(name);
        headers.insert(header::CONTENT_ENCODING, name);
    }
    response
}

/// The encoding with the highest quality; the plain file if no other is accepted.
fn choose(file: &'static SiteFile, headers: &HeaderMap) -> (Encoding, &'static [u8]) {
    let accepted = encoding::AcceptEncoding::of(headers);
    let forms = [(Encoding::Gzip, file.gzip), (Encoding::Brotli, file.brotli)];
    forms
        .into_iter()
        .filter_map(|(encoding, body)| Some((encoding, body?)))
        .filter(|(encoding, _)| accepted.quality(*encoding) > 0)
        // `max_by_key` takes the last of equals, and brotli is smaller than gzip.
        .max_by_key(|(encoding, _)| accepted.quality(*encoding))
        .unwrap_or((Encoding::Identity, file.identity))
}

/// Whether `If-None-Match` names this file. The comparison is weak, because the tag is the same for
/// all encodings (RFC 9110, 13.1.2).
pub(crate) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let bare = |etag: &str| etag.trim_start_matches("W/").to_owned();
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || bare(known) == bare(etag))
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: SiteFile = SiteFile {
        path: "/assets/a.css",
        content_type: "text/css; charset=utf-8",
        immutable: true,
        etag: "W/\"abc\"",
        identity: b"plain",
        brotli: Some(b"br"),
        gzip: Some(b"gzip"),
    };

    fn answer_to(headers: &[(header::HeaderName, &'static str)]) -> Response {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        answer(&FILE, &headers)
    }

    fn encoding_for(accepted: &'static str) -> Option<HeaderValue> {
        let response = answer_to(&[(header::ACCEPT_ENCODING, accepted)]);
        response.headers().get(header::CONTENT_ENCODING).cloned()
    }

    #[test]
    fn the_smallest_accepted_variant_is_sent() {
        assert_eq!(encoding_for("gzip, deflate, br, zstd").unwrap(), "br");
        assert_eq!(encoding_for("gzip").unwrap(), "gzip");
        assert_eq!(encoding_for("br;q=0, gzip").unwrap(), "gzip");
        assert_eq!(encoding_for("br;q=0.5, gzip;q=0.8").unwrap(), "gzip");
        assert_eq!(encoding_for("*").unwrap(), "br");
        assert_eq!(encoding_for("identity;q=0").as_ref(), None);
        assert_eq!(encoding_for("br;q=0, gzip;q=0, *;q=0"), None);
        assert_eq!(encoding_for(""), None);
    }

    #[test]
    fn who_has_it_gets_nothing_but_the_news() {
        let first = answer_to(&[(header::ACCEPT_ENCODING, "br")]);
        assert_eq!(first.headers()[header::ETAG], "W/\"abc\"");
        let known = (header::IF_NONE_MATCH, "\"x\", \"abc\"");
        let again = answer_to(&[(header::ACCEPT_ENCODING, "br"), known]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(again.headers()[header::CACHE_CONTROL], IMMUTABLE);
        let other = (header::IF_NONE_MATCH, "\"abcd\"");
        assert_eq!(answer_to(&[other]).status(), StatusCode::OK);
    }
}
