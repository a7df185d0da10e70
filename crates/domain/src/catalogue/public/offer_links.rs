//! The redirects of offers to retailers.

use std::sync::Arc;

use types::pages::{Destination, UnapprovedRetailerPage};

use super::offer_listing::OfferListing;
use crate::caller::Caller;
use crate::catalogue::{
    CatalogueError,
    entities::entity_ids::OfferId,
    service::{context::CatalogueContext, offer_retailers::registrable},
    unique::UniqueKey,
};

/// The redirects of offers to retailers.
#[derive(Clone, Debug)]
pub struct OfferLinks {
    context: Arc<CatalogueContext>,
}

impl OfferLinks {
    pub(crate) fn new(context: Arc<CatalogueContext>) -> Self {
        Self { context }
    }

    /// The target of a listed offer: its URL if that is at a domain of an approved retailer, otherwise
    /// a page without a link. It depends on stored data only, never on the request.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] when there is no such offer, it is not listed, or its product is
    /// not public; [`CatalogueError::Store`].
    pub async fn follow(
        &self,
        _: &Caller,
        id: &str,
    ) -> Result<Destination<UnapprovedRetailerPage>, CatalogueError> {
        let id = OfferId::parse(id).ok_or(CatalogueError::Unknown)?;
        let repositories = &self.context.repositories;
        let product = repositories
            .products
            .find(&UniqueKey::offer(id.as_str()))
            .await?;
        let product = product.filter(|one| one.record.is_published_itself());
        let product = product.ok_or(CatalogueError::Unknown)?.record;
        let artist = repositories.artists.get(&product.parent).await?;
        let artist = artist.filter(|artist| artist.record.is_published_itself());
        let artist = artist.ok_or(CatalogueError::Unknown)?.record;
        let mut offers = product.content.offers.iter();
        let offer = offers.find(|offer| offer.id == id.as_str());
        let offer = offer.ok_or(CatalogueError::Unknown)?;
        let retailers = self.context.offer_retailers([offer].into_iter()).await?;
        match retailers.listing(offer) {
            OfferListing::Linked(_) => {
                let url = offer.url.as_str().to_owned();
                Ok(Destination::Approved { url })
            }
            OfferListing::Text => {
                let domain = registrable(offer.url.host()).unwrap_or_default();
                Ok(Destination::Unapproved(UnapprovedRetailerPage {
                    artist: (&artist).into(),
                    slug: product.slug.as_str().to_owned(),
                    name: product.content.name.clone(),
                    domain: domain.to_owned(),
                }))
            }
            OfferListing::Unlisted => Err(CatalogueError::Unknown),
        }
    }
}
