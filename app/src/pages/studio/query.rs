//! The query of a studio URL.

use form_urlencoded::parse;
use types::pages::studio::{ListParams, Notice};

use crate::query::QueryString;

impl QueryString<'_> {
    /// The notice that the form which led here has put into the query.
    pub(super) fn notice(self) -> Option<Notice> {
        parse(self.as_str().as_bytes()).find_map(|(name, _)| Notice::from_name(&name))
    }

    /// The page of a list, from 1; `None` for a value that is no page number.
    pub(super) fn page(self) -> Option<u32> {
        match self.text("page").as_str() {
            "" => Some(1),
            page => page.parse().ok().filter(|page| *page > 0),
        }
    }

    /// The parameters of a list; `None` if the page number is malformed.
    pub(super) fn list(self) -> Option<ListParams> {
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
        let params = QueryString::of("q=red+lamp&sort=name").list().unwrap();
        assert_eq!((params.q.as_str(), params.page), ("red lamp", 1));
        for page in ["0", "-1", "x", "1.5", "99999999999999999999"] {
            assert!(
                QueryString::of(&format!("page={page}")).list().is_none(),
                "{page}"
            );
        }
    }

    #[test]
    fn only_what_can_have_been_done_is_said() {
        assert_eq!(QueryString::of("saved").notice(), Some(Notice::Saved));
        assert_eq!(QueryString::of("a=b&saved").notice(), Some(Notice::Saved));
        assert_eq!(QueryString::of("Your+account+is+locked").notice(), None);
        assert_eq!(QueryString::of("").notice(), None);
    }
}
