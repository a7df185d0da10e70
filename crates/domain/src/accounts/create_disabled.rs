//! Creates accounts that nobody can log in to, as owners of the operator's own artists.

use types::{EmailAddress, Field, FieldErrors, Reason};

use super::{
    AccountError, Accounts,
    canonical_address::CanonicalAddress,
    directory::AddressAvailability,
    record::{AccountRecord, PersonNames},
    require_operator,
};
use crate::{account_id::AccountId, caller::Caller, clock::unix_milliseconds, hashing::StoredHash};

impl Accounts {
    /// Creates a disabled account for an address, or returns the disabled account that already has
    /// it.
    ///
    /// # Errors
    /// - [`AccountError::Forbidden`] for every caller but the operator, [`AccountError::Store`].
    /// - [`AccountError::Invalid`] if the address is malformed or belongs to an enabled account:
    ///   the person who signed up with it must not become the owner of the operator's artists.
    pub async fn create_disabled(
        &self,
        caller: &Caller,
        address: &str,
    ) -> Result<AccountId, AccountError> {
        require_operator(caller)?;
        let address = EmailAddress::parse(address).map_err(refused)?;
        let canonical = CanonicalAddress::of(&address).map_err(refused)?;
        let availability = self.directory.availability(&canonical.claim_id()).await?;
        if availability != AddressAvailability::Taken {
            let id = AccountId::generate();
            let account = self.locked_account(&address, &canonical)?;
            if self.directory.create(&id, account, availability).await? {
                tracing::info!(account = %id, "disabled account created");
                return Ok(id);
            }
        }
        let (id, account) = self.directory.find(&canonical).await?;
        let id = id.filter(|_| !account.record.is_active);
        id.ok_or_else(|| refused(Reason::Taken))
    }

    /// A disabled account with a hash that no password has, so that enabling it does not open it
    /// to anybody.
    fn locked_account(
        &self,
        address: &EmailAddress,
        canonical: &CanonicalAddress,
    ) -> Result<AccountRecord, AccountError> {
        let now = unix_milliseconds(self.clock.now());
        Ok(AccountRecord {
            email_address: address.as_str().to_owned(),
            claim_id: canonical.claim_id(),
            names: PersonNames::default(),
            password: StoredHash::decoy()?,
            is_active: false,
            is_moderator: false,
            session_epoch: 0,
            created_at: now,
            updated_at: now,
        })
    }
}

fn refused(reason: Reason) -> AccountError {
    AccountError::Invalid(FieldErrors::one(Field::EmailAddress, reason))
}
