//! Accounts: sign-up, login, the names of an account, and the operator's commands for accounts.

mod canonical_address;
mod common_passwords;
mod create_disabled;
mod device;
mod directory;
mod email_reservation;
mod error;
mod log_in;
mod operator;
mod record;
mod sign_up;
mod word_list;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use types::{NameChange, PasswordPolicy, SignupMode};

pub use self::{
    device::{DEVICE_DAYS, Device},
    error::AccountError,
    operator::{AccountOverview, ModeratorRight},
};
pub(crate) use self::{
    device::{DeviceId, Devices},
    directory::{AccountDirectory, StoredAccount},
    error::{seconds, store_problem},
};
use crate::{
    DomainSettings, account_id::AccountId, caller::Caller, catalogue::CatalogueContext,
    clock::Clock, documents::Collection, hashing::HashingPool, limits::Limits,
    migrations::CollectionSchema,
};

/// The collections that accounts are stored in.
pub(crate) fn collections() -> [&'static Collection; 3] {
    [
        &email_reservation::EMAIL_RESERVATIONS,
        &record::ACCOUNTS,
        &directory::DECOYS,
    ]
}

/// The schemas of the documents in [`collections`].
pub(crate) fn records() -> [CollectionSchema; 3] {
    [
        CollectionSchema::of::<email_reservation::EmailReservation>(
            &email_reservation::EMAIL_RESERVATIONS,
        ),
        CollectionSchema::of::<record::AccountState>(&record::ACCOUNTS),
        CollectionSchema::of::<record::AccountState>(&directory::DECOYS),
    ]
}

/// A verified login, from which a session can be started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedLogin {
    /// The account that has logged in.
    pub account: AccountId,
    /// The epoch of the session: the account's session epoch plus the global one. Both are read
    /// *before* the password is verified, so that "end all sessions" during the login also ends
    /// the session that is about to start.
    pub epoch: u64,
    /// True if the session outlives the browser ("Keep me logged in").
    pub remember: bool,
}

/// The operations on accounts.
#[derive(Debug)]
pub struct Accounts {
    directory: Arc<AccountDirectory>,
    hashing: Arc<HashingPool>,
    limits: Limits,
    devices: Devices,
    clock: Arc<dyn Clock>,
    context: Arc<CatalogueContext>,
    password: PasswordPolicy,
    signup: SignupMode,
}

impl Accounts {
    pub(crate) fn new(
        settings: &DomainSettings,
        directory: Arc<AccountDirectory>,
        hashing: Arc<HashingPool>,
        (limits, devices): (Limits, Devices),
        clock: Arc<dyn Clock>,
        context: Arc<CatalogueContext>,
    ) -> Self {
        Self {
            directory,
            hashing,
            limits,
            devices,
            clock,
            context,
            password: settings.password,
            signup: settings.signup,
        }
    }

    /// Reads the records that every request needs besides its account, and creates them if they
    /// are missing, so that no request has to.
    ///
    /// # Errors
    /// [`AccountError::Store`].
    pub async fn prepare(&self, _caller: &Caller) -> Result<(), AccountError> {
        self.directory.global_epoch().await?;
        Ok(())
    }

    /// Changes the first and last name of the caller's account.
    ///
    /// # Errors
    /// [`AccountError::Unauthenticated`], [`AccountError::TooMany`], [`AccountError::Invalid`],
    /// [`AccountError::Store`].
    pub async fn change_names(
        &self,
        caller: &Caller,
        form: &NameChange,
    ) -> Result<types::Account, AccountError> {
        let Caller::SignedIn { account: id, .. } = caller else {
            return Err(AccountError::Unauthenticated);
        };
        let paid = self.context.write_limits.take_token(caller);
        paid.map_err(|too_many| AccountError::TooMany(too_many.retry_after))?;
        let names = form.check().map_err(AccountError::Invalid)?;
        let record = self
            .directory
            .change(id, |account| account.names = names.clone().into())
            .await?
            .ok_or(AccountError::Unauthenticated)?;
        tracing::info!(account = %id, "names changed");
        Ok(record.to_view(id))
    }

    /// Ends every session of the caller's account, including the one of this request.
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
}

fn require_operator(caller: &Caller) -> Result<(), AccountError> {
    match caller {
        Caller::System => Ok(()),
        Caller::Anonymous(_) | Caller::SignedIn { .. } => Err(AccountError::Forbidden),
    }
}
