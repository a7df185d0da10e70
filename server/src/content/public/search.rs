//! The search.

use app::pages::public::{
    Paging, Shelf,
    paging::PAGE,
    search::{self, Asked, BEST},
};
use axum::{http::Uri, response::Response};
use domain::{catalogue::CatalogueError, search::Words};
use types::{Problem, pages::SearchPage};

use super::{
    Reader,
    query::{Numbered, page_number, value},
    skipped,
};
use crate::redirect::moved_without;

/// So much of what somebody types is looked at, and shown again, in characters.
const LONGEST: usize = 300;

/// `GET /search`
pub(crate) async fn search(reader: Reader) -> Response {
    let asked = asked(&reader.uri);
    let page = match page_number(&reader.uri) {
        Numbered::Page(page) if page == 1 || asked.shelf.is_some() => page,
        Numbered::Bare => return moved_without(&reader.uri, "/search", "page"),
        Numbered::Page(_) | Numbered::Nowhere => return reader.not_found().await,
    };
    let found = match find(&reader, &asked, page).await {
        Ok(found) => found,
        Err(error) => return reader.fail(Problem::from(error)).await,
    };
    let Some(shelf) = asked.shelf else {
        return reader.show(search::page(asked, found, None)).await;
    };
    let total = found.groups.first().map_or(0, |group| group.total);
    let query = vec![
        ("q", asked.words.clone()),
        ("kind", shelf.kind().name().to_owned()),
    ];
    match Paging::new(page, total, "/search", query) {
        Some(paging) => reader.show(search::page(asked, found, Some(paging))).await,
        None => reader.not_found().await,
    }
}

async fn find(reader: &Reader, asked: &Asked, page: usize) -> Result<SearchPage, CatalogueError> {
    let words = Words::parse(&asked.words);
    // Without a word everything would be found, which is what nobody who typed `?!` asks for.
    if words.is_empty() {
        return Ok(SearchPage::default());
    }
    let (kinds, limit) = match asked.shelf {
        Some(shelf) => (vec![shelf.kind()], PAGE),
        None => (Shelf::ALL.map(Shelf::kind).to_vec(), BEST),
    };
    let public = reader.catalogue();
    let found = public.search(reader.caller(), &words, &kinds, skipped(page), limit);
    found.await
}

/// What a query asks for. White space behind a word says that it is written to its end, so it is
/// kept.
fn asked(uri: &Uri) -> Asked {
    let typed = value(uri, "q").unwrap_or_default();
    let shown = typed.chars().filter(|c| !c.is_control()).take(LONGEST);
    let words: String = shown.collect();
    let is_blank = types::trimmed(&words).is_empty();
    let shelf = value(uri, "kind").and_then(|kind| Shelf::named(&kind));
    Asked {
        words: if is_blank { String::new() } else { words },
        shelf,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> (String, Option<Shelf>) {
        let asked = asked(&format!("/search{query}").parse().unwrap());
        (asked.words, asked.shelf)
    }

    #[test]
    fn a_query_is_looked_at_up_to_its_three_hundredth_character() {
        assert_eq!(read("?q=a+b+"), ("a b ".to_owned(), None));
        assert_eq!(
            read("?q=+%0A&kind=video"),
            (String::new(), Some(Shelf::Videos))
        );
        assert_eq!(read("?q=a%00b%0A&kind=x"), ("ab".to_owned(), None));
        let (long, _) = read(&format!("?q={}", "%F0%9F%8E%AC".repeat(400)));
        assert_eq!(long.chars().count(), 300);
    }
}
