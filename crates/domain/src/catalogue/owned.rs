//! The operator's commands for all artists of an account.

use types::catalogue::ArtistContent;

use super::{
    Artists, CatalogueError,
    ids::ArtistId,
    record::Stored,
    things::{ROUNDS, Things, actor},
};
use crate::{caller::Caller, clock::unix_milliseconds, documents::StoreError, id::AccountId};

impl Artists {
    /// Deletes every artist of an account with everything below it; returns their number. The
    /// account can restore them as long as those that it has deleted itself.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for every caller but the operator, [`CatalogueError::Moved`]
    /// if the account keeps creating or changing artists meanwhile, [`CatalogueError::Store`].
    pub async fn delete_all_of(
        &self,
        caller: &Caller,
        owner: &AccountId,
    ) -> Result<usize, CatalogueError> {
        let Caller::System = caller else {
            return Err(CatalogueError::Forbidden);
        };
        let things = self.things();
        let mut deleted = 0;
        for _ in 0..ROUNDS {
            let live = things.artists_of(owner).await?;
            let mut live = live.into_iter().filter(|artist| artist.record.is_live());
            let Some(first) = live.next() else {
                return Ok(deleted);
            };
            for artist in std::iter::once(first).chain(live) {
                deleted += things.delete_artist(caller, artist).await?;
            }
        }
        Err(CatalogueError::Moved)
    }
}

impl Things {
    /// Number of artists of an account that are not deleted, and of those that can be restored.
    pub(crate) async fn count_artists(
        &self,
        owner: &AccountId,
    ) -> Result<(usize, usize), StoreError> {
        let now = unix_milliseconds(self.clock.now());
        let artists = self.artists_of(owner).await?;
        let is_live = |artist: &&Stored<ArtistContent>| artist.record.is_live();
        let is_restorable = |artist: &&Stored<ArtistContent>| artist.record.is_restorable(now);
        let live = artists.iter().filter(is_live).count();
        Ok((live, artists.iter().filter(is_restorable).count()))
    }

    async fn artists_of(
        &self,
        owner: &AccountId,
    ) -> Result<Vec<Stored<ArtistContent>>, StoreError> {
        let ids = self.holdings.artists(owner).await?;
        let ids: Vec<_> = ids.iter().map(ArtistId::as_str).collect();
        let artists = self.repositories.artists.get_many(&ids).await?;
        Ok(artists.into_iter().flatten().collect())
    }

    /// Deletes an artist as it was read; returns 0 if it has been changed since.
    async fn delete_artist(
        &self,
        caller: &Caller,
        artist: Stored<ArtistContent>,
    ) -> Result<usize, CatalogueError> {
        let (id, from, by) = (artist.id.clone(), artist.revision, actor(caller));
        self.audit.note(by, "artist.deleted", &id).await?;
        let repository = &self.repositories.artists;
        match self.delete(repository, artist, from, by).await {
            Ok(_) => {
                tracing::info!(artist = id, by, "artist deleted");
                Ok(1)
            }
            Err(CatalogueError::Moved) => Ok(0),
            Err(error) => Err(error),
        }
    }
}
