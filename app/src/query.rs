//! The query of a page's address.

use form_urlencoded::{Serializer, parse};

/// The query of a page's address, as it stands there, without its question mark.
///
/// A page is shown whatever its query says: a name that it does not have is ignored, and of two values
/// the first one counts. So it is no struct for serde, which refuses the second value, and no
/// `ParamsMap`, which takes the last one. In the body of a form and in `/v1` a second value is refused.
///
/// The server and the browser read a query by this one type: two would differ somewhere, and with them
/// the HTML.
#[derive(Clone, Copy, Debug)]
pub struct QueryString<'a>(&'a str);

impl<'a> QueryString<'a> {
    /// The query of an address; empty if it has none.
    pub fn of(text: &'a str) -> Self {
        Self(text)
    }

    /// The query as it stands in the address.
    pub(crate) fn as_str(self) -> &'a str {
        self.0
    }

    /// The first value of this name, decoded (WHATWG URL, 5.1).
    pub fn value(self, name: &str) -> Option<String> {
        let mut pairs = parse(self.0.as_bytes());
        let (_, value) = pairs.find(|(known, _)| known == name)?;
        Some(value.into_owned())
    }

    /// The same; empty if there is none.
    pub fn text(self, name: &str) -> String {
        self.value(name).unwrap_or_default()
    }
}

/// The address of this path with a query of these names and values.
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
