//! Sign-up.

use types::{CheckedSignUp, Field, FieldErrors, Reason, SignUp, SignupMode};

use super::{
    AccountError, Accounts, VerifiedLogin, canonical_address::CanonicalAddress,
    common_passwords::is_easily_guessed, directory::AddressAvailability, record::AccountRecord,
};
use crate::{
    account_id::AccountId,
    caller::{Caller, ClientNetwork},
    clock::unix_milliseconds,
    hashing::Flow,
    limits::LimitedAction,
};

impl Accounts {
    /// Creates an account.
    ///
    /// # Errors
    /// - [`AccountError::SignupClosed`].
    /// - [`AccountError::Invalid`] for rejected fields and for an address that is taken.
    /// - [`AccountError::TooMany`], [`AccountError::Hashing`] and [`AccountError::Store`]: the
    ///   client may retry. After `Store` the account may exist.
    pub async fn sign_up(
        &self,
        caller: &Caller,
        form: &SignUp,
    ) -> Result<VerifiedLogin, AccountError> {
        if self.signup == SignupMode::Closed {
            return Err(AccountError::SignupClosed);
        }
        let checked = form.check(&self.password).map_err(AccountError::Invalid)?;
        let canonical = CanonicalAddress::of(&checked.email_address)
            .map_err(|reason| refused(Field::EmailAddress, reason))?;
        if is_easily_guessed(&checked) {
            return Err(refused(Field::Password, Reason::Common));
        }
        let attempt = self
            .limits
            .attempt(
                LimitedAction::SignUp,
                canonical.key(),
                caller.source(),
                self.clock.now(),
            )
            .map_err(|too_many| AccountError::TooMany(too_many.retry_after))?;
        let former = CanonicalAddress::former(&form.email_address, &checked.email_address);
        let created = match self.require_unused(former).await {
            Ok(()) => self.create(&canonical, checked, caller.source()).await,
            Err(error) => Err(error),
        };
        match &created {
            Ok(login) => {
                attempt.succeeded();
                tracing::info!(account = %login.account, "account created");
            }
            Err(AccountError::Hashing(_) | AccountError::Store(_)) => attempt.undecided(),
            Err(_) => tracing::info!("sign-up refused"),
        }
        created
    }

    /// Rejects an address that an account has in full-width form: its owner would get a second
    /// account beside the first.
    async fn require_unused(&self, former: Option<CanonicalAddress>) -> Result<(), AccountError> {
        let Some(former) = former else {
            return Ok(());
        };
        match self.directory.availability(&former.claim_id()).await? {
            AddressAvailability::Taken => Err(refused(Field::EmailAddress, Reason::Taken)),
            AddressAvailability::Free | AddressAvailability::Abandoned(_) => Ok(()),
        }
    }

    async fn create(
        &self,
        canonical: &CanonicalAddress,
        form: CheckedSignUp,
        source: Option<ClientNetwork>,
    ) -> Result<VerifiedLogin, AccountError> {
        let permit = self.hashing.acquire(Flow::of(source), canonical.key())?;
        let claim_id = canonical.claim_id();
        // The address is checked before the hash, so that rejecting a taken one is cheap.
        let (availability, everybody) = tokio::try_join!(
            self.directory.availability(&claim_id),
            self.directory.current_global_epoch()
        )?;
        if availability == AddressAvailability::Taken {
            return Err(refused(Field::EmailAddress, Reason::Taken));
        }
        let password = self.hashing.hash(&permit, form.password).await?;
        let now = unix_milliseconds(self.clock.now());
        let id = AccountId::generate();
        let account = AccountRecord {
            email_address: form.email_address.as_str().to_owned(),
            claim_id,
            names: form.names.into(),
            password,
            is_active: true,
            is_moderator: false,
            session_epoch: 0,
            created_at: now,
            updated_at: now,
        };
        if !self.directory.create(&id, account, availability).await? {
            return Err(refused(Field::EmailAddress, Reason::Taken));
        }
        Ok(VerifiedLogin {
            account: id,
            epoch: everybody,
            remember: false,
        })
    }
}

fn refused(field: Field, reason: Reason) -> AccountError {
    AccountError::Invalid(FieldErrors::one(field, reason))
}
