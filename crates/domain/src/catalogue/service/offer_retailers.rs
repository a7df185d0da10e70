//! Assigns retailers to the offers of a product.

use std::collections::{HashMap, hash_map::Entry};

use types::{
    Field, FieldErrors, Reason,
    catalogue::{Offer, ProductContent, RetailerContent, ReviewStatus},
};

use super::{access::actor_id, context::CatalogueContext, retailers::RetailerState};
use crate::catalogue::{
    CatalogueError,
    entities::record::{EntityRecord, StoredEntity},
    public::offer_listing::is_listed,
    unique::UniqueKey,
};
use crate::{caller::Caller, clock::unix_milliseconds};

impl CatalogueContext {
    /// Assigns a retailer to every offer. `before` has the stored offers.
    ///
    /// # Errors
    /// [`CatalogueError::Invalid`] with the offers that can have no retailer.
    pub(crate) async fn with_retailers(
        &self,
        mut content: ProductContent,
        before: &[Offer],
        artist: &str,
        caller: &Caller,
    ) -> Result<ProductContent, CatalogueError> {
        let mut errors = FieldErrors::default();
        // Offers with the same host share a retailer, which is looked up or proposed only once.
        let mut known: HashMap<(String, Option<&str>), Result<String, Reason>> = HashMap::new();
        for (row, offer) in (0..).zip(&mut content.offers) {
            let host = offer.url.host();
            let before = before.iter().find(|one| one.id == offer.id);
            let before = before.map(|one| one.retailer_id.as_str());
            let found = match known.entry((host.to_owned(), before)) {
                Entry::Occupied(found) => found.into_mut(),
                Entry::Vacant(vacant) => {
                    let found = self.retailer_of(host, before, artist, caller);
                    vacant.insert(found.await?)
                }
            };
            match found {
                Ok(retailer) => offer.retailer_id.clone_from(retailer),
                Err(reason) => errors.refuse(Field::OfferUrl(row), *reason),
            }
        }
        errors.or(content).map_err(CatalogueError::Invalid)
    }

    /// The id of the retailer of an offer, or the reason why there can be none. `host` is that of the
    /// offer's URL, `before` the id of the retailer that the stored offer has. The first of:
    ///
    /// 1. the approved or blocked retailer that has the registrable domain of the host;
    /// 2. `before`, if it has the domain and is unlisted (deleted, blocked): saving the offer again
    ///    neither restores nor proposes it;
    /// 3. the retailer that the artist has proposed for the domain; it is restored if it is deleted;
    /// 4. a new retailer, which is proposed here.
    async fn retailer_of(
        &self,
        host: &str,
        before: Option<&str>,
        artist: &str,
        caller: &Caller,
    ) -> Result<Result<String, Reason>, CatalogueError> {
        let Some(domain) = registrable(host) else {
            return Ok(Err(Reason::PublicSuffix));
        };
        if let Some(decided) = self.decided_retailer(domain).await? {
            return Ok(Ok(decided.id));
        }
        let key = UniqueKey::proposed_domain(artist, domain);
        // Read before `before` is: both may be the same retailer. If it is deleted between the two
        // reads, step 2 finds it; in the other order step 3 would restore it.
        let proposed = self.repositories.retailers.find(&key).await?;
        if let Some(before) = before
            && self.is_unlisted_at(before, domain).await?
        {
            return Ok(Ok(before.to_owned()));
        }
        if let Some(proposed) = proposed {
            let now = unix_milliseconds(self.clock.now());
            // A new offer of an artist does not undo what a moderator has decided.
            let is_blocked = proposed.record.content.review_status == ReviewStatus::Blocked;
            if proposed.record.is_live() || is_blocked {
                return Ok(Ok(proposed.id));
            }
            if proposed.record.is_restorable(now) {
                return Ok(Ok(self.propose_anew(proposed, actor_id(caller)).await?.id));
            }
        }
        let retailer = RetailerContent {
            name: domain.to_owned(),
            slug: None,
            homepage: None,
            domains: vec![domain.to_owned()],
        };
        match self.propose(retailer, artist, caller).await {
            Ok(proposed) => Ok(Ok(proposed.id)),
            // A concurrent request has just proposed it for the same artist.
            Err(CatalogueError::Invalid(_)) => Ok(Err(Reason::Taken)),
            Err(error) => Err(error),
        }
    }

    /// True if a retailer has a domain, and its offers are not listed.
    async fn is_unlisted_at(&self, id: &str, domain: &str) -> Result<bool, CatalogueError> {
        let retailer = self.repositories.retailers.get(id).await?;
        let has_domain = |one: &StoredEntity<RetailerState>| one.record.content.has_domain(domain);
        Ok(retailer.is_some_and(|one| has_domain(&one) && !is_listed(&one)))
    }

    /// Restores a retailer that is not blocked as a proposal: a moderator may have deleted it.
    async fn propose_anew(
        &self,
        deleted: StoredEntity<RetailerState>,
        by: &str,
    ) -> Result<StoredEntity<RetailerState>, CatalogueError> {
        let propose = |record: &mut EntityRecord<RetailerState>| {
            record.content.review_status = ReviewStatus::Proposed;
        };
        self.restore_as(deleted, by, propose).await
    }

    async fn propose(
        &self,
        retailer: RetailerContent,
        artist: &str,
        caller: &Caller,
    ) -> Result<StoredEntity<RetailerState>, CatalogueError> {
        let content = RetailerState {
            retailer,
            review_status: ReviewStatus::Proposed,
        };
        self.create(artist, content, self.creator(caller)).await
    }

    /// The approved or blocked retailer that has a registrable domain.
    pub(crate) async fn decided_retailer(
        &self,
        domain: &str,
    ) -> Result<Option<StoredEntity<RetailerState>>, CatalogueError> {
        let key = UniqueKey::decided_domain(domain);
        let found = self.repositories.retailers.find(&key).await?;
        Ok(found.filter(|one| one.record.is_live()))
    }

    /// True if a registrable domain belongs to an approved retailer.
    pub(crate) async fn is_approved_domain(&self, domain: &str) -> Result<bool, CatalogueError> {
        let decided = self.decided_retailer(domain).await?;
        Ok(decided.is_some_and(|one| is_listed(&one)))
    }
}

/// The registrable domain of a host, by the list of public suffixes (<https://publicsuffix.org>).
pub(crate) fn registrable(host: &str) -> Option<&str> {
    psl::domain_str(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_is_what_somebody_has_registered() {
        for (host, domain) in [
            ("www.shop.example", Some("shop.example")),
            ("a.b.thomann.de", Some("thomann.de")),
            ("shop.co.uk", Some("shop.co.uk")),
            ("co.uk", None),
            ("someone.github.io", Some("someone.github.io")),
            ("github.io", None),
        ] {
            assert_eq!(registrable(host), domain, "{host}");
        }
    }
}
