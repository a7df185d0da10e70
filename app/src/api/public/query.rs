//! Parses the query strings of public pages.

use form_urlencoded::parse;

use crate::query::QueryString;

/// The page number in the query of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum PageNumber {
    /// A page number from 1 on; 1 if the query has none.
    Page(u32),
    /// `page=1`, which redirects to the URL without a number so that each page has one URL.
    First,
    /// Not a page number, or one that overflows: 404.
    Unknown,
}

impl QueryString<'_> {
    /// The page of a list.
    pub(super) fn page_number(self) -> PageNumber {
        let Some(text) = self.value("page") else {
            return PageNumber::Page(1);
        };
        let is_number = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        match text.parse() {
            Ok(1) => PageNumber::First,
            Ok(page) if is_number => PageNumber::Page(page),
            Ok(_) | Err(_) => PageNumber::Unknown,
        }
    }

    /// `path` with the unchanged query, so that a redirect keeps the page number and the parameters of
    /// a campaign.
    pub(super) fn at(self, path: &str) -> String {
        join(path, self.as_str())
    }

    /// `path` with the query without the parameter `name`.
    pub(super) fn at_without(self, path: &str, name: &str) -> String {
        let parts = self.as_str().split('&');
        let kept: Vec<_> = parts
            .filter(|part| parse(part.as_bytes()).all(|(known, _)| known != name))
            .collect();
        join(path, &kept.join("&"))
    }
}

fn join(path: &str, query: &str) -> String {
    match query {
        "" => path.to_owned(),
        query => [path, "?", query].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_number() {
        let number = |query| QueryString::of(query).page_number();
        assert_eq!(number(""), PageNumber::Page(1));
        assert_eq!(number("utm=1"), PageNumber::Page(1));
        assert_eq!(number("page=2"), PageNumber::Page(2));
        assert_eq!(number("page=1"), PageNumber::First);
        for query in [
            "page=",
            "page=0",
            "page=02",
            "page=-1",
            "page=+2",
            "page=%2B2",
            "page=x",
            "page=1e3",
            "page=4294967296",
            "page=99999999999999999999999",
        ] {
            assert_eq!(number(query), PageNumber::Unknown, "{query}");
        }
    }

    #[test]
    fn an_address_keeps_the_query_as_it_was_spelled() {
        let query = QueryString::of("page=2&utm_source=x&a=%2f&page=1");
        assert_eq!(
            query.at("/artists/new"),
            "/artists/new?page=2&utm_source=x&a=%2f&page=1"
        );
        assert_eq!(
            query.at_without("/artists/old", "page"),
            "/artists/old?utm_source=x&a=%2f"
        );
        let spelled = QueryString::of("p%61ge=1");
        assert_eq!(spelled.at_without("/videos", "page"), "/videos");
        assert_eq!(QueryString::of("").at("/artists/new"), "/artists/new");
    }
}
