//! What the query of an address asks for.

use types::pages::studio::{ListParams, Notice};

use crate::navigation::Address;

/// Names and values of the query of a page.
#[derive(Clone, Debug)]
pub(super) struct Query(Address);

impl Query {
    /// A query as it stands in an address, without its question mark.
    pub(super) fn of(query: &str) -> Self {
        Self(Address::of(&["?", query].concat()))
    }

    /// The first value of this name; empty when there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.0.value(name).unwrap_or_default()
    }

    /// What was just done, as the form that led here says.
    pub(super) fn notice(&self) -> Option<Notice> {
        let query = self.0.as_str().trim_start_matches('?');
        query.split('&').find_map(Notice::from_name)
    }

    /// The page of a list, from 1; `None` for one that no list has.
    pub(super) fn page(&self) -> Option<u32> {
        match self.text("page").as_str() {
            "" => Some(1),
            page => page.parse().ok().filter(|page| *page > 0),
        }
    }

    /// What a list is asked for; `None` for a page that no list has.
    pub(super) fn list(&self) -> Option<ListParams> {
        Some(ListParams {
            page: self.page()?,
            q: self.text("q"),
            sort: self.text("sort"),
            artist: self.text("artist"),
            deleted: self.text("deleted"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_begins_with_its_first_page() {
        let params = Query::of("q=red+lamp&sort=name").list().unwrap();
        assert_eq!((params.q.as_str(), params.page), ("red lamp", 1));
        for page in ["0", "-1", "x", "1.5", "99999999999999999999"] {
            assert!(
                Query::of(&format!("page={page}")).list().is_none(),
                "{page}"
            );
        }
    }

    #[test]
    fn only_what_can_have_been_done_is_said() {
        assert_eq!(Query::of("saved").notice(), Some(Notice::Saved));
        assert_eq!(Query::of("a=b&saved").notice(), Some(Notice::Saved));
        assert_eq!(Query::of("Your+account+is+locked").notice(), None);
        assert_eq!(Query::of("").notice(), None);
    }
}
