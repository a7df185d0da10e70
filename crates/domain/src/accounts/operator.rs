//! The operator's commands for accounts.

use std::sync::Arc;

use types::{EmailAddress, Field, FieldErrors, Reason};

use super::{
    AccountError, Accounts, StoredAccount, canonical_address::CanonicalAddress, require_operator,
};
use crate::{
    account_id::AccountId,
    cache::CacheEntry,
    caller::Caller,
    clock::{from_unix_milliseconds, rfc3339},
};

/// A change of the moderator right, which allows decisions about retailers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeratorRight {
    /// The account becomes a moderator.
    Given,
    /// The account is no longer a moderator.
    Taken,
}

/// An account as the operator sees it: neither the person's names nor any secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountOverview {
    /// The id, which log lines carry.
    pub id: AccountId,
    /// The address as typed.
    pub email_address: String,
    /// Time of creation, RFC 3339 in UTC.
    pub created_at: String,
    /// True unless the account is disabled.
    pub is_active: bool,
    /// True if the account is a moderator of retailers.
    pub is_moderator: bool,
    /// Number of artists that are not deleted.
    pub artists: usize,
    /// Number of artists that are deleted and can be restored.
    pub deleted_artists: usize,
}

/// Every change is recorded in the audit log before it takes effect.
impl Accounts {
    /// Finds the account of an address.
    ///
    /// # Errors
    /// As [`disable`](Self::disable); [`AccountError::Invalid`].
    pub async fn find(&self, caller: &Caller, address: &str) -> Result<AccountId, AccountError> {
        require_operator(caller)?;
        let typed = address;
        let address = EmailAddress::parse(typed).map_err(refused)?;
        let canonical = CanonicalAddress::of(&address).map_err(refused)?;
        let former = CanonicalAddress::former(typed, &address);
        let found = self.directory.find_typed(&canonical, former.as_ref());
        let (id, _) = found.await?;
        id.ok_or(AccountError::Unknown)
    }

    /// Reads an account for the operator.
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
        let (artists, deleted_artists) = self.context.count_artists(id).await?;
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

    /// Disables an account: rejects further logins and ends its sessions. Its published entities
    /// stay public.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`] for every caller but the operator, [`AccountError::Unknown`],
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

    /// Enables an account again. Ended sessions stay ended.
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

    /// Ends every session of an account; logins remain possible.
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

    /// Ends all sessions of all accounts by one write.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`] for every caller but the operator, [`AccountError::Store`].
    pub async fn end_all_sessions_globally(&self, caller: &Caller) -> Result<(), AccountError> {
        require_operator(caller)?;
        let audit = &self.context.audit;
        audit
            .record_decision("system", "accounts.signed_out", "everybody")
            .await?;
        self.directory.begin_global_epoch().await?;
        tracing::info!("sessions of everybody ended by the operator");
        Ok(())
    }

    /// Makes an account a moderator or not, and ends its sessions.
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

    /// Deletes an account that owns no artists; its address becomes available.
    ///
    /// # Errors
    /// As [`disable`](Self::disable); [`AccountError::OwnsArtists`].
    pub async fn delete(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        require_operator(caller)?;
        // Closing would create the `OwnedArtists` document of an account that does not exist.
        self.existing(id).await?;
        self.context.close_holdings(id).await?;
        self.begin(caller, "account.deleted", id).await?;
        self.directory
            .delete(id)
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, "account deleted");
        Ok(())
    }

    /// Records in the audit log that an action on an existing account begins.
    async fn begin(
        &self,
        caller: &Caller,
        action: &str,
        id: &AccountId,
    ) -> Result<(), AccountError> {
        require_operator(caller)?;
        self.existing(id).await?;
        let audit = &self.context.audit;
        audit.record_decision("system", action, id.as_str()).await?;
        Ok(())
    }

    /// Reads an account as the store holds it now. The document of the global epoch is no account.
    async fn existing(
        &self,
        id: &AccountId,
    ) -> Result<Arc<CacheEntry<StoredAccount>>, AccountError> {
        let account = self.directory.get_current(id).await?;
        let account = account.filter(|_| id.has_account_prefix());
        account.ok_or(AccountError::Unknown)
    }
}

fn refused(reason: Reason) -> AccountError {
    AccountError::Invalid(FieldErrors::one(Field::EmailAddress, reason))
}
