//! What the query of an address asks for.

use axum::http::Uri;
use types::pages::studio::{ListParams, Notice};

/// Names and values of a query, in order.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// The query of an address; one that cannot be read asks for nothing.
    pub(super) fn of(uri: &Uri) -> Self {
        let text = uri.query().unwrap_or_default();
        Self(serde_urlencoded::from_str(text).unwrap_or_default())
    }

    /// The first value of this name; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        let first = self.0.iter().find(|(known, _)| known == name);
        first.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// What was just done, as the form that led here says.
    pub(super) fn notice(&self) -> Option<Notice> {
        self.0.iter().find_map(|(name, _)| Notice::from_name(name))
    }

    /// The page of a list, from 1; `None` for one that no list has.
    pub(super) fn page(&self) -> Option<u32> {
        match self.text("page") {
            "" => Some(1),
            page => page.parse().ok().filter(|page| *page > 0),
        }
    }

    /// What a list is asked for; `None` for a page that no list has.
    pub(super) fn list(&self) -> Option<ListParams> {
        let page = self.page()?;
        Some(ListParams {
            q: self.text("q").to_owned(),
            sort: self.text("sort").to_owned(),
            artist: self.text("artist").to_owned(),
            deleted: self.text("deleted").to_owned(),
            page,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(uri: &'static str) -> Query {
        Query::of(&Uri::from_static(uri))
    }

    #[test]
    fn a_list_begins_with_its_first_page() {
        let params = query("/studio/videos?q=red+lamp&sort=name").list().unwrap();
        assert_eq!((params.q.as_str(), params.page), ("red lamp", 1));
        for page in ["0", "-1", "x", "1.5", "99999999999999999999"] {
            let uri: Uri = format!("/studio/videos?page={page}").parse().unwrap();
            assert!(Query::of(&uri).list().is_none(), "{page}");
        }
    }

    #[test]
    fn only_what_can_have_been_done_is_said() {
        assert_eq!(
            query("/studio/videos/1?saved").notice(),
            Some(Notice::Saved)
        );
        assert_eq!(
            query("/studio/videos/1?Your+account+is+locked").notice(),
            None
        );
        assert_eq!(query("/studio").notice(), None);
    }
}
