//! Accounts and email reservations in the store.

use std::sync::Arc;

use super::{
    AccountError,
    canonical_address::CanonicalAddress,
    email_reservation::{EMAIL_RESERVATIONS, EmailReservation},
    record::{ACCOUNTS, AccountRecord, AccountState},
};
use crate::{
    account_id::AccountId,
    cache::CacheEntry,
    cached_collection::CachedCollection,
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Document, Documents, Revision, StoreError},
    encoding::{decode, encode},
    hashing::StoredHash,
};

/// Maximum number of accounts in memory.
const CACHED_ACCOUNTS: usize = 20_000;
/// The collection that is read when an address has no account, so that a login of an unknown
/// address takes the same reads. It holds one decoy; nothing else reads it.
pub(crate) static DECOYS: Collection = Collection {
    name: "decoys",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};
const DECOY: &str = "account";
/// The id of the account document that holds the global session epoch. No person has this account
/// and no email reservation names it; its epoch is added to that of every account.
const GLOBAL_EPOCH_ID: &str = "everybody";

/// Reads and changes accounts; the rest of the domain uses no other access to them.
#[derive(Debug)]
pub(crate) struct AccountDirectory {
    documents: Arc<dyn Documents>,
    accounts: CachedCollection<AccountId, StoredAccount>,
    clock: Arc<dyn Clock>,
}

/// An account as it was read.
#[derive(Debug)]
pub(crate) struct StoredAccount {
    pub(crate) revision: Revision,
    pub(crate) record: AccountRecord,
}

/// Whether an address can be reserved for a new account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressAvailability {
    /// There is no reservation of it.
    Free,
    /// Its account was deleted; the reservation is at this revision and can be replaced.
    Abandoned(Revision),
    /// It belongs to an account.
    Taken,
}

impl AccountDirectory {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self {
            accounts: CachedCollection::new(
                documents.clone(),
                &ACCOUNTS,
                CACHED_ACCOUNTS,
                clock.clone(),
                read_account,
            ),
            documents,
            clock,
        }
    }

    /// Reads an account for a session. It may be as old as [`Documents::cache_validity`] allows.
    pub(crate) async fn get(
        &self,
        id: &AccountId,
    ) -> Result<Option<Arc<CacheEntry<StoredAccount>>>, StoreError> {
        self.accounts.get(id).await
    }

    /// Reads an account as the store holds it now.
    pub(crate) async fn get_current(
        &self,
        id: &AccountId,
    ) -> Result<Option<Arc<CacheEntry<StoredAccount>>>, StoreError> {
        self.accounts.forget(id);
        self.accounts.get(id).await
    }

    /// Reads an account for a session, together with the epoch that its sessions must have.
    ///
    /// The epoch is the sum of two numbers that only rise, the account's and the global one, so
    /// the epoch of an ended session is never reached again.
    pub(crate) async fn with_epoch(
        &self,
        id: &AccountId,
    ) -> Result<Option<(Arc<CacheEntry<StoredAccount>>, u64)>, StoreError> {
        let (account, everybody) = tokio::try_join!(self.get(id), self.global_epoch())?;
        Ok(account.map(|account| {
            let epoch = account.record.session_epoch + everybody;
            (account, epoch)
        }))
    }

    /// Like [`with_epoch`](Self::with_epoch), as the store holds both now.
    pub(crate) async fn current_with_epoch(
        &self,
        id: &AccountId,
    ) -> Result<Option<(Arc<CacheEntry<StoredAccount>>, u64)>, StoreError> {
        self.accounts.forget(id);
        self.accounts.forget(&everybody());
        self.with_epoch(id).await
    }

    /// The global session epoch as the store holds it now.
    pub(crate) async fn current_global_epoch(&self) -> Result<u64, StoreError> {
        self.accounts.forget(&everybody());
        self.global_epoch().await
    }

    /// Ends all sessions of all accounts by raising the global session epoch.
    pub(crate) async fn begin_global_epoch(&self) -> Result<(), AccountError> {
        let global_epoch_id = everybody();
        loop {
            let changed = self.change(&global_epoch_id, |account| account.session_epoch += 1);
            if changed.await?.is_some() {
                return Ok(());
            }
            self.create_global_epoch().await?;
        }
    }

    /// The global session epoch. Its document is created if it is missing, because absence is not
    /// cached and every request would query the store for it. If it cannot be created, the epoch
    /// is 0 and requests are served.
    pub(crate) async fn global_epoch(&self) -> Result<u64, StoreError> {
        if let Some(account) = self.accounts.get(&everybody()).await? {
            return Ok(account.record.session_epoch);
        }
        if let Err(error) = self.create_global_epoch().await {
            tracing::debug!(%error, "the epoch of everybody was not written down");
            return Ok(0);
        }
        let account = self.accounts.get(&everybody()).await?;
        Ok(account.map_or(0, |account| account.record.session_epoch))
    }

    async fn create_global_epoch(&self) -> Result<(), AccountError> {
        let state = AccountState::Live(Box::new(AccountRecord::decoy()?));
        let created = self
            .documents
            .create(&ACCOUNTS, GLOBAL_EPOCH_ID, encode(&state)?);
        match created.await {
            Ok(_) | Err(StoreError::Exists) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The account that an address belongs to, read from the store. For an unknown address it is a
    /// decoy without an id, which took the same reads and the same decoding.
    pub(crate) async fn find(
        &self,
        canonical: &CanonicalAddress,
    ) -> Result<(Option<AccountId>, StoredAccount), AccountError> {
        let claim_id = canonical.claim_id();
        if let Some(document) = self.documents.get(&EMAIL_RESERVATIONS, &claim_id).await? {
            let claim = decode::<EmailReservation>(&document)?;
            let id = claim.account_id().clone();
            if let EmailReservation::Pending { .. } = claim {
                self.complete_reservation(&claim_id, document.revision, claim)
                    .await?;
            }
            if let Some(account) = self.accounts.read(&id).await? {
                return Ok((Some(id), account));
            }
        }
        Ok((None, self.decoy().await?))
    }

    /// The account that a typed address belongs to. `former` is the identity of an address that
    /// was stored in full-width characters, before they were mapped to narrow ones; its account
    /// takes precedence. Both are read in every case, so that the number of reads does not reveal
    /// which one exists.
    pub(crate) async fn find_typed(
        &self,
        canonical: &CanonicalAddress,
        former: Option<&CanonicalAddress>,
    ) -> Result<(Option<AccountId>, StoredAccount), AccountError> {
        let Some(former) = former else {
            return self.find(canonical).await;
        };
        let (former, found) = tokio::try_join!(self.find(former), self.find(canonical))?;
        Ok(match former {
            (Some(_), _) => former,
            (None, _) => found,
        })
    }

    /// Whether an address can be reserved for a new account.
    pub(crate) async fn availability(
        &self,
        claim_id: &str,
    ) -> Result<AddressAvailability, StoreError> {
        let Some(document) = self.documents.get(&EMAIL_RESERVATIONS, claim_id).await? else {
            return Ok(AddressAvailability::Free);
        };
        let claim = decode::<EmailReservation>(&document)?;
        let id = claim.account_id().clone();
        if let EmailReservation::Pending { .. } = claim {
            self.complete_reservation(claim_id, document.revision, claim)
                .await?;
            return Ok(AddressAvailability::Taken);
        }
        if self.accounts.read(&id).await?.is_some() {
            return Ok(AddressAvailability::Taken);
        }
        Ok(AddressAvailability::Abandoned(document.revision))
    }

    /// Reserves an address and creates its account. `false` means that another account has the
    /// address.
    ///
    /// The reservation of a deleted account is replaced and never removed: revisions of a removed
    /// document start again at 1, so a client with an old revision could remove its successor.
    pub(crate) async fn create(
        &self,
        id: &AccountId,
        account: AccountRecord,
        availability: AddressAvailability,
    ) -> Result<bool, StoreError> {
        let claim_id = account.claim_id.clone();
        let claim = EmailReservation::Pending {
            account_id: id.clone(),
            account: Box::new(account),
        };
        let body = encode(&claim)?;
        let taken = match availability {
            AddressAvailability::Free => {
                self.documents
                    .create(&EMAIL_RESERVATIONS, &claim_id, body)
                    .await
            }
            AddressAvailability::Abandoned(from) => {
                self.documents
                    .replace(&EMAIL_RESERVATIONS, &claim_id, from, body)
                    .await
            }
            AddressAvailability::Taken => return Ok(false),
        };
        match taken {
            Ok(revision) => {
                self.complete_reservation(&claim_id, revision, claim)
                    .await?;
                Ok(true)
            }
            Err(StoreError::Exists | StoreError::Conflict) => {
                self.was_created_by_this_call(&claim_id, id).await
            }
            Err(error) => Err(error),
        }
    }

    /// Changes an account, repeating the change after each conflict. `None` means that it does not
    /// exist.
    pub(crate) async fn change(
        &self,
        id: &AccountId,
        change: impl Fn(&mut AccountRecord),
    ) -> Result<Option<AccountRecord>, StoreError> {
        loop {
            let Some(mut account) = self.accounts.read(id).await? else {
                return Ok(None);
            };
            change(&mut account.record);
            account.record.updated_at = self.instant_after(account.record.updated_at);
            let state = AccountState::Live(Box::new(account.record.clone()));
            if self.replace(id, account.revision, &state).await? {
                return Ok(Some(account.record));
            }
        }
    }

    /// Deletes an account by writing a tombstone; its email reservation then counts as abandoned.
    /// `None` means that it does not exist.
    pub(crate) async fn delete(&self, id: &AccountId) -> Result<Option<()>, StoreError> {
        loop {
            let Some(account) = self.accounts.read(id).await? else {
                return Ok(None);
            };
            let state = AccountState::Deleted {
                deleted_at: unix_milliseconds(self.clock.now()),
            };
            if self.replace(id, account.revision, &state).await? {
                return Ok(Some(()));
            }
        }
    }

    /// Replaces the hash of a password, unless the account was changed since revision `from`.
    pub(crate) async fn rehash(
        &self,
        id: &AccountId,
        from: Revision,
        mut record: AccountRecord,
    ) -> Result<bool, StoreError> {
        record.updated_at = self.instant_after(record.updated_at);
        let state = AccountState::Live(Box::new(record));
        self.replace(id, from, &state).await
    }

    /// The decoy account; it is created at the first call.
    async fn decoy(&self) -> Result<StoredAccount, AccountError> {
        loop {
            if let Some(document) = self.documents.get(&DECOYS, DECOY).await?
                && let Some(mut decoy) = read_account(&document)?
            {
                // The stored hash may have outdated parameters, which would take another time to
                // verify.
                decoy.record.password = StoredHash::decoy()?;
                return Ok(decoy);
            }
            let state = AccountState::Live(Box::new(AccountRecord::decoy()?));
            match self.documents.create(&DECOYS, DECOY, encode(&state)?).await {
                Ok(_) | Err(StoreError::Exists) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Replaces an account at revision `from`. `false` means that it is at another revision.
    async fn replace(
        &self,
        id: &AccountId,
        from: Revision,
        state: &AccountState,
    ) -> Result<bool, StoreError> {
        let replaced = self.accounts.replace(id, from, encode(state)?).await?;
        Ok(replaced.is_some())
    }

    /// Completes a pending reservation; several requests may do so at once.
    async fn complete_reservation(
        &self,
        claim_id: &str,
        revision: Revision,
        claim: EmailReservation,
    ) -> Result<(), StoreError> {
        let EmailReservation::Pending {
            account_id,
            account,
        } = claim
        else {
            return Ok(());
        };
        let state = AccountState::Live(account);
        let created = self
            .documents
            .create(&ACCOUNTS, account_id.as_str(), encode(&state)?)
            .await;
        match created {
            // Another request was faster, or the account has been deleted since; both are final.
            Ok(_) | Err(StoreError::Exists) => {}
            Err(error) => return Err(error),
        }
        let active = encode(&EmailReservation::Active { account_id })?;
        match self
            .documents
            .replace(&EMAIL_RESERVATIONS, claim_id, revision, active)
            .await
        {
            Ok(_) | Err(StoreError::Conflict) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// True if the existing reservation is the one that this call has written: a store that retries by
    /// itself refuses its own document the second time.
    async fn was_created_by_this_call(
        &self,
        claim_id: &str,
        id: &AccountId,
    ) -> Result<bool, StoreError> {
        let Some(document) = self.documents.get(&EMAIL_RESERVATIONS, claim_id).await? else {
            return Ok(false);
        };
        let claim = decode::<EmailReservation>(&document)?;
        let is_ours = claim.account_id() == id;
        self.complete_reservation(claim_id, document.revision, claim)
            .await?;
        Ok(is_ours)
    }

    /// The current time in milliseconds since 1970, but later than `earlier` even if the clock was
    /// set back.
    fn instant_after(&self, earlier: i64) -> i64 {
        unix_milliseconds(self.clock.now()).max(earlier + 1)
    }
}

fn everybody() -> AccountId {
    AccountId::from_stored(GLOBAL_EPOCH_ID)
}

/// Decodes an account; a tombstone is `None`.
fn read_account(document: &Document) -> Result<Option<StoredAccount>, StoreError> {
    Ok(match decode(document)? {
        AccountState::Live(record) => Some(StoredAccount {
            revision: document.revision,
            record: *record,
        }),
        AccountState::Deleted { .. } => None,
    })
}
