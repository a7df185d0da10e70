//! Reserves and releases unique keys.

use std::sync::Arc;

use async_trait::async_trait;
use futures::future::try_join_all;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::UniqueKey;
use crate::{
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Documents, Revision, StoreError},
    encoding::{decode, encode},
};

/// The collection of reservations; the id is the key.
pub(crate) static KEYS: Collection = Collection {
    name: "keys",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};

/// Time in milliseconds during which a reservation holds although the entity's own document does not
/// contain the key: a save may be in progress.
const SAVING: i64 = 10_000;

/// Time in milliseconds during which a released slug is unavailable to other entities: 90 days.
/// The entity that released it can reserve it again.
const RETIRED: i64 = 90 * 24 * 60 * 60 * 1000;

/// The reservation of a key, as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct KeyReservation {
    /// The id of the entity that the key is reserved for; empty if it is free.
    owner: String,
    /// When it was reserved, in milliseconds since 1970; in the future for a released slug.
    stamped_at: i64,
}

/// A key, and the revision at which its reservation was read.
#[derive(Clone, Debug)]
pub(crate) struct ReservationSnapshot {
    key: UniqueKey,
    revision: Revision,
}

/// The outcome of reserving several keys.
#[derive(Debug)]
pub(crate) enum ReserveOutcome {
    /// All keys are reserved for the entity. These were not before.
    All(Vec<ReservationSnapshot>),
    /// Another entity has this key.
    Taken(UniqueKey),
}

/// The outcome of reserving one key.
enum KeyOutcome {
    /// Another entity has the key.
    Taken,
    /// The key was already reserved for the entity, by another save that may still succeed, so this
    /// save must not release it.
    Own,
    /// The key was not reserved for the entity before; the reservation has this revision.
    New(Revision),
}

/// What [`UniqueIndex`] needs of the entities that keys are reserved for.
#[async_trait]
pub(crate) trait KeyOwner: Send + Sync {
    /// True if the entity exists and its document contains the key. If not, call `fence` before
    /// reserving the key for another entity: it bumps the revision, so that a concurrent save fails.
    async fn has(&self, owner: &str, key: &UniqueKey) -> Result<bool, StoreError>;

    /// Bumps the entity's revision unless its document contains the key. True if no save that began
    /// before this call can give the key to the entity.
    async fn fence(&self, owner: &str, key: &UniqueKey) -> Result<bool, StoreError>;

    /// Bumps the entity's revision, so that no save that began before this call succeeds.
    async fn bump_revision(&self, owner: &str) -> Result<(), StoreError>;
}

/// The unique keys of all entities, with the entity that each is reserved for.
#[derive(Clone, Debug)]
pub(crate) struct UniqueIndex {
    documents: Arc<dyn Documents>,
    clock: Arc<dyn Clock>,
}

impl UniqueIndex {
    pub(crate) fn new(documents: Arc<dyn Documents>, clock: Arc<dyn Clock>) -> Self {
        Self { documents, clock }
    }

    /// The id of the entity that a key is reserved for, whether or not its document contains the key;
    /// `None` if the key is free.
    pub(crate) async fn owner(&self, key: &UniqueKey) -> Result<Option<String>, StoreError> {
        let Some(document) = self.documents.get(&KEYS, key.as_str()).await? else {
            return Ok(None);
        };
        let reservation: KeyReservation = decode(&document)?;
        Ok(Some(reservation.owner).filter(|owner| !owner.is_empty()))
    }

    /// Reserves keys for the entity `owner`: all of them, or none if another entity has one. Read the
    /// entity's document before the call, so that its save fails if `fence` bumps the revision
    /// meanwhile.
    pub(crate) async fn reserve_keys(
        &self,
        keys: &[UniqueKey],
        owner: &str,
        others: &dyn KeyOwner,
    ) -> Result<ReserveOutcome, StoreError> {
        let reservations = keys.iter().map(|key| self.reserve_one(key, owner, others));
        let reservations = try_join_all(reservations).await?;
        let mut outcomes = keys.iter().zip(&reservations);
        let taken = outcomes.find(|(_, reservation)| matches!(reservation, KeyOutcome::Taken));
        let taken = taken.map(|(key, _)| key.clone());
        let new = keys
            .iter()
            .zip(reservations)
            .filter_map(|(key, reservation)| {
                let KeyOutcome::New(revision) = reservation else {
                    return None;
                };
                let key = key.clone();
                Some(ReservationSnapshot { key, revision })
            });
        let new = new.collect();
        let Some(taken) = taken else {
            return Ok(ReserveOutcome::All(new));
        };
        // Otherwise the new reservations would look like a save in progress for `SAVING`
        // milliseconds.
        self.free(new).await;
        Ok(ReserveOutcome::Taken(taken))
    }

    /// Reserves keys that the entity's document already contains, if the reservation names no entity
    /// or one that no longer has the key. A key that another entity also has stays reserved for that
    /// one.
    pub(crate) async fn reserve_unused(
        &self,
        keys: &[UniqueKey],
        owner: &str,
        others: &dyn KeyOwner,
    ) -> Result<(), StoreError> {
        for key in keys {
            if self.owner(key).await?.as_deref() != Some(owner) {
                self.reserve_one(key, owner, others).await?;
            }
        }
        Ok(())
    }

    async fn reserve_one(
        &self,
        key: &UniqueKey,
        owner: &str,
        others: &dyn KeyOwner,
    ) -> Result<KeyOutcome, StoreError> {
        let ours = encode(&KeyReservation {
            owner: owner.to_owned(),
            stamped_at: self.now(),
        })?;
        loop {
            match self
                .documents
                .create(&KEYS, key.as_str(), ours.clone())
                .await
            {
                Ok(revision) => return Ok(KeyOutcome::New(revision)),
                Err(StoreError::Exists) => {}
                Err(error) => return Err(error),
            }
            let Some(document) = self.documents.get(&KEYS, key.as_str()).await? else {
                continue;
            };
            let reservation: KeyReservation = decode(&document)?;
            let is_own = reservation.owner == owner;
            if !is_own && !self.may_be_taken(key, &reservation, others).await? {
                return Ok(KeyOutcome::Taken);
            }
            let from = document.revision;
            let replaced = self
                .documents
                .replace(&KEYS, key.as_str(), from, ours.clone());
            match replaced.await {
                Ok(_) if is_own => return Ok(KeyOutcome::Own),
                Ok(revision) => return Ok(KeyOutcome::New(revision)),
                Err(StoreError::Conflict) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// True if a key can be taken over: it is free, or the save that reserved it for another entity
    /// has failed.
    async fn may_be_taken(
        &self,
        key: &UniqueKey,
        reservation: &KeyReservation,
        others: &dyn KeyOwner,
    ) -> Result<bool, StoreError> {
        if reservation.owner.is_empty() {
            return Ok(true);
        }
        if others.has(&reservation.owner, key).await?
            || self.now() < reservation.stamped_at + SAVING
        {
            return Ok(false);
        }
        others.fence(&reservation.owner, key).await
    }

    /// Reads the reservations that an entity is about to release; those for another entity are left
    /// out.
    pub(crate) async fn read_owned(
        &self,
        keys: &[UniqueKey],
        owner: &str,
    ) -> Result<Vec<ReservationSnapshot>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = keys.iter().map(UniqueKey::as_str).collect();
        let documents = self.documents.get_many(&KEYS, &ids).await?;
        let mut seen = Vec::new();
        for (key, document) in keys.iter().zip(documents) {
            let Some(document) = document else { continue };
            let reservation: KeyReservation = decode(&document)?;
            let key = key.clone();
            let revision = document.revision;
            seen.extend(
                (reservation.owner == owner).then_some(ReservationSnapshot { key, revision }),
            );
        }
        Ok(seen)
    }

    /// Releases keys whose reservations are unchanged since they were read. A slug stays unavailable
    /// to other entities for [`RETIRED`] milliseconds, because links on other sites may use it; any
    /// other key is free at once.
    pub(crate) async fn release_keys(&self, seen: Vec<ReservationSnapshot>, owner: &str) {
        let (slugs, others): (Vec<_>, Vec<_>) = seen.into_iter().partition(|one| one.key.is_slug());
        let retired = KeyReservation {
            owner: owner.to_owned(),
            stamped_at: self.now() + RETIRED,
        };
        self.overwrite(slugs, &retired).await;
        self.free(others).await;
    }

    /// Frees keys whose reservations are unchanged since they were read. A failure is only logged: the
    /// next entity that needs such a key finds that its owner does not have it.
    pub(crate) async fn free(&self, seen: Vec<ReservationSnapshot>) {
        let free = KeyReservation {
            owner: String::new(),
            stamped_at: 0,
        };
        self.overwrite(seen, &free).await;
    }

    async fn overwrite(&self, seen: Vec<ReservationSnapshot>, reservation: &KeyReservation) {
        let Ok(body) = encode(reservation) else {
            return;
        };
        for ReservationSnapshot { key, revision } in seen {
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
