//! Lists of an account's entities.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{
    catalogue::EntityKind,
    pages::studio::{EntityListPage, ListParams},
};

use crate::{client::PageClient, server_fn_problem::ServerFnProblem};

/// One page of the list of a kind.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/studio/list")]
pub async fn read_list(
    kind: EntityKind,
    params: ListParams,
) -> Result<EntityListPage, ServerFnProblem> {
    super::server_fn::run(async |context| ssr::read_list(&context, kind, &params).await).await
}

/// The bodies of these server functions; pages call them during server-side rendering, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use std::collections::HashMap;

    use domain::{
        Caller,
        catalogue::{ArtistView, Catalogue, CatalogueError, ListQuery},
        search::{PageStart, QueryWords, Sort},
    };
    use types::{
        Problem,
        catalogue::EntityKind,
        pages::studio::{ArtistOption, EntityListPage, EntityRow, ListParams, RowState},
    };

    use crate::{
        api::studio::{
            entity::{CatalogueResult, Entities, Entity, StudioEntities},
            server_fn::catalogue,
        },
        request_context::RequestContext,
    };

    /// Maximum number of entities on one page.
    pub(in crate::api::studio) const PAGE_SIZE: usize = 25;

    /// The rows of one page, and the total of all pages.
    struct ListResult {
        rows: Vec<EntityRow>,
        total: u64,
        artists: Vec<ArtistOption>,
    }

    /// One page of the list of a kind.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a page that the list does not have and for an artist of another
    /// account, [`Problem::Unauthenticated`], [`Problem::Unavailable`].
    pub async fn read_list(
        context: &RequestContext,
        kind: EntityKind,
        params: &ListParams,
    ) -> Result<EntityListPage, Problem> {
        if params.page == 0 {
            return Err(Problem::NotFound);
        }
        let (catalogue, caller) = catalogue(context);
        let found = find(catalogue, caller, kind, params).await?;
        let pages = pages(found.total);
        if params.page > pages {
            return Err(Problem::NotFound);
        }
        Ok(EntityListPage {
            kind,
            params: params.clone(),
            rows: found.rows,
            total: found.total,
            pages,
            artists: found.artists,
            deleted: deleted(catalogue, caller, kind, &params.deleted).await?,
        })
    }

    /// Number of pages of a list, at least 1.
    pub(in crate::api::studio) fn pages(total: u64) -> u32 {
        let pages = total.div_ceil(PAGE_SIZE as u64).max(1);
        u32::try_from(pages).unwrap_or(u32::MAX)
    }

    /// Number of rows before a page; pages count from 1.
    pub(in crate::api::studio) fn offset(page: u32) -> usize {
        let before = page.saturating_sub(1).try_into().unwrap_or(usize::MAX);
        PAGE_SIZE.saturating_mul(before)
    }

    /// The deleted entity that the query names, for the notice with the button to restore it; `None` if
    /// it is not in the account's trash. A query can name any id.
    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
    ) -> CatalogueResult<Option<(String, String)>> {
        if id.is_empty() {
            return Ok(None);
        }
        match Entities::of(catalogue, caller).get_trashed(kind, id).await {
            Ok(entity) => Ok(Some((entity.id().to_owned(), entity.name().to_owned()))),
            Err(CatalogueError::Unknown | CatalogueError::Forbidden) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn find(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        params: &ListParams,
    ) -> CatalogueResult<ListResult> {
        match kind {
            EntityKind::Artist => {
                let artists = catalogue.artists.all(caller).await?.into_iter();
                Ok(page_of_views(artists.map(Entity::Artist), params))
            }
            EntityKind::Retailer => {
                let retailers = catalogue.retailers.all(caller).await?.into_iter();
                Ok(page_of_views(retailers.map(Entity::Retailer), params))
            }
            EntityKind::Video | EntityKind::Product => {
                let page = Entities::of(catalogue, caller)
                    .list(kind, &query(params))
                    .await?;
                let artists = catalogue.artists.all(caller).await?;
                Ok(found(&page, &artists))
            }
        }
    }

    fn query(params: &ListParams) -> ListQuery {
        ListQuery {
            artist: (!params.artist.is_empty()).then(|| params.artist.clone()),
            words: QueryWords::parse(&params.q),
            sort: match params.sort.as_str() {
                "name" => Sort::Name,
                "newest" => Sort::Newest,
                "relevance" => Sort::Relevance,
                _ => Sort::Updated,
            },
            page: PageStart::Offset(offset(params.page)),
            limit: PAGE_SIZE,
        }
    }

    fn found(page: &StudioEntities, artists: &[ArtistView]) -> ListResult {
        let by_id = artists.iter().map(|artist| (artist.id.as_str(), artist));
        let by_id: HashMap<_, _> = by_id.collect();
        let rows = page.entities.iter();
        let rows = rows.filter_map(|entity| row(entity, by_id.get(entity.parent()).copied()));
        let options = artists.iter().map(|one| ArtistOption {
            id: one.id.clone(),
            name: one.content.name.clone(),
        });
        ListResult {
            rows: rows.collect(),
            total: page.total,
            artists: options.collect(),
        }
    }

    /// The row of an entity; `None` if its artist no longer belongs to the account.
    fn row(entity: &Entity, artist: Option<&ArtistView>) -> Option<EntityRow> {
        let about = match (entity, artist) {
            (Entity::Retailer(view), _) => view.content.retailer.domains.join(", "),
            (_, artist) => artist
                .map(|one| one.content.name.clone())
                .unwrap_or_default(),
        };
        let state = match entity {
            Entity::Retailer(view) => RowState::Review(view.content.review_status),
            entity => {
                RowState::Visibility(entity.visibility(artist.map(|artist| &artist.content))?)
            }
        };
        Some(EntityRow {
            id: entity.id().to_owned(),
            name: entity.name().to_owned(),
            about,
            state,
            updated_at: entity.updated_at().to_owned(),
        })
    }

    fn page_of_views(entities: impl Iterator<Item = Entity>, params: &ListParams) -> ListResult {
        let rows = entities.filter_map(|entity| row(&entity, None));
        page_of(rows.collect(), params)
    }

    /// Maximum number of words of a query that are matched; a caller can send thousands.
    const MOST_WORDS: usize = 16;

    /// One page of a list that is in memory: the rows whose name or description contains every word
    /// of the query as a substring, ignoring case.
    fn page_of(mut rows: Vec<EntityRow>, params: &ListParams) -> ListResult {
        let words = params.q.split_whitespace().take(MOST_WORDS);
        let words: Vec<_> = words.map(str::to_lowercase).collect();
        rows.retain(|row| {
            let text = format!("{} {}", row.name, row.about).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        });
        match params.sort.as_str() {
            "name" => rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.id.clone())),
            _ => rows.sort_by(|a, b| b.updated_at.cmp(&a.updated_at).then(a.id.cmp(&b.id))),
        }
        let total = rows.len() as u64;
        let rows = rows.into_iter().skip(offset(params.page)).take(PAGE_SIZE);
        ListResult {
            rows: rows.collect(),
            total,
            artists: Vec::new(),
        }
    }

    #[cfg(test)]
    mod tests {
        use types::catalogue::ReviewStatus;

        use super::*;

        fn row(name: &str, about: &str, updated_at: &str) -> EntityRow {
            EntityRow {
                id: name.to_owned(),
                name: name.to_owned(),
                about: about.to_owned(),
                state: RowState::Review(ReviewStatus::Proposed),
                updated_at: updated_at.to_owned(),
            }
        }

        fn names(q: &str, sort: &str) -> Vec<String> {
            let rows = vec![
                row("Thomann", "thomann.de", "2026-01-02T00:00:00.000Z"),
                row("Lamp shop", "lamps.example", "2026-01-03T00:00:00.000Z"),
                row("azure", "azure.example", "2026-01-01T00:00:00.000Z"),
            ];
            let params = ListParams {
                q: q.to_owned(),
                sort: sort.to_owned(),
                ..ListParams::default()
            };
            let rows = page_of(rows, &params).rows.into_iter();
            rows.map(|row| row.name).collect()
        }

        #[test]
        fn rows_are_found_by_all_words_in_any_case() {
            assert_eq!(names("LAMP example", ""), ["Lamp shop"]);
            assert_eq!(names("nothing", ""), [""; 0]);
            assert_eq!(names("", "name"), ["azure", "Lamp shop", "Thomann"]);
            assert_eq!(names("", ""), ["Lamp shop", "Thomann", "azure"]);
        }

        #[test]
        fn there_is_always_a_first_page() {
            assert_eq!([0, 1, 25, 26].map(pages), [1, 1, 1, 2]);
            assert_eq!([0, 1, 2].map(offset), [0, 0, 25]);
        }
    }
}
