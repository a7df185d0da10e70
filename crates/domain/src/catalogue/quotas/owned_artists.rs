//! What an account owns: its artists, and what counts against its quotas.

mod record;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::MutexGuard as Turn;

pub(crate) use self::record::{
    OwnedArtistsRecord, PendingUpdate, PendingWrite, PendingWriteKind, Proposal, Usage,
    UsageRecount,
};
use crate::catalogue::entities::entity_ids::ArtistId;
use crate::{
    account_id::AccountId,
    documents::{Collection, Documents, Revision, StoreError},
    encoding::{decode, encode},
};

/// The collection of the owned artists; the id is that of the account.
pub(crate) static OWNED_ARTISTS: Collection = Collection {
    name: "holdings",
    indexed: &[],
    max_body_bytes: 256 * 1024,
};

/// Number of locks that all accounts share.
const ACCOUNT_LOCKS: usize = 64;
/// Maximum number of outcomes in memory. A pending write without an outcome is settled by reading
/// its entity once it is old enough.
const MAX_OUTCOMES: usize = 10_000;

/// The owned artists of all accounts, and what is counted against their quotas.
#[derive(Debug)]
pub(crate) struct OwnedArtists {
    documents: Arc<dyn Documents>,
    /// Locks that serialise the writes of one account in this process, so that concurrent ones do
    /// not fail and retry. Correctness does not depend on them: other processes write too, and
    /// every write is a compare-and-set.
    turns: [tokio::sync::Mutex<()>; ACCOUNT_LOCKS],
    /// Outcomes of creations and updates in this process, by [`PendingWrite::outcome_id`].
    outcomes: Mutex<HashMap<String, PendingOutcome>>,
}

/// The outcome of a pending creation or update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PendingOutcome {
    Yes,
    No,
}

impl OwnedArtists {
    pub(crate) fn new(documents: Arc<dyn Documents>) -> Self {
        Self {
            documents,
            turns: std::array::from_fn(|_| tokio::sync::Mutex::default()),
            outcomes: Mutex::default(),
        }
    }

    /// The ids of the artists that an account has or is about to have.
    pub(crate) async fn artists(&self, account: &AccountId) -> Result<Vec<ArtistId>, StoreError> {
        let (record, _) = self.read(account).await?;
        Ok(record.artists)
    }

    /// Waits for the lock of an account.
    pub(crate) async fn lock_account(&self, account: &AccountId) -> Turn<'_, ()> {
        let mut hasher = DefaultHasher::new();
        account.hash(&mut hasher);
        let number = hasher.finish() % ACCOUNT_LOCKS as u64;
        self.turns[usize::try_from(number).unwrap_or_default()]
            .lock()
            .await
    }

    /// Records the outcome of a pending write.
    pub(crate) fn record_outcome(&self, id: String, created: PendingOutcome) {
        let mut outcomes = self.outcomes();
        if outcomes.len() >= MAX_OUTCOMES {
            outcomes.clear();
        }
        outcomes.insert(id, created);
    }

    /// The outcome of a pending write, if this process knows it.
    pub(crate) fn outcome(&self, id: &str) -> Option<PendingOutcome> {
        self.outcomes().get(id).copied()
    }

    /// Removes outcomes that were applied to the stored record.
    pub(crate) fn forget(&self, ids: &[String]) {
        let mut outcomes = self.outcomes();
        for id in ids {
            outcomes.remove(id);
        }
    }

    /// Nothing that runs under the lock can leave the map inconsistent, so a poisoned lock is
    /// used.
    fn outcomes(&self) -> MutexGuard<'_, HashMap<String, PendingOutcome>> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the record of an account that is about to be deleted, so that no artist can be entered,
    /// if its artists are still `seen`. `false` is a conflict: they were changed.
    pub(crate) async fn close(
        &self,
        account: &AccountId,
        seen: &[ArtistId],
    ) -> Result<bool, StoreError> {
        let (mut record, from) = self.read(account).await?;
        if record.artists != seen {
            return Ok(false);
        }
        if record.is_closed {
            return Ok(true);
        }
        record.is_closed = true;
        self.write(account, from, &record).await
    }

    /// Opens the record again when the deletion of the account is rejected.
    pub(crate) async fn open(&self, account: &AccountId) -> Result<(), StoreError> {
        loop {
            let (mut record, from) = self.read(account).await?;
            if !record.is_closed {
                return Ok(());
            }
            record.is_closed = false;
            if self.write(account, from, &record).await? {
                return Ok(());
            }
        }
    }

    /// True while the account is being deleted.
    pub(crate) async fn are_closed(&self, account: &AccountId) -> Result<bool, StoreError> {
        let (record, _) = self.read(account).await?;
        Ok(record.is_closed)
    }

    pub(crate) async fn read(
        &self,
        account: &AccountId,
    ) -> Result<(OwnedArtistsRecord, Option<Revision>), StoreError> {
        let document = self.documents.get(&OWNED_ARTISTS, account.as_str()).await?;
        match document {
            Some(document) => Ok((decode(&document)?, Some(document.revision))),
            None => Ok((OwnedArtistsRecord::default(), None)),
        }
    }

    /// Writes the record at revision `from`, or creates it if `from` is `None`. `false` is a conflict:
    /// it was changed since it was read.
    pub(crate) async fn write(
        &self,
        account: &AccountId,
        from: Option<Revision>,
        record: &OwnedArtistsRecord,
    ) -> Result<bool, StoreError> {
        let (id, body) = (account.as_str(), encode(record)?);
        let written = match from {
            Some(from) => self.documents.replace(&OWNED_ARTISTS, id, from, body).await,
            None => self.documents.create(&OWNED_ARTISTS, id, body).await,
        };
        match written {
            Ok(_) => Ok(true),
            Err(StoreError::Conflict | StoreError::Exists) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
