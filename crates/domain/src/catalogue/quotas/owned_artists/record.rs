//! The owned artists of an account as they are stored, and how quotas are counted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use types::{FullQuota, QuotaHolder, QuotaResource};

use crate::catalogue::{
    entities::entity_ids::ArtistId,
    quotas::{Quotas, require},
};

/// What an account owns. Everything is entered before it is created, so an entity that is listed
/// or counted here may not exist.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct OwnedArtistsRecord {
    /// Artists, in the order of their creation.
    pub(crate) artists: Vec<ArtistId>,
    /// True while the account is being deleted; nothing can be entered then.
    pub(crate) is_closed: bool,
    /// Retailers that waited for a moderator when they were last checked.
    #[serde(default)]
    pub(crate) proposals: Vec<Proposal>,
    /// Counts of videos and products, by the id of their artist.
    #[serde(default)]
    pub(crate) usage: BTreeMap<String, Usage>,
    /// Creations and updates whose outcome is unknown. They are included in the counts above.
    #[serde(default)]
    pub(crate) pending: Vec<PendingWrite>,
    /// When videos and products were last counted one by one, in milliseconds since 1970. `None`
    /// if the account was created before there were quotas and was never counted.
    #[serde(default)]
    pub(crate) counted_at: Option<i64>,
}

/// A retailer that waits for a moderator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Proposal {
    pub(crate) id: String,
    pub(crate) artist: String,
}

/// Counts of the videos and products of an artist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Usage {
    pub(crate) videos: u64,
    pub(crate) products: u64,
    /// Bytes of content as JSON. It is too high until the next recount after content was
    /// shortened, and after content was lengthened during a recount. It is too low only after an
    /// update by the operator.
    pub(crate) bytes: u64,
}

/// A creation or a lengthening update that is in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PendingWrite {
    pub(crate) id: String,
    pub(crate) of: PendingWriteKind,
    /// The id of the parent: the account of an artist, otherwise the artist.
    pub(crate) parent: String,
    pub(crate) bytes: u64,
    /// Milliseconds since 1970. For an update it is the `updated_at` that the update sets, so an
    /// entity with an earlier one does not contain the update.
    pub(crate) since: i64,
    /// The update; `None` for a creation.
    #[serde(default)]
    pub(crate) change: Option<PendingUpdate>,
}

/// An update that is being saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PendingUpdate {
    /// A unique id, because several updates of one entity can be in progress.
    pub(crate) id: String,
    /// The revision that the update replaces. The update has failed if the entity is at another
    /// one.
    pub(crate) from: u64,
}

/// The kind of entity that is created or lengthened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PendingWriteKind {
    Artist,
    Video,
    Product,
    Proposal,
}

/// The record before and after a recount.
#[derive(Debug)]
pub(crate) struct UsageRecount {
    pub(crate) before: OwnedArtistsRecord,
    pub(crate) after: OwnedArtistsRecord,
}

impl PendingWrite {
    /// The key under which the saving process records the outcome.
    pub(crate) fn outcome_id(&self) -> &str {
        match &self.change {
            Some(change) => &change.id,
            None => &self.id,
        }
    }
}

impl Usage {
    pub(crate) fn add(&mut self, of: PendingWriteKind, bytes: u64) {
        match of {
            PendingWriteKind::Video => self.videos += 1,
            PendingWriteKind::Product => self.products += 1,
            PendingWriteKind::Artist | PendingWriteKind::Proposal => return,
        }
        self.bytes += bytes;
    }

    fn remove(&mut self, of: PendingWriteKind, bytes: u64) {
        match of {
            PendingWriteKind::Video => self.videos = self.videos.saturating_sub(1),
            PendingWriteKind::Product => self.products = self.products.saturating_sub(1),
            PendingWriteKind::Artist | PendingWriteKind::Proposal => return,
        }
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    /// The current counts, corrected by the difference that a recount found between `before` and
    /// `after`.
    fn with_recount(self, before: &Self, after: &Self) -> Self {
        let apply_recount =
            |now: u64, before: u64, after: u64| (now + after).saturating_sub(before);
        Self {
            videos: apply_recount(self.videos, before.videos, after.videos),
            products: apply_recount(self.products, before.products, after.products),
            bytes: apply_recount(self.bytes, before.bytes, after.bytes),
        }
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            videos: self.videos + other.videos,
            products: self.products + other.products,
            bytes: self.bytes + other.bytes,
        }
    }
}

impl OwnedArtistsRecord {
    /// Enters a creation or update as pending and counts it.
    ///
    /// # Errors
    /// The quota that it would exceed; nothing is entered then.
    pub(crate) fn enter(&mut self, new: PendingWrite, quotas: &Quotas) -> Result<(), FullQuota> {
        let mut entered = self.clone();
        entered.add_usage(&new);
        entered.require_room(&new, quotas)?;
        entered.pending.push(new);
        *self = entered;
        Ok(())
    }

    /// Adds a pending write to the counts without checking quotas.
    pub(crate) fn add_usage(&mut self, one: &PendingWrite) {
        if one.change.is_some() {
            self.usage.entry(one.parent.clone()).or_default().bytes += one.bytes;
            return;
        }
        match one.of {
            PendingWriteKind::Artist => self.artists.extend(ArtistId::parse(&one.id)),
            PendingWriteKind::Proposal => self.proposals.push(Proposal {
                id: one.id.clone(),
                artist: one.parent.clone(),
            }),
            of @ (PendingWriteKind::Video | PendingWriteKind::Product) => {
                let usage = self.usage.entry(one.parent.clone()).or_default();
                usage.add(of, one.bytes);
            }
        }
    }

    /// Subtracts a pending write that has failed from the counts.
    pub(crate) fn subtract_usage(&mut self, one: &PendingWrite) {
        if one.change.is_some() {
            if let Some(usage) = self.usage.get_mut(&one.parent) {
                usage.bytes = usage.bytes.saturating_sub(one.bytes);
            }
            return;
        }
        match one.of {
            PendingWriteKind::Artist => self.artists.retain(|artist| artist.as_str() != one.id),
            PendingWriteKind::Proposal => self.proposals.retain(|proposal| proposal.id != one.id),
            of @ (PendingWriteKind::Video | PendingWriteKind::Product) => {
                if let Some(usage) = self.usage.get_mut(&one.parent) {
                    usage.remove(of, one.bytes);
                }
            }
        }
    }

    /// Applies a recount of an earlier state and keeps what was counted since. Does nothing if
    /// another recount was applied meanwhile.
    pub(crate) fn correct(&mut self, recount: &UsageRecount) {
        let UsageRecount { before, after } = recount;
        if self.counted_at != before.counted_at {
            return;
        }
        let is_current = |artist: &String| {
            after.usage.contains_key(artist) || !before.usage.contains_key(artist)
        };
        self.usage.retain(|artist, _| is_current(artist));
        for (artist, after) in &after.usage {
            let before = before.usage.get(artist).copied().unwrap_or_default();
            let usage = self.usage.entry(artist.clone()).or_default();
            *usage = usage.with_recount(&before, after);
        }
        let is_current =
            |one: &Proposal| after.proposals.contains(one) || !before.proposals.contains(one);
        self.proposals.retain(is_current);
        for one in &after.proposals {
            if !before.proposals.contains(one) && !self.proposals.contains(one) {
                self.proposals.push(one.clone());
            }
        }
        self.counted_at = after.counted_at;
    }

    /// True if the entity is being created.
    pub(crate) fn is_pending(&self, id: &str) -> bool {
        let mut created = self.pending.iter().filter(|one| one.change.is_none());
        created.any(|one| one.id == id)
    }

    fn require_room(&self, new: &PendingWrite, quotas: &Quotas) -> Result<(), FullQuota> {
        let parent = new.parent.as_str();
        if new.change.is_some() {
            return self.require_bytes(parent, quotas);
        }
        match new.of {
            PendingWriteKind::Artist => {
                let artists = self.artists.len() as u64;
                require(
                    artists,
                    quotas.artists,
                    QuotaResource::Artists,
                    QuotaHolder::Account,
                )
            }
            PendingWriteKind::Proposal => {
                let of_artist = self.proposals.iter().filter(|one| one.artist == parent);
                for (holder, count) in [
                    (QuotaHolder::Account, self.proposals.len()),
                    (QuotaHolder::Artist, of_artist.count()),
                ] {
                    let most = quotas.of(holder).proposals;
                    require(count as u64, most, QuotaResource::Proposals, holder)?;
                }
                Ok(())
            }
            PendingWriteKind::Video => {
                for (holder, usage) in self.usages(parent) {
                    let most = quotas.of(holder).videos;
                    require(usage.videos, most, QuotaResource::Videos, holder)?;
                }
                self.require_bytes(parent, quotas)
            }
            PendingWriteKind::Product => {
                for (holder, usage) in self.usages(parent) {
                    let most = quotas.of(holder).products;
                    require(usage.products, most, QuotaResource::Products, holder)?;
                }
                self.require_bytes(parent, quotas)
            }
        }
    }

    fn require_bytes(&self, artist: &str, quotas: &Quotas) -> Result<(), FullQuota> {
        for (holder, usage) in self.usages(artist) {
            let most = quotas.of(holder).bytes;
            require(usage.bytes, most, QuotaResource::Bytes, holder)?;
        }
        Ok(())
    }

    /// The counts of the account and of one of its artists.
    fn usages(&self, artist: &str) -> [(QuotaHolder, Usage); 2] {
        let all = self.usage.values().fold(Usage::default(), Usage::plus);
        let of_artist = self.usage.get(artist).copied().unwrap_or_default();
        [
            (QuotaHolder::Account, all),
            (QuotaHolder::Artist, of_artist),
        ]
    }
}

#[cfg(test)]
mod tests;
