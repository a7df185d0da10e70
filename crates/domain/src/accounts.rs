//! Accounts: signing up, logging in, and what an account says of a person.

mod claim;
mod common_passwords;
mod create_disabled;
mod directory;
mod error;
mod identity;
mod log_in;
mod record;
mod sign_up;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use types::{EmailAddress, Field, FieldErrors, NameChange, PasswordPolicy, SignupMode};

pub use self::error::AccountError;
use self::identity::Identity;
pub(crate) use self::{
    directory::{AccountDirectory, StoredAccount},
    error::store_problem,
};
use crate::{
    Settings, caller::Caller, catalogue::Things, clock::Clock, documents::Collection,
    hashing::HashingPool, id::AccountId, limits::Limits, migrations::Record,
};

/// What is kept of accounts.
pub(crate) fn collections() -> [&'static Collection; 3] {
    [&claim::CLAIMS, &record::ACCOUNTS, &directory::DECOYS]
}

/// What its documents look like.
pub(crate) fn records() -> [Record; 3] {
    [
        Record::of::<claim::Claim>(&claim::CLAIMS),
        Record::of::<record::AccountState>(&record::ACCOUNTS),
        Record::of::<record::AccountState>(&directory::DECOYS),
    ]
}

/// What becomes of the right to decide about retailers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeratorRight {
    /// The account gets it.
    Given,
    /// The account loses it.
    Taken,
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
    things: Arc<Things>,
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
        things: Arc<Things>,
    ) -> Self {
        Self {
            directory,
            hashing,
            limits,
            clock,
            things,
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

    /// Lets an account decide about retailers, or no longer, and ends its sessions. It is written
    /// down who did it.
    ///
    /// # Errors
    /// As [`disable`](Self::disable).
    pub async fn set_moderator(
        &self,
        caller: &Caller,
        id: &AccountId,
        right: ModeratorRight,
    ) -> Result<(), AccountError> {
        require_operator(caller)?;
        let (is_moderator, action) = match right {
            ModeratorRight::Given => (true, "account.promoted"),
            ModeratorRight::Taken => (false, "account.demoted"),
        };
        self.things
            .audit
            .note("system", action, id.as_str())
            .await?;
        self.directory
            .change(id, |account| {
                account.is_moderator = is_moderator;
                account.session_epoch += 1;
            })
            .await?
            .ok_or(AccountError::Unknown)?;
        Ok(())
    }

    /// The account that an address belongs to, for commands of the operator.
    ///
    /// # Errors
    /// As [`disable`](Self::disable); [`AccountError::Invalid`].
    pub async fn find(&self, caller: &Caller, address: &str) -> Result<AccountId, AccountError> {
        require_operator(caller)?;
        let address = EmailAddress::parse(address).map_err(|reason| {
            AccountError::Invalid(FieldErrors::one(Field::EmailAddress, reason))
        })?;
        let identity = Identity::of(&address).map_err(|reason| {
            AccountError::Invalid(FieldErrors::one(Field::EmailAddress, reason))
        })?;
        let (id, _) = self.directory.find(&identity).await?;
        id.ok_or(AccountError::Unknown)
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

    /// Deletes an account that has no artists; its address can then be taken anew.
    ///
    /// # Errors
    /// As [`disable`](Self::disable); [`AccountError::OwnsArtists`].
    pub async fn delete(&self, caller: &Caller, id: &AccountId) -> Result<(), AccountError> {
        require_operator(caller)?;
        // Holdings of an account that is not there must not be made by asking for its end.
        if self.directory.get_anew(id).await?.is_none() {
            return Err(AccountError::Unknown);
        }
        self.things.close_holdings(id).await?;
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
