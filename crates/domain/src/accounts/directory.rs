//! Accounts and claims in the store.

use std::sync::Arc;

use super::{
    AccountError,
    claim::{CLAIMS, Claim},
    identity::Identity,
    record::{ACCOUNTS, AccountRecord, AccountState},
};
use crate::{
    cache::Entry,
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Document, Documents, Revision, StoreError},
    encoding::{decode, encode},
    hashing::StoredHash,
    id::AccountId,
    remembered::Remembered,
};

/// So many accounts are kept in memory.
const CACHED_ACCOUNTS: usize = 20_000;
/// What is read where there is no account; no collection that anything else looks into.
pub(crate) static DECOYS: Collection = Collection {
    name: "decoys",
    indexed: &[],
    largest: 4 * 1024,
};
const DECOY: &str = "account";
/// The id of the account that stands for everybody: nobody has it, no claim leads to it, and its
/// session epoch is a part of every session's.
const EVERYBODY: &str = "everybody";

/// Reads and changes accounts; everything else in the domain goes through it.
#[derive(Debug)]
pub(crate) struct AccountDirectory {
    documents: Arc<dyn Documents>,
    accounts: Remembered<AccountId, StoredAccount>,
    clock: Arc<dyn Clock>,
}

/// An account as it was read.
#[derive(Debug)]
pub(crate) struct StoredAccount {
    pub(crate) revision: Revision,
    pub(crate) record: AccountRecord,
}

/// Whether an address can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Availability {
    /// Nobody has claimed it.
    Free,
    /// Its account was deleted; the claim is at this revision.
    Abandoned(Revision),
    /// It is somebody's.
    Taken,
}

impl AccountDirectory {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self {
            accounts: Remembered::new(
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

    /// An account as sessions see it; it may be as old as the store's ownership allows.
    pub(crate) async fn get(
        &self,
        id: &AccountId,
    ) -> Result<Option<Arc<Entry<StoredAccount>>>, StoreError> {
        self.accounts.get(id).await
    }

    /// The same as the store holds it now.
    pub(crate) async fn get_anew(
        &self,
        id: &AccountId,
    ) -> Result<Option<Arc<Entry<StoredAccount>>>, StoreError> {
        self.accounts.forget(id);
        self.accounts.get(id).await
    }

    /// An account as sessions see it, and the epoch that its sessions must be of.
    ///
    /// The epoch is the sum of two numbers that only rise, the account's and everybody's, so a
    /// session of an earlier epoch is never of a later one again.
    pub(crate) async fn with_epoch(
        &self,
        id: &AccountId,
    ) -> Result<Option<(Arc<Entry<StoredAccount>>, u64)>, StoreError> {
        let (account, everybody) = tokio::try_join!(self.get(id), self.epoch_of_everybody())?;
        Ok(account.map(|account| {
            let epoch = account.record.session_epoch + everybody;
            (account, epoch)
        }))
    }

    /// The same as the store holds it now.
    pub(crate) async fn with_epoch_anew(
        &self,
        id: &AccountId,
    ) -> Result<Option<(Arc<Entry<StoredAccount>>, u64)>, StoreError> {
        self.accounts.forget(id);
        self.accounts.forget(&everybody());
        self.with_epoch(id).await
    }

    /// The epoch of everybody as the store holds it now.
    pub(crate) async fn epoch_of_everybody_anew(&self) -> Result<u64, StoreError> {
        self.accounts.forget(&everybody());
        self.epoch_of_everybody().await
    }

    /// Ends the sessions of everybody.
    pub(crate) async fn begin_epoch_of_everybody(&self) -> Result<(), AccountError> {
        let everybody = everybody();
        loop {
            let changed = self.change(&everybody, |account| account.session_epoch += 1);
            if changed.await?.is_some() {
                return Ok(());
            }
            self.write_everybody_down().await?;
        }
    }

    /// The record is created if it is missing: absence is not cached, so every request would ask
    /// the store for it. If it cannot be written, requests are still served.
    pub(crate) async fn epoch_of_everybody(&self) -> Result<u64, StoreError> {
        if let Some(account) = self.accounts.get(&everybody()).await? {
            return Ok(account.record.session_epoch);
        }
        if let Err(error) = self.write_everybody_down().await {
            tracing::debug!(%error, "the epoch of everybody was not written down");
            return Ok(0);
        }
        let account = self.accounts.get(&everybody()).await?;
        Ok(account.map_or(0, |account| account.record.session_epoch))
    }

    async fn write_everybody_down(&self) -> Result<(), AccountError> {
        let state = AccountState::Live(Box::new(AccountRecord::decoy()?));
        let created = self.documents.create(&ACCOUNTS, EVERYBODY, encode(&state)?);
        match created.await {
            Ok(_) | Err(StoreError::Exists) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The account that an address belongs to, read from the store. Where there is none, it is a
    /// decoy without an id, which was read and decoded just like one.
    pub(crate) async fn find(
        &self,
        identity: &Identity,
    ) -> Result<(Option<AccountId>, StoredAccount), AccountError> {
        let claim_id = identity.claim_id();
        if let Some(document) = self.documents.get(&CLAIMS, &claim_id).await? {
            let claim = decode::<Claim>(&document)?;
            let id = claim.account_id().clone();
            if let Claim::Pending { .. } = claim {
                self.finish(&claim_id, document.revision, claim).await?;
            }
            if let Some(account) = self.accounts.read(&id).await? {
                return Ok((Some(id), account));
            }
        }
        Ok((None, self.decoy().await?))
    }

    /// The account that a typed address belongs to: the one that has it as it was typed, from before
    /// full-width characters were narrow, comes before the one that has its form of today. Both are
    /// looked for, whether or not the first is there, so that the reads do not reveal it.
    pub(crate) async fn find_typed(
        &self,
        identity: &Identity,
        former: Option<&Identity>,
    ) -> Result<(Option<AccountId>, StoredAccount), AccountError> {
        let Some(former) = former else {
            return self.find(identity).await;
        };
        let (former, found) = tokio::try_join!(self.find(former), self.find(identity))?;
        Ok(match former {
            (Some(_), _) => former,
            (None, _) => found,
        })
    }

    /// Whether an address can be taken.
    pub(crate) async fn availability(&self, claim_id: &str) -> Result<Availability, StoreError> {
        let Some(document) = self.documents.get(&CLAIMS, claim_id).await? else {
            return Ok(Availability::Free);
        };
        let claim = decode::<Claim>(&document)?;
        let id = claim.account_id().clone();
        if let Claim::Pending { .. } = claim {
            self.finish(claim_id, document.revision, claim).await?;
            return Ok(Availability::Taken);
        }
        if self.accounts.read(&id).await?.is_some() {
            return Ok(Availability::Taken);
        }
        Ok(Availability::Abandoned(document.revision))
    }

    /// Takes an address for a new account. `false` means that it is somebody else's.
    ///
    /// A claim whose account was deleted is written over and never removed: a removed one would
    /// begin to count its revisions anew, and whoever still held an old one could remove its
    /// successor.
    pub(crate) async fn create(
        &self,
        id: &AccountId,
        account: AccountRecord,
        availability: Availability,
    ) -> Result<bool, StoreError> {
        let claim_id = account.claim_id.clone();
        let claim = Claim::Pending {
            account_id: id.clone(),
            account: Box::new(account),
        };
        let body = encode(&claim)?;
        let taken = match availability {
            Availability::Free => self.documents.create(&CLAIMS, &claim_id, body).await,
            Availability::Abandoned(from) => {
                self.documents.replace(&CLAIMS, &claim_id, from, body).await
            }
            Availability::Taken => return Ok(false),
        };
        match taken {
            Ok(revision) => {
                self.finish(&claim_id, revision, claim).await?;
                Ok(true)
            }
            Err(StoreError::Exists | StoreError::Moved) => self.is_ours(&claim_id, id).await,
            Err(error) => Err(error),
        }
    }

    /// Changes an account under whatever else changes it. `None` means that there is none.
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

    /// Deletes an account. The tombstone is all: its claim is then abandoned.
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

    /// Replaces a password's hash, unless the password was changed meanwhile.
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

    /// The decoy; the first time it is written down.
    async fn decoy(&self) -> Result<StoredAccount, AccountError> {
        loop {
            if let Some(document) = self.documents.get(&DECOYS, DECOY).await?
                && let Some(mut decoy) = read_account(&document)?
            {
                // The stored one may have been made with parameters that have moved on.
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

    /// Writes an account over the revision it was read at. `false` means that it has moved on.
    async fn replace(
        &self,
        id: &AccountId,
        from: Revision,
        state: &AccountState,
    ) -> Result<bool, StoreError> {
        let replaced = self.accounts.replace(id, from, encode(state)?).await?;
        Ok(replaced.is_some())
    }

    /// Does what is left of a pending claim; several may do it at once.
    async fn finish(
        &self,
        claim_id: &str,
        revision: Revision,
        claim: Claim,
    ) -> Result<(), StoreError> {
        let Claim::Pending {
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
            // Somebody else was faster, or the account has been deleted since; both are final.
            Ok(_) | Err(StoreError::Exists) => {}
            Err(error) => return Err(error),
        }
        let active = encode(&Claim::Active { account_id })?;
        match self
            .documents
            .replace(&CLAIMS, claim_id, revision, active)
            .await
        {
            Ok(_) | Err(StoreError::Moved) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Whether a claim that is already there is the one that was just made: a store that retries
    /// by itself refuses its own document.
    async fn is_ours(&self, claim_id: &str, id: &AccountId) -> Result<bool, StoreError> {
        let Some(document) = self.documents.get(&CLAIMS, claim_id).await? else {
            return Ok(false);
        };
        let claim = decode::<Claim>(&document)?;
        let is_ours = claim.account_id() == id;
        self.finish(claim_id, document.revision, claim).await?;
        Ok(is_ours)
    }

    /// Now, but after `earlier`, whatever the machine's clock says.
    fn instant_after(&self, earlier: i64) -> i64 {
        unix_milliseconds(self.clock.now()).max(earlier + 1)
    }
}

fn everybody() -> AccountId {
    AccountId::kept(EVERYBODY)
}

/// A deleted account is none.
fn read_account(document: &Document) -> Result<Option<StoredAccount>, StoreError> {
    Ok(match decode(document)? {
        AccountState::Live(record) => Some(StoredAccount {
            revision: document.revision,
            record: *record,
        }),
        AccountState::Deleted { .. } => None,
    })
}
