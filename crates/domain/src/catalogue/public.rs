//! The public catalogue. Nothing here shows a draft or distinguishes one from a missing entity.

mod leaving;
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

pub use self::{resolved::Resolved, site_map::SiteMapEntry};
use super::{
    CatalogueError,
    cards::video_card,
    context::CatalogueContext,
    keys::Key,
    kind::Kind,
    record::{Record, Stored},
};
use crate::{
    caller::Caller,
    documents::Currency,
    search::{self, Filter, Found, Page, Query, Scope, Sort, Words},
};

/// Maximum length in characters of the part of a description in a search result.
const SNIPPET: usize = 160;

/// The public pages, lists and searches.
#[derive(Clone, Debug)]
pub struct Public {
    context: Arc<CatalogueContext>,
}

/// The card of an entity, and the text that a search cuts a snippet from.
struct FoundCard {
    card: Card,
    text: String,
}

impl Public {
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
        words: &Words,
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
        words: &Words,
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
            return Ok(moved(&artist.record, ""));
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
        Ok(Resolved::Here(ArtistPage {
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
        let query = public_query(kind, Words::parse(""), filter, sort, offset, limit);
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
        found: &Found,
    ) -> Result<Vec<FoundCard>, CatalogueError> {
        let ids = ids(found);
        let repositories = &self.context.repositories;
        Ok(match kind {
            EntityKind::Artist => {
                let artists = repositories.artists.get_many(&ids).await?.into_iter();
                let shown = artists.flatten().filter(|artist| artist.record.is_shown());
                shown.map(|artist| of_artist(artist.record)).collect()
            }
            EntityKind::Video => {
                let videos = repositories.videos.get_many(&ids).await?;
                let videos = self.context.public(videos).await?.into_iter();
                let cards = videos.map(|(video, artist)| FoundCard {
                    card: Card::Video(video_card(&video.record, &artist)),
                    text: video.record.content.description,
                });
                cards.collect()
            }
            EntityKind::Product => {
                let products = self.products(&ids).await?.into_iter();
                let cards = products.map(|one| FoundCard {
                    card: Card::Product(one.card),
                    text: one.description,
                });
                cards.collect()
            }
            EntityKind::Retailer => Vec::new(),
        })
    }

    async fn artist_at(&self, slug: &str) -> Result<Stored<ArtistContent>, CatalogueError> {
        let slug = parse(slug)?;
        let found = self
            .context
            .repositories
            .artists
            .find(&Key::artist_slug(&slug))
            .await?;
        let found = found.filter(|artist| artist.record.is_shown());
        found.ok_or(CatalogueError::Unknown)
    }
}

impl<C> Stored<C> {
    fn record_with_id(self) -> (String, Record<C>) {
        (self.id, self.record)
    }
}

fn public_query(
    kind: EntityKind,
    words: Words,
    filter: Filter,
    sort: Sort,
    offset: usize,
    limit: usize,
) -> Query {
    Query {
        scope: Scope::Public,
        kinds: vec![kind],
        words,
        filter,
        sort,
        page: Page::Offset(offset),
        limit,
        currency: Currency::UpToASecondOld,
    }
}

/// The total without the entities of this page that are no longer public, because a count must not
/// reveal them either.
fn seen_total(found: &Found, shown: usize) -> u64 {
    let hidden = found.ids.len().saturating_sub(shown);
    found.total.saturating_sub(hidden as u64)
}

fn ids(found: &Found) -> Vec<&str> {
    found.ids.iter().map(|(_, id)| id.as_str()).collect()
}

fn parse(slug: &str) -> Result<Slug, CatalogueError> {
    let parsed: Result<_, Reason> = Slug::parse(slug, 1, 80);
    parsed.ok().flatten().ok_or(CatalogueError::Unknown)
}

fn shown<C: Kind>(found: Option<Stored<C>>) -> Result<Stored<C>, CatalogueError> {
    let found = found.filter(|one| one.record.is_shown());
    found.ok_or(CatalogueError::Unknown)
}

fn moved<T>(artist: &Record<ArtistContent>, slug: &str) -> Resolved<T> {
    Resolved::Moved {
        artist: artist.slug.as_str().to_owned(),
        slug: slug.to_owned(),
    }
}

fn of_artist(artist: Record<ArtistContent>) -> FoundCard {
    FoundCard {
        card: Card::Artist(ArtistCard::from(&artist)),
        text: artist.content.bio,
    }
}

fn hit(found: FoundCard, words: &Words) -> SearchHit {
    SearchHit {
        name: search::highlight(found.card.name(), words),
        snippet: search::snippet(&found.text, words, SNIPPET),
        card: found.card,
    }
}
