//! Lists of the caller's own entities, including all writes before the call.

use types::catalogue::ArtistContent;

use super::{access::account, context::CatalogueContext, kind::Kind, owner_view::OwnerView};
use crate::catalogue::{
    CatalogueError,
    entities::record::{EntityRecord, StoredEntity, first_restorable},
};
use crate::{
    caller::Caller,
    clock::unix_milliseconds,
    documents::Consistency,
    search::{Cursor, Filter, PageStart, QueryWords, Scope, SearchQuery, Sort},
};

/// The entities that a list of the caller's own entities asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct ListQuery {
    /// Only entities of this artist, by its id.
    pub artist: Option<String>,
    /// Only entities that contain these words.
    pub words: QueryWords,
    /// The order.
    pub sort: Sort,
    /// Where the page begins.
    pub page: PageStart,
    /// Maximum number of entities on the page.
    pub limit: usize,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityPage<C> {
    /// The entities, in order.
    pub entities: Vec<OwnerView<C>>,
    /// Number of entities on all pages.
    pub total: u64,
    /// Where the next page begins; `None` behind the last entity.
    pub next: Option<Cursor>,
}

impl<C> EntityPage<C> {
    /// An empty list.
    const EMPTY: Self = Self {
        entities: Vec::new(),
        total: 0,
        next: None,
    };
}

impl CatalogueContext {
    /// The artists of the caller that are not deleted.
    pub(crate) async fn own_artists(
        &self,
        caller: &Caller,
    ) -> Result<Vec<StoredEntity<ArtistContent>>, CatalogueError> {
        let mut artists = self.artists_of(account(caller)?).await?;
        artists.retain(|artist| artist.record.is_live());
        Ok(artists)
    }

    /// The ids of the caller's artists that are not deleted.
    pub(crate) async fn own_artist_ids(
        &self,
        caller: &Caller,
    ) -> Result<Vec<String>, CatalogueError> {
        let own = self.own_artists(caller).await?.into_iter();
        Ok(own.map(|artist| artist.id).collect())
    }

    /// A page of the caller's entities of a kind, current as of the request.
    pub(crate) async fn list<C: Kind>(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<EntityPage<C>, CatalogueError> {
        let artists = self.own_artists_in(caller, query).await?;
        if query.artist.is_some() && artists.is_empty() {
            return Err(CatalogueError::Unknown);
        }
        if artists.is_empty() {
            return Ok(EntityPage::EMPTY);
        }
        let scope = Scope::Artists(artists.clone());
        self.page(query, scope, |record: &EntityRecord<C>| {
            record.is_live() && artists.contains(&record.parent)
        })
        .await
    }

    /// A page of the caller's deleted entities of a kind that can be restored, of artists that are
    /// not deleted themselves. Only the documents of the page are read.
    pub(crate) async fn trash<C: Kind>(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<EntityPage<C>, CatalogueError> {
        let artists = self.own_artists_in(caller, query).await?;
        if artists.is_empty() {
            return Ok(EntityPage::EMPTY);
        }
        let scope = self.restorable(Some(artists.clone()));
        let repository = self.repository::<C>();
        self.page(query, scope, |record| {
            repository.is_restorable(record) && artists.contains(&record.parent)
        })
        .await
    }

    /// The search scope of entities that can be restored, of these artists or of all.
    pub(crate) fn restorable(&self, of: Option<Vec<String>>) -> Scope {
        let since = first_restorable(unix_milliseconds(self.clock.now()));
        Scope::Deleted { of, since }
    }

    /// A page of the search results in a scope. The index may be behind the documents, so a result
    /// is returned only if its document satisfies `is_wanted`.
    pub(crate) async fn page<C: Kind>(
        &self,
        query: &ListQuery,
        scope: Scope,
        is_wanted: impl Fn(&EntityRecord<C>) -> bool,
    ) -> Result<EntityPage<C>, CatalogueError> {
        let found = self
            .projector
            .search(&SearchQuery {
                scope,
                kinds: vec![C::ENTITY_KIND],
                words: query.words.clone(),
                filter: Filter::None,
                sort: query.sort,
                page: query.page.clone(),
                limit: query.limit,
                consistency: Consistency::Current,
            })
            .await?;
        let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let entities = self.repository().get_many(&ids).await?.into_iter();
        let wanted = entities.flatten().filter(|one| is_wanted(&one.record));
        Ok(EntityPage {
            entities: wanted.map(OwnerView::from).collect(),
            total: found.total,
            next: found.next,
        })
    }

    /// The ids of the caller's artists that the query selects.
    async fn own_artists_in(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<Vec<String>, CatalogueError> {
        let mut ids = self.own_artist_ids(caller).await?;
        ids.retain(|id| query.artist.as_ref().is_none_or(|asked| asked == id));
        Ok(ids)
    }
}
