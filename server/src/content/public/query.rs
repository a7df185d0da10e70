//! What a query says.

use axum::http::Uri;

/// The number of a page, as a query says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Numbered {
    /// This page, counted from 1.
    Page(usize),
    /// The first page, which has no number: one page has one address.
    Bare,
    /// There is no such page.
    Nowhere,
}

/// Which page of a list is asked for.
pub(super) fn page_number(uri: &Uri) -> Numbered {
    let Some(text) = value(uri, "page") else {
        return Numbered::Page(1);
    };
    let is_number = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    match text.parse() {
        Ok(1) => Numbered::Bare,
        Ok(page) if is_number => Numbered::Page(page),
        Ok(_) | Err(_) => Numbered::Nowhere,
    }
}

/// The first value of a name.
pub(super) fn value(uri: &Uri, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let mut named = pairs.into_iter().filter(|(known, _)| known == name);
    named.next().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(query: &str) -> Numbered {
        page_number(&format!("/videos{query}").parse().unwrap())
    }

    #[test]
    fn one_page_has_one_number() {
        assert_eq!(number(""), Numbered::Page(1));
        assert_eq!(number("?utm=1"), Numbered::Page(1));
        assert_eq!(number("?page=2"), Numbered::Page(2));
        assert_eq!(number("?page=1"), Numbered::Bare);
        for query in [
            "?page=",
            "?page=0",
            "?page=02",
            "?page=-1",
            "?page=+2",
            "?page=%2B2",
            "?page=x",
            "?page=1e3",
            "?page=99999999999999999999999",
        ] {
            assert_eq!(number(query), Numbered::Nowhere, "{query}");
        }
    }

    #[test]
    fn the_first_value_counts_and_anything_may_be_one() {
        let uri = "/search?q=a%20b%26&q=c&x".parse().unwrap();
        assert_eq!(value(&uri, "q").as_deref(), Some("a b&"));
        assert_eq!(value(&uri, "x").as_deref(), Some(""));
        assert_eq!(
            value(&"/search?q=%FF".parse().unwrap(), "q").as_deref(),
            Some("\u{FFFD}")
        );
        assert_eq!(value(&uri, "kind"), None);
    }
}
