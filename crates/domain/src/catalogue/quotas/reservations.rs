//! Quota reservations: a creation, or an update that lengthens an entity, is counted in the
//! `OwnedArtists` of the account before it is written.
//!
//! 1. One compare-and-set adds a pending entry and counts it, so that no race exceeds a quota.
//! 2. The entity is written.
//! 3. The next entry of the account removes the pending one; if the write has failed, it is refunded.
//!
//! A process that dies between 1 and 3 leaves a pending entry with an unknown outcome. Once the entry
//! is older than any save may be, the next entry of the account settles it:
//!
//! - *Creation:* if the entity does not exist, a tombstone is written, so that a late save cannot
//!   create it, and the entry is refunded.
//! - *Update:* if the entity is still at the revision that the update started from, that revision is
//!   bumped, so that a late save fails, and the entry is refunded. Bumping keeps `updated_at`, which
//!   shows, until the next change, that the update has failed.
//!
//! A recount adds up the stored content, the growth of all pending updates, and the pending creations
//! without a document. So the counted bytes are never too low, except for content that the operator
//! has lengthened.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use types::{FullQuota, catalogue::ReviewStatus};
use uuid::Uuid;

use super::{
    Quotas,
    owned_artists::{
        OwnedArtists, OwnedArtistsRecord, PendingOutcome, PendingUpdate, PendingWrite,
        PendingWriteKind, Proposal, Usage, UsageRecount,
    },
};
use crate::catalogue::{
    CatalogueError,
    entities::{
        entity_ids::ArtistId,
        record::{EntityRecord, StoredEntity},
        repository::Repository,
    },
    service::{
        access::actor_id,
        context::{CatalogueContext, ROUNDS},
        kind::Kind,
        retailers::RetailerState,
    },
};
use crate::{
    account_id::AccountId,
    caller::Caller,
    clock::unix_milliseconds,
    documents::{Revision, StoreError},
};

/// Age in milliseconds after which a save can no longer succeed.
const SAVING: i64 = 10_000;
/// Minimum interval between two recounts of a full account, in milliseconds. A recount reads all
/// videos and products of the account.
const COUNTING: i64 = 10 * 60 * 1000;
/// Maximum number of attempts to write the `OwnedArtists` for one entry. Every other process that
/// enters for the same account can cause a few conflicts.
const TRIES: usize = 20;

/// The creator of an entity, and the account whose quotas it counts against.
#[derive(Clone, Copy, Debug)]
pub struct Creator<'a> {
    /// The id of the creator as records contain it.
    pub(crate) by: &'a str,
    /// The account and its quotas; `None` if nothing is counted.
    pub(crate) charged: Option<(&'a AccountId, Quotas)>,
    /// True if reserved slugs may be assigned.
    pub(crate) is_operator: bool,
}

/// The reservation for one creation or update. If it is dropped before [`end`](Self::end), the outcome
/// is unknown.
#[derive(Debug)]
#[must_use = "call `end` with the outcome"]
pub(crate) struct QuotaReservation<'a> {
    owned_artists: &'a OwnedArtists,
    /// The id of the pending entry; `None` if nothing is counted.
    id: Option<String>,
}

impl QuotaReservation<'_> {
    /// Records the outcome in memory; the next entry of the account applies it.
    pub(crate) fn end(self, created: PendingOutcome) {
        if let Some(id) = self.id {
            self.owned_artists.record_outcome(id, created);
        }
    }
}

/// Size of the content as JSON, in bytes.
pub(crate) fn bytes_of(content: &impl Serialize) -> Result<u64, StoreError> {
    let json = serde_json::to_vec(content);
    let json = json.map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(json.len() as u64)
}

impl CatalogueContext {
    /// The caller as a creator.
    pub(crate) fn creator<'a>(&self, caller: &'a Caller) -> Creator<'a> {
        let charged = match caller {
            Caller::SignedIn { account, .. } => Some((account, self.quotas)),
            Caller::Anonymous(_) | Caller::System => None,
        };
        Creator {
            by: actor_id(caller),
            charged,
            is_operator: matches!(caller, Caller::System),
        }
    }

    /// Reserves quota for a creation.
    ///
    /// # Errors
    /// [`CatalogueError::Full`]; [`CatalogueError::Unauthenticated`] if the account is being
    /// deleted; [`CatalogueError::Store`].
    pub(crate) async fn reserve<C: Kind>(
        &self,
        creator: Creator<'_>,
        id: &str,
        parent: &str,
        content: &C,
    ) -> Result<QuotaReservation<'_>, CatalogueError> {
        let owned_artists = &self.owned_artists;
        let Some((owner, quotas)) = creator.charged else {
            return Ok(QuotaReservation {
                owned_artists,
                id: None,
            });
        };
        let new = PendingWrite {
            id: id.to_owned(),
            of: C::PENDING_KIND,
            parent: parent.to_owned(),
            bytes: bytes_of(content)?,
            since: self.now(),
            change: None,
        };
        let update_usage = |record: &mut OwnedArtistsRecord| record.enter(new.clone(), &quotas);
        self.enter(owner, C::PENDING_KIND, update_usage).await?;
        Ok(QuotaReservation {
            owned_artists,
            id: Some(new.id),
        })
    }

    /// Stores the new content of an entity that is unchanged since it was read, if the quota
    /// allows it. Quota is reserved for each attempt, and counts until it is known that the
    /// attempt has failed.
    ///
    /// # Errors
    /// As [`reserve`](Self::reserve) and [`change`](Self::change).
    pub(crate) async fn change_content<C: Kind>(
        &self,
        caller: &Caller,
        mut base: StoredEntity<C>,
        content: &C,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            let mut record = base.record.clone();
            self.rewrite(&mut record, content, actor_id(caller));
            let room = self.reserve_growth(caller, &base, &record).await?;
            match self.save(&base, record).await {
                Ok(Some(stored)) => {
                    room.end(PendingOutcome::Yes);
                    return Ok(stored);
                }
                Ok(None) => self.release(caller, room, C::PENDING_KIND).await,
                Err(error) if error.wrote_nothing() => {
                    self.release(caller, room, C::PENDING_KIND).await;
                    return Err(error);
                }
                Err(error) => return Err(error),
            }
            base = self.repository().unchanged(&base).await?;
        }
        Err(CatalogueError::Conflict)
    }

    /// Reserves quota for an update that lengthens an entity: for the record that will replace
    /// `base`.
    async fn reserve_growth<C: Kind>(
        &self,
        caller: &Caller,
        base: &StoredEntity<C>,
        changed: &EntityRecord<C>,
    ) -> Result<QuotaReservation<'_>, CatalogueError> {
        let owned_artists = &self.owned_artists;
        let nothing = QuotaReservation {
            owned_artists,
            id: None,
        };
        let Some((owner, quotas)) = self.creator(caller).charged else {
            return Ok(nothing);
        };
        let (before, after) = (bytes_of(&base.record.content)?, bytes_of(&changed.content)?);
        if after <= before {
            return Ok(nothing);
        }
        let change = PendingUpdate {
            id: Uuid::now_v7().to_string(),
            from: base.revision.0,
        };
        let id = Some(change.id.clone());
        let new = PendingWrite {
            id: base.id.clone(),
            of: C::PENDING_KIND,
            parent: base.record.parent.clone(),
            bytes: after - before,
            since: changed.updated_at,
            change: Some(change),
        };
        let enter = |record: &mut OwnedArtistsRecord| record.enter(new.clone(), &quotas);
        self.enter(owner, C::PENDING_KIND, enter).await?;
        Ok(QuotaReservation { owned_artists, id })
    }

    /// Refunds the quota of an update that has failed. The next entry of the account would do so, too,
    /// but in another process it would first have to bump the entity's revision to learn the outcome.
    async fn release(&self, caller: &Caller, room: QuotaReservation<'_>, of: PendingWriteKind) {
        let (Some(_), Some((owner, _))) = (&room.id, self.creator(caller).charged) else {
            return;
        };
        room.end(PendingOutcome::No);
        // Otherwise the next entry of the account refunds it.
        if let Err(error) = self.enter(owner, of, |_| Ok(())).await {
            tracing::info!(account = %owner, %error, "room of a refused change not given back");
        }
    }

    /// Settles pending writes and applies `change` to the `OwnedArtists` of an account, in one
    /// compare-and-set.
    ///
    /// # Errors
    /// [`CatalogueError::Full`] if `change` exceeds a quota, also after a recount;
    /// [`CatalogueError::Unauthenticated`] if the account is being deleted.
    async fn enter(
        &self,
        owner: &AccountId,
        of: PendingWriteKind,
        change: impl Fn(&mut OwnedArtistsRecord) -> Result<(), FullQuota>,
    ) -> Result<(), CatalogueError> {
        let _turn = self.owned_artists.lock_account(owner).await;
        let (mut recount, mut refused) = (None::<UsageRecount>, None);
        for _ in 0..TRIES {
            let (read, from) = self.owned_artists.read(owner).await?;
            if read.is_closed {
                return Err(CatalogueError::Unauthenticated);
            }
            let mut record = read.clone();
            let settled = self.settle(&mut record).await?;
            // A recount reads all entities of the account, so it is reused after a conflict.
            if let Some(recount) = &recount {
                record.correct(recount);
            }
            if record.counted_at.is_none() {
                recount = Some(self.recount(&mut record).await?);
            }
            let mut changed = change(&mut record);
            if changed.is_err()
                && self
                    .remove_missing_entities(&mut record, of, &mut recount)
                    .await?
            {
                changed = change(&mut record);
            }
            // A recount is stored even if the account is full.
            if record == read || self.owned_artists.write(owner, from, &record).await? {
                self.owned_artists.forget(&settled);
                return changed.map_err(CatalogueError::Full);
            }
            refused = changed.err();
        }
        Err(refused.map_or_else(
            || StoreError::Unavailable("the holdings are written all the time".to_owned()).into(),
            CatalogueError::Full,
        ))
    }

    /// Counts all entities of the account again; returns the counts before and after.
    async fn recount(&self, record: &mut OwnedArtistsRecord) -> Result<UsageRecount, StoreError> {
        let before = record.clone();
        self.count_entities(record).await?;
        let after = record.clone();
        Ok(UsageRecount { before, after })
    }

    /// Settles pending writes; returns the ids of their outcomes.
    async fn settle(&self, record: &mut OwnedArtistsRecord) -> Result<Vec<String>, StoreError> {
        let (now, mut settled) = (self.now(), Vec::new());
        for pending in record.pending.clone() {
            let created = match self.owned_artists.outcome(pending.outcome_id()) {
                Some(created) => created,
                None if now < pending.since + SAVING => continue,
                None => {
                    let created = self.resolve_overdue(&pending).await?;
                    // Recorded for the next attempt: after a change, the entity no longer shows
                    // the outcome.
                    self.owned_artists
                        .record_outcome(pending.outcome_id().to_owned(), created);
                    created
                }
            };
            if created == PendingOutcome::No {
                record.subtract_usage(&pending);
            }
            settled.push(pending.outcome_id().to_owned());
        }
        let is_pending = |one: &PendingWrite| !settled.iter().any(|id| id == one.outcome_id());
        record.pending.retain(is_pending);
        Ok(settled)
    }

    /// The outcome of an old write that this process does not know. Makes a save that is still in
    /// progress fail.
    async fn resolve_overdue(&self, pending: &PendingWrite) -> Result<PendingOutcome, StoreError> {
        let repositories = &self.repositories;
        let came_to_nothing = match &pending.change {
            Some(change) => {
                repositories
                    .pass_at(&pending.id, Revision(change.from), pending.since)
                    .await?
            }
            None => repositories.forbid(&pending.id).await?,
        };
        Ok(match came_to_nothing {
            true => PendingOutcome::No,
            false => PendingOutcome::Yes,
        })
    }

    /// Removes entries that no longer count from a full `OwnedArtists`; `false` if nothing was checked.
    async fn remove_missing_entities(
        &self,
        record: &mut OwnedArtistsRecord,
        of: PendingWriteKind,
        recount: &mut Option<UsageRecount>,
    ) -> Result<bool, CatalogueError> {
        match of {
            PendingWriteKind::Artist => self.remove_missing_artists(record).await?,
            PendingWriteKind::Proposal => self.drop_decided_proposals(record).await?,
            PendingWriteKind::Video | PendingWriteKind::Product => {
                let counted_at = record.counted_at.unwrap_or_default();
                if recount.is_some() || self.now() < counted_at + COUNTING {
                    return Ok(false);
                }
                *recount = Some(self.recount(record).await?);
            }
        }
        Ok(true)
    }

    /// Removes artists that were never created, and those that can no longer be restored.
    async fn remove_missing_artists(
        &self,
        record: &mut OwnedArtistsRecord,
    ) -> Result<(), StoreError> {
        let repository = &self.repositories.artists;
        let ids: Vec<_> = record.artists.iter().map(ArtistId::as_str).collect();
        let mut gone = HashSet::new();
        for (id, stored) in ids.iter().zip(repository.get_many(&ids).await?) {
            let is_gone = match stored {
                Some(stored) => !repository.is_kept(&stored.record),
                None => !record.is_pending(id) && repository.write_tombstone(id).await?,
            };
            if is_gone {
                gone.insert((*id).to_owned());
            }
        }
        record.artists.retain(|one| !gone.contains(one.as_str()));
        record.usage.retain(|artist, _| !gone.contains(artist));
        Ok(())
    }

    /// Removes proposals that were decided, and those that can no longer be restored.
    async fn drop_decided_proposals(
        &self,
        record: &mut OwnedArtistsRecord,
    ) -> Result<(), StoreError> {
        let repository = &self.repositories.retailers;
        let ids: Vec<_> = record.proposals.iter().map(|one| one.id.as_str()).collect();
        let mut waiting = HashSet::new();
        for (id, stored) in ids.iter().zip(repository.get_many(&ids).await?) {
            let waits = match stored {
                Some(stored) => repository.is_kept(&stored.record) && is_proposed(&stored.record),
                None => record.is_pending(id),
            };
            if waits {
                waiting.insert((*id).to_owned());
            }
        }
        record.proposals.retain(|one| waiting.contains(&one.id));
        Ok(())
    }

    /// Counts all entities of the account's artists, except those that the operator has created. A
    /// pending creation counts with its document if that exists, because an update that is no longer
    /// pending may have lengthened it; otherwise with its entry.
    async fn count_entities(&self, record: &mut OwnedArtistsRecord) -> Result<(), StoreError> {
        let (mut usage, mut proposals) = (BTreeMap::new(), Vec::new());
        let mut present = HashSet::new();
        for artist in &record.artists {
            let mut of_artist = Usage::default();
            let repositories = &self.repositories;
            let videos = self.counted(&repositories.videos, artist, &mut present, |_| true);
            for (_, bytes) in videos.await? {
                of_artist.add(PendingWriteKind::Video, bytes);
            }
            let products = self.counted(&repositories.products, artist, &mut present, |_| true);
            for (_, bytes) in products.await? {
                of_artist.add(PendingWriteKind::Product, bytes);
            }
            usage.insert(artist.to_string(), of_artist);
            let waiting = self.counted(&repositories.retailers, artist, &mut present, is_proposed);
            let of_artist = waiting.await?.into_iter().map(|(id, _)| Proposal {
                id,
                artist: artist.to_string(),
            });
            proposals.extend(of_artist);
        }
        record.usage = usage;
        record.proposals = proposals;
        for pending in record.pending.clone() {
            let is_counted = pending.change.is_none() && present.contains(&pending.id);
            if pending.of != PendingWriteKind::Artist && !is_counted {
                record.add_usage(&pending);
            }
        }
        record.counted_at = Some(self.now());
        Ok(())
    }

    /// The ids and bytes of an artist's entities of one kind that count. Adds the ids of all
    /// existing ones to `present`.
    async fn counted<C: Kind>(
        &self,
        repository: &Repository<C>,
        artist: &ArtistId,
        present: &mut HashSet<String>,
        counts: impl Fn(&EntityRecord<C>) -> bool,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let (mut counted, mut after) = (Vec::new(), None::<String>);
        while let Some(batch) = repository
            .children(artist.as_str(), after.as_deref())
            .await?
        {
            after = Some(batch.last);
            for entity in batch.entities {
                let record = &entity.record;
                let is_own = record.created_by != actor_id(&Caller::System);
                let is_counted = is_own && repository.is_kept(record) && counts(record);
                present.insert(entity.id.clone());
                if is_counted {
                    counted.push((entity.id, bytes_of(&record.content)?));
                }
            }
        }
        Ok(counted)
    }

    fn now(&self) -> i64 {
        unix_milliseconds(self.clock.now())
    }
}

fn is_proposed(record: &EntityRecord<RetailerState>) -> bool {
    record.content.review_status == ReviewStatus::Proposed
}
