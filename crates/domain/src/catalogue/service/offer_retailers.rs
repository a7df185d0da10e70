//! The retailers to which the offers of a product belong.

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
    /// Names the retailer of every offer. `before` are the offers that are stored, of which those
    /// that are not listed may keep their retailers.
    pub(crate) async fn with_retailers(
        &self,
        mut content: ProductContent,
        before: &[Offer],
        artist: &str,
        caller: &Caller,
    ) -> Result<ProductContent, CatalogueError> {
        let mut errors = FieldErrors::default();
        // Many offers of a product are of one retailer, and one that is proposed here is new once.
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

    /// The id of the retailer to which an offer of an artist's product belongs, by the host of its
    /// URL: the one that has the decision about the domain, else `before` if the offer is not listed
    /// because of it, else the one that the artist has proposed, which is done here if it is needed.
    /// Or why there can be none.
    ///
    /// `before` is the id of the retailer that the stored offer has: one that is deleted is neither
    /// restored nor proposed anew because its offer is saved again.
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
        // Read before it is asked what the stored offer had: that may be this one, and be deleted
        // meanwhile.
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
            // A concurrent request proposes it for the same artist.
            Err(CatalogueError::Invalid(_)) => Ok(Err(Reason::Taken)),
            Err(error) => Err(error),
        }
    }

    /// Whether a retailer has a domain and its offers are not listed.
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

    /// Whether a registrable domain belongs to an approved retailer.
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
