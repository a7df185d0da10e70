//! Addresses of pages: path and query.

use crate::query::QueryString;

/// The absolute URL of a path of this site. A path that begins with two slashes would be parsed as
/// another host (WHATWG URL, 4.4), so a path never stands alone where a URL is expected.
pub(crate) fn url_of(path: &str) -> String {
    let origin = leptos::prelude::location().origin();
    on_origin(&origin.unwrap_or_default(), path)
}

fn on_origin(origin: &str, path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    [origin, "/", path].concat()
}

/// The path and the query of a page. The fragment names an element of the page, so it is no part.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Address(String);

impl Address {
    /// Parses a path with an optional query and fragment.
    pub(crate) fn of(text: &str) -> Self {
        let address = text.split('#').next().unwrap_or_default();
        Self(address.to_owned())
    }

    /// The address of the current HTTP request.
    #[cfg(feature = "ssr")]
    pub(crate) fn of_request() -> Self {
        let request = leptos::prelude::use_context::<http::request::Parts>();
        let asked = request.and_then(|request| request.uri.path_and_query().cloned());
        Self::of(asked.as_ref().map_or("/", |asked| asked.as_str()))
    }

    /// The path and the query.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The path.
    pub(crate) fn path(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }

    /// Whether both addresses belong to one route: the first segment and the number of segments are
    /// equal, all other segments are parameters.
    pub(crate) fn is_of_route_of(&self, other: &Self) -> bool {
        let route = |address: &Self| {
            let mut parts = address.path().split('/').skip(1);
            (parts.next().map(str::to_owned), parts.count())
        };
        route(self) == route(other)
    }

    /// The query, without its question mark.
    pub(crate) fn query(&self) -> QueryString<'_> {
        let (_, query) = self.0.split_once('?').unwrap_or_default();
        QueryString::of(query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_is_read_as_another_host() {
        for (path, url) in [
            ("/a?b", "http://own.example/a?b"),
            ("//evil.example/x", "http://own.example//evil.example/x"),
            ("/\\evil.example", "http://own.example/\\evil.example"),
            ("@evil.example", "http://own.example/@evil.example"),
            ("", "http://own.example/"),
        ] {
            assert_eq!(on_origin("http://own.example", path), url);
        }
    }

    #[test]
    fn an_address_ends_before_the_fragment() {
        let address = Address::of("/login?next=%2Fa#main");
        assert_eq!(address.as_str(), "/login?next=%2Fa");
        assert_eq!(address.path(), "/login");
    }

    #[test]
    fn two_names_below_one_place_are_of_one_route() {
        let is_one = |a: &str, b: &str| Address::of(a).is_of_route_of(&Address::of(b));
        assert!(is_one("/videos/a/b", "/videos/c/d?t=1") && is_one("/artists/a", "/artists/b"));
        assert!(!is_one("/videos/a/b", "/products/a/b") && !is_one("/videos", "/videos/a/b"));
    }

    #[test]
    fn a_query_begins_behind_the_question_mark() {
        let query = |address: &str| Address::of(address).query().as_str().to_owned();
        assert_eq!(query("/login?x=1&next=%2Fa?#b"), "x=1&next=%2Fa?");
        assert_eq!(query("/login"), "");
    }
}
