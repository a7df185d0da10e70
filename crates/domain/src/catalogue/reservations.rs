//! Room for what is about to be created or lengthened, reserved in the holdings of the account.
//!
//! Something is entered and counted before it is created, in one compare-and-set, so that no race
//! exceeds a quota. A process that dies in between leaves a pending entry: once that is older than
//! any save, the next entry of the account looks whether the thing is there. If it is not, its id
//! is forbidden, so that a late save cannot bring it, and it counts no longer. In the same way a
//! change that lengthens a text is pending until its outcome is known; if the thing still has the
//! revision that the change started from, it is passed, so that a late save of the change fails. That
//! a thing was passed can be seen later, by its `updated_at`, until it is changed. A
//! recount sees the longer text or the pending entry, and of what is being created the document or,
//! where it is not there yet, the entry. So bytes are never too low, but for what the operator
//! lengthens.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use types::{FullQuota, catalogue::ReviewStatus};
use uuid::Uuid;

use super::{
    CatalogueError,
    access::actor,
    context::{CatalogueContext, ROUNDS},
    holdings::{
        Created, Holdings, HoldingsRecord, Pending, PendingChange, PendingKind, Proposal, Recount,
        Usage,
    },
    ids::ArtistId,
    kind::Kind,
    quotas::Quotas,
    record::{Record, Stored},
    repository::Repository,
    retailers::RetailerKept,
};
use crate::{
    caller::Caller,
    clock::unix_milliseconds,
    documents::{Revision, StoreError},
    id::AccountId,
};

/// A save that takes longer than this comes to nothing, in milliseconds.
const SAVING: i64 = 10_000;
/// Videos and products of a full account are counted one by one at most this often, in
/// milliseconds: it reads all of them.
const COUNTING: i64 = 10 * 60 * 1000;
/// Maximum number of writes of the holdings that one entry tries. Every other process with entries of
/// the same account can take a few.
const TRIES: usize = 20;

/// Who creates something, and against whose quotas it counts.
#[derive(Clone, Copy, Debug)]
pub struct Maker<'a> {
    /// As records name it.
    pub(super) by: &'a str,
    /// `None` where nothing is counted.
    pub(super) charged: Option<(&'a AccountId, Quotas)>,
    /// Whether reserved slugs are given to what is created.
    pub(super) is_operator: bool,
}

/// Room for one entity, or for what a change adds to it. If it is dropped before
/// [`end`](Self::end), the entity may or may not exist, or be changed.
#[derive(Debug)]
#[must_use = "what became of the thing must be noted"]
pub(super) struct Reservation<'a> {
    holdings: &'a Holdings,
    /// `None` for what does not count.
    id: Option<String>,
}

impl Reservation<'_> {
    /// Notes what became of the thing. It is entered with the next reservation of the account.
    pub(super) fn end(self, created: Created) {
        if let Some(id) = self.id {
            self.holdings.note(id, created);
        }
    }
}

/// The bytes of what was typed, as JSON.
pub(super) fn bytes_of(content: &impl Serialize) -> Result<u64, StoreError> {
    let json = serde_json::to_vec(content);
    let json = json.map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(json.len() as u64)
}

impl CatalogueContext {
    /// The caller as a maker.
    pub(super) fn maker<'a>(&self, caller: &'a Caller) -> Maker<'a> {
        let charged = match caller {
            Caller::SignedIn { account, .. } => Some((account, self.quotas)),
            Caller::Anonymous(_) | Caller::System => None,
        };
        Maker {
            by: actor(caller),
            charged,
            is_operator: matches!(caller, Caller::System),
        }
    }

    /// Reserves room for something that is about to be created.
    ///
    /// # Errors
    /// [`CatalogueError::Full`]; [`CatalogueError::Unauthenticated`] when the account is being
    /// deleted; [`CatalogueError::Store`].
    pub(super) async fn reserve<C: Kind>(
        &self,
        maker: Maker<'_>,
        id: &str,
        parent: &str,
        content: &C,
    ) -> Result<Reservation<'_>, CatalogueError> {
        let holdings = &self.holdings;
        let Some((owner, quotas)) = maker.charged else {
            return Ok(Reservation { holdings, id: None });
        };
        let new = Pending {
            id: id.to_owned(),
            of: C::PENDING,
            parent: parent.to_owned(),
            bytes: bytes_of(content)?,
            since: self.now(),
            change: None,
        };
        let enter = |record: &mut HoldingsRecord| record.enter(new.clone(), &quotas);
        self.enter(owner, C::PENDING, enter).await?;
        Ok(Reservation {
            holdings,
            id: Some(new.id),
        })
    }

    /// Stores the new content of an entity that must still be as it was read, if there is room for it.
    /// Room is reserved for each try: what was reserved for one counts until it is known that the try
    /// comes to nothing, and no longer.
    ///
    /// # Errors
    /// As [`reserve`](Self::reserve) and [`change`](Self::change).
    pub(super) async fn change_content<C: Kind>(
        &self,
        caller: &Caller,
        mut base: Stored<C>,
        content: &C,
    ) -> Result<Stored<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            let mut record = base.record.clone();
            self.rewrite(&mut record, content, actor(caller));
            let room = self.reserve_growth(caller, &base, &record).await?;
            match self.save(&base, record).await {
                Ok(Some(stored)) => {
                    room.end(Created::Yes);
                    return Ok(stored);
                }
                Ok(None) => self.give_back(caller, room, C::PENDING).await,
                Err(error) if error.wrote_nothing() => {
                    self.give_back(caller, room, C::PENDING).await;
                    return Err(error);
                }
                Err(error) => return Err(error),
            }
            base = self.repository().unchanged(&base).await?;
        }
        Err(CatalogueError::Moved)
    }

    /// Reserves room for a change of something that makes it longer: for the record that is about to
    /// be put in the place of `base`.
    async fn reserve_growth<C: Kind>(
        &self,
        caller: &Caller,
        base: &Stored<C>,
        changed: &Record<C>,
    ) -> Result<Reservation<'_>, CatalogueError> {
        let holdings = &self.holdings;
        let nothing = Reservation { holdings, id: None };
        let Some((owner, quotas)) = self.maker(caller).charged else {
            return Ok(nothing);
        };
        let (before, after) = (bytes_of(&base.record.content)?, bytes_of(&changed.content)?);
        if after <= before {
            return Ok(nothing);
        }
        let change = PendingChange {
            id: Uuid::now_v7().to_string(),
            from: base.revision.0,
        };
        let id = Some(change.id.clone());
        let new = Pending {
            id: base.id.clone(),
            of: C::PENDING,
            parent: base.record.parent.clone(),
            bytes: after - before,
            since: changed.updated_at,
            change: Some(change),
        };
        let enter = |record: &mut HoldingsRecord| record.enter(new.clone(), &quotas);
        self.enter(owner, C::PENDING, enter).await?;
        Ok(Reservation { holdings, id })
    }

    /// Gives the room of a change back that came to nothing. It is not left to the next entry of the
    /// account: in another process, that would have to pass the thing to know what became of it.
    async fn give_back(&self, caller: &Caller, room: Reservation<'_>, of: PendingKind) {
        let (Some(_), Some((owner, _))) = (&room.id, self.maker(caller).charged) else {
            return;
        };
        room.end(Created::No);
        // Else the next entry of the account gives it back.
        if let Err(error) = self.enter(owner, of, |_| Ok(())).await {
            tracing::info!(account = %owner, %error, "room of a refused change not given back");
        }
    }

    /// Changes the holdings of an account, if there is room.
    async fn enter(
        &self,
        owner: &AccountId,
        of: PendingKind,
        change: impl Fn(&mut HoldingsRecord) -> Result<(), FullQuota>,
    ) -> Result<(), CatalogueError> {
        let _turn = self.holdings.turn(owner).await;
        let (mut recount, mut refused) = (None::<Recount>, None);
        for _ in 0..TRIES {
            let (read, from) = self.holdings.read(owner).await?;
            if read.is_closed {
                return Err(CatalogueError::Unauthenticated);
            }
            let mut record = read.clone();
            let settled = self.settle(&mut record).await?;
            // It reads everything of the account, so a write that is lost is no reason to do it again.
            if let Some(recount) = &recount {
                record.correct(recount);
            }
            if record.counted_at.is_none() {
                recount = Some(self.recount(&mut record).await?);
            }
            let mut changed = change(&mut record);
            if changed.is_err()
                && self
                    .drop_what_is_gone(&mut record, of, &mut recount)
                    .await?
            {
                changed = change(&mut record);
            }
            // What was found out about a full account is kept as well.
            if record == read || self.holdings.write(owner, from, &record).await? {
                self.holdings.forget(&settled);
                return changed.map_err(CatalogueError::Full);
            }
            refused = changed.err();
        }
        Err(refused.map_or_else(
            || StoreError::Unavailable("the holdings are written all the time".to_owned()).into(),
            CatalogueError::Full,
        ))
    }

    /// Counts everything one by one; gives what that has changed.
    async fn recount(&self, record: &mut HoldingsRecord) -> Result<Recount, StoreError> {
        let before = record.clone();
        self.count_things(record).await?;
        let after = record.clone();
        Ok(Recount { before, after })
    }

    /// Enters what became of what was pending; gives the ids of the outcomes that were entered.
    async fn settle(&self, record: &mut HoldingsRecord) -> Result<Vec<String>, StoreError> {
        let (now, mut settled) = (self.now(), Vec::new());
        for pending in record.pending.clone() {
            let created = match self.holdings.outcome(pending.outcome_id()) {
                Some(created) => created,
                None if now < pending.since + SAVING => continue,
                None => {
                    let created = self.late_outcome(&pending).await?;
                    // Kept for another try: if the thing is changed meanwhile, it no longer tells.
                    self.holdings.note(pending.outcome_id().to_owned(), created);
                    created
                }
            };
            if created == Created::No {
                record.discount(&pending);
            }
            settled.push(pending.outcome_id().to_owned());
        }
        let is_pending = |one: &Pending| !settled.iter().any(|id| id == one.outcome_id());
        record.pending.retain(is_pending);
        Ok(settled)
    }

    /// What becomes of something that takes longer than a save may take, and of which no process is
    /// known to have seen the end: nothing, unless it is there.
    async fn late_outcome(&self, pending: &Pending) -> Result<Created, StoreError> {
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
            true => Created::No,
            false => Created::Yes,
        })
    }

    /// Leaves out of full holdings what no longer counts; `false` when nothing was looked at.
    async fn drop_what_is_gone(
        &self,
        record: &mut HoldingsRecord,
        of: PendingKind,
        recount: &mut Option<Recount>,
    ) -> Result<bool, CatalogueError> {
        match of {
            PendingKind::Artist => self.drop_gone_artists(record).await?,
            PendingKind::Proposal => self.drop_decided_proposals(record).await?,
            PendingKind::Video | PendingKind::Product => {
                let counted_at = record.counted_at.unwrap_or_default();
                if recount.is_some() || self.now() < counted_at + COUNTING {
                    return Ok(false);
                }
                *recount = Some(self.recount(record).await?);
            }
        }
        Ok(true)
    }

    /// Artists that were never created, and those that can no longer be restored.
    async fn drop_gone_artists(&self, record: &mut HoldingsRecord) -> Result<(), StoreError> {
        let repository = &self.repositories.artists;
        let ids: Vec<_> = record.artists.iter().map(ArtistId::as_str).collect();
        let mut gone = HashSet::new();
        for (id, stored) in ids.iter().zip(repository.get_many(&ids).await?) {
            let is_gone = match stored {
                Some(stored) => !repository.is_kept(&stored.record),
                None => !record.is_pending(id) && repository.forbid(id).await?,
            };
            if is_gone {
                gone.insert((*id).to_owned());
            }
        }
        record.artists.retain(|one| !gone.contains(one.as_str()));
        record.usage.retain(|artist, _| !gone.contains(artist));
        Ok(())
    }

    /// Proposals that a moderator has decided about, and those that can no longer be restored.
    async fn drop_decided_proposals(&self, record: &mut HoldingsRecord) -> Result<(), StoreError> {
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

    /// Counts everything of the account's artists one by one, but for what the operator has put
    /// there. What is being created counts as it is there, and as it was entered while it is not: its
    /// document may have been lengthened by a change that is entered no longer.
    async fn count_things(&self, record: &mut HoldingsRecord) -> Result<(), StoreError> {
        let (mut usage, mut proposals) = (BTreeMap::new(), Vec::new());
        let mut present = HashSet::new();
        for artist in &record.artists {
            let mut of_artist = Usage::default();
            let repositories = &self.repositories;
            let videos = self.counted(&repositories.videos, artist, &mut present, |_| true);
            for (_, bytes) in videos.await? {
                of_artist.add(PendingKind::Video, bytes);
            }
            let products = self.counted(&repositories.products, artist, &mut present, |_| true);
            for (_, bytes) in products.await? {
                of_artist.add(PendingKind::Product, bytes);
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
            if pending.of != PendingKind::Artist && !is_counted {
                record.count(&pending);
            }
        }
        record.counted_at = Some(self.now());
        Ok(())
    }

    /// The ids and bytes of what counts of an artist's things of one kind. Adds the ids of all that
    /// are there, whether or not they count, to `present`.
    async fn counted<C: Kind>(
        &self,
        repository: &Repository<C>,
        artist: &ArtistId,
        present: &mut HashSet<String>,
        counts: impl Fn(&Record<C>) -> bool,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let (mut counted, mut after) = (Vec::new(), None::<String>);
        while let Some(batch) = repository
            .children(artist.as_str(), after.as_deref())
            .await?
        {
            after = Some(batch.last);
            for thing in batch.things {
                let record = &thing.record;
                let is_own = record.created_by != actor(&Caller::System);
                let is_counted = is_own && repository.is_kept(record) && counts(record);
                present.insert(thing.id.clone());
                if is_counted {
                    counted.push((thing.id, bytes_of(&record.content)?));
                }
            }
        }
        Ok(counted)
    }

    fn now(&self) -> i64 {
        unix_milliseconds(self.clock.now())
    }
}

fn is_proposed(record: &Record<RetailerKept>) -> bool {
    record.content.review_status == ReviewStatus::Proposed
}
