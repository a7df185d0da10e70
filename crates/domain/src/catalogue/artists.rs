//! Artists: who the videos are by.

use std::sync::Arc;

use types::{
    Field, Reason,
    catalogue::{ArtistContent, ArtistInput, Slug},
};

use super::{
    CatalogueError, Quotas,
    ids::ArtistId,
    keys::Owner as _,
    kind::Kind as _,
    record::Stored,
    repository::Written,
    reservations::Maker,
    things::{ROUNDS, Things, account, actor, require_somebody, taken},
    views::ArtistView,
};
use crate::{accounts::AccountError, caller::Caller, documents::Revision, id::AccountId};

/// What can be done with artists by those whose they are.
#[derive(Clone, Debug)]
pub struct Artists {
    things: Arc<Things>,
}

impl Artists {
    pub(crate) fn new(things: Arc<Things>) -> Self {
        Self { things }
    }

    pub(super) fn things(&self) -> &Things {
        &self.things
    }

    /// Makes an artist that belongs to the caller.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Invalid`] (a taken slug too),
    /// [`CatalogueError::Full`], [`CatalogueError::TooMany`],
    /// [`CatalogueError::Store`].
    pub async fn create(
        &self,
        caller: &Caller,
        input: &ArtistInput,
    ) -> Result<ArtistView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let owner = account(caller)?;
        self.create_owned_by(owner, input, self.things.maker(caller))
            .await
    }

    /// Makes an artist that belongs to an account.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for anybody but the operator, and as
    /// [`create`](Self::create).
    pub async fn create_for(
        &self,
        caller: &Caller,
        owner: &AccountId,
        input: &ArtistInput,
    ) -> Result<ArtistView, CatalogueError> {
        let Caller::System = caller else {
            return Err(CatalogueError::Forbidden);
        };
        // The artist is entered in the holdings of its account, but no quota applies.
        let maker = Maker {
            by: actor(caller),
            charged: Some((owner, Quotas::UNLIMITED)),
            is_operator: true,
        };
        self.create_owned_by(owner, input, maker).await
    }

    /// The account learns of the artist before it is created, so that an account which is deleted
    /// meanwhile knows of every artist that is about to come.
    async fn create_owned_by(
        &self,
        owner: &AccountId,
        input: &ArtistInput,
        maker: Maker<'_>,
    ) -> Result<ArtistView, CatalogueError> {
        let content = input.check().map_err(CatalogueError::Invalid)?;
        let things = &self.things;
        let repository = &things.repositories.artists;
        let id = || ArtistId::generate().to_string();
        let created = things.create(repository, id, owner.as_str(), content, maker);
        let artist = created.await?;
        tracing::info!(account = %owner, artist = artist.id, "artist created");
        Ok(artist.into())
    }

    /// An artist of the caller's.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Store`].
    pub async fn get(&self, caller: &Caller, id: &str) -> Result<ArtistView, CatalogueError> {
        account(caller)?;
        Ok(self.things.live_artist_of(caller, id).await?.into())
    }

    /// Every artist of the caller's that is not deleted, in the order in which they were made.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn list(&self, caller: &Caller) -> Result<Vec<ArtistView>, CatalogueError> {
        let artists = self.all(caller).await?;
        let live = artists.into_iter().filter(|artist| artist.record.is_live());
        Ok(live.map(ArtistView::from).collect())
    }

    /// Every artist of the caller's that is deleted and can be restored.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn deleted(&self, caller: &Caller) -> Result<Vec<ArtistView>, CatalogueError> {
        let now = crate::clock::unix_milliseconds(self.things.clock.now());
        let artists = self.all(caller).await?;
        let deleted = artists
            .into_iter()
            .filter(|artist| artist.record.is_restorable(now));
        Ok(deleted.map(ArtistView::from).collect())
    }

    /// An artist of the caller's that is deleted and can be restored.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Store`].
    pub async fn get_deleted(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<ArtistView, CatalogueError> {
        account(caller)?;
        let id = ArtistId::parse(id).ok_or(CatalogueError::Unknown)?;
        let artist = self.things.artist_of(caller, &id).await?;
        match self
            .things
            .repositories
            .artists
            .is_restorable(&artist.record)
        {
            true => Ok(artist.into()),
            false => Err(CatalogueError::Unknown),
        }
    }

    async fn all(&self, caller: &Caller) -> Result<Vec<Stored<ArtistContent>>, CatalogueError> {
        let owner = account(caller)?;
        let ids = self.things.holdings.artists(owner).await?;
        let ids: Vec<_> = ids.iter().map(ArtistId::as_str).collect();
        let artists = self.things.repositories.artists.get_many(&ids).await?;
        Ok(artists.into_iter().flatten().collect())
    }

    /// Changes an artist of the caller's that is still as it was at revision `from`.
    ///
    /// # Errors
    /// As [`get`](Self::get), [`CatalogueError::Invalid`], [`CatalogueError::Moved`], [`CatalogueError::TooMany`].
    pub async fn change(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &ArtistInput,
    ) -> Result<ArtistView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let things = &self.things;
        let base = things.live_artist_of(caller, id).await?;
        base.require(from)?;
        let content = input.check().map_err(CatalogueError::Invalid)?;
        let slug = content.slug.as_ref();
        let new_slug = slug.filter(|slug| !base.record.has_had(slug));
        if let Some(slug) = new_slug {
            require_free(slug, caller)?;
            things.write_limits.pay_for_address(caller)?;
        }
        let by = actor(caller);
        let repository = &things.repositories.artists;
        let changed = things
            .change(repository, base, Some(from), |record| {
                things.rewrite(record, &content, by);
            })
            .await;
        // Paid before the write, so that many at once cannot exceed the limit.
        if let (Some(_), Err(error)) = (new_slug, &changed)
            && error.wrote_nothing()
        {
            things.write_limits.refund_address(caller);
        }
        Ok(changed?.into())
    }

    /// Deletes an artist of the caller's; everything under it is gone from view at once.
    ///
    /// # Errors
    /// As [`get`](Self::get), [`CatalogueError::Moved`], [`CatalogueError::TooMany`].
    pub async fn delete(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Result<ArtistView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let base = self.things.live_artist_of(caller, id).await?;
        let repository = &self.things.repositories.artists;
        let by = actor(caller);
        let deleted = self.things.delete(repository, base, from, by).await?;
        tracing::info!(artist = id, by, "artist deleted");
        Ok(deleted.into())
    }

    /// Takes a deletion back, with everything that was under the artist.
    ///
    /// # Errors
    /// As [`get`](Self::get); [`CatalogueError::Unknown`] after thirty days.
    pub async fn restore(&self, caller: &Caller, id: &str) -> Result<ArtistView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        require_somebody(caller)?;
        let id = ArtistId::parse(id).ok_or(CatalogueError::Unknown)?;
        let by = actor(caller);
        for _ in 0..ROUNDS {
            let base = self.things.artist_of(caller, &id).await?;
            if base.record.is_live() {
                return Ok(base.into());
            }
            if let Some(restored) = self.things.restore_artist(&base, by).await? {
                tracing::info!(artist = %id, by, "artist restored");
                return Ok(restored.into());
            }
        }
        Err(CatalogueError::Moved)
    }
}

/// Refuses a slug that is kept for the operator, and that the artist does not have already.
fn require_free(slug: &Slug, caller: &Caller) -> Result<(), CatalogueError> {
    match caller {
        Caller::System => Ok(()),
        _ if ArtistContent::is_reserved(slug) => {
            Err(CatalogueError::field(Field::Slug, Reason::Reserved))
        }
        _ => Ok(()),
    }
}

impl Things {
    /// Restores an artist from what was read of it; `None` when it has been changed since. An
    /// account that is being deleted gets none back: the deletion passes each artist after it has
    /// closed the holdings, and whoever looked before that fails here and has to look again.
    async fn restore_artist(
        &self,
        base: &Stored<ArtistContent>,
        by: &str,
    ) -> Result<Option<Stored<ArtistContent>>, CatalogueError> {
        let owner = AccountId::kept(&base.record.parent);
        if self.holdings.are_closed(&owner).await? {
            return Err(CatalogueError::Unknown);
        }
        let artists = &self.repositories.artists;
        let restored = artists.restored(&base.record, by);
        let restored = restored.ok_or(CatalogueError::Unknown)?;
        let owners = self.repositories.as_ref();
        match artists.replace(base, restored, owners).await? {
            Written::Yes(stored, due) => {
                self.projector.changed(base, &stored, due).await;
                Ok(Some(*stored))
            }
            Written::Taken(key) => Err(taken(&key)),
            Written::Moved => Ok(None),
        }
    }

    /// Closes the holdings of an account that is about to be deleted.
    ///
    /// # Errors
    /// [`AccountError::OwnsArtists`] while it has artists that are not deleted.
    pub(crate) async fn close_holdings(&self, account: &AccountId) -> Result<(), AccountError> {
        let repository = &self.repositories.artists;
        loop {
            let artists = self.holdings.artists(account).await?;
            let ids: Vec<_> = artists.iter().map(ArtistId::as_str).collect();
            let stored = self.none_live(account, &ids).await?;
            for (id, stored) in ids.iter().zip(&stored) {
                // One that is only just being made must not come after its owner has gone.
                if stored.is_none() && !repository.forbid(id).await? {
                    return Err(AccountError::OwnsArtists(1));
                }
            }
            if !self.holdings.close(account, &artists).await? {
                continue;
            }
            // Nor one that is only just being restored.
            for id in &ids {
                repository.pass(id).await?;
            }
            return self.none_live(account, &ids).await.map(drop);
        }
    }

    /// The artists of an account that is to be deleted, all of them deleted. With one that is not,
    /// the account goes on as it was.
    async fn none_live(
        &self,
        account: &AccountId,
        artists: &[&str],
    ) -> Result<Vec<Option<Stored<ArtistContent>>>, AccountError> {
        let stored = self.repositories.artists.get_many(artists).await?;
        let live = stored.iter().flatten().filter(|one| one.record.is_live());
        let live = live.count();
        if live == 0 {
            return Ok(stored);
        }
        self.holdings.open(account).await?;
        Err(AccountError::OwnsArtists(live))
    }
}
