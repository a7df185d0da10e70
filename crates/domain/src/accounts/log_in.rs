//! Login.

use std::sync::Arc;

use tracing::Instrument as _;
use types::{Field, FieldErrors, LogIn, Password};

use super::{
    AccountError, Accounts, Device, DeviceId, VerifiedLogin, canonical_address::CanonicalAddress,
    directory::StoredAccount,
};
use crate::{
    account_id::AccountId,
    caller::{Caller, ClientNetwork},
    hashing::{Flow, PasswordMatch},
    limits::{Attempt, LimitedAction},
};

/// The account that is tried, and the client that tries it.
struct LoginAttempt {
    canonical: CanonicalAddress,
    /// The canonical form from before full-width characters were mapped to narrow ones.
    former: Option<CanonicalAddress>,
    source: Option<ClientNetwork>,
    device: DeviceId,
    /// The session epoch of the device's valid proof for this account.
    proven_epoch: Option<u64>,
}

impl Accounts {
    /// Verifies an address and a password. `device` is what the client presents; the default is a
    /// device that has never logged in.
    ///
    /// An unknown address, a wrong password and a disabled account take the same reads and the
    /// same hash in the same queue, so that their timing does not differ.
    ///
    /// # Errors
    /// - [`AccountError::Invalid`] if the address or the password is malformed.
    /// - [`AccountError::BadCredentials`].
    /// - [`AccountError::TooMany`], [`AccountError::Hashing`] and [`AccountError::Store`]: the
    ///   client may retry.
    pub async fn log_in(
        &self,
        caller: &Caller,
        form: &LogIn,
        device: &Device,
    ) -> Result<VerifiedLogin, AccountError> {
        let address = form.check().map_err(AccountError::Invalid)?;
        let canonical = CanonicalAddress::of(&address).map_err(|reason| {
            AccountError::Invalid(FieldErrors::one(Field::EmailAddress, reason))
        })?;
        let former = CanonicalAddress::former(&form.email_address, &address);
        let guess = LoginAttempt {
            proven_epoch: self
                .proven_epoch(device, &canonical, former.as_ref())
                .await?,
            former,
            canonical,
            source: caller.source(),
            device: device.id(),
        };
        let mut attempts = vec![self.begin_attempt(&guess)?];
        match self.verify(&guess, &form.password, &mut attempts).await {
            Ok((account, epoch)) => {
                attempts.into_iter().for_each(Attempt::succeeded);
                tracing::info!(%account, "logged in");
                Ok(VerifiedLogin {
                    account,
                    epoch,
                    remember: form.is_remembered(),
                })
            }
            Err(error @ (AccountError::Hashing(_) | AccountError::Store(_))) => {
                attempts.into_iter().for_each(Attempt::undecided);
                Err(error)
            }
            Err(error) => Err(error),
        }
    }

    /// The device with a proof of this login added, to be presented at the next one.
    ///
    /// # Errors
    /// [`AccountError::Unauthenticated`] if the account no longer exists, [`AccountError::Store`].
    pub async fn remember_device(
        &self,
        _caller: &Caller,
        login: &VerifiedLogin,
        device: &Device,
    ) -> Result<Device, AccountError> {
        let account = self.directory.get(&login.account).await?;
        let account = account.ok_or(AccountError::Unauthenticated)?;
        let claim_id = &account.record.claim_id;
        let now = self.clock.now();
        let remembered = self.devices.remember(device, claim_id, login.epoch, now);
        Ok(remembered.await?)
    }

    /// The session epoch of the device's proof for the account of this address.
    ///
    /// Always `None` for an address in full width: it may belong to another account than its
    /// narrow form, and the owner of that account could use its proofs for guesses at this one.
    async fn proven_epoch(
        &self,
        device: &Device,
        canonical: &CanonicalAddress,
        former: Option<&CanonicalAddress>,
    ) -> Result<Option<u64>, AccountError> {
        if former.is_some() {
            return Ok(None);
        }
        let claim_id = canonical.claim_id();
        let proven = self.devices.epoch_of(device, &claim_id, self.clock.now());
        Ok(proven.await?)
    }

    /// Begins an attempt: of a known device if it has a proof, otherwise of a stranger.
    fn begin_attempt(&self, guess: &LoginAttempt) -> Result<Attempt<'_>, AccountError> {
        let (account, now) = (guess.canonical.key(), self.clock.now());
        let attempt = match guess.proven_epoch {
            Some(_) => {
                let device = (guess.device, guess.source);
                self.limits.attempt_on_device(account, device, now)
            }
            // As in `proven_epoch`, a source that is familiar to one of the two accounts counts as
            // a stranger to the other.
            None if guess.former.is_some() => {
                self.limits.attempt_of_stranger(account, guess.source, now)
            }
            None => self
                .limits
                .attempt(LimitedAction::LogIn, account, guess.source, now),
        };
        attempt.map_err(|too_many| AccountError::TooMany(too_many.retry_after))
    }

    /// Verifies the password; returns the account and the epoch of its sessions.
    async fn verify<'a>(
        &'a self,
        guess: &LoginAttempt,
        password: &Password,
        attempts: &mut Vec<Attempt<'a>>,
    ) -> Result<(AccountId, u64), AccountError> {
        let key = guess.canonical.key();
        // Before the reads, so that a source that has used up its share of the pool costs no
        // reads.
        let permit = self.hashing.acquire(Flow::of(guess.source), key)?;
        let everybody = async { Ok(self.directory.current_global_epoch().await?) };
        let former = guess.former.as_ref();
        let found = self.directory.find_typed(&guess.canonical, former);
        let ((id, account), everybody) = tokio::try_join!(found, everybody)?;
        let epoch = account.record.session_epoch + everybody;
        let is_proof_over = id.is_none() || guess.proven_epoch != Some(epoch);
        if guess.proven_epoch.is_some() && is_proof_over {
            let now = self.clock.now();
            let attempt = self.limits.attempt_without_proof(key, guess.source, now);
            attempts.push(attempt.map_err(|too_many| AccountError::TooMany(too_many.retry_after))?);
        }
        let stored = account.record.password.clone();
        let verified = self.hashing.verify(&permit, password.clone(), stored);
        let verdict = verified.await?;
        let Some(id) = id else {
            tracing::info!("login refused: unknown address");
            return Err(AccountError::BadCredentials);
        };
        if verdict == PasswordMatch::Mismatch {
            tracing::info!(account = %id, "login refused: wrong password");
            return Err(AccountError::BadCredentials);
        }
        if !account.record.is_active {
            tracing::info!(account = %id, "login refused: disabled account");
            return Err(AccountError::BadCredentials);
        }
        if verdict == PasswordMatch::MatchOutdated {
            self.rehash_later(id.clone(), key, account, password.clone());
        }
        Ok((id, epoch))
    }

    /// Hashes the password again with today's parameters, after the response. A failure is only
    /// logged: the next login tries again.
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
