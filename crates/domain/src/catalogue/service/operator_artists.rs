//! The artists of an account: the operator counts and deletes them, and an account that has any
//! cannot be deleted.

use types::catalogue::ArtistContent;

use super::{
    Operation,
    access::actor_id,
    context::{CatalogueContext, ROUNDS},
    kind::Kind as _,
};
use crate::catalogue::{
    CatalogueError, CatalogueService,
    entities::{entity_ids::ArtistId, record::StoredEntity},
    unique::KeyOwner as _,
};
use crate::{
    account_id::AccountId, accounts::AccountError, caller::Caller, clock::unix_milliseconds,
    documents::StoreError,
};

impl CatalogueService<ArtistContent> {
    /// Deletes every artist of an account with its children; returns the number of artists. The
    /// account can restore them for as long as artists that it has deleted itself.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for every caller but the operator, [`CatalogueError::Conflict`]
    /// if the account keeps creating or changing artists meanwhile, [`CatalogueError::Store`].
    pub async fn delete_all_of(
        &self,
        caller: &Caller,
        owner: &AccountId,
    ) -> Result<usize, CatalogueError> {
        let Caller::System = caller else {
            return Err(CatalogueError::Forbidden);
        };
        let context = self.context();
        let mut deleted = 0;
        for _ in 0..ROUNDS {
            let live = context.artists_of(owner).await?;
            let mut live = live.into_iter().filter(|artist| artist.record.is_live());
            let Some(first) = live.next() else {
                return Ok(deleted);
            };
            for artist in std::iter::once(first).chain(live) {
                deleted += context.delete_artist(caller, artist).await?;
            }
        }
        Err(CatalogueError::Conflict)
    }
}

impl CatalogueContext {
    /// Number of artists of an account that are not deleted, and of those that can be restored.
    pub(crate) async fn count_artists(
        &self,
        owner: &AccountId,
    ) -> Result<(usize, usize), StoreError> {
        let now = unix_milliseconds(self.clock.now());
        let artists = self.artists_of(owner).await?;
        let is_live = |artist: &&StoredEntity<ArtistContent>| artist.record.is_live();
        let is_restorable =
            |artist: &&StoredEntity<ArtistContent>| artist.record.is_restorable(now);
        let live = artists.iter().filter(is_live).count();
        Ok((live, artists.iter().filter(is_restorable).count()))
    }

    /// The artists of an account, deleted or not, in the order in which they were created.
    pub(crate) async fn artists_of(
        &self,
        owner: &AccountId,
    ) -> Result<Vec<StoredEntity<ArtistContent>>, StoreError> {
        let ids = self.owned_artists.artists(owner).await?;
        let ids: Vec<_> = ids.iter().map(ArtistId::as_str).collect();
        let artists = self.repositories.artists.get_many(&ids).await?;
        Ok(artists.into_iter().flatten().collect())
    }

    /// Deletes an artist as it was read; returns 0 if it has been changed since.
    async fn delete_artist(
        &self,
        caller: &Caller,
        artist: StoredEntity<ArtistContent>,
    ) -> Result<usize, CatalogueError> {
        let by = actor_id(caller);
        self.audit
            .record_decision(by, "artist.deleted", &artist.id)
            .await?;
        let context = self;
        match ArtistContent::delete(Operation { context, caller }, artist).await {
            Ok(_) => Ok(1),
            Err(CatalogueError::Conflict) => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Closes the `OwnedArtists` of an account that is about to be deleted: no artist can be entered
    /// any more.
    ///
    /// # Errors
    /// [`AccountError::OwnsArtists`] while it has artists that are not deleted.
    pub(crate) async fn close_holdings(&self, account: &AccountId) -> Result<(), AccountError> {
        let repository = &self.repositories.artists;
        loop {
            let artists = self.owned_artists.artists(account).await?;
            let ids: Vec<_> = artists.iter().map(ArtistId::as_str).collect();
            let stored = self.none_live(account, &ids).await?;
            for (id, stored) in ids.iter().zip(&stored) {
                // A save that is creating this artist must not succeed after the account is deleted.
                if stored.is_none() && !repository.write_tombstone(id).await? {
                    return Err(AccountError::OwnsArtists(1));
                }
            }
            if !self.owned_artists.close(account, &artists).await? {
                continue;
            }
            // Nor must a concurrent restore.
            for id in &ids {
                repository.bump_revision(id).await?;
            }
            return self.none_live(account, &ids).await.map(drop);
        }
    }

    /// The artists of an account that is to be deleted, in the order of the ids; all of them are
    /// deleted. If one is not, opens the `OwnedArtists` again.
    ///
    /// # Errors
    /// [`AccountError::OwnsArtists`].
    async fn none_live(
        &self,
        account: &AccountId,
        artists: &[&str],
    ) -> Result<Vec<Option<StoredEntity<ArtistContent>>>, AccountError> {
        let stored = self.repositories.artists.get_many(artists).await?;
        let live = stored.iter().flatten().filter(|one| one.record.is_live());
        let live = live.count();
        if live == 0 {
            return Ok(stored);
        }
        self.owned_artists.open(account).await?;
        Err(AccountError::OwnsArtists(live))
    }
}
