//! What every service of the catalogue works with: making and changing things of any kind.

use std::sync::Arc;

use types::{
    Field, Reason,
    catalogue::{ArtistContent, Slug},
};

use super::{
    CatalogueError, Holdings, Quotas,
    audit::Audit,
    foreign_hosts::ForeignHosts,
    holdings::Created,
    ids::ArtistId,
    keys::Key,
    kind::Kind,
    owners::Repositories,
    projector::Projector,
    record::{Record, Stored},
    repository::{Repository, Written},
    reservations::Maker,
    slugs,
};
use crate::{
    accounts::AccountDirectory, caller::Caller, clock::Clock, documents::StoreError, id::AccountId,
    limits::WriteLimits, search::AnalysisThreads,
};

/// How often a save begins anew when something that is no person's change got in its way.
pub(super) const ROUNDS: usize = 3;

/// What every service of the catalogue works with.
#[derive(Debug)]
pub struct Things {
    pub(crate) repositories: Arc<Repositories>,
    pub(crate) holdings: Holdings,
    pub(crate) quotas: Quotas,
    pub(crate) write_limits: WriteLimits,
    pub(crate) projector: Arc<Projector>,
    pub(crate) analysis: AnalysisThreads,
    pub(crate) directory: Arc<AccountDirectory>,
    pub(crate) audit: Audit,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hosts: ForeignHosts,
}

impl Things {
    /// The repository of a kind.
    pub(super) fn repository<C: Kind>(&self) -> &Repository<C> {
        C::repository(&self.repositories)
    }

    /// Stores a new entity, under another id if a save took too long.
    pub(super) async fn create<C: Kind>(
        &self,
        parent: &str,
        content: C,
        maker: Maker<'_>,
    ) -> Result<Stored<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            let id = C::new_id();
            let slug = slug_of(&content, &id, maker)?;
            let room = self.reserve(maker, &id, parent, &content).await?;
            let record = Record::new(parent, slug, content.clone(), maker.by, self.clock.as_ref());
            let owners = self.repositories.as_ref();
            match self.repository().create(&id, record, owners).await? {
                Written::Yes(stored, due) => {
                    room.end(Created::Yes);
                    self.projector.thing_changed(due).await;
                    return Ok(*stored);
                }
                Written::Taken(key) => {
                    room.end(Created::No);
                    return Err(taken(&key));
                }
                // Its id is forbidden: it will never be there.
                Written::Moved => room.end(Created::No),
            }
        }
        let text = "a save took too long, and somebody else took its keys".to_owned();
        Err(StoreError::Unavailable(text).into())
    }

    /// Changes an entity that must still be as it was read, but for its revision.
    pub(super) async fn change<C: Kind>(
        &self,
        mut base: Stored<C>,
        change: impl Fn(&mut Record<C>),
    ) -> Result<Stored<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            if let Some(stored) = self.try_change(&base, &change).await? {
                return Ok(stored);
            }
            base = self.repository().unchanged(&base).await?;
        }
        Err(CatalogueError::Moved)
    }

    /// Changes an entity, whatever it has become since it was read.
    pub(super) async fn change_latest<C: Kind>(
        &self,
        mut base: Stored<C>,
        change: impl Fn(&mut Record<C>),
    ) -> Result<Stored<C>, CatalogueError> {
        for _ in 0..ROUNDS {
            if let Some(stored) = self.try_change(&base, &change).await? {
                return Ok(stored);
            }
            let current = self.repository().get(&base.id).await?;
            base = current.ok_or(CatalogueError::Moved)?;
        }
        Err(CatalogueError::Moved)
    }

    async fn try_change<C: Kind>(
        &self,
        base: &Stored<C>,
        change: impl Fn(&mut Record<C>),
    ) -> Result<Option<Stored<C>>, CatalogueError> {
        let mut record = base.record.clone();
        change(&mut record);
        self.save(base, record).await
    }

    /// Puts a record in the place of what was read; `None` when it is at another revision by now.
    pub(super) async fn save<C: Kind>(
        &self,
        base: &Stored<C>,
        record: Record<C>,
    ) -> Result<Option<Stored<C>>, CatalogueError> {
        let owners = self.repositories.as_ref();
        match self.repository().replace(base, record, owners).await? {
            Written::Yes(stored, due) => {
                self.projector.changed(base, &stored, due).await;
                Ok(Some(*stored))
            }
            Written::Taken(key) => Err(taken(&key)),
            Written::Moved => Ok(None),
        }
    }

    /// An artist of the caller's, deleted or not.
    pub(super) async fn artist_of(
        &self,
        caller: &Caller,
        id: &ArtistId,
    ) -> Result<Stored<ArtistContent>, CatalogueError> {
        require_somebody(caller)?;
        let artist = self.repositories.artists.get(id.as_str()).await?;
        let artist = artist.ok_or(CatalogueError::Unknown)?;
        if let Caller::System = caller {
            return Ok(artist);
        }
        let account = account(caller)?;
        if artist.record.parent != account.as_str() {
            return Err(CatalogueError::Unknown);
        }
        Ok(artist)
    }

    /// An artist of the caller's that is not deleted.
    pub(super) async fn live_artist_of(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<ArtistContent>, CatalogueError> {
        require_somebody(caller)?;
        let id = ArtistId::parse(id).ok_or(CatalogueError::Unknown)?;
        let artist = self.artist_of(caller, &id).await?;
        if !artist.record.is_live() {
            return Err(CatalogueError::Unknown);
        }
        Ok(artist)
    }

    /// Something of an artist of the caller's that is not deleted; the thing itself may be.
    pub(super) async fn thing_of<C: Kind>(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<C>, CatalogueError> {
        require_somebody(caller)?;
        let thing: Option<Stored<C>> = self.repository().get(id).await?;
        let thing = thing.ok_or(CatalogueError::Unknown)?;
        self.live_artist_of(caller, &thing.record.parent).await?;
        Ok(thing)
    }

    /// The same, but not a deleted thing.
    pub(super) async fn live_thing_of<C: Kind>(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<C>, CatalogueError> {
        let thing: Stored<C> = self.thing_of(caller, id).await?;
        if !thing.record.is_live() {
            return Err(CatalogueError::Unknown);
        }
        Ok(thing)
    }

    /// Deletes an entity that must still be as it was read.
    pub(super) async fn delete<C: Kind>(
        &self,
        base: Stored<C>,
        by: &str,
    ) -> Result<Stored<C>, CatalogueError> {
        let clock = self.clock.as_ref();
        self.change(base, |record| record.delete(by, clock)).await
    }

    /// Restores an entity; one that is not deleted stays as it is.
    pub(super) async fn restore<C: Kind>(
        &self,
        base: Stored<C>,
        by: &str,
    ) -> Result<Stored<C>, CatalogueError> {
        self.restore_as(base, by, |_| {}).await
    }

    /// The same, and what is restored becomes this.
    pub(super) async fn restore_as<C: Kind>(
        &self,
        base: Stored<C>,
        by: &str,
        become_this: impl Fn(&mut Record<C>),
    ) -> Result<Stored<C>, CatalogueError> {
        if base.record.is_live() {
            return Ok(base);
        }
        let restored = |record: &Record<C>| self.repository().restored(record, by);
        if restored(&base.record).is_none() {
            return Err(CatalogueError::Unknown);
        }
        let restored = self.change_latest(base, |record| {
            // Asked anew in each round: somebody who passes it may have taken its keys.
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

    /// Puts what was typed in the place of what was there.
    pub(super) fn rewrite<C: Kind>(&self, record: &mut Record<C>, content: &C, by: &str) {
        record.touch(by, self.clock.as_ref());
        record.content = content.clone();
        if let Some(slug) = content.slug() {
            record.rename(slug.clone());
        }
    }
}

/// Refuses whoever is neither signed in nor the operator, before anything is looked for.
pub(super) fn require_somebody(caller: &Caller) -> Result<(), CatalogueError> {
    match caller {
        Caller::System => Ok(()),
        caller => account(caller).map(drop),
    }
}

/// The account that asks.
pub(super) fn account(caller: &Caller) -> Result<&AccountId, CatalogueError> {
    match caller {
        Caller::SignedIn { account, .. } => Ok(account),
        Caller::Anonymous(_) | Caller::System => Err(CatalogueError::Unauthenticated),
    }
}

/// Who asks, as records name them.
pub(super) fn actor(caller: &Caller) -> &str {
    match caller {
        Caller::SignedIn { account, .. } => account.as_str(),
        Caller::Anonymous(_) => "anonymous",
        Caller::System => "system",
    }
}

fn slug_of<C: Kind>(content: &C, id: &str, maker: Maker<'_>) -> Result<Slug, CatalogueError> {
    let is_reserved = |slug: &Slug| !maker.is_operator && C::is_reserved(slug);
    if let Some(asked) = content.slug() {
        return match is_reserved(asked) {
            true => Err(CatalogueError::field(Field::Slug, Reason::Reserved)),
            false => Ok(asked.clone()),
        };
    }
    let derived = slugs::derive(content.name(), id, C::SLUG);
    let slug = match derived {
        Some(reserved) if is_reserved(&reserved) => slugs::extend(&reserved, id, C::SLUG),
        derived => derived,
    };
    slug.ok_or(CatalogueError::field(Field::Slug, Reason::NotASlug))
}

pub(super) fn taken(key: &Key) -> CatalogueError {
    let field = match key.as_str().split('/').next() {
        Some("link") => Field::Url,
        Some("gtin") => Field::Gtin,
        Some("domain") => Field::Domains,
        _ => Field::Slug,
    };
    CatalogueError::field(field, Reason::Taken)
}
