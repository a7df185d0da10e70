//! The query string of a page.

use form_urlencoded::{Serializer, parse};

/// The encoded query string of a page's URL, without the question mark.
///
/// A page never fails because of its query: unknown parameters are ignored, and of repeated ones the
/// first counts. A serde struct would refuse a repeated parameter (as form bodies and `/v1` do), and
/// the `ParamsMap` of `leptos_router` takes the last value.
///
/// The server and the browser both use this type. If their parsers differed, the browser would render
/// other HTML than the server, and hydration would fail.
#[derive(Clone, Copy, Debug)]
pub struct QueryString<'a>(&'a str);

impl<'a> QueryString<'a> {
    /// Wraps an encoded query string, which may be empty.
    pub fn of(text: &'a str) -> Self {
        Self(text)
    }

    /// The encoded query string.
    pub(crate) fn as_str(self) -> &'a str {
        self.0
    }

    /// The first value of a parameter, decoded (WHATWG URL, 5.1); `None` if it is missing.
    pub fn value(self, name: &str) -> Option<String> {
        let mut pairs = parse(self.0.as_bytes());
        let (_, value) = pairs.find(|(known, _)| known == name)?;
        Some(value.into_owned())
    }

    /// The first value of a parameter, decoded; empty if it is missing.
    pub fn text(self, name: &str) -> String {
        self.value(name).unwrap_or_default()
    }
}

/// The path with a query string of these parameters, encoded; the bare path if there are none.
pub(crate) fn with_query<'a>(
    path: &str,
    pairs: impl IntoIterator<Item = (&'a str, String)>,
) -> String {
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    match query.is_empty() {
        true => path.to_owned(),
        false => [path, "?", &query].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_counts_and_anything_may_be_one() {
        let query = QueryString::of("q=a%20b%26&q=c&x");
        assert_eq!(query.value("q").as_deref(), Some("a b&"));
        assert_eq!(query.value("x").as_deref(), Some(""));
        assert_eq!(query.value("kind"), None);
        assert_eq!(query.text("kind"), "");
    }

    #[test]
    fn a_value_is_decoded() {
        for (encoded, value) in [
            ("%2Fstudio%3fa=b", "/studio?a=b"),
            ("a+b%20c", "a b c"),
            ("%C3%A9", "é"),
            ("%", "%"),
            ("%2", "%2"),
            ("%zz%41", "%zzA"),
            ("%%41", "%A"),
            ("%ff", "\u{fffd}"),
        ] {
            let query = ["next=", encoded].concat();
            assert_eq!(QueryString::of(&query).text("next"), value, "{encoded}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(with_query("/search", []), "/search");
        let address = with_query("/search", [("q", "a b&c=\"ü".to_owned())]);
        assert_eq!(address, "/search?q=a+b%26c%3D%22%C3%BC");
        let (_, query) = address.split_once('?').unwrap();
        assert_eq!(QueryString::of(query).text("q"), "a b&c=\"ü");
    }
}
