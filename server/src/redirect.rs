//! Redirect responses.

use std::borrow::Cow;

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// ASCII characters that are percent-encoded in `Location`; all others that are not ASCII are, too.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ');

/// 303 to a path, which may have a query and a fragment; the client follows with `GET`.
pub(crate) fn see_other(to: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, to)
}

/// 301 to a path, which may have a query.
pub(crate) fn permanent(to: &str) -> Response {
    redirect(StatusCode::MOVED_PERMANENTLY, to)
}

/// 302 to a stored URL whose host is approved. `X-Robots-Tag` keeps the requested URL out of search
/// engines. The host does not get the page's URL: with the `Referrer-Policy: same-origin` of every
/// response browsers send no `Referer`.
pub(crate) fn to_approved_host(url: &str) -> Response {
    let noindex = (
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    let mut response = to_location(StatusCode::FOUND, HeaderValue::from_str(url));
    response.headers_mut().extend([noindex]);
    response
}

/// 308 to the canonical spelling of a path, with the query of `uri`; the client keeps the method.
pub(crate) fn to_canonical_path(uri: &Uri, path: &str) -> Response {
    redirect(
        StatusCode::PERMANENT_REDIRECT,
        &with_query(path, uri.query()),
    )
}

fn with_query<'a>(path: &'a str, query: Option<&str>) -> Cow<'a, str> {
    match query {
        None | Some("") => path.into(),
        Some(query) => [path, "?", query].concat().into(),
    }
}

fn redirect(status: StatusCode, to: &str) -> Response {
    to_location(status, HeaderValue::try_from(encoded(to)))
}

/// A redirect to `to`; to `/` if that is not a valid header value.
fn to_location<E>(status: StatusCode, to: Result<HeaderValue, E>) -> Response {
    let to = to.unwrap_or(HeaderValue::from_static("/"));
    (status, [(header::LOCATION, to)]).into_response()
}

/// Percent-encodes a path for a header. A path that a client could parse as another host becomes the
/// home page: it begins with two slashes, or with a slash and a backslash (WHATWG URL, 4.4).
fn encoded(to: &str) -> String {
    let rest = to.strip_prefix('/');
    if rest.is_none_or(|rest| rest.starts_with(['/', '\\'])) {
        return "/".to_owned();
    }
    utf8_percent_encode(to, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(response: &Response) -> &str {
        response.headers()[header::LOCATION].to_str().unwrap()
    }

    #[test]
    fn a_respelled_path_keeps_the_query() {
        let uri = Uri::from_static("/artists/%61da?page=2&a=%2f");
        let response = to_canonical_path(&uri, "/artists/ada");
        assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(location(&response), "/artists/ada?page=2&a=%2f");
        let none = Uri::from_static("/artists/%61da?");
        assert_eq!(
            location(&to_canonical_path(&none, "/artists/ada")),
            "/artists/ada"
        );
    }

    #[test]
    fn an_approved_url_is_followed_as_it_is_and_kept_by_no_search_engine() {
        let url = "https://shop.example/lamp?tag=ada-21&x=%C3%A9#top";
        let response = to_approved_host(url);
        assert_eq!(response.status(), StatusCode::FOUND);
        assert_eq!(location(&response), url);
        assert_eq!(response.headers()["x-robots-tag"], "noindex");
        assert_eq!(location(&to_approved_host("https://a.example/\r\nb")), "/");
    }

    #[test]
    fn no_path_leads_to_another_host() {
        for path in [
            "//evil.example/x",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "evil.example",
            "",
        ] {
            assert_eq!(location(&see_other(path)), "/", "{path}");
            assert_eq!(location(&permanent(path)), "/", "{path}");
        }
        assert_eq!(location(&see_other("/a é\n?b#c")), "/a%20%C3%A9%0A?b#c");
    }
}
