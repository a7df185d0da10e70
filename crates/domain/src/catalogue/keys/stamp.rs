//! Taking keys, and giving them up.

use std::sync::Arc;

use async_trait::async_trait;
use futures::future::try_join_all;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Key;
use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Documents, Revision, StoreError},
    encoding::{decode, encode},
};

/// Keys, by their value.
pub(crate) static KEYS: Collection = Collection {
    name: "keys",
    indexed: &[],
    largest: 4 * 1024,
};

/// For so long somebody who has a key but does not say so yet is believed to be in the middle of a
/// save, in milliseconds.
const SAVING: i64 = 10_000;

/// A slug that a thing has given up is kept from others for this time, in milliseconds: 90 days. The
/// thing itself can take it again.
const RETIRED: i64 = 90 * 24 * 60 * 60 * 1000;

/// What is kept under a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Stamp {
    /// The id of the thing that has it; empty when nothing has.
    owner: String,
    /// When it was stamped, in milliseconds since 1970; in the future for a slug that was given up.
    stamped_at: i64,
}

/// A key as it was seen.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    key: Key,
    revision: Revision,
}

/// What became of keys that were to be stamped.
#[derive(Debug)]
pub(crate) enum Stamped {
    /// They are stamped. Those that were not the owner's before are these.
    All(Vec<Seen>),
    /// Another thing has this one.
    Taken(Key),
}

/// What became of one key.
enum Stamping {
    /// Another thing has it.
    Taken,
    /// It was stamped for the owner before, by a save of the same thing that may yet succeed, so
    /// that it is not for this save to give up.
    Own,
    /// It is stamped for the owner now, and was not before.
    New(Revision),
}

/// What can be asked of a thing that may have a key.
#[async_trait]
pub(crate) trait Owner: Send + Sync {
    /// Whether it says that it has the key; an owner that is not there has none. When it does not,
    /// `fence` has to pass a save of it that is under way, at the revision that was read, so that it
    /// fails.
    async fn has(&self, owner: &str, key: &Key) -> Result<bool, StoreError>;

    /// Whether it has none, and no save that began before this call will ever give it one.
    async fn fence(&self, owner: &str, key: &Key) -> Result<bool, StoreError>;

    /// Sees to it that no save of it which began before this call comes through.
    async fn pass(&self, owner: &str) -> Result<(), StoreError>;
}

/// All keys.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    documents: Arc<dyn Documents>,
    clock: Arc<dyn Clock>,
}

impl Keys {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self { documents, clock }
    }

    /// The thing that a key was last stamped for, whether it says so or not.
    pub(crate) async fn owner(&self, key: &Key) -> Result<Option<String>, StoreError> {
        let Some(document) = self.documents.get(&KEYS, key.as_str()).await? else {
            return Ok(None);
        };
        let stamp: Stamp = decode(&document)?;
        Ok(Some(stamp.owner).filter(|owner| !owner.is_empty()))
    }

    /// Stamps keys for a thing whose base was read before: all of them, or none when another thing
    /// has one.
    pub(crate) async fn stamp(
        &self,
        keys: &[Key],
        owner: &str,
        others: &dyn Owner,
    ) -> Result<Stamped, StoreError> {
        let stamps = keys.iter().map(|key| self.stamp_one(key, owner, others));
        let stamps = try_join_all(stamps).await?;
        let mut stamped = keys.iter().zip(&stamps);
        let taken = stamped.find(|(_, stamp)| matches!(stamp, Stamping::Taken));
        let taken = taken.map(|(key, _)| key.clone());
        let new = keys.iter().zip(stamps).filter_map(|(key, stamp)| {
            let Stamping::New(revision) = stamp else {
                return None;
            };
            let key = key.clone();
            Some(Seen { key, revision })
        });
        let new = new.collect();
        let Some(taken) = taken else {
            return Ok(Stamped::All(new));
        };
        // What was only just stamped must not look as if somebody were saving it.
        self.free(new).await;
        Ok(Stamped::Taken(taken))
    }

    /// Stamps keys for a thing that has them already, where the thing that they are stamped for has
    /// them no longer. A key that another thing has as well stays stamped for the other.
    pub(crate) async fn take_unused(
        &self,
        keys: &[Key],
        owner: &str,
        others: &dyn Owner,
    ) -> Result<(), StoreError> {
        for key in keys {
            if self.owner(key).await?.as_deref() != Some(owner) {
                self.stamp_one(key, owner, others).await?;
            }
        }
        Ok(())
    }

    async fn stamp_one(
        &self,
        key: &Key,
        owner: &str,
        others: &dyn Owner,
    ) -> Result<Stamping, StoreError> {
        let ours = encode(&Stamp {
            owner: owner.to_owned(),
            stamped_at: self.now(),
        })?;
        loop {
            match self
                .documents
                .create(&KEYS, key.as_str(), ours.clone())
                .await
            {
                Ok(revision) => return Ok(Stamping::New(revision)),
                Err(StoreError::Exists) => {}
                Err(error) => return Err(error),
            }
            let Some(document) = self.documents.get(&KEYS, key.as_str()).await? else {
                continue;
            };
            let stamp: Stamp = decode(&document)?;
            let is_own = stamp.owner == owner;
            if !is_own && !self.may_be_taken(key, &stamp, others).await? {
                return Ok(Stamping::Taken);
            }
            let from = document.revision;
            let replaced = self
                .documents
                .replace(&KEYS, key.as_str(), from, ours.clone());
            match replaced.await {
                Ok(_) if is_own => return Ok(Stamping::Own),
                Ok(revision) => return Ok(Stamping::New(revision)),
                Err(StoreError::Moved) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether a key that is stamped for another may be stamped anew: a free one, or that of a save
    /// that came to nothing.
    async fn may_be_taken(
        &self,
        key: &Key,
        stamp: &Stamp,
        others: &dyn Owner,
    ) -> Result<bool, StoreError> {
        if stamp.owner.is_empty() {
            return Ok(true);
        }
        if others.has(&stamp.owner, key).await? || self.now() < stamp.stamped_at + SAVING {
            return Ok(false);
        }
        others.fence(&stamp.owner, key).await
    }

    /// Looks at keys that are about to be given up by a thing; those that are stamped for another are
    /// not its own to free.
    pub(crate) async fn see(&self, keys: &[Key], owner: &str) -> Result<Vec<Seen>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = keys.iter().map(Key::as_str).collect();
        let documents = self.documents.get_many(&KEYS, &ids).await?;
        let mut seen = Vec::new();
        for (key, document) in keys.iter().zip(documents) {
            let Some(document) = document else { continue };
            let stamp: Stamp = decode(&document)?;
            let key = key.clone();
            let revision = document.revision;
            seen.extend((stamp.owner == owner).then_some(Seen { key, revision }));
        }
        Ok(seen)
    }

    /// Gives keys up, unless they were stamped since they were seen: a slug is kept from others for
    /// some time, because links of others lead to it; any other value is free at once.
    pub(crate) async fn give_up(&self, seen: Vec<Seen>, owner: &str) {
        let (slugs, others): (Vec<_>, Vec<_>) = seen.into_iter().partition(|one| one.key.is_slug());
        let retired = Stamp {
            owner: owner.to_owned(),
            stamped_at: self.now() + RETIRED,
        };
        self.write_over(slugs, &retired).await;
        self.free(others).await;
    }

    /// Frees keys that were given up, unless they were stamped since they were seen. A failure is
    /// no harm: the next one who wants such a key finds that nothing has it.
    pub(crate) async fn free(&self, seen: Vec<Seen>) {
        let free = Stamp {
            owner: String::new(),
            stamped_at: 0,
        };
        self.write_over(seen, &free).await;
    }

    async fn write_over(&self, seen: Vec<Seen>, stamp: &Stamp) {
        let Ok(body) = encode(stamp) else {
            return;
        };
        for Seen { key, revision } in seen {
            let freed = self
                .documents
                .replace(&KEYS, key.as_str(), revision, body.clone())
                .await;
            if let Err(error @ (StoreError::Unavailable(_) | StoreError::Damaged(_))) = freed {
                tracing::warn!(%error, "a key that was given up stays stamped");
            }
        }
    }

    fn now(&self) -> i64 {
        unix_milliseconds(self.clock.now())
    }
}
