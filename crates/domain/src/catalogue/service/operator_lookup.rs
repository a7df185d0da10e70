//! Finds entities by their slug, for commands of the operator.

use types::catalogue::Slug;

use super::{
    kind::Kind,
    owner_view::{ArtistView, OwnerView, ProductView, RetailerView, VideoView},
};
use crate::caller::Caller;
use crate::catalogue::{
    Catalogue, CatalogueError, entities::repository::Repository, require_operator,
    unique::UniqueKey,
};

impl Catalogue {
    /// Finds the artist, deleted or not, that has this slug or had it before.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for every caller but the operator, [`CatalogueError::Store`].
    pub async fn artist_at(
        &self,
        caller: &Caller,
        slug: &str,
    ) -> Result<Option<ArtistView>, CatalogueError> {
        require_operator(caller)?;
        at(
            &self.context.repositories.artists,
            UniqueKey::artist_slug,
            slug,
        )
        .await
    }

    /// Finds the video that has or had this slug. `artist` is the id of its artist.
    ///
    /// # Errors
    /// As [`artist_at`](Self::artist_at).
    pub async fn video_at(
        &self,
        caller: &Caller,
        artist: &str,
        slug: &str,
    ) -> Result<Option<VideoView>, CatalogueError> {
        require_operator(caller)?;
        let key = |slug: &Slug| UniqueKey::video_slug(artist, slug);
        at(&self.context.repositories.videos, key, slug).await
    }

    /// Finds the product that has or had this slug. `artist` is the id of its artist.
    ///
    /// # Errors
    /// As [`artist_at`](Self::artist_at).
    pub async fn product_at(
        &self,
        caller: &Caller,
        artist: &str,
        slug: &str,
    ) -> Result<Option<ProductView>, CatalogueError> {
        require_operator(caller)?;
        let key = |slug: &Slug| UniqueKey::product_slug(artist, slug);
        at(&self.context.repositories.products, key, slug).await
    }

    /// Finds the retailer that has or had this slug. `artist` is the id of the artist that
    /// proposed it.
    ///
    /// # Errors
    /// As [`artist_at`](Self::artist_at).
    pub async fn retailer_at(
        &self,
        caller: &Caller,
        artist: &str,
        slug: &str,
    ) -> Result<Option<RetailerView>, CatalogueError> {
        require_operator(caller)?;
        let key = |slug: &Slug| UniqueKey::retailer_slug(artist, slug);
        at(&self.context.repositories.retailers, key, slug).await
    }
}

async fn at<C: Kind>(
    repository: &Repository<C>,
    key: impl Fn(&Slug) -> UniqueKey,
    slug: &str,
) -> Result<Option<OwnerView<C>>, CatalogueError> {
    let (min, max) = C::SLUG_LENGTH;
    let Ok(Some(slug)) = Slug::parse(slug, min, max) else {
        return Ok(None);
    };
    Ok(repository.find(&key(&slug)).await?.map(OwnerView::from))
}
