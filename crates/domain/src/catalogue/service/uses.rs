//! The products with offers of a retailer, for the moderator who decides about it.

use std::collections::BTreeSet;

use types::catalogue::{Offer, ProductContent};

use super::{
    kind::Kind as _, offer_retailers::registrable, owner_view::ProductView,
    retailers::RetailerState,
};
use crate::catalogue::{
    CatalogueError, CatalogueService,
    entities::record::{EntityRecord, StoredEntity},
    read_model::projector::Projector,
    unique::UniqueKey,
};
use crate::{
    caller::Caller,
    documents::StoreError,
    search::{EntityKind, Filter, Scope, SearchQuery},
};

/// Maximum number of products in [`RetailerUses`].
const MAX_NAMED: usize = 10;

/// The uses of a retailer.
#[derive(Clone, Debug, PartialEq)]
pub struct RetailerUses {
    /// Number of products with an offer of the retailer that the caller may see.
    pub total: u64,
    /// The newest of them.
    pub products: Vec<ProductUse>,
    /// True if the caller is a moderator of retailers.
    pub is_moderator: bool,
}

/// A product that uses a retailer.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductUse {
    /// The product.
    pub product: ProductView,
    /// Its links to the retailer.
    pub links: Vec<String>,
}

/// The terms by which the search index finds a product of a retailer, each once: the ids of the
/// retailers that the offers were saved with, and the keys of the domains of their URLs.
pub(crate) fn retailer_terms(product: &EntityRecord<ProductContent>) -> Vec<String> {
    let offers = product.content.offers.iter();
    let known_by = offers.flat_map(|offer| offer_terms(&product.parent, offer));
    let known_by: BTreeSet<_> = known_by.collect();
    known_by.into_iter().collect()
}

fn offer_terms(artist: &str, offer: &Offer) -> Vec<String> {
    let mut known_by = vec![offer.retailer_id.clone()];
    if let Some(domain) = registrable(offer.url.host()) {
        let keys = [
            UniqueKey::decided_domain(domain),
            UniqueKey::proposed_domain(artist, domain),
        ];
        known_by.extend(keys.iter().map(|key| key.as_str().to_owned()));
    }
    known_by
}

/// The terms of a retailer; every offer of it has at least one of them.
fn names(retailer: &StoredEntity<RetailerState>) -> Vec<String> {
    let keys = RetailerState::keys(&retailer.record);
    let keys = keys.iter().map(|key| key.as_str().to_owned());
    keys.chain([retailer.id.clone()]).collect()
}

/// The links of a product that lead to a retailer.
fn links(names: &[String], product: &EntityRecord<ProductContent>) -> Vec<String> {
    let offers = product.content.offers.iter().filter(|offer| {
        let known_by = offer_terms(&product.parent, offer);
        known_by.iter().any(|one| names.contains(one))
    });
    offers.map(|offer| offer.url.as_str().to_owned()).collect()
}

impl CatalogueService<RetailerState> {
    /// The products that use a retailer: their number, drafts included, and the newest of them. A
    /// moderator sees those of all accounts, other callers their own.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn uses(&self, caller: &Caller, id: &str) -> Result<RetailerUses, CatalogueError> {
        let context = self.context();
        let retailer = context.visible_retailer(caller, id).await?;
        let is_moderator = context.is_moderator(caller).await?;
        let scope = match is_moderator {
            true => Scope::Everything,
            false => Scope::Artists(context.own_artist_ids(caller).await?),
        };
        let (products, total) = context.projector.product_uses(&retailer, scope).await?;
        Ok(RetailerUses {
            total,
            products,
            is_moderator,
        })
    }
}

impl Projector {
    /// The newest products of a scope that use a retailer, and their total.
    pub(crate) async fn product_uses(
        &self,
        retailer: &StoredEntity<RetailerState>,
        scope: Scope,
    ) -> Result<(Vec<ProductUse>, u64), StoreError> {
        let names = names(retailer);
        let filter = Filter::RetailerKeys(names.clone());
        let query = SearchQuery::newest(scope, EntityKind::Product, filter, MAX_NAMED);
        let found = self.search(&query).await?;
        let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let products = self.repositories.products.get_many(&ids).await?;
        let live = products.into_iter().flatten();
        let live = live.filter(|one| one.record.is_live());
        let uses = live.map(|product| ProductUse {
            links: links(&names, &product.record),
            product: product.into(),
        });
        Ok((uses.collect(), found.total))
    }
}
