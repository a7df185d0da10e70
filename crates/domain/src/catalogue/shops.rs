//! The shop that a link leads to.

use types::{
    Reason,
    catalogue::{RetailerContent, ReviewStatus},
};

use super::{
    CatalogueError,
    keys::Key,
    kind::RetailerKept,
    record::{Record, Stored},
    things::{Things, actor},
};
use crate::{caller::Caller, clock::unix_milliseconds};

impl Things {
    /// The retailer that a link's host belongs to, for an artist: an approved one, or one that the
    /// artist has proposed, which is done here when it is needed. Or why there can be none.
    pub(super) async fn retailer_of(
        &self,
        host: &str,
        artist: &str,
        caller: &Caller,
    ) -> Result<Result<String, Reason>, CatalogueError> {
        let Some(domain) = registrable(host) else {
            return Ok(Err(Reason::PublicSuffix));
        };
        if let Some(approved) = self.approved_retailer(domain).await? {
            return Ok(Ok(approved.id));
        }
        let key = Key::proposed_domain(artist, domain);
        if let Some(proposed) = self.repositories.retailers.find(&key).await? {
            let now = unix_milliseconds(self.clock.now());
            if proposed.record.is_live() {
                return Ok(Ok(proposed.id));
            }
            if proposed.record.is_restorable(now) {
                return Ok(Ok(self.propose_anew(proposed, actor(caller)).await?.id));
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
            // Somebody proposes it at this very moment, for the same artist.
            Err(CatalogueError::Invalid(_)) => Ok(Err(Reason::Taken)),
            Err(error) => Err(error),
        }
    }

    /// Takes the deletion of a retailer back, which is a proposal from then on whatever it was: a
    /// moderator may have deleted it.
    async fn propose_anew(
        &self,
        deleted: Stored<RetailerKept>,
        by: &str,
    ) -> Result<Stored<RetailerKept>, CatalogueError> {
        let repository = &self.repositories.retailers;
        let propose = |record: &mut Record<RetailerKept>| {
            record.content.review_status = ReviewStatus::Proposed;
        };
        self.restore_as(repository, deleted, by, propose).await
    }

    /// The approved retailer that a registrable domain belongs to.
    pub(super) async fn approved_retailer(
        &self,
        domain: &str,
    ) -> Result<Option<Stored<RetailerKept>>, CatalogueError> {
        let key = Key::approved_domain(domain);
        let found = self.repositories.retailers.find(&key).await?;
        Ok(found.filter(|one| one.record.is_live()))
    }
}

/// The part of a host that somebody has registered, by the list of public suffixes
/// (<https://publicsuffix.org>).
pub(super) fn registrable(host: &str) -> Option<&str> {
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
