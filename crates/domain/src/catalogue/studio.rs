//! The overview of the studio, and external content as the owner previews it.

use std::sync::Arc;

use types::{
    catalogue::{ArtistContent, Offer},
    pages::{
        EntitySummary, ForeignLink, ForeignPicture, ForeignVideo, HiddenEntity, StudioOverview,
        Visibility,
    },
};

use super::{
    CatalogueError,
    entities::{record::StoredEntity, repository::Repository},
    foreign_hosts::starts_of_video,
    public::offer_listing::OfferListing,
    service::{
        context::CatalogueContext,
        kind::Kind,
        owner_view::{ArtistView, ProductView, VideoView},
    },
};
use crate::{
    caller::Caller,
    search::{Filter, Scope, SearchQuery, SearchResults, Sort},
};

/// Maximum number of hidden entities of a kind that an overview names.
const NAMED: usize = 10;
/// Number of last changed entities that are searched for hidden ones.
const LOOKED_AT: usize = 100;

/// The overview of the studio, and external content as the owner previews it.
#[derive(Clone, Debug)]
pub struct StudioCatalogue {
    context: Arc<CatalogueContext>,
}

impl StudioCatalogue {
    pub(crate) fn new(context: Arc<CatalogueContext>) -> Self {
        Self { context }
    }

    /// The overview: counts per kind, how many are public, and which are hidden and why.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn overview(&self, caller: &Caller) -> Result<StudioOverview, CatalogueError> {
        let context = &self.context;
        let artists = context.own_artists(caller).await?;
        let repositories = &context.repositories;
        Ok(StudioOverview {
            artists: summary_of_artists(&artists),
            videos: self.summary(&repositories.videos, &artists).await?,
            products: self.summary(&repositories.products, &artists).await?,
        })
    }

    /// The links of an artist as the public page shows them.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn links(
        &self,
        _: &Caller,
        artist: &ArtistView,
    ) -> Result<Vec<ForeignLink>, CatalogueError> {
        let links = artist.content.links.clone();
        self.context.foreign_links(&artist.id, links).await
    }

    /// The video link of a video as the public page shows it; `None` without a link.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn video(
        &self,
        _: &Caller,
        video: &VideoView,
    ) -> Result<Option<ForeignVideo>, CatalogueError> {
        let Some(link) = &video.content.link else {
            return Ok(None);
        };
        let starts = starts_of_video(&video.content);
        let video = self.context.foreign_video(&video.id, link, &starts);
        video.await.map(Some)
    }

    /// The pictures of a product as the public page shows them.
    pub fn pictures(&self, product: &ProductView) -> Vec<ForeignPicture> {
        self.context
            .foreign_pictures(product.content.images.clone())
    }

    /// The ids of the offers of a product that nobody but its owner sees, because their retailers are
    /// deleted or blocked.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn unlisted_offers(
        &self,
        _: &Caller,
        product: &ProductView,
    ) -> Result<Vec<String>, CatalogueError> {
        let offers = &product.content.offers;
        let retailers = self.context.offer_retailers(offers.iter()).await?;
        let is_unlisted =
            |offer: &&Offer| matches!(retailers.listing(offer), OfferListing::Unlisted);
        let unlisted = offers.iter().filter(is_unlisted);
        Ok(unlisted.map(|offer| offer.id.clone()).collect())
    }

    async fn summary<C: Kind>(
        &self,
        repository: &Repository<C>,
        artists: &[StoredEntity<ArtistContent>],
    ) -> Result<EntitySummary, CatalogueError> {
        let ids: Vec<_> = artists.iter().map(|artist| artist.id.clone()).collect();
        if ids.is_empty() {
            return Ok(EntitySummary::default());
        }
        let mut public = 0;
        for id in &ids {
            let filter = Filter::Artist(id.clone());
            public += self.found::<C>(Scope::Public, filter, 0).await?.total;
        }
        let found = self
            .found::<C>(Scope::Artists(ids), Filter::None, LOOKED_AT)
            .await?;
        let changed: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let changed = repository.get_many(&changed).await?.into_iter().flatten();
        let hidden = changed.filter_map(|one| hidden(one, artists));
        Ok(EntitySummary {
            total: found.total,
            public,
            hidden: hidden.take(NAMED).collect(),
        })
    }

    async fn found<C: Kind>(
        &self,
        scope: Scope,
        filter: Filter,
        limit: usize,
    ) -> Result<SearchResults, CatalogueError> {
        let query = SearchQuery {
            sort: Sort::Updated,
            ..SearchQuery::newest(scope, C::ENTITY_KIND, filter, limit)
        };
        Ok(self.context.projector.search(&query).await?)
    }
}

fn hidden<C: Kind>(
    entity: StoredEntity<C>,
    artists: &[StoredEntity<ArtistContent>],
) -> Option<HiddenEntity> {
    let artist = artists.iter().find(|one| one.id == entity.record.parent)?;
    let artist = artist.record.content.status;
    let visibility = Visibility::below_artist(entity.record.content.status(), artist);
    if visibility == Visibility::Public || !entity.record.is_live() {
        return None;
    }
    Some(HiddenEntity {
        name: entity.record.content.name().to_owned(),
        id: entity.id,
        visibility,
    })
}

fn summary_of_artists(artists: &[StoredEntity<ArtistContent>]) -> EntitySummary {
    let hidden = artists
        .iter()
        .filter(|artist| !artist.record.is_published_itself());
    let hidden = hidden.map(|artist| HiddenEntity {
        id: artist.id.clone(),
        name: artist.record.content.name.clone(),
        visibility: Visibility::Draft,
    });
    let hidden: Vec<_> = hidden.collect();
    EntitySummary {
        total: artists.len() as u64,
        public: (artists.len() - hidden.len()) as u64,
        hidden,
    }
}
