//! The repositories of all kinds.

use async_trait::async_trait;
use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use super::repository::Repository;
use crate::catalogue::{
    service::retailers::RetailerState,
    unique::{KeyOwner, UniqueKey},
};
use crate::documents::{Revision, StoreError};

/// The repositories of all kinds.
#[derive(Debug)]
pub struct Repositories {
    pub(crate) artists: Repository<ArtistContent>,
    pub(crate) videos: Repository<VideoContent>,
    pub(crate) products: Repository<ProductContent>,
    pub(crate) retailers: Repository<RetailerState>,
}

impl Repositories {
    /// The repository of an entity, by the prefix of its id.
    fn of(&self, id: &str) -> Option<&dyn KeyOwner> {
        match id.split_once('_')?.0 {
            "art" => Some(&self.artists),
            "vid" => Some(&self.videos),
            "prd" => Some(&self.products),
            "ret" => Some(&self.retailers),
            _ => None,
        }
    }

    /// Writes a tombstone under an id, so that no entity can be created under it; `false` if one
    /// exists.
    pub(crate) async fn forbid(&self, id: &str) -> Result<bool, StoreError> {
        match id.split_once('_').map(|(kind, _)| kind) {
            Some("art") => self.artists.write_tombstone(id).await,
            Some("vid") => self.videos.write_tombstone(id).await,
            Some("prd") => self.products.write_tombstone(id).await,
            Some("ret") => self.retailers.write_tombstone(id).await,
            _ => Err(StoreError::Damaged("a pending id is of no kind".to_owned())),
        }
    }

    /// Bumps the revision of an entity, so that a save from revision `from` that sets `updated_at`
    /// fails; `false` if that save has succeeded or may have.
    pub(crate) async fn pass_at(
        &self,
        id: &str,
        from: Revision,
        updated_at: i64,
    ) -> Result<bool, StoreError> {
        match id.split_once('_').map(|(kind, _)| kind) {
            Some("vid") => self.videos.fence_save_from(id, from, updated_at).await,
            Some("prd") => self.products.fence_save_from(id, from, updated_at).await,
            _ => Err(StoreError::Damaged(
                "a pending change is of no kind that has texts".to_owned(),
            )),
        }
    }

    fn owning(&self, id: &str) -> Result<&dyn KeyOwner, StoreError> {
        let no_kind = || StoreError::Damaged("a key has an owner of no kind".to_owned());
        self.of(id).ok_or_else(no_kind)
    }
}

#[async_trait]
impl KeyOwner for Repositories {
    async fn has(&self, owner: &str, key: &UniqueKey) -> Result<bool, StoreError> {
        self.owning(owner)?.has(owner, key).await
    }

    async fn fence(&self, owner: &str, key: &UniqueKey) -> Result<bool, StoreError> {
        self.owning(owner)?.fence(owner, key).await
    }

    async fn bump_revision(&self, owner: &str) -> Result<(), StoreError> {
        match self.of(owner) {
            Some(entities) => entities.bump_revision(owner).await,
            None => Ok(()),
        }
    }
}
