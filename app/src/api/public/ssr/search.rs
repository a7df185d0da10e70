//! The body of the search.

use domain::{catalogue::CatalogueError, search::Words};
use types::{
    Problem,
    pages::{Found, Paging, PublicKind, SearchGroup, SearchPage},
};

use super::{Query, SIZE, number, skipped};
use crate::visit::Visit;

/// Number of hits of each kind in a search of all kinds.
const BEST: usize = 6;

/// Words and kind of a search.
#[derive(Debug)]
struct Search {
    words: String,
    kind: Option<PublicKind>,
}

/// Searches the public catalogue.
///
/// # Errors
/// [`Problem::NotFound`] if the results have no such page, [`Problem::Unavailable`],
/// [`Problem::Internal`].
pub async fn search(visit: &Visit, query: &str) -> Result<Found<SearchPage>, Problem> {
    let Search { words, kind } = Search::of(query);
    let page = match number(query, "/search")? {
        Found::Page(page) if page == 1 || kind.is_some() => page,
        Found::Page(_) => return Err(Problem::NotFound),
        Found::Moved(address) => return Ok(Found::Moved(address)),
    };
    let groups = find(visit, &words, kind, page).await?;
    let paging = match kind {
        None => None,
        Some(_) => {
            let total = groups.first().map_or(0, |group| group.total);
            Some(Paging::new(page, total).ok_or(Problem::NotFound)?)
        }
    };
    Ok(Found::Page(SearchPage {
        words,
        kind,
        groups,
        paging,
    }))
}

async fn find(
    visit: &Visit,
    words: &str,
    kind: Option<PublicKind>,
    page: u32,
) -> Result<Vec<SearchGroup>, CatalogueError> {
    let words = Words::parse(words);
    // Without a word every entity would match.
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (kinds, limit) = match kind {
        Some(kind) => (vec![kind], SIZE),
        None => (PublicKind::ALL.to_vec(), BEST),
    };
    let public = &visit.domain.catalogue.public;
    let found = public.search(&visit.caller, &words, &kinds, skipped(page), limit);
    found.await
}

impl Search {
    /// Parses the query of the search page.
    fn of(query: &str) -> Self {
        let query = Query::of(query);
        Self {
            words: SearchPage::words_of(&query.value("q").unwrap_or_default()),
            kind: query
                .value("kind")
                .and_then(|kind| PublicKind::from_name(&kind)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (String, Option<PublicKind>) {
        let Search { words, kind } = Search::of(query);
        (words, kind)
    }

    #[test]
    fn a_query_is_looked_at_up_to_its_three_hundredth_character() {
        assert_eq!(read("q=a+b+"), ("a b ".to_owned(), None));
        assert_eq!(
            read("q=+%0A&kind=video"),
            (String::new(), Some(PublicKind::Video))
        );
        assert_eq!(read("q=a%00b%0A&kind=x"), ("ab".to_owned(), None));
        let (long, _) = read(&["q=", &"%F0%9F%8E%AC".repeat(400)].concat());
        assert_eq!(long.chars().count(), 300);
    }
}
