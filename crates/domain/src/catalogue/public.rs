//! The public catalogue. Nothing here shows a draft or distinguishes one from a missing entity.

pub(super) mod cards;
mod external_links;
pub(super) mod offer_links;
pub(super) mod offer_listing;
mod offers;
mod product;
mod resolved;
mod site_map;
mod video;

use std::{mem, sync::Arc};

use futures::future::try_join_all;
use types::{
    Reason,
    catalogue::{ArtistContent, EntityKind, Slug},
    pages::{ArtistCard, ArtistPage, Card, CardList, PublicKind, SearchGroup, SearchHit},
};

use self::cards::video_card;
pub use self::{resolved::Resolved, site_map::SiteMapEntry};
use super::{
    CatalogueError,
    entities::record::{EntityRecord, StoredEntity},
    service::{context::CatalogueContext, kind::Kind},
    unique::UniqueKey,
};
use crate::{
    caller::Caller,
    documents::Consistency,
    search::{self, Filter, PageStart, QueryWords, Scope, SearchQuery, SearchResults, Sort},
};

/// Maximum length in characters of the part of a description in a search result.
const SNIPPET: usize = 160;

/// The public pages, lists and searches.
#[derive(Clone, Debug)]
pub struct PublicCatalogue {
    context: Arc<CatalogueContext>,
}

/// The card of an entity, and the text that a search cuts a snippet from.
struct CardWithText {
    card: Card,
    text: String,
}

impl PublicCatalogue {
    pub(crate) fn new(context: Arc<CatalogueContext>) -> Self {
        Self { context }
    }

    /// The public entities of a kind, newest first or by name.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn list(
        &self,
        _: &Caller,
        kind: EntityKind,
        sort: Sort,
        offset: usize,
        limit: usize,
    ) -> Result<CardList, CatalogueError> {
        self.listed(kind, Filter::None, sort, offset, limit).await
    }

    /// Searches public entities, grouped by kind; at most `limit` of each.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn search(
        &self,
        _: &Caller,
        words: &QueryWords,
        kinds: &[PublicKind],
        offset: usize,
        limit: usize,
    ) -> Result<Vec<SearchGroup>, CatalogueError> {
        let groups = kinds
            .iter()
            .map(|&kind| self.group(kind, words, offset, limit));
        let mut groups = try_join_all(groups).await?;
        groups.retain(|group| group.total > 0);
        Ok(groups)
    }

    async fn group(
        &self,
        kind: PublicKind,
        words: &QueryWords,
        offset: usize,
        limit: usize,
    ) -> Result<SearchGroup, CatalogueError> {
        let entity_kind = kind.entity_kind();
        let query = public_query(
            entity_kind,
            words.clone(),
            Filter::None,
            Sort::Relevance,
            offset,
            limit,
        );
        let found = self.context.projector.search(&query).await?;
        let cards = self.cards(entity_kind, &found).await?;
        let total = seen_total(&found, cards.len());
        let words = words.clone();
        let hits = move || cards.into_iter().map(|card| hit(card, &words)).collect();
        let hits = self.context.analysis.run(hits).await?;
        Ok(SearchGroup { kind, total, hits })
    }

    /// The page of an artist.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] if the artist does not exist or is not public,
    /// [`CatalogueError::Store`].
    pub async fn artist(
        &self,
        caller: &Caller,
        slug: &str,
        limit: usize,
    ) -> Result<Resolved<ArtistPage>, CatalogueError> {
        self.artist_from(caller, slug, 0, limit).await
    }

    /// Like [`artist`](Self::artist), with the videos and products after the first `offset` of
    /// each.
    ///
    /// # Errors
    /// As [`artist`](Self::artist).
    pub async fn artist_from(
        &self,
        _: &Caller,
        slug: &str,
        offset: usize,
        limit: usize,
    ) -> Result<Resolved<ArtistPage>, CatalogueError> {
        let artist = self.artist_at(slug).await?;
        if artist.record.slug.as_str() != slug {
            return Ok(redirect(&artist.record, ""));
        }
        let of_artist = || Filter::Artist(artist.id.clone());
        let videos = self.listed(EntityKind::Video, of_artist(), Sort::Newest, offset, limit);
        let products = self.listed(
            EntityKind::Product,
            of_artist(),
            Sort::Newest,
            offset,
            limit,
        );
        let by = (&artist.record).into();
        let mut content = artist.record.content;
        let links = mem::take(&mut content.links);
        Ok(Resolved::Present(ArtistPage {
            artist: by,
            bio: content.bio,
            links: self.context.foreign_links(&artist.id, links).await?,
            videos: videos.await?,
            products: products.await?,
        }))
    }

    async fn listed(
        &self,
        kind: EntityKind,
        filter: Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
    ) -> Result<CardList, CatalogueError> {
        let query = public_query(kind, QueryWords::parse(""), filter, sort, offset, limit);
        let found = self.context.projector.search(&query).await?;
        let cards = self.cards(kind, &found).await?;
        Ok(CardList {
            total: seen_total(&found, cards.len()),
            cards: cards.into_iter().map(|one| one.card).collect(),
        })
    }

    /// The cards of search results, from their current documents: the index may still contain an
    /// entity that was withdrawn a moment ago.
    async fn cards(
        &self,
        kind: EntityKind,
        found: &SearchResults,
    ) -> Result<Vec<CardWithText>, CatalogueError> {
        let ids = ids(found);
        let repositories = &self.context.repositories;
        Ok(match kind {
            EntityKind::Artist => {
                let artists = repositories.artists.get_many(&ids).await?.into_iter();
                let shown = artists
                    .flatten()
                    .filter(|artist| artist.record.is_published_itself());
                shown.map(|artist| of_artist(artist.record)).collect()
            }
            EntityKind::Video => {
                let videos = repositories.videos.get_many(&ids).await?;
                let videos = self.context.public_cards(videos).await?.into_iter();
                let cards = videos.map(|(video, artist)| CardWithText {
                    card: Card::Video(video_card(&video.record, &artist)),
                    text: video.record.content.description,
                });
                cards.collect()
            }
            EntityKind::Product => {
                let products = self.products(&ids).await?.into_iter();
                let cards = products.map(|one| CardWithText {
                    card: Card::Product(one.card),
                    text: one.description,
                });
                cards.collect()
            }
            EntityKind::Retailer => Vec::new(),
        })
    }

    async fn artist_at(&self, slug: &str) -> Result<StoredEntity<ArtistContent>, CatalogueError> {
        let slug = parse(slug)?;
        let found = self
            .context
            .repositories
            .artists
            .find(&UniqueKey::artist_slug(&slug))
            .await?;
        let found = found.filter(|artist| artist.record.is_published_itself());
        found.ok_or(CatalogueError::Unknown)
    }
}

impl<C> StoredEntity<C> {
    fn record_with_id(self) -> (String, EntityRecord<C>) {
        (self.id, self.record)
    }
}

fn public_query(
    kind: EntityKind,
    words: QueryWords,
    filter: Filter,
    sort: Sort,
    offset: usize,
    limit: usize,
) -> SearchQuery {
    SearchQuery {
        scope: Scope::Public,
        kinds: vec![kind],
        words,
        filter,
        sort,
        page: PageStart::Offset(offset),
        limit,
        consistency: Consistency::MaxAge,
    }
}

/// The total without the entities of this page that are no longer public, because a count must not
/// reveal them either.
fn seen_total(found: &SearchResults, shown: usize) -> u64 {
    let hidden = found.ids.len().saturating_sub(shown);
    found.total.saturating_sub(hidden as u64)
}

fn ids(found: &SearchResults) -> Vec<&str> {
    found.ids.iter().map(|(_, id)| id.as_str()).collect()
}

fn parse(slug: &str) -> Result<Slug, CatalogueError> {
    let parsed: Result<_, Reason> = Slug::parse(slug, 1, 80);
    parsed.ok().flatten().ok_or(CatalogueError::Unknown)
}

fn shown<C: Kind>(found: Option<StoredEntity<C>>) -> Result<StoredEntity<C>, CatalogueError> {
    let found = found.filter(|one| one.record.is_published_itself());
    found.ok_or(CatalogueError::Unknown)
}

fn redirect<T>(artist: &EntityRecord<ArtistContent>, slug: &str) -> Resolved<T> {
    Resolved::Redirect {
        artist: artist.slug.as_str().to_owned(),
        slug: slug.to_owned(),
    }
}

fn of_artist(artist: EntityRecord<ArtistContent>) -> CardWithText {
    CardWithText {
        card: Card::Artist(ArtistCard::from(&artist)),
        text: artist.content.bio,
    }
}

fn hit(found: CardWithText, words: &QueryWords) -> SearchHit {
    SearchHit {
        name: search::highlight(found.card.name(), words),
        snippet: search::snippet(&found.text, words, SNIPPET),
        card: found.card,
    }
}
