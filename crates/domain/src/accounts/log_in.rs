//! Logging in.

use std::sync::Arc;

use tracing::Instrument as _;
use types::{Field, FieldErrors, LogIn, Password};

use super::{AccountError, Accounts, LoggedIn, directory::StoredAccount, identity::Identity};
use crate::{
    caller::{Caller, Source},
    hashing::{Flow, Verdict},
    id::AccountId,
    limits::Action,
};

impl Accounts {
    /// Verifies an address and a password.
    ///
    /// Unknown, wrong and disabled take the same reads and the same hash, in the same queue.
    ///
    /// # Errors
    /// - [`AccountError::Invalid`] for what could not be an address or a password.
    /// - [`AccountError::BadCredentials`].
    /// - [`AccountError::TooMany`], [`AccountError::Hashing`] and [`AccountError::Store`] when it
    ///   may be tried again.
    pub async fn log_in(&self, caller: &Caller, form: &LogIn) -> Result<LoggedIn, AccountError> {
        let address = form.check().map_err(AccountError::Invalid)?;
        let identity = Identity::of(&address).map_err(|reason| {
            AccountError::Invalid(FieldErrors::one(Field::EmailAddress, reason))
        })?;
        let attempt = self
            .limits
            .attempt(
                Action::LogIn,
                identity.key(),
                caller.source(),
                self.clock.now(),
            )
            .map_err(|too_many| AccountError::TooMany(too_many.retry_after))?;
        let verified = self
            .verify(&identity, &form.password, caller.source())
            .await;
        match verified {
            Ok(account) => {
                attempt.succeeded();
                tracing::info!(account = %account.0, "logged in");
                Ok(LoggedIn {
                    account: account.0,
                    epoch: account.1,
                    remember: form.is_remembered(),
                })
            }
            Err(error @ (AccountError::Hashing(_) | AccountError::Store(_))) => {
                attempt.undecided();
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// The account and the epoch of its sessions, when the password is right.
    async fn verify(
        &self,
        identity: &Identity,
        password: &Password,
        source: Option<Source>,
    ) -> Result<(AccountId, u64), AccountError> {
        // Before the reads, so that a source with its share of the pool costs no reads either.
        let permit = self.hashing.acquire(Flow::of(source), identity.key())?;
        let everybody = async { Ok(self.directory.epoch_of_everybody_anew().await?) };
        let found = self.directory.find(identity);
        let ((id, account), everybody) = tokio::try_join!(found, everybody)?;
        let stored = account.record.password.clone();
        let verified = self.hashing.verify(&permit, password.clone(), stored);
        let verdict = verified.await?;
        let Some(id) = id else {
            tracing::info!("login refused: unknown address");
            return Err(AccountError::BadCredentials);
        };
        if verdict == Verdict::Mismatch {
            tracing::info!(account = %id, "login refused: wrong password");
            return Err(AccountError::BadCredentials);
        }
        if !account.record.is_active {
            tracing::info!(account = %id, "login refused: disabled account");
            return Err(AccountError::BadCredentials);
        }
        let epoch = account.record.session_epoch + everybody;
        if verdict == Verdict::MatchOutdated {
            self.rehash_later(id.clone(), identity.key(), account, password.clone());
        }
        Ok((id, epoch))
    }

    /// Hashes the password anew with today's parameters, after the answer. A failure is no harm:
    /// the next login tries again.
    fn rehash_later(
        &self,
        id: AccountId,
        key: [u8; 32],
        account: StoredAccount,
        password: Password,
    ) {
        let hashing = Arc::clone(&self.hashing);
        let directory = Arc::clone(&self.directory);
        let rehash = async move {
            let mut record = account.record;
            let rehashed = async {
                let permit = hashing.acquire(Flow::Rehashing, key)?;
                record.password = hashing.hash(&permit, password).await?;
                let is_written = directory.rehash(&id, account.revision, record).await?;
                Ok::<_, AccountError>(is_written)
            };
            match rehashed.await {
                Ok(is_written) => tracing::info!(account = %id, is_written, "password rehashed"),
                Err(error) => tracing::warn!(account = %id, %error, "password not rehashed"),
            }
        };
        tokio::spawn(rehash.in_current_span());
    }
}
