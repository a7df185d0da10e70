//! The catalogue as everybody sees it. Nothing here shows a draft, or tells one from nothing.

mod leaving;
mod offers;
mod pages;
mod site_map;

use std::{mem, sync::Arc};

use futures::future::try_join_all;
use types::{
    Reason,
    catalogue::{ArtistContent, ProductContent, Slug, Tier, VideoContent},
};

use self::offers::offers;
pub use self::site_map::SiteMapEntry;
pub use self::{
    leaving::{Leaving, LeftEntity},
    pages::{
        ArtistPage, Group, Hit, Listed, OfferShown, PlacementShown, ProductPage, Resolved,
        SearchPage, VideoPage,
    },
};

use super::{
    CatalogueError,
    cards::{ArtistCard, ArtistRef, Card, ProductCard, VideoCard},
    keys::Key,
    kind::Kind,
    record::{Record, Stored},
    things::Things,
};
use crate::{
    caller::Caller,
    documents::Currency,
    search::{self, EntityKind, Filter, Found, Page, Query, Scope, Sort, Words},
};

/// The longest part of a description that a search result shows, in characters.
const SNIPPET: usize = 160;

/// The catalogue as everybody sees it.
#[derive(Clone, Debug)]
pub struct Public {
    things: Arc<Things>,
}

impl Public {
    pub(crate) fn new(things: Arc<Things>) -> Self {
        Self { things }
    }

    /// The newest public things of a kind, or those first in the alphabet.
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
    ) -> Result<Listed, CatalogueError> {
        self.listed(kind, Filter::None, sort, offset, limit).await
    }

    /// What has these words, grouped by kind; `limit` of each.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn search(
        &self,
        _: &Caller,
        words: &Words,
        kinds: &[EntityKind],
        offset: usize,
        limit: usize,
    ) -> Result<SearchPage, CatalogueError> {
        let groups = kinds
            .iter()
            .map(|&kind| self.group(kind, words, offset, limit));
        let mut groups = try_join_all(groups).await?;
        groups.retain(|group| group.total > 0);
        Ok(SearchPage { groups })
    }

    async fn group(
        &self,
        kind: EntityKind,
        words: &Words,
        offset: usize,
        limit: usize,
    ) -> Result<Group, CatalogueError> {
        let query = public_query(
            kind,
            words.clone(),
            Filter::None,
            Sort::Relevance,
            offset,
            limit,
        );
        let found = self.things.projector.search(&query).await?;
        let cards = self.cards(kind, &found).await?;
        let total = seen_total(&found, &cards);
        let words = words.clone();
        let hits = move || cards.into_iter().map(|card| hit(card, &words)).collect();
        let hits = self.things.analysis.run(hits).await?;
        Ok(Group { kind, total, hits })
    }

    /// The page of an artist.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] when there is none or it is not public,
    /// [`CatalogueError::Store`].
    pub async fn artist(
        &self,
        caller: &Caller,
        slug: &str,
        limit: usize,
    ) -> Result<Resolved<ArtistPage>, CatalogueError> {
        self.artist_from(caller, slug, 0, limit).await
    }

    /// The same, with the videos and the products behind so many of each.
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
        let by = ArtistRef::of(&artist.record);
        let mut content = artist.record.content;
        let links = mem::take(&mut content.links);
        Ok(Resolved::Here(ArtistPage {
            artist: by,
            videos: videos.await?,
            products: products.await?,
            links: self.things.foreign_links(&artist.id, links).await?,
            content,
        }))
    }

    /// The page of a video.
    ///
    /// # Errors
    /// As [`artist`](Self::artist).
    pub async fn video(
        &self,
        _: &Caller,
        artist: &str,
        slug: &str,
    ) -> Result<Resolved<VideoPage>, CatalogueError> {
        let asked = artist;
        let artist = self.artist_at(asked).await?.record_with_id();
        let repository = &self.things.repositories.videos;
        let wanted = parse(slug)?;
        let found = repository
            .find(&Key::video_slug(&artist.0, &wanted))
            .await?;
        let video = shown(found)?;
        if artist.1.slug.as_str() != asked || video.record.slug != wanted {
            return Ok(moved(&artist.1, video.record.slug.as_str()));
        }
        let placements = self.placements(&video.record.content).await?;
        let mut record = video.record;
        let watched = match record.content.link.take() {
            Some(link) => Some(self.things.foreign_video(&video.id, link).await?),
            None => None,
        };
        Ok(Resolved::Here(VideoPage {
            artist: ArtistRef::of(&artist.1),
            disclosure: artist.1.content.disclosure.clone(),
            slug: record.slug.as_str().to_owned(),
            content: record.content,
            video: watched,
            placements,
            created_at: record.created_at,
            updated_at: record.updated_at,
        }))
    }

    /// The page of a product.
    ///
    /// # Errors
    /// As [`artist`](Self::artist).
    pub async fn product(
        &self,
        _: &Caller,
        artist: &str,
        slug: &str,
    ) -> Result<Resolved<ProductPage>, CatalogueError> {
        let asked = artist;
        let (artist_id, artist) = self.artist_at(asked).await?.record_with_id();
        let repository = &self.things.repositories.products;
        let wanted = parse(slug)?;
        let found = repository
            .find(&Key::product_slug(&artist_id, &wanted))
            .await?;
        let product = shown(found)?;
        if artist.slug.as_str() != asked || product.record.slug != wanted {
            return Ok(moved(&artist, product.record.slug.as_str()));
        }
        let shops = self.things.shops([&product.record].into_iter()).await?;
        let filter = Filter::Product(product.id.clone());
        let videos = self
            .listed(EntityKind::Video, filter, Sort::Newest, 0, 12)
            .await?;
        let card = ProductCard::of(&product, &artist, &shops);
        let offers = offers(&product.record.content, &shops);
        let mut content = product.record.content;
        content.offers.clear();
        let images = mem::take(&mut content.images);
        Ok(Resolved::Here(ProductPage {
            artist: ArtistRef::of(&artist),
            disclosure: artist.content.disclosure.clone(),
            card,
            offers,
            alternatives: self.alternatives(&content).await?,
            videos: videos.cards.into_iter().filter_map(as_video).collect(),
            pictures: self.things.foreign_pictures(images),
            content,
        }))
    }

    async fn listed(
        &self,
        kind: EntityKind,
        filter: Filter,
        sort: Sort,
        offset: usize,
        limit: usize,
    ) -> Result<Listed, CatalogueError> {
        let query = public_query(kind, Words::parse(""), filter, sort, offset, limit);
        let found = self.things.projector.search(&query).await?;
        let cards = self.cards(kind, &found).await?;
        Ok(Listed {
            total: seen_total(&found, &cards),
            cards,
        })
    }

    /// What was found, as its documents say now: the read model may still know of something that
    /// was taken from view a moment ago.
    async fn cards(&self, kind: EntityKind, found: &Found) -> Result<Vec<Card>, CatalogueError> {
        let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let repositories = &self.things.repositories;
        Ok(match kind {
            EntityKind::Artist => {
                let artists = repositories
                    .artists
                    .get_many(&ids)
                    .await?
                    .into_iter()
                    .flatten();
                let shown = artists.filter(|artist| artist.record.is_shown());
                shown
                    .map(|artist| Card::Artist(ArtistCard::of(&artist.record)))
                    .collect()
            }
            EntityKind::Video => {
                let videos = self
                    .things
                    .public(repositories.videos.get_many(&ids).await?)
                    .await?;
                let cards = videos
                    .iter()
                    .map(|(video, artist)| VideoCard::of(&video.record, artist));
                cards.map(Card::Video).collect()
            }
            EntityKind::Product => {
                let cards = self.product_cards(&ids).await?;
                cards
                    .into_iter()
                    .map(|(card, _)| Card::Product(card))
                    .collect()
            }
            EntityKind::Retailer => Vec::new(),
        })
    }

    /// The public ones of these products, with the first offer of each that can be followed.
    async fn product_cards(
        &self,
        ids: &[&str],
    ) -> Result<Vec<(ProductCard, Option<OfferShown>)>, CatalogueError> {
        let products = self.things.repositories.products.get_many(ids).await?;
        let products = self.things.public(products).await?;
        let shops = self
            .things
            .shops(products.iter().map(|(product, _)| &product.record))
            .await?;
        let cards = products.iter().map(|(product, artist)| {
            let offers = offers(&product.record.content, &shops);
            let first = offers.into_iter().find(|offer| offer.is_followable);
            (ProductCard::of(product, artist, &shops), first)
        });
        Ok(cards.collect())
    }

    async fn placements(
        &self,
        video: &VideoContent,
    ) -> Result<Vec<PlacementShown>, CatalogueError> {
        let mut ids: Vec<_> = video
            .placements
            .iter()
            .map(|one| one.product_id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let cards = self.product_cards(&ids).await?;
        let placements = video.placements.iter().filter_map(|placement| {
            let (product, offer) = cards
                .iter()
                .find(|(card, _)| card.id == placement.product_id)?;
            Some(PlacementShown {
                start: placement.start,
                end: placement.end,
                note: placement.note.clone(),
                product: product.clone(),
                offer: offer.clone(),
            })
        });
        Ok(placements.collect())
    }

    async fn alternatives(
        &self,
        product: &ProductContent,
    ) -> Result<Vec<(Tier, ProductCard)>, CatalogueError> {
        let ids: Vec<_> = product
            .alternatives
            .iter()
            .map(|one| one.product_id.as_str())
            .collect();
        let cards = self.product_cards(&ids).await?;
        let alternatives = product.alternatives.iter().filter_map(|one| {
            let (card, _) = cards.iter().find(|(card, _)| card.id == one.product_id)?;
            Some((one.tier, card.clone()))
        });
        Ok(alternatives.collect())
    }

    async fn artist_at(&self, slug: &str) -> Result<Stored<ArtistContent>, CatalogueError> {
        let slug = parse(slug)?;
        let found = self
            .things
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

/// How many there are, without those of this page that were taken from view a moment ago: a count
/// must not tell of them either.
fn seen_total(found: &Found, cards: &[Card]) -> u64 {
    let hidden = found.ids.len().saturating_sub(cards.len());
    found.total.saturating_sub(hidden as u64)
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

fn as_video(card: Card) -> Option<VideoCard> {
    match card {
        Card::Video(video) => Some(video),
        Card::Artist(_) | Card::Product(_) => None,
    }
}

fn hit(card: Card, words: &Words) -> Hit {
    let (name, text) = match &card {
        Card::Artist(card) => (&card.artist.name, &card.bio),
        Card::Video(card) => (&card.title, &card.description),
        Card::Product(card) => (&card.name, &card.description),
    };
    Hit {
        name: search::highlight(name, words),
        snippet: search::snippet(text, words, SNIPPET),
        card,
    }
}
