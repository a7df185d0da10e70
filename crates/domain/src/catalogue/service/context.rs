//! The shared dependencies of the services, and the storing of entities of any kind.

use std::sync::Arc;

use types::{Field, Reason, catalogue::Slug};

use super::{audit::Audit, kind::Kind};
use crate::catalogue::{
    CatalogueError, OwnedArtists, Quotas,
    entities::{
        record::{EntityRecord, StoredEntity},
        repositories::Repositories,
        repository::{Repository, WriteOutcome},
        slugs,
    },
    foreign_hosts::ForeignHosts,
    quotas::{owned_artists::PendingOutcome, reservations::Creator},
    read_model::projector::Projector,
    unique::UniqueKey,
};
use crate::{
    accounts::AccountDirectory, clock::Clock, documents::StoreError, limits::WriteLimits,
    search::AnalysisThreads,
};

/// Maximum number of attempts of a save whose revision another process has bumped without changing
/// the content.
///
/// A process bumps it to fence a key or to settle a quota, and only if this save has taken longer
/// than ten seconds, so even two bumps in a row are rare. After the last attempt the client receives
/// a conflict, although the content is unchanged; sending the same form again is safe.
pub(crate) const ROUNDS: usize = 3;

/// The dependencies that the services of all kinds share.
#[derive(Debug)]
pub(crate) struct CatalogueContext {
    pub(crate) repositories: Arc<Repositories>,
    pub(crate) owned_artists: OwnedArtists,
    pub(crate) quotas: Quotas,
    pub(crate) write_limits: WriteLimits,
    pub(crate) projector: Arc<Projector>,
    pub(crate) analysis: AnalysisThreads,
    pub(crate) directory: Arc<AccountDirectory>,
    pub(crate) audit: Audit,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hosts: ForeignHosts,
}

impl CatalogueContext {
    /// The repository of a kind.
    pub(crate) fn repository<C: Kind>(&self) -> &Repository<C> {
        C::repository(&self.repositories)
    }

    /// Stores a new entity. If a save took too long, another process has written a tombstone under
    /// its id, and the next attempt uses a new id.
    pub(crate) async fn create<C: Kind>(
        &self,
        parent: &str,
        content: C,
        creator: Creator<'_>,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            let id = C::new_id();
            let slug = slug_of(&content, &id, creator)?;
            let room = self.reserve(creator, &id, parent, &content).await?;
            let record = EntityRecord::new(
                parent,
                slug,
                content.clone(),
                creator.by,
                self.clock.as_ref(),
            );
            let owners = self.repositories.as_ref();
            match self.repository().create(&id, record, owners).await? {
                WriteOutcome::Committed(stored, due) => {
                    room.end(PendingOutcome::Yes);
                    self.projector.entity_changed(due).await;
                    return Ok(*stored);
                }
                WriteOutcome::Taken(key) => {
                    room.end(PendingOutcome::No);
                    return Err(taken(&key));
                }
                // There is a tombstone under the id, so this attempt can never succeed.
                WriteOutcome::Conflict => room.end(PendingOutcome::No),
            }
        }
        let text = "a save took too long, and somebody else took its keys".to_owned();
        Err(StoreError::Unavailable(text).into())
    }

    /// Updates an entity whose content must be unchanged since it was read; its revision may have
    /// been bumped.
    pub(crate) async fn change<C: Kind>(
        &self,
        mut base: StoredEntity<C>,
        change: impl Fn(&mut EntityRecord<C>),
    ) -> Result<StoredEntity<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            if let Some(stored) = self.try_change(&base, &change).await? {
                return Ok(stored);
            }
            base = self.repository().unchanged(&base).await?;
        }
        Err(CatalogueError::Conflict)
    }

    /// Updates an entity, whatever has changed since it was read.
    pub(crate) async fn change_latest<C: Kind>(
        &self,
        mut base: StoredEntity<C>,
        change: impl Fn(&mut EntityRecord<C>),
    ) -> Result<StoredEntity<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            if let Some(stored) = self.try_change(&base, &change).await? {
                return Ok(stored);
            }
            let current = self.repository().get(&base.id).await?;
            base = current.ok_or(CatalogueError::Conflict)?;
        }
        Err(CatalogueError::Conflict)
    }

    async fn try_change<C: Kind>(
        &self,
        base: &StoredEntity<C>,
        change: impl Fn(&mut EntityRecord<C>),
    ) -> Result<Option<StoredEntity<C>>, CatalogueError> {
        let mut record = base.record.clone();
        change(&mut record);
        self.save(base, record).await
    }

    /// Replaces the record of an entity; `None` if it is at another revision.
    pub(crate) async fn save<C: Kind>(
        &self,
        base: &StoredEntity<C>,
        record: EntityRecord<C>,
    ) -> Result<Option<StoredEntity<C>>, CatalogueError> {
        let owners = self.repositories.as_ref();
        match self.repository().replace(base, record, owners).await? {
            WriteOutcome::Committed(stored, due) => {
                self.projector.changed(base, &stored, due).await;
                Ok(Some(*stored))
            }
            WriteOutcome::Taken(key) => Err(taken(&key)),
            WriteOutcome::Conflict => Ok(None),
        }
    }

    /// Stores the new content of an entity that must still be as it was read.
    pub(crate) async fn replace<C: Kind>(
        &self,
        base: StoredEntity<C>,
        content: &C,
        by: &str,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        let rewrite = |record: &mut EntityRecord<C>| self.rewrite(record, content, by);
        self.change(base, rewrite).await
    }

    /// Deletes an entity whose content must be unchanged since it was read.
    pub(crate) async fn delete<C: Kind>(
        &self,
        base: StoredEntity<C>,
        by: &str,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        let clock = self.clock.as_ref();
        self.change(base, |record| record.delete(by, clock)).await
    }

    /// Restores an entity; one that is not deleted stays the same.
    pub(crate) async fn restore<C: Kind>(
        &self,
        base: StoredEntity<C>,
        by: &str,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        self.restore_as(base, by, |_| {}).await
    }

    /// Like [`restore`](Self::restore), and applies `become_this` to the restored record.
    pub(crate) async fn restore_as<C: Kind>(
        &self,
        base: StoredEntity<C>,
        by: &str,
        become_this: impl Fn(&mut EntityRecord<C>),
    ) -> Result<StoredEntity<C>, CatalogueError> {
        if base.record.is_live() {
            return Ok(base);
        }
        let restored = |record: &EntityRecord<C>| self.repository().restored(record, by);
        if restored(&base.record).is_none() {
            return Err(CatalogueError::Unknown);
        }
        let restored = self.change_latest(base, |record| {
            // Checked again in each attempt: a process that has bumped the revision may have
            // reserved its keys.
            if let Some(restored) = restored(record) {
                *record = restored;
                become_this(record);
            }
        });
        let restored = restored.await?;
        match restored.record.is_live() {
            true => Ok(restored),
            false => Err(CatalogueError::Unknown),
        }
    }

    /// Replaces the content of a record.
    pub(crate) fn rewrite<C: Kind>(&self, record: &mut EntityRecord<C>, content: &C, by: &str) {
        record.touch(by, self.clock.as_ref());
        record.content = content.clone();
        if let Some(slug) = content.slug() {
            record.rename(slug.clone());
        }
    }
}

fn slug_of<C: Kind>(content: &C, id: &str, creator: Creator<'_>) -> Result<Slug, CatalogueError> {
    let is_reserved = |slug: &Slug| !creator.is_operator && C::is_reserved(slug);
    if let Some(asked) = content.slug() {
        return match is_reserved(asked) {
            true => Err(CatalogueError::field(Field::Slug, Reason::Reserved)),
            false => Ok(asked.clone()),
        };
    }
    let derived = slugs::derive(content.name(), id, C::SLUG_LENGTH);
    let slug = match derived {
        Some(reserved) if is_reserved(&reserved) => slugs::extend(&reserved, id, C::SLUG_LENGTH),
        derived => derived,
    };
    slug.ok_or(CatalogueError::field(Field::Slug, Reason::NotASlug))
}

fn taken(key: &UniqueKey) -> CatalogueError {
    let field = match key.as_str().split('/').next() {
        Some("link") => Field::Url,
        Some("gtin") => Field::Gtin,
        Some("domain") => Field::Domains,
        _ => Field::Slug,
    };
    CatalogueError::field(field, Reason::Taken)
}
