//! The account of a caller, and the entities that belong to it.

use types::catalogue::ArtistContent;

use super::{context::CatalogueContext, kind::Kind};
use crate::catalogue::{
    CatalogueError,
    entities::{entity_ids::ArtistId, record::StoredEntity},
};
use crate::{account_id::AccountId, caller::Caller};

impl CatalogueContext {
    /// An artist of the caller, deleted or not; for the operator any artist.
    pub(crate) async fn artist_of(
        &self,
        caller: &Caller,
        id: &ArtistId,
    ) -> Result<StoredEntity<ArtistContent>, CatalogueError> {
        require_authenticated(caller)?;
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

    /// Like [`artist_of`](Self::artist_of), if it is not deleted.
    pub(crate) async fn live_artist_of(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<StoredEntity<ArtistContent>, CatalogueError> {
        require_authenticated(caller)?;
        let id = ArtistId::parse(id).ok_or(CatalogueError::Unknown)?;
        let artist = self.artist_of(caller, &id).await?;
        if !artist.record.is_live() {
            return Err(CatalogueError::Unknown);
        }
        Ok(artist)
    }

    /// An entity, deleted or not, whose artist belongs to the caller and is not deleted.
    pub(crate) async fn entity_of<C: Kind>(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        require_authenticated(caller)?;
        let entity: Option<StoredEntity<C>> = self.repository().get(id).await?;
        let entity = entity.ok_or(CatalogueError::Unknown)?;
        self.live_artist_of(caller, &entity.record.parent).await?;
        Ok(entity)
    }

    /// Like [`entity_of`](Self::entity_of), if the entity is not deleted.
    pub(crate) async fn live_entity_of<C: Kind>(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<StoredEntity<C>, CatalogueError> {
        let entity: StoredEntity<C> = self.entity_of(caller, id).await?;
        if !entity.record.is_live() {
            return Err(CatalogueError::Unknown);
        }
        Ok(entity)
    }
}

/// Refuses a caller that is neither signed in nor the operator, before anything is read.
pub(crate) fn require_authenticated(caller: &Caller) -> Result<(), CatalogueError> {
    match caller {
        Caller::System => Ok(()),
        caller => account(caller).map(drop),
    }
}

/// The account of the caller.
///
/// # Errors
/// [`CatalogueError::Unauthenticated`] for an anonymous caller and for the operator.
pub(crate) fn account(caller: &Caller) -> Result<&AccountId, CatalogueError> {
    match caller {
        Caller::SignedIn { account, .. } => Ok(account),
        Caller::Anonymous(_) | Caller::System => Err(CatalogueError::Unauthenticated),
    }
}

/// The caller as records contain it: the id of the account, `anonymous` or `system`.
pub(crate) fn actor_id(caller: &Caller) -> &str {
    match caller {
        Caller::SignedIn { account, .. } => account.as_str(),
        Caller::Anonymous(_) => "anonymous",
        Caller::System => "system",
    }
}
