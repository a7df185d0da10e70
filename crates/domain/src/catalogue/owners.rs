//! Where the things of every kind are.

use async_trait::async_trait;
use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use super::{
    keys::{Key, Owner},
    kind::RetailerKept,
    repository::Repository,
};
use crate::documents::StoreError;

/// Where the things of every kind are.
#[derive(Debug)]
pub(crate) struct Repositories {
    pub(crate) artists: Repository<ArtistContent>,
    pub(crate) videos: Repository<VideoContent>,
    pub(crate) products: Repository<ProductContent>,
    pub(crate) retailers: Repository<RetailerKept>,
}

impl Repositories {
    /// Sees to it that no save of a thing which began before this call comes through.
    pub(crate) async fn pass(&self, id: &str) -> Result<(), StoreError> {
        match id.split_once('_') {
            Some(("art", _)) => self.artists.pass(id).await,
            Some(("vid", _)) => self.videos.pass(id).await,
            Some(("prd", _)) => self.products.pass(id).await,
            Some(("ret", _)) => self.retailers.pass(id).await,
            _ => Ok(()),
        }
    }

    /// Where a thing is, by the prefix of its id.
    fn of(&self, id: &str) -> Result<&dyn Owner, StoreError> {
        match id.split_once('_') {
            Some(("art", _)) => Ok(&self.artists),
            Some(("vid", _)) => Ok(&self.videos),
            Some(("prd", _)) => Ok(&self.products),
            Some(("ret", _)) => Ok(&self.retailers),
            _ => Err(StoreError::Damaged(
                "a key has an owner of no kind".to_owned(),
            )),
        }
    }
}

#[async_trait]
impl Owner for Repositories {
    async fn has(&self, owner: &str, key: &Key) -> Result<bool, StoreError> {
        self.of(owner)?.has(owner, key).await
    }

    async fn fence(&self, owner: &str, key: &Key) -> Result<bool, StoreError> {
        self.of(owner)?.fence(owner, key).await
    }
}
