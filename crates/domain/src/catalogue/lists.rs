//! Lists of what is the caller's own, as of now.

use types::catalogue::ArtistContent;

use super::{
    CatalogueError,
    kind::Kind,
    record::Stored,
    repository::Repository,
    things::{Things, account},
    views::View,
};
use crate::{
    caller::Caller,
    documents::Currency,
    search::{Cursor, Filter, Page, Query, Scope, Sort, Words},
};

/// Which things of the caller's a list asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct ListQuery {
    /// Only those of this artist.
    pub artist: Option<String>,
    /// Only those that have these words.
    pub words: Words,
    /// In this order.
    pub sort: Sort,
    /// From here on.
    pub page: Page,
    /// At most so many.
    pub limit: usize,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListPage<C> {
    /// The things, in order.
    pub things: Vec<View<C>>,
    /// How many there are on all pages.
    pub total: u64,
    /// Where the next page begins; `None` behind the last thing.
    pub next: Option<Cursor>,
}

impl Things {
    /// The artists of the caller's that are not deleted.
    pub(super) async fn own_artists(
        &self,
        caller: &Caller,
    ) -> Result<Vec<Stored<ArtistContent>>, CatalogueError> {
        let ids = self.holdings.artists(account(caller)?).await?;
        let ids: Vec<_> = ids.iter().map(AsRef::as_ref).collect();
        let artists = self.repositories.artists.get_many(&ids).await?;
        let live = artists.into_iter().flatten();
        Ok(live.filter(|artist| artist.record.is_live()).collect())
    }

    /// What the caller has of a kind, as of now.
    pub(super) async fn list<C: Kind>(
        &self,
        caller: &Caller,
        repository: &Repository<C>,
        query: &ListQuery,
    ) -> Result<ListPage<C>, CatalogueError> {
        let own = self.own_artists(caller).await?;
        let mut artists: Vec<_> = own.into_iter().map(|artist| artist.id).collect();
        if let Some(artist) = &query.artist {
            artists.retain(|own| own == artist);
            if artists.is_empty() {
                return Err(CatalogueError::Unknown);
            }
        }
        if artists.is_empty() {
            return Ok(ListPage {
                things: Vec::new(),
                total: 0,
                next: None,
            });
        }
        let found = self
            .projector
            .search(&Query {
                scope: Scope::Artists(artists.clone()),
                kinds: vec![C::SEARCH],
                words: query.words.clone(),
                filter: Filter::None,
                sort: query.sort,
                page: query.page.clone(),
                limit: query.limit,
                currency: Currency::AsOfNow,
            })
            .await?;
        let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let things = repository.get_many(&ids).await?.into_iter().flatten();
        let own = things.filter(|one| one.record.is_live() && artists.contains(&one.record.parent));
        Ok(ListPage {
            things: own.map(View::from).collect(),
            total: found.total,
            next: found.next,
        })
    }

    /// What was deleted of a kind and can be restored, of artists that are not deleted themselves.
    pub(super) async fn deleted<C: Kind>(
        &self,
        caller: &Caller,
        repository: &Repository<C>,
    ) -> Result<Vec<View<C>>, CatalogueError> {
        let mut marked = Vec::new();
        for artist in self.own_artists(caller).await? {
            marked.extend(repository.all_marked(&artist.id).await?);
        }
        Ok(self.restorable(marked))
    }

    /// Those of these things that are deleted and can be restored, the last one first.
    pub(super) fn restorable<C: Kind>(&self, mut things: Vec<Stored<C>>) -> Vec<View<C>> {
        let now = crate::clock::unix_milliseconds(self.clock.now());
        things.retain(|one| one.record.is_restorable(now));
        things.sort_by_key(|one| std::cmp::Reverse(one.record.deleted_at));
        things.into_iter().map(View::from).collect()
    }
}
