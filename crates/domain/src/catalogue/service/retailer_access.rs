//! The retailers that an account may see and change.

use types::catalogue::ReviewStatus;

use super::{
    access::{account, require_authenticated},
    context::CatalogueContext,
    retailers::RetailerState,
};
use crate::caller::Caller;
use crate::catalogue::{CatalogueError, entities::record::StoredEntity};

impl CatalogueContext {
    /// True if the caller is a moderator of retailers; reads the account.
    pub(crate) async fn is_moderator(&self, caller: &Caller) -> Result<bool, CatalogueError> {
        if let Caller::System = caller {
            return Ok(true);
        }
        let stored = self.directory.get_current(account(caller)?).await?;
        Ok(stored.is_some_and(|entry| entry.record.is_moderator))
    }

    /// A retailer that is not deleted, if it is approved or the caller may see it.
    pub(crate) async fn visible_retailer(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<StoredEntity<RetailerState>, CatalogueError> {
        require_authenticated(caller)?;
        let stored = self.repositories.retailers.get(id).await?;
        let stored = stored.filter(|one| one.record.is_live());
        let stored = stored.ok_or(CatalogueError::Unknown)?;
        if stored.record.content.review_status != ReviewStatus::Approved {
            self.require_own(caller, &stored).await?;
        }
        Ok(stored)
    }

    /// All retailers that the caller may see, in no order.
    pub(crate) async fn visible_retailers(
        &self,
        caller: &Caller,
    ) -> Result<Vec<StoredEntity<RetailerState>>, CatalogueError> {
        let marked = |status: ReviewStatus| self.repositories.retailers.all_marked(status.name());
        let mut retailers = marked(ReviewStatus::Approved).await?;
        if self.is_moderator(caller).await? {
            retailers.extend(marked(ReviewStatus::Proposed).await?);
            retailers.extend(marked(ReviewStatus::Blocked).await?);
        } else {
            let own = self.proposed_by(caller).await?.into_iter();
            retailers.extend(own.filter(|one| {
                one.record.is_live() && one.record.content.review_status != ReviewStatus::Approved
            }));
        }
        self.hide_artists(caller, &mut retailers).await?;
        Ok(retailers)
    }

    /// The retailers that live artists of the caller have proposed, deleted or not, with any
    /// status.
    async fn proposed_by(
        &self,
        caller: &Caller,
    ) -> Result<Vec<StoredEntity<RetailerState>>, CatalogueError> {
        let mut proposed = Vec::new();
        for artist in self.own_artists(caller).await? {
            proposed.extend(self.repositories.retailers.all_children(&artist.id).await?);
        }
        Ok(proposed)
    }

    /// Removes the proposing artist from retailers of other accounts, because it may be a draft.
    pub(crate) async fn hide_artists(
        &self,
        caller: &Caller,
        retailers: &mut [StoredEntity<RetailerState>],
    ) -> Result<(), CatalogueError> {
        if self.is_moderator(caller).await? {
            return Ok(());
        }
        let own = self.own_artists(caller).await?;
        for retailer in retailers {
            if !own.iter().any(|one| one.id == retailer.record.parent) {
                retailer.record.parent.clear();
            }
        }
        Ok(())
    }

    /// Refuses a retailer about which a moderator has decided, unless the caller is a moderator.
    pub(crate) async fn require_undecided(
        &self,
        caller: &Caller,
        stored: &StoredEntity<RetailerState>,
    ) -> Result<(), CatalogueError> {
        let is_proposed = stored.record.content.review_status == ReviewStatus::Proposed;
        if is_proposed || self.is_moderator(caller).await? {
            return Ok(());
        }
        Err(CatalogueError::Forbidden)
    }

    /// Refuses a retailer that no live artist of the caller has proposed, unless the caller is a
    /// moderator.
    pub(crate) async fn require_own(
        &self,
        caller: &Caller,
        stored: &StoredEntity<RetailerState>,
    ) -> Result<(), CatalogueError> {
        if self.is_moderator(caller).await? {
            return Ok(());
        }
        let artist = &stored.record.parent;
        self.live_artist_of(caller, artist).await.map(drop)
    }
}
