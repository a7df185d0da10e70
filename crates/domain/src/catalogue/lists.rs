//! Lists of what is the caller's own, as of now.

use types::catalogue::ArtistContent;

use super::{
    CatalogueError,
    kind::Kind,
    record::{Record, Stored, first_restorable},
    repository::Repository,
    things::{Things, account},
    views::View,
};
use crate::{
    caller::Caller,
    clock::unix_milliseconds,
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

impl<C> ListPage<C> {
    /// A list with nothing in it.
    const EMPTY: Self = Self {
        things: Vec::new(),
        total: 0,
        next: None,
    };
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
        let artists = self.own_artists_in(caller, query).await?;
        if query.artist.is_some() && artists.is_empty() {
            return Err(CatalogueError::Unknown);
        }
        if artists.is_empty() {
            return Ok(ListPage::EMPTY);
        }
        let scope = Scope::Artists(artists.clone());
        self.page(repository, query, scope, |record| {
            record.is_live() && artists.contains(&record.parent)
        })
        .await
    }

    /// What was deleted of a kind and can be restored, of artists of the caller's that are not
    /// deleted themselves. No more documents are read than are on the page.
    pub(super) async fn deleted<C: Kind>(
        &self,
        caller: &Caller,
        repository: &Repository<C>,
        query: &ListQuery,
    ) -> Result<ListPage<C>, CatalogueError> {
        let artists = self.own_artists_in(caller, query).await?;
        if artists.is_empty() {
            return Ok(ListPage::EMPTY);
        }
        let scope = self.restorable(Some(artists.clone()));
        self.page(repository, query, scope, |record| {
            repository.is_restorable(record) && artists.contains(&record.parent)
        })
        .await
    }

    /// Something of the caller's that is deleted and can be restored.
    pub(super) async fn get_deleted<C: Kind>(
        &self,
        caller: &Caller,
        repository: &Repository<C>,
        id: &str,
    ) -> Result<Stored<C>, CatalogueError> {
        let thing = self.thing_of(caller, repository, id).await?;
        match repository.is_restorable(&thing.record) {
            true => Ok(thing),
            false => Err(CatalogueError::Unknown),
        }
    }

    /// The scope of what can be restored, of these artists or of all.
    pub(super) fn restorable(&self, of: Option<Vec<String>>) -> Scope {
        let since = first_restorable(unix_milliseconds(self.clock.now()));
        Scope::Deleted { of, since }
    }

    /// A page of what a search finds in a scope. The index may be a moment behind the documents, so
    /// what it finds is shown only if its document is one of those that are wanted.
    pub(super) async fn page<C: Kind>(
        &self,
        repository: &Repository<C>,
        query: &ListQuery,
        scope: Scope,
        is_wanted: impl Fn(&Record<C>) -> bool,
    ) -> Result<ListPage<C>, CatalogueError> {
        let found = self
            .projector
            .search(&Query {
                scope,
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
        let wanted = things.filter(|one| is_wanted(&one.record));
        Ok(ListPage {
            things: wanted.map(View::from).collect(),
            total: found.total,
            next: found.next,
        })
    }

    /// The ids of the caller's artists that a list is about.
    async fn own_artists_in(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<Vec<String>, CatalogueError> {
        let own = self.own_artists(caller).await?;
        let ids = own.into_iter().map(|artist| artist.id);
        let is_asked = |id: &String| query.artist.as_ref().is_none_or(|asked| asked == id);
        Ok(ids.filter(is_asked).collect())
    }
}
