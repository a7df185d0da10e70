//! Which artists an account has.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::ArtistId;
use crate::{
    documents::{Collection, Documents, Revision, StoreError},
    encoding::{decode, encode},
    id::AccountId,
};

/// Holdings, by the account's id.
pub(crate) static HOLDINGS: Collection = Collection {
    name: "holdings",
    indexed: &[],
    largest: 16 * 1024,
};

/// What an account holds. An artist is entered before it is made, so one that is named here may
/// not be there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct HoldingsRecord {
    /// In the order in which they were made.
    pub(crate) artists: Vec<ArtistId>,
    /// Whether the account is being deleted, and gets no artist any more.
    pub(crate) is_closed: bool,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entered {
    /// It is there.
    Yes,
    /// The account has as many artists as it may have.
    Full,
    /// The account is being deleted.
    Closed,
}

/// The holdings of all accounts.
#[derive(Clone, Debug)]
pub(crate) struct Holdings {
    documents: Arc<dyn Documents>,
}

impl Holdings {
    /// The most artists of one account, deleted ones included.
    pub(crate) const MOST: u16 = 100;

    pub(crate) fn new(documents: Arc<dyn Documents>) -> Self {
        Self { documents }
    }

    /// The artists that an account has, or is about to have.
    pub(crate) async fn artists(&self, account: &AccountId) -> Result<Vec<ArtistId>, StoreError> {
        let (record, _) = self.read(account).await?;
        Ok(record.artists)
    }

    /// Enters an artist that is about to be made.
    pub(crate) async fn enter(
        &self,
        account: &AccountId,
        artist: &ArtistId,
    ) -> Result<Entered, StoreError> {
        loop {
            let (mut record, from) = self.read(account).await?;
            if record.artists.contains(artist) {
                return Ok(Entered::Yes);
            }
            if record.is_closed {
                return Ok(Entered::Closed);
            }
            if record.artists.len() >= usize::from(Self::MOST) {
                return Ok(Entered::Full);
            }
            record.artists.push(artist.clone());
            if self.write(account, from, &record).await? {
                return Ok(Entered::Yes);
            }
        }
    }

    /// Takes out an artist that was not made, or is gone for good.
    pub(crate) async fn leave(
        &self,
        account: &AccountId,
        artist: &ArtistId,
    ) -> Result<(), StoreError> {
        loop {
            let (mut record, from) = self.read(account).await?;
            if !record.artists.contains(artist) {
                return Ok(());
            }
            record.artists.retain(|entered| entered != artist);
            if self.write(account, from, &record).await? {
                return Ok(());
            }
        }
    }

    /// Closes the holdings of an account that is about to be deleted, if they are still what they
    /// were when `seen` was read. `false` means that they are not.
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

    /// Opens holdings again that were closed for a deletion that is refused.
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

    /// Whether the account is being deleted.
    pub(crate) async fn are_closed(&self, account: &AccountId) -> Result<bool, StoreError> {
        let (record, _) = self.read(account).await?;
        Ok(record.is_closed)
    }

    async fn read(
        &self,
        account: &AccountId,
    ) -> Result<(HoldingsRecord, Option<Revision>), StoreError> {
        let document = self.documents.get(&HOLDINGS, account.as_str()).await?;
        match document {
            Some(document) => Ok((decode(&document)?, Some(document.revision))),
            None => Ok((HoldingsRecord::default(), None)),
        }
    }

    async fn write(
        &self,
        account: &AccountId,
        from: Option<Revision>,
        record: &HoldingsRecord,
    ) -> Result<bool, StoreError> {
        let (id, body) = (account.as_str(), encode(record)?);
        let written = match from {
            Some(from) => self.documents.replace(&HOLDINGS, id, from, body).await,
            None => self.documents.create(&HOLDINGS, id, body).await,
        };
        match written {
            Ok(_) => Ok(true),
            Err(StoreError::Moved | StoreError::Exists) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
