//! Lists of one's own things.

use std::collections::HashMap;

use app::pages::studio::list::{self, Asked, List, Row, State};
use axum::response::Response;
use domain::{
    Caller,
    catalogue::{ArtistView, Catalogue, CatalogueError, ListPage, ListQuery},
    search::{Page, Sort, Words},
};

use super::{
    asked::Query,
    desk::parts,
    fail,
    thing::{Answer, Artists, Products, Retailers, Thing, Videos},
};
use crate::content::Reader;

/// So many things are on a page.
pub(super) const A_PAGE: usize = 25;

/// A page of a list, before it is known what was just done.
pub(crate) struct Found {
    rows: Vec<Row>,
    total: u64,
    artists: Vec<(String, String)>,
}

/// A kind of things that can be listed.
pub(crate) trait Listed: Thing {
    /// A page of the list of what is the caller's.
    fn find(
        catalogue: &Catalogue,
        caller: &Caller,
        asked: &Asked,
    ) -> impl Future<Output = Answer<Found>> + Send;
}

/// `GET /studio/videos?q=&sort=&artist=&page=`
pub(crate) async fn list<T: Listed>(reader: Reader) -> Response {
    let query = Query::of(&reader.uri);
    let Some(asked) = query.list() else {
        return reader.not_found().await;
    };
    let (catalogue, caller) = parts(&reader);
    let found = match T::find(catalogue, caller, &asked).await {
        Ok(found) => found,
        Err(error) => return fail(reader, error).await,
    };
    let pages = pages(found.total);
    if asked.page > pages {
        return reader.not_found().await;
    }
    let deleted = match deleted::<T>(&reader, query.text("deleted")).await {
        Ok(deleted) => deleted,
        Err(error) => return fail(reader, error).await,
    };
    let page = List {
        shelf: T::SHELF,
        asked,
        rows: found.rows,
        total: found.total,
        pages,
        artists: found.artists,
        notice: query.notice(),
        deleted,
    };
    reader.show(list::page(page)).await
}

/// What was just deleted, if it is really the caller's and deleted: an address says what it likes.
async fn deleted<T: Thing>(reader: &Reader, id: &str) -> Answer<Option<(String, String)>> {
    if id.is_empty() {
        return Ok(None);
    }
    let (catalogue, caller) = parts(reader);
    match T::get_deleted(catalogue, caller, id).await {
        Ok(view) => Ok(Some((view.id, T::name(&view.content).to_owned()))),
        Err(CatalogueError::Unknown | CatalogueError::Forbidden) => Ok(None),
        Err(error) => Err(error),
    }
}

/// How many pages a list has, at least one.
pub(super) fn pages(total: u64) -> usize {
    usize::try_from(total)
        .unwrap_or(usize::MAX)
        .div_ceil(A_PAGE)
        .max(1)
}

/// How many rows stand before a page, which is counted from 1.
pub(super) fn offset(page: usize) -> usize {
    page.saturating_sub(1).saturating_mul(A_PAGE)
}

impl Listed for Artists {
    async fn find(catalogue: &Catalogue, caller: &Caller, asked: &Asked) -> Answer<Found> {
        let artists = catalogue.artists.list(caller).await?;
        let rows = artists.into_iter().filter_map(|artist| {
            let visibility = Self::visibility(&artist.content, None)?;
            Some(Row {
                id: artist.id,
                name: artist.content.name,
                about: String::new(),
                state: State::Visibility(visibility),
                updated_at: artist.updated_at,
            })
        });
        Ok(cut(rows.collect(), asked))
    }
}

impl Listed for Retailers {
    async fn find(catalogue: &Catalogue, caller: &Caller, asked: &Asked) -> Answer<Found> {
        let retailers = catalogue.retailers.list(caller).await?;
        let rows = retailers.into_iter().map(|retailer| Row {
            id: retailer.id,
            name: retailer.content.retailer.name,
            about: retailer.content.retailer.domains.join(", "),
            state: State::Review(retailer.content.review_status),
            updated_at: retailer.updated_at,
        });
        Ok(cut(rows.collect(), asked))
    }
}

impl Listed for Videos {
    async fn find(catalogue: &Catalogue, caller: &Caller, asked: &Asked) -> Answer<Found> {
        let page = catalogue.videos.list(caller, &query(asked)).await?;
        let artists = catalogue.artists.list(caller).await?;
        Ok(found::<Self>(page, artists))
    }
}

impl Listed for Products {
    async fn find(catalogue: &Catalogue, caller: &Caller, asked: &Asked) -> Answer<Found> {
        let page = catalogue.products.list(caller, &query(asked)).await?;
        let artists = catalogue.artists.list(caller).await?;
        Ok(found::<Self>(page, artists))
    }
}

fn query(asked: &Asked) -> ListQuery {
    ListQuery {
        artist: (!asked.artist.is_empty()).then(|| asked.artist.clone()),
        words: Words::parse(&asked.q),
        sort: match asked.sort.as_str() {
            "name" => Sort::Name,
            "newest" => Sort::Newest,
            "relevance" => Sort::Relevance,
            _ => Sort::Updated,
        },
        page: Page::Offset(offset(asked.page)),
        limit: A_PAGE,
    }
}

fn found<T: Thing>(page: ListPage<T::Content>, artists: Vec<ArtistView>) -> Found {
    let known: HashMap<&str, &ArtistView> = artists
        .iter()
        .map(|artist| (artist.id.as_str(), artist))
        .collect();
    let rows = page.things.into_iter().filter_map(|thing| {
        let artist = known.get(thing.parent.as_str())?;
        let visibility = T::visibility(&thing.content, Some(&artist.content))?;
        Some(Row {
            name: T::name(&thing.content).to_owned(),
            about: artist.content.name.clone(),
            state: State::Visibility(visibility),
            id: thing.id,
            updated_at: thing.updated_at,
        })
    });
    Found {
        rows: rows.collect(),
        total: page.total,
        artists: artists
            .iter()
            .map(|one| (one.id.clone(), one.content.name.clone()))
            .collect(),
    }
}

/// A page of a list that is known whole: the rows whose name or description contains every word of the
/// query, in any case.
fn cut(mut rows: Vec<Row>, asked: &Asked) -> Found {
    let words: Vec<_> = asked.q.split_whitespace().map(str::to_lowercase).collect();
    rows.retain(|row| {
        let text = format!("{} {}", row.name, row.about).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    });
    match asked.sort.as_str() {
        "name" => rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id.clone())),
        _ => rows.sort_by(|a, b| b.updated_at.cmp(&a.updated_at).then(a.id.cmp(&b.id))),
    }
    let total = rows.len() as u64;
    let rows = rows.into_iter().skip(offset(asked.page)).take(A_PAGE);
    Found {
        rows: rows.collect(),
        total,
        artists: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use types::catalogue::ReviewStatus;

    use super::*;

    fn row(name: &str, about: &str, updated_at: &str) -> Row {
        Row {
            id: name.to_owned(),
            name: name.to_owned(),
            about: about.to_owned(),
            state: State::Review(ReviewStatus::Proposed),
            updated_at: updated_at.to_owned(),
        }
    }

    fn names(q: &str, sort: &str) -> Vec<String> {
        let rows = vec![
            row("Thomann", "thomann.de", "2026-01-02T00:00:00.000Z"),
            row("Lamp shop", "lamps.example", "2026-01-03T00:00:00.000Z"),
            row("azure", "azure.example", "2026-01-01T00:00:00.000Z"),
        ];
        let asked = Asked {
            q: q.to_owned(),
            sort: sort.to_owned(),
            artist: String::new(),
            page: 1,
        };
        cut(rows, &asked)
            .rows
            .into_iter()
            .map(|row| row.name)
            .collect()
    }

    #[test]
    fn rows_are_found_by_all_words_in_any_case() {
        assert_eq!(names("LAMP example", ""), ["Lamp shop"]);
        assert_eq!(names("nothing", ""), Vec::<String>::new());
        assert_eq!(names("", "name"), ["azure", "Lamp shop", "Thomann"]);
        assert_eq!(names("", ""), ["Lamp shop", "Thomann", "azure"]);
    }

    #[test]
    fn there_is_always_a_first_page() {
        assert_eq!([0, 1, 25, 26].map(pages), [1, 1, 1, 2]);
    }
}
