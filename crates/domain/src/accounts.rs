//! Accounts: signing up, logging in, and what an account says of a person.

mod claim;
mod common_passwords;
mod directory;
mod error;
mod identity;
mod log_in;
mod record;
mod sign_up;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use types::{NameChange, PasswordPolicy, SignupMode};

pub use self::error::AccountError;
pub(crate) use self::{
    directory::{AccountDirectory, StoredAccount},
    error::store_problem,
};
use crate::{
    Settings, caller::Caller, clock::Clock, documents::Collection, hashing::HashingPool,
    id::AccountId, limits::Limits,
};

/// What is kept of accounts.
pub(crate) fn collections() -> [&'static Collection; 3] {
    [&claim::CLAIMS, &record::ACCOUNTS, &directory::DECOYS]
}

/// A verified login, from which a session can be started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedIn {
    /// Whose.
    pub account: AccountId,
    /// The account's session epoch, read *before* the password was verified: whatever ends all
    /// sessions meanwhile ends the one that is about to start as well.
    pub epoch: u64,
    /// Whether the session outlives the browser.
    pub remember: bool,
}

/// What can be done with accounts.
#[derive(Debug)]
pub struct Accounts {
    directory: Arc<AccountDirectory>,
    hashing: Arc<HashingPool>,
    limits: Limits,
    clock: Arc<dyn Clock>,
    password: PasswordPolicy,
    signup: SignupMode,
}

impl Accounts {
    pub(crate) fn new(
        settings: &Settings,
        directory: Arc<AccountDirectory>,
        hashing: Arc<HashingPool>,
        limits: Limits,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            directory,
            hashing,
            limits,
            clock,
            password: settings.password,
            signup: settings.signup,
        }
    }

    /// Changes the caller's names.
    ///
    /// # Errors
    /// [`AccountError::Unauthenticated`], [`AccountError::Invalid`], [`AccountError::Store`].
    pub async fn change_names(
        &self,
        caller: &Caller,
        form: &NameChange,
    ) -> Result<types::Account, AccountError> {
        let Caller::SignedIn { account: id, .. } = caller else {
            return Err(AccountError::Unauthenticated);
        };
        let names = form.check().map_err(AccountError::Invalid)?;
        let record = self
            .directory
            .change(id, |account| account.names = names.clone().into())
            .await?
            .ok_or(AccountError::Unauthenticated)?;
        tracing::info!(account = %id, "names changed");
        Ok(record.to_view(id))
    }

    /// Ends every session of the caller's account, the caller's own too.
    ///
    /// # Errors
    /// [`AccountError::Unauthenticated`], [`AccountError::Store`].
    pub async fn end_all_sessions(&self, caller: &Caller) -> Result<(), AccountError> {
        let Caller::SignedIn { account: id, .. } = caller else {
            return Err(AccountError::Unauthenticated);
        };
        self.directory
            .change(id, |account| account.session_epoch += 1)
            .await?
            .ok_or(AccountError::Unauthenticated)?;
        tracing::info!(account = %id, "all sessions ended");
        Ok(())
    }

    /// Refuses further logins of an account and ends its sessions.
    ///
    /// # Errors
    /// [`AccountError::Forbidden`] for anybody but the operator, [`AccountError::Unknown`],
    /// [`AccountError::Store`].
    pub async fn disable(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        require_operator(caller)?;
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

    /// Admits logins of an account again.
    ///
    /// # Errors
    /// As [`disable`](Self::disable).
    pub async fn enable(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        require_operator(caller)?;
        self.directory
            .change(id, |account| account.is_active = true)
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, "account enabled");
        Ok(())
    }

    /// Deletes an account; its address can then be taken anew.
    ///
    /// # Errors
    /// As [`disable`](Self::disable).
    pub async fn delete(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        require_operator(caller)?;
        self.directory
            .delete(id)
            .await?
            .ok_or(AccountError::Unknown)?;
        tracing::info!(account = %id, "account deleted");
        Ok(())
    }
}

fn require_operator(caller: &Caller) -> Result<(), AccountError> {
    match caller {
        Caller::System => Ok(()),
        Caller::Anonymous(_) | Caller::SignedIn { .. } => Err(AccountError::Forbidden),
    }
}
