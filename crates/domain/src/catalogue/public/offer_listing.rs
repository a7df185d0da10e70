//! How an offer is shown publicly, by the decisions about its retailer and its domain.

use std::collections::{HashMap, HashSet};

use futures::future::try_join_all;
use types::catalogue::{Offer, ReviewStatus};

use crate::catalogue::{
    CatalogueError,
    entities::record::StoredEntity,
    service::{context::CatalogueContext, offer_retailers::registrable, retailers::RetailerState},
};

/// How an offer is shown publicly.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OfferListing<'a> {
    /// It is shown with a link that redirects to this approved retailer.
    Linked(&'a StoredEntity<RetailerState>),
    /// It is shown as text, because there is no decision about its domain.
    Text,
    /// It is not shown: its retailer is deleted or blocked, or its domain is blocked.
    Unlisted,
}

/// The retailers that decide about some offers.
#[derive(Debug, Default)]
pub(crate) struct OfferRetailers {
    /// The approved and blocked ones, by their domain.
    decided: HashMap<String, StoredEntity<RetailerState>>,
    /// The ids of those whose offers are listed.
    listed: HashSet<String>,
}

impl OfferRetailers {
    /// What everybody sees of one of the offers.
    pub(crate) fn listing(&self, offer: &Offer) -> OfferListing<'_> {
        if !self.listed.contains(&offer.retailer_id) {
            return OfferListing::Unlisted;
        }
        let domain = registrable(offer.url.host());
        match domain.and_then(|domain| self.decided.get(domain)) {
            Some(decided) if is_listed(decided) => OfferListing::Linked(decided),
            Some(_) => OfferListing::Unlisted,
            None => OfferListing::Text,
        }
    }

    /// The approved retailer to which an offer links.
    pub(crate) fn linked(&self, offer: &Offer) -> Option<&StoredEntity<RetailerState>> {
        match self.listing(offer) {
            OfferListing::Linked(retailer) => Some(retailer),
            OfferListing::Text | OfferListing::Unlisted => None,
        }
    }
}

/// Whether the offers of a retailer are listed: it is neither deleted nor blocked.
pub(crate) fn is_listed(retailer: &StoredEntity<RetailerState>) -> bool {
    let record = &retailer.record;
    record.is_live() && record.content.review_status != ReviewStatus::Blocked
}

impl CatalogueContext {
    /// The retailers that decide about these offers.
    pub(crate) async fn offer_retailers(
        &self,
        offers: impl Iterator<Item = &Offer>,
    ) -> Result<OfferRetailers, CatalogueError> {
        let offers: Vec<_> = offers.collect();
        let domains = offers.iter().filter_map(|one| registrable(one.url.host()));
        let domains: HashSet<_> = domains.collect();
        let decided = domains.into_iter().map(async |domain| {
            let decided = self.decided_retailer(domain).await?;
            Ok::<_, CatalogueError>(decided.map(|retailer| (domain.to_owned(), retailer)))
        });
        let decided = try_join_all(decided).await?.into_iter().flatten();
        let decided: HashMap<_, _> = decided.collect();
        let known: HashSet<_> = decided.values().map(|one| one.id.as_str()).collect();
        let others = offers.iter().map(|offer| offer.retailer_id.as_str());
        let others: HashSet<_> = others.filter(|id| !known.contains(id)).collect();
        let others: Vec<_> = others.into_iter().collect();
        let others = self.repositories.retailers.get_many(&others).await?;
        let retailers = decided.values().chain(others.iter().flatten());
        let listed = retailers.filter(|one| is_listed(one));
        let listed = listed.map(|one| one.id.clone()).collect();
        Ok(OfferRetailers { decided, listed })
    }
}
