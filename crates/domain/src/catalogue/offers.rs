//! Offers as everybody follows them.

use std::sync::Arc;

use types::{
    catalogue::ReviewStatus,
    pages::{Destination, UnapprovedRetailerPage},
};

use super::{CatalogueError, ids::OfferId, keys::Key, shops::registrable, things::Things};
use crate::caller::Caller;

/// Offers as everybody follows them.
#[derive(Clone, Debug)]
pub struct Offers {
    things: Arc<Things>,
}

impl Offers {
    pub(crate) fn new(things: Arc<Things>) -> Self {
        Self { things }
    }

    /// Where an offer leads: to its URL if that is at a domain of an approved retailer, otherwise
    /// nowhere, as the page says. Only what is stored decides it, never the request.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] when there is no such offer or its product is not public,
    /// [`CatalogueError::Store`].
    pub async fn follow(
        &self,
        _: &Caller,
        id: &str,
    ) -> Result<Destination<UnapprovedRetailerPage>, CatalogueError> {
        let id = OfferId::parse(id).ok_or(CatalogueError::Unknown)?;
        let repositories = &self.things.repositories;
        let product = repositories.products.find(&Key::offer(id.as_str())).await?;
        let product = product.filter(|one| one.record.is_shown());
        let product = product.ok_or(CatalogueError::Unknown)?.record;
        let artist = repositories.artists.get(&product.parent).await?;
        let artist = artist.filter(|artist| artist.record.is_shown());
        let artist = artist.ok_or(CatalogueError::Unknown)?.record;
        let mut offers = product.content.offers.iter();
        let offer = offers.find(|offer| offer.id == id.as_str());
        let offer = offer.ok_or(CatalogueError::Unknown)?;
        let url = &offer.url;
        let domain = registrable(url.host()).unwrap_or_default();
        if self.things.approved_retailer(domain).await?.is_some() {
            let url = url.as_str().to_owned();
            return Ok(Destination::Approved { url });
        }
        let retailer = repositories.retailers.get(&offer.retailer_id).await?;
        let review_status = retailer.map(|retailer| retailer.record.content.review_status);
        Ok(Destination::Unapproved(UnapprovedRetailerPage {
            artist: (&artist).into(),
            slug: product.slug.as_str().to_owned(),
            name: product.content.name.clone(),
            domain: domain.to_owned(),
            is_blocked: review_status == Some(ReviewStatus::Blocked),
        }))
    }
}
