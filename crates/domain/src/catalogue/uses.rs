//! Which products use a retailer; and that one which is used is not deleted.

use std::collections::BTreeSet;

use types::catalogue::{Offer, ProductContent};

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
    search::{EntityKind, Entry, Filter, Page, Query, Scope},
};

/// How many of the products that use a retailer are named.
const NAMED: usize = 10;
/// So many products are looked at in one go.
const LOOKED_AT: usize = 100;
/// So many times deleted ones are, for a number that is shown.
const GLANCES: usize = 10;
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
    let offers = product.content.offers.iter();
    let known_by = offers.flat_map(|offer| offer_known_by(&product.parent, offer));
    let known_by: BTreeSet<_> = known_by.collect();
    known_by.into_iter().collect()
}

fn offer_known_by(artist: &str, offer: &Offer) -> Vec<String> {
    let mut known_by = vec![offer.retailer_id.clone()];
    if let Some(domain) = registrable(offer.url.host()) {
        let keys = [
            Key::decided_domain(domain),
            Key::proposed_domain(artist, domain),
        ];
        known_by.extend(keys.iter().map(|key| key.as_str().to_owned()));
    }
    known_by
}

/// By what an offer's shop is known when it is this retailer.
fn names(retailer: &Stored<RetailerKept>) -> Vec<String> {
    let keys = RetailerKept::keys(&retailer.record);
    let keys = keys.iter().map(|key| key.as_str().to_owned());
    keys.chain([retailer.id.clone()]).collect()
}

/// The links of a product that lead to a retailer; it uses it when there is any.
pub(super) fn links(
    retailer: &Stored<RetailerKept>,
    product: &Record<ProductContent>,
) -> Vec<String> {
    let names = names(retailer);
    let offers = product.content.offers.iter().filter(|offer| {
        let known_by = offer_known_by(&product.parent, offer);
        known_by.iter().any(|one| names.contains(one))
    });
    offers.map(|offer| offer.url.as_str().to_owned()).collect()
}

fn users(retailer: &Stored<RetailerKept>, scope: Scope, limit: usize) -> Query {
    let filter = Filter::Shop(names(retailer));
    Query::newest(scope, EntityKind::Product, filter, limit)
}

impl Projector {
    /// How many products use a retailer, with those that can be restored: no fewer than one when
    /// there is any.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], also when the read model is not whole, and would not know.
    pub(super) async fn count_users(
        &self,
        retailer: &Stored<RetailerKept>,
    ) -> Result<u64, StoreError> {
        let live = self.count_live_users(retailer).await?;
        if live > 0 {
            return Ok(live + self.count_deleted_users(retailer).await?);
        }
        let deleted = self.deleted_users(retailer, usize::MAX).await?.len() as u64;
        if deleted > 0 {
            return Ok(deleted);
        }
        // One that was restored in between was in neither, and what was searched may have been begun
        // anew since it was last looked at.
        let live = self.count_live_users(retailer).await?;
        if live == 0 && !self.look().await? {
            let text = "the search index has to be built".to_owned();
            return Err(StoreError::Unavailable(text));
        }
        Ok(live)
    }

    async fn count_live_users(&self, retailer: &Stored<RetailerKept>) -> Result<u64, StoreError> {
        self.count_users_in(retailer, Scope::Everything).await
    }

    /// How many deleted products use a retailer and can be restored; of very many no more than the
    /// newest are looked at.
    pub(super) async fn count_deleted_users(
        &self,
        retailer: &Stored<RetailerKept>,
    ) -> Result<u64, StoreError> {
        let deleted = self.deleted_users(retailer, GLANCES).await?;
        Ok(deleted.len() as u64)
    }

    /// How many products in a scope use a retailer. No document is read for it.
    pub(super) async fn count_users_in(
        &self,
        retailer: &Stored<RetailerKept>,
        scope: Scope,
    ) -> Result<u64, StoreError> {
        let query = users(retailer, scope, 0);
        Ok(self.search(&query).await?.total)
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
            links: links(retailer, &product.record),
            product: product.into(),
        });
        Ok((uses.collect(), found.total))
    }

    /// The deleted products that use a retailer and can be restored, by themselves or with their
    /// artist.
    async fn deleted_users(
        &self,
        retailer: &Stored<RetailerKept>,
        glances: usize,
    ) -> Result<Vec<Stored<ProductContent>>, StoreError> {
        // What went with its artist is deleted, too, however long ago it was last changed.
        let everything_deleted = Scope::Deleted {
            of: None,
            since: None,
        };
        let mut deleted = Vec::new();
        let mut query = users(retailer, everything_deleted, LOOKED_AT);
        for _ in 0..glances {
            let found = self.search(&query).await?;
            let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
            deleted.extend(self.kept(&ids).await?);
            match found.next {
                Some(next) => query.page = Page::After(next),
                None => break,
            }
        }
        Ok(deleted)
    }

    /// Those of these products that are there or can be restored, by themselves or with their artist.
    async fn kept(&self, ids: &[&str]) -> Result<Vec<Stored<ProductContent>>, StoreError> {
        let (all, artists) = (&self.repositories.products, &self.repositories.artists);
        let products = all.get_many(ids).await?.into_iter().flatten();
        let kept: Vec<_> = products.filter(|one| all.is_kept(&one.record)).collect();
        let parents: BTreeSet<_> = kept.iter().map(|one| one.record.parent.as_str()).collect();
        let parents: Vec<_> = parents.into_iter().collect();
        let parents = artists.get_many(&parents).await?.into_iter().flatten();
        let parents = parents.filter(|artist| artists.is_kept(&artist.record));
        let parents: BTreeSet<_> = parents.map(|artist| artist.id).collect();
        let kept = kept.into_iter();
        Ok(kept
            .filter(|one| parents.contains(&one.record.parent))
            .collect())
    }

    /// Whoever saves a product and whoever deletes its retailer at the same moment may both have
    /// looked before the other was done. Both look again here when they are, and the one who is
    /// later takes the deletion back: a product's retailers are always there, also while it is
    /// deleted and can be restored.
    pub(super) async fn keep_retailers(&self, entries: &[Entry]) -> Result<(), StoreError> {
        let products = entries.iter().filter(|one| one.kind == EntityKind::Product);
        let ids: BTreeSet<_> = products.flat_map(retailers_of).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        if !ids.is_empty() {
            let retailers = self.repositories.retailers.get_many(&ids).await?;
            let retailers = retailers.into_iter().flatten();
            for retailer in retailers.filter(|one| !one.record.is_live()) {
                self.keep_for(entries, retailer).await?;
            }
        }
        let deleted = entries.iter().filter(|one| one.is_gone);
        for retailer in deleted.filter(|one| one.kind == EntityKind::Retailer) {
            self.keep_if_used(&retailer.id).await?;
        }
        Ok(())
    }

    /// Takes the deletion of a retailer back if a product among these is there or can be restored.
    async fn keep_for(
        &self,
        entries: &[Entry],
        retailer: Stored<RetailerKept>,
    ) -> Result<(), StoreError> {
        let users = entries.iter().filter(|one| one.kind == EntityKind::Product);
        let users = users.filter(|one| one.shops.contains(&retailer.id));
        let users: Vec<_> = users.map(|one| one.id.as_str()).collect();
        if self.kept(&users).await?.is_empty() {
            return Ok(());
        }
        self.take_deletion_back(retailer).await
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
                // It takes up no key that it has not had all the time.
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

/// The retailers that a product's offers were saved with.
fn retailers_of(product: &Entry) -> impl Iterator<Item = &str> {
    let known_by = product.shops.iter().map(String::as_str);
    known_by.filter(|known_by| known_by.starts_with("ret_"))
}
