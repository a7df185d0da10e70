//! Which products use a retailer; and that one which is used is not deleted.

use types::catalogue::ProductContent;

use super::{
    keys::Key,
    kind::{Kind as _, RetailerKept},
    projector::Projector,
    record::{Record, Stored},
    repository::Written,
    shops::registrable,
    views::ProductView,
};
use crate::{
    documents::StoreError,
    search::{Entry, Filter, Kind as SearchKind, Page, Query, Scope},
};

/// How many of the products that use a retailer are named.
const NAMED: usize = 10;
/// So many products are looked at in one go.
const LOOKED_AT: usize = 100;
/// Who takes the deletion of a retailer back.
const BY: &str = "system";

/// What uses a retailer.
#[derive(Clone, Debug, PartialEq)]
pub struct Uses {
    /// How many products that the caller may see have an offer of it.
    pub total: u64,
    /// How many more are deleted and can be restored.
    pub deleted: u64,
    /// The newest of those that are not deleted.
    pub products: Vec<Use>,
    /// Whether the caller decides about retailers.
    pub is_moderator: bool,
}

/// A product that uses a retailer.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The product.
    pub product: ProductView,
    /// Its links to the retailer.
    pub links: Vec<String>,
}

/// By what the shops of a product's offers are known: the retailer that each was saved with, and
/// the domain that it leads to, of everybody's retailer and of one that the artist has proposed.
pub(super) fn known_by(product: &Record<ProductContent>) -> Vec<String> {
    let mut known_by = Vec::new();
    for offer in &product.content.offers {
        known_by.push(offer.retailer_id.clone());
        let Some(domain) = registrable(offer.url.host()) else {
            continue;
        };
        for key in [
            Key::approved_domain(domain),
            Key::proposed_domain(&product.parent, domain),
        ] {
            known_by.push(key.as_str().to_owned());
        }
    }
    known_by.sort_unstable();
    known_by.dedup();
    known_by
}

/// By what an offer's shop is known when it is this retailer.
fn names(retailer: &Stored<RetailerKept>) -> Vec<String> {
    let keys = RetailerKept::keys(&retailer.record);
    let keys = keys.iter().map(|key| key.as_str().to_owned());
    keys.chain([retailer.id.clone()]).collect()
}

fn users(retailer: &Stored<RetailerKept>, scope: Scope, limit: usize) -> Query {
    let filter = Filter::Shop(names(retailer));
    Query::newest(scope, SearchKind::Product, filter, limit)
}

impl Projector {
    /// How many products use a retailer: those that are not deleted, or else those that can be
    /// restored.
    pub(super) async fn count_users(
        &self,
        retailer: &Stored<RetailerKept>,
    ) -> Result<u64, StoreError> {
        let count = async || {
            let query = users(retailer, Scope::Everything, 0);
            Ok::<_, StoreError>(self.search(&query).await?.total)
        };
        let live = count().await?;
        if live > 0 {
            return Ok(live);
        }
        match self.deleted_users(retailer).await?.len() {
            // One that was restored in between was in neither.
            0 => count().await,
            deleted => Ok(deleted as u64),
        }
    }

    /// The newest products of a scope that use a retailer, and how many there are.
    pub(super) async fn newest_users(
        &self,
        retailer: &Stored<RetailerKept>,
        scope: Scope,
    ) -> Result<(Vec<Use>, u64), StoreError> {
        let found = self.search(&users(retailer, scope, NAMED)).await?;
        let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let products = self.repositories.products.get_many(&ids).await?;
        let live = products.into_iter().flatten();
        let live = live.filter(|one| one.record.is_live());
        let uses = live.map(|product| Use {
            links: links(&product.record, retailer),
            product: product.into(),
        });
        Ok((uses.collect(), found.total))
    }

    /// The deleted products that use a retailer and can be restored, by themselves or with their
    /// artist.
    pub(super) async fn deleted_users(
        &self,
        retailer: &Stored<RetailerKept>,
    ) -> Result<Vec<Stored<ProductContent>>, StoreError> {
        let (artists, products) = (&self.repositories.artists, &self.repositories.products);
        let mut deleted = Vec::new();
        let mut query = users(retailer, Scope::Deleted, LOOKED_AT);
        loop {
            let found = self.search(&query).await?;
            let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
            for product in products.get_many(&ids).await?.into_iter().flatten() {
                let artist = artists.get(&product.record.parent).await?;
                let is_kept = artist.is_some_and(|artist| artists.is_kept(&artist.record));
                if is_kept && products.is_kept(&product.record) {
                    deleted.push(product);
                }
            }
            match found.next {
                Some(next) => query.page = Page::After(next),
                None => return Ok(deleted),
            }
        }
    }

    /// Whoever saves a product and whoever deletes its retailer at the same moment may both have
    /// looked before the other was done. Both look again here when they are, and the one who is
    /// later takes the deletion back: a product's retailers are always there.
    pub(super) async fn keep_retailers(&self, entry: &Entry) -> Result<(), StoreError> {
        match (entry.kind, entry.is_gone) {
            (SearchKind::Product, false) => self.keep_retailers_of(entry).await,
            (SearchKind::Retailer, true) => self.keep_if_used(&entry.id).await,
            _ => Ok(()),
        }
    }

    async fn keep_retailers_of(&self, product: &Entry) -> Result<(), StoreError> {
        let ids = product.shops.iter().map(String::as_str);
        let ids: Vec<_> = ids.filter(|id| id.starts_with("ret_")).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let retailers = self.repositories.retailers.get_many(&ids).await?;
        for retailer in retailers.into_iter().flatten() {
            self.take_deletion_back(retailer).await?;
        }
        Ok(())
    }

    async fn keep_if_used(&self, id: &str) -> Result<(), StoreError> {
        let Some(retailer) = self.repositories.retailers.get(id).await? else {
            return Ok(());
        };
        if self.count_users(&retailer).await? == 0 {
            return Ok(());
        }
        self.take_deletion_back(retailer).await
    }

    /// Takes the deletion of a retailer back that can be restored; it is again what it was.
    async fn take_deletion_back(
        &self,
        mut retailer: Stored<RetailerKept>,
    ) -> Result<(), StoreError> {
        let retailers = &self.repositories.retailers;
        while let Some(restored) = retailers.restored(&retailer.record, BY) {
            let owners = self.repositories.as_ref();
            match retailers.replace(&retailer, restored, owners).await? {
                Written::Yes(stored, due) => {
                    tracing::info!(retailer = stored.id, "a deleted retailer is in use again");
                    self.put_entry(&due.id).await?;
                    self.cross_out(due).await;
                    return Ok(());
                }
                // Another retailer has its domain by now, and links lead there.
                Written::Taken(_) => return Ok(()),
                Written::Moved => match retailers.get(&retailer.id).await? {
                    Some(current) => retailer = current,
                    None => return Ok(()),
                },
            }
        }
        Ok(())
    }
}

/// The links of a product that lead to a retailer.
fn links(product: &Record<ProductContent>, retailer: &Stored<RetailerKept>) -> Vec<String> {
    let domains = &retailer.record.content.retailer.domains;
    let offers = product.content.offers.iter().filter(|offer| {
        let domain = registrable(offer.url.host());
        let leads_there = domain.is_some_and(|domain| domains.iter().any(|one| one == domain));
        leads_there || offer.retailer_id == retailer.id
    });
    offers.map(|offer| offer.url.as_str().to_owned()).collect()
}
