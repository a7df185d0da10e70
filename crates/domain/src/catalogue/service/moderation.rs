//! Decisions of moderators about retailers.

use types::catalogue::ReviewStatus;

use super::{Operation, owner_view::RetailerView, retailers::RetailerState};
use crate::catalogue::{CatalogueError, CatalogueService, entities::record::StoredEntity};
use crate::{caller::Caller, documents::Revision};

impl CatalogueService<RetailerState> {
    /// Sets the review status of a retailer that is still at revision `from`.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for every caller but a moderator; [`CatalogueError::Unknown`],
    /// [`CatalogueError::Conflict`]; [`CatalogueError::Invalid`] if it would be approved or
    /// blocked and another approved or blocked retailer has one of its domains.
    pub async fn set_review_status(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
        status: ReviewStatus,
    ) -> Result<RetailerView, CatalogueError> {
        let operation = self.write(caller)?;
        let context = operation.context;
        let base = context.visible_retailer(caller, id).await?;
        if !context.is_moderator(caller).await? {
            return Err(CatalogueError::Forbidden);
        }
        // Before the audit log is written: a decision that is a conflict is not recorded.
        base.require_revision(from)?;
        let by = operation.by();
        let action = match status {
            ReviewStatus::Proposed => "retailer.reopened",
            ReviewStatus::Approved => "retailer.approved",
            ReviewStatus::Blocked => "retailer.blocked",
        };
        context.audit.record_decision(by, action, id).await?;
        let clock = context.clock.as_ref();
        let changed = context.change(base, |record| {
            record.touch(by, clock);
            record.content.review_status = status;
        });
        Ok(changed.await?.into())
    }
}

impl Operation<'_> {
    /// Records an action on an approved or blocked retailer in the audit log, because such a retailer
    /// affects the products of all accounts.
    pub(crate) async fn record_if_decided(
        self,
        base: &StoredEntity<RetailerState>,
        action: &str,
    ) -> Result<(), CatalogueError> {
        if base.record.content.review_status == ReviewStatus::Proposed {
            return Ok(());
        }
        let audit = &self.context.audit;
        Ok(audit.record_decision(self.by(), action, &base.id).await?)
    }
}
