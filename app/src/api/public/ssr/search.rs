//! The body of the search.

use domain::{catalogue::CatalogueError, search::QueryWords};
use types::{
    Problem,
    pages::{PageLookup, Paging, PublicKind, SearchGroup, SearchPage},
};

use super::{QueryString, SIZE, offset, requested_page};
use crate::request_context::RequestContext;

/// Number of hits of each kind in a search of all kinds.
const BEST: usize = 6;

/// Words and kind of a search.
#[derive(Debug)]
struct SearchParams {
    words: String,
    kind: Option<PublicKind>,
}

/// Searches the public catalogue.
///
/// # Errors
/// [`Problem::NotFound`] if the results have no such page, [`Problem::Unavailable`],
/// [`Problem::Internal`].
pub async fn search(
    context: &RequestContext,
    query: &str,
) -> Result<PageLookup<SearchPage>, Problem> {
    let SearchParams { words, kind } = SearchParams::of(query);
    let page = match requested_page(query, "/search")? {
        PageLookup::Page(page) if page == 1 || kind.is_some() => page,
        PageLookup::Page(_) => return Err(Problem::NotFound),
        PageLookup::Redirect(address) => return Ok(PageLookup::Redirect(address)),
    };
    let groups = find(context, &words, kind, page).await?;
    let paging = match kind {
        None => None,
        Some(_) => {
            let total = groups.first().map_or(0, |group| group.total);
            Some(Paging::new(page, total).ok_or(Problem::NotFound)?)
        }
    };
    Ok(PageLookup::Page(SearchPage {
        words,
        kind,
        groups,
        paging,
    }))
}

async fn find(
    context: &RequestContext,
    words: &str,
    kind: Option<PublicKind>,
    page: u32,
) -> Result<Vec<SearchGroup>, CatalogueError> {
    let words = QueryWords::parse(words);
    // Without a word every entity would match.
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (kinds, limit) = match kind {
        Some(kind) => (vec![kind], SIZE),
        None => (PublicKind::ALL.to_vec(), BEST),
    };
    let public = &context.domain.catalogue.public;
    let found = public.search(&context.caller, &words, &kinds, offset(page), limit);
    found.await
}

impl SearchParams {
    /// Parses the query of the search page.
    fn of(query: &str) -> Self {
        let query = QueryString::of(query);
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
        let SearchParams { words, kind } = SearchParams::of(query);
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
