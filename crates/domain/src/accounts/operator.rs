//! What the operator can do with the accounts of others.

use std::sync::Arc;

use types::{EmailAddress, Field, FieldErrors, Reason};

use super::{AccountError, Accounts, StoredAccount, identity::Identity, require_operator};
use crate::{
    cache::Entry,
    caller::Caller,
    clock::{from_unix_milliseconds, rfc3339},
    id::AccountId,
};

/// What becomes of the right to decide about retailers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeratorRight {
    /// The account gets it.
    Given,
    /// The account loses it.
    Taken,
}

/// An account as the operator sees it. It has no name of the person and no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountOverview {
    /// Its id, which log lines carry.
    pub id: AccountId,
    /// Its address as typed.
    pub email_address: String,
    /// When it was created: RFC 3339 in UTC.
    pub created_at: String,
    /// Whether it can be logged in to.
    pub is_active: bool,
    /// Whether it decides about retailers.
    pub is_moderator: bool,
    /// Number of its artists that are not deleted.
    pub artists: usize,
    /// Number of its artists that are deleted and can be restored.
    pub deleted_artists: usize,
}

/// Every change is written to the audit before it takes effect.
impl Accounts {
    /// The account that an address belongs to.
    ///
    /// # Errors
    /// As [`disable`](Self::disable); [`AccountError::Invalid`].
    pub async fn find(&self, caller: &Caller, address: &str) -> Result<AccountId, AccountError> {
        require_operator(caller)?;
        let typed = address;
        let address = EmailAddress::parse(typed).map_err(refused)?;
        let identity = Identity::of(&address).map_err(refused)?;
        let former = Identity::former(typed, &address);
        let found = self.directory.find_typed(&identity, former.as_ref());
        let (id, _) = found.await?;
        id.ok_or(AccountError::Unknown)
    }

    /// What there is to know of an account.
    ///
    /// # Errors
    /// As [`disable`](Self::disable).
    pub async fn overview(
        &self,
        caller: &Caller,
        id: &AccountId,
    ) -> Result<AccountOverview, AccountError> {
        require_operator(caller)?;
        let account = self.existing(id).await?;
        let (artists, deleted_artists) = self.things.count_artists(id).await?;
        let record = &account.record;
        Ok(AccountOverview {
            id: id.clone(),
            email_address: record.email_address.clone(),
            created_at: rfc3339(from_unix_milliseconds(record.created_at)),
            is_active: record.is_active,
            is_moderator: record.is_moderator,
            artists,
            deleted_artists,
        })
    }

    /// Refuses further logins of an account and ends its sessions. What it has published stays.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`] for anybody but the operator, [`AccountError::Unknown`],
    /// [`AccountError::Store`].
    pub async fn disable(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        self.begin(caller, "account.disabled", id).await?;
        self.directory
            .change(id, |account| {
                account.is_active = false;
                account.session_epoch += 1;
            })
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, "account disabled");
        Ok(())
    }

    /// Admits logins of an account again. Sessions that were ended stay so.
    ///
    /// # Errors
    /// As [`disable`](Self::disable).
    pub async fn enable(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        self.begin(caller, "account.enabled", id).await?;
        self.directory
            .change(id, |account| account.is_active = true)
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, "account enabled");
        Ok(())
    }

    /// Ends every session of an account; it can be logged in to again.
    ///
    /// # Errors
    /// As [`disable`](Self::disable).
    pub async fn end_sessions(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        self.begin(caller, "account.signed_out", id).await?;
        self.directory
            .change(id, |account| account.session_epoch += 1)
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, "sessions ended by the operator");
        Ok(())
    }

    /// Ends every session of every account, by one write.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`] for anybody but the operator, [`AccountError::Store`].
    pub async fn end_sessions_of_everybody(&self, caller: &Caller) -> Result<(), AccountError> {
        require_operator(caller)?;
        let audit = &self.things.audit;
        audit
            .note("system", "accounts.signed_out", "everybody")
            .await?;
        self.directory.begin_epoch_of_everybody().await?;
        tracing::info!("sessions of everybody ended by the operator");
        Ok(())
    }

    /// Lets an account decide about retailers, or no longer, and ends its sessions.
    ///
    /// # Errors
    /// As [`disable`](Self::disable).
    pub async fn set_moderator(
        &self,
        caller: &Caller,
        id: &AccountId,
        right: ModeratorRight,
    ) -> Result<(), AccountError> {
        let (is_moderator, action) = match right {
            ModeratorRight::Given => (true, "account.promoted"),
            ModeratorRight::Taken => (false, "account.demoted"),
        };
        self.begin(caller, action, id).await?;
        self.directory
            .change(id, |account| {
                account.is_moderator = is_moderator;
                account.session_epoch += 1;
            })
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, is_moderator, "moderator right changed");
        Ok(())
    }

    /// Deletes an account that has no artists; its address can then be taken anew.
    ///
    /// # Errors
    /// As [`disable`](Self::disable); [`AccountError::OwnsArtists`].
    pub async fn delete(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        require_operator(caller)?;
        // To delete an account that does not exist must not create holdings for it.
        self.existing(id).await?;
        self.things.close_holdings(id).await?;
        self.begin(caller, "account.deleted", id).await?;
        self.directory
            .delete(id)
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, "account deleted");
        Ok(())
    }

    /// Writes down what is about to be done with an account that is there.
    async fn begin(
        &self,
        caller: &Caller,
        action: &str,
        id: &AccountId,
    ) -> Result<(), AccountError> {
        require_operator(caller)?;
        self.existing(id).await?;
        let audit = &self.things.audit;
        audit.note("system", action, id.as_str()).await?;
        Ok(())
    }

    /// An account as the store holds it now. The record that stands for everybody is none.
    async fn existing(&self, id: &AccountId) -> Result<Arc<Entry<StoredAccount>>, AccountError> {
        let account = self.directory.get_anew(id).await?;
        let account = account.filter(|_| id.is_of_somebody());
        account.ok_or(AccountError::Unknown)
    }
}

fn refused(reason: Reason) -> AccountError {
    AccountError::Invalid(FieldErrors::one(Field::EmailAddress, reason))
}
