//! Keeps the read model consistent with the documents that it is derived from.

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::timeout};
use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use super::outbox::{Outbox, OutboxEntry};
use crate::catalogue::{
    entities::{
        record::{EntityRecord, StoredEntity},
        repositories::Repositories,
        repository::{PAGE, Repository},
        slug_renewal::is_outdated,
    },
    service::{kind::Kind, retailers::RetailerState, uses::retailer_terms},
    unique::KeyOwner as _,
};
use crate::{
    documents::StoreError,
    search::{
        EntityKind, EntryLocation, IndexEntry, IndexRebuild, IndexVersion, SearchIndex,
        SearchQuery, SearchResults,
    },
};

/// Age in milliseconds after which an outbox entry is taken over, because its process has died or
/// failed.
const OVERDUE: i64 = 5_000;
/// Maximum time that an update of an artist waits for the entries of its videos and products.
const CHILDREN_WAIT: Duration = Duration::from_secs(1);
/// Maximum time that a search waits for a read model that is being built.
const REBUILD_WAIT: Duration = Duration::from_secs(2);
/// The version of an entry that is final: no entry has a higher one.
const FINAL_VERSION: u64 = i64::MAX as u64;

/// Derives the search entries from the documents, and keeps them up to date.
#[derive(Debug)]
pub(crate) struct Projector {
    pub(crate) repositories: Arc<Repositories>,
    search: Arc<dyn SearchIndex>,
    outbox: Outbox,
    /// True if the read model was completely built at the last check.
    is_whole: watch::Sender<bool>,
}

/// A rebuilt read model that is not in use yet.
#[derive(Debug)]
pub(crate) struct Rebuilt {
    rebuild: Box<dyn IndexRebuild>,
    entries: usize,
    /// The kinds and ids of entities whose slug was derived by an earlier rule.
    pub(crate) outdated: Vec<(EntityKind, String)>,
}

impl Rebuilt {
    async fn put<C: Kind>(
        &mut self,
        entities: &[StoredEntity<C>],
        entries: Vec<IndexEntry>,
    ) -> Result<(), StoreError> {
        let outdated = entities.iter().filter(|entity| is_outdated(entity));
        let outdated = outdated.map(|entity| (C::ENTITY_KIND, entity.id.clone()));
        self.outdated.extend(outdated);
        self.entries += entries.len();
        self.rebuild.put(entries).await
    }
}

impl Projector {
    pub(crate) fn new(
        repositories: Arc<Repositories>,
        search: Arc<dyn SearchIndex>,
        outbox: Outbox,
    ) -> Self {
        Self {
            repositories,
            search,
            outbox,
            is_whole: watch::Sender::new(false),
        }
    }

    /// Checks whether the read model is completely built.
    pub(crate) async fn refresh_is_complete(&self) -> Result<bool, StoreError> {
        let is_complete = self.search.is_built().await?;
        self.is_whole.send_replace(is_complete);
        Ok(is_complete)
    }

    async fn is_whole(&self) -> Result<bool, StoreError> {
        if *self.is_whole.borrow() {
            return Ok(true);
        }
        self.refresh_is_complete().await
    }

    /// Searches the read model. If it is being built, waits until it is complete: an incomplete one
    /// would make existing entities look deleted.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], also if the read model is not complete after two seconds.
    pub(crate) async fn search(&self, query: &SearchQuery) -> Result<SearchResults, StoreError> {
        self.wait_until_complete().await?;
        self.search.search(query).await
    }

    /// Like [`search`](Self::search), for the locations of entries.
    pub(crate) async fn locations(
        &self,
        query: &SearchQuery,
    ) -> Result<Vec<EntryLocation>, StoreError> {
        self.wait_until_complete().await?;
        self.search.locations(query).await
    }

    /// The version of the read model that searches see.
    pub(crate) async fn version(&self) -> Result<IndexVersion, StoreError> {
        self.wait_until_complete().await?;
        self.search.version().await
    }

    async fn wait_until_complete(&self) -> Result<(), StoreError> {
        if !self.is_whole().await? {
            let mut is_whole = self.is_whole.subscribe();
            let built = timeout(REBUILD_WAIT, is_whole.wait_for(|is_whole| *is_whole));
            let is_built = built.await.is_ok();
            // Another process may have finished it.
            if !is_built && !self.refresh_is_complete().await? {
                let text = "the search index is being built".to_owned();
                return Err(StoreError::Unavailable(text));
            }
        }
        Ok(())
    }

    /// Writes the entry of a created entity. A failure is logged, and repaired by the next
    /// [`catch_up`](Self::catch_up), because the entity is stored.
    pub(crate) async fn entity_changed(&self, due: OutboxEntry) {
        match self.project_one(&due.id).await {
            Ok(()) => self.complete(due).await,
            Err(error) => tracing::warn!(%error, "the read model is behind"),
        }
    }

    /// Writes the entry of an updated entity. If the visibility of an artist changes, the entries of
    /// its videos and products may be written a little later. Until then a search may return hidden
    /// entities, which readers leave out by their documents.
    pub(crate) async fn changed<C: Kind>(
        self: &Arc<Self>,
        before: &StoredEntity<C>,
        after: &StoredEntity<C>,
        due: OutboxEntry,
    ) {
        let looks = |record: &EntityRecord<C>| (record.is_live(), record.content.status());
        let is_artist = C::ENTITY_KIND == EntityKind::Artist;
        if !is_artist || looks(&before.record) == looks(&after.record) {
            return self.entity_changed(due).await;
        }
        if let Err(error) = self.project_one(&due.id).await {
            tracing::warn!(%error, "the read model is behind");
            return;
        }
        let projector = self.clone();
        let with_artist = tokio::spawn(async move {
            match projector.project_below(&due.id).await {
                Ok(()) => projector.complete(due).await,
                Err(error) => tracing::warn!(%error, "the read model is behind"),
            }
        });
        // The task continues when it takes longer, or when the client disconnects.
        let _ = timeout(CHILDREN_WAIT, with_artist).await;
    }

    /// Processes overdue outbox entries; returns their number.
    ///
    /// # Errors
    /// The first failure; all other entries were processed.
    pub(crate) async fn catch_up(&self) -> Result<usize, StoreError> {
        let overdue = self.outbox.overdue(OVERDUE, PAGE).await?;
        let found = overdue.len();
        let mut failure = None;
        for due in overdue {
            let id = due.id.clone();
            // An unreadable entity must not block the others.
            if let Err(error) = self.recover(due).await {
                tracing::warn!(id, %error, "an entry of the read model stays due");
                failure.get_or_insert(error);
            }
        }
        failure.map_or(Ok(found), Err)
    }

    /// Processes an entity whose save has an unknown outcome. Bumps the revision first, so that a save
    /// that is still in progress fails.
    async fn recover(&self, due: OutboxEntry) -> Result<(), StoreError> {
        self.repositories.bump_revision(&due.id).await?;
        self.project_one(&due.id).await?;
        self.project_below(&due.id).await?;
        self.outbox.complete_entry(due).await
    }

    async fn complete(&self, due: OutboxEntry) {
        if let Err(error) = self.outbox.complete_entry(due).await {
            tracing::debug!(%error, "a note stays, and its entry is put once more");
        }
    }

    /// Writes the entry of one entity.
    async fn project_one(&self, id: &str) -> Result<(), StoreError> {
        match self.entry(id).await? {
            Some(entry) => self.search.put(vec![entry]).await,
            None => Ok(()),
        }
    }

    /// Writes the entries of the videos and products of an artist; does nothing for other kinds.
    async fn project_below(&self, id: &str) -> Result<(), StoreError> {
        if !id.starts_with("art_") {
            return Ok(());
        }
        let repositories = self.repositories.as_ref();
        self.put_below(id, &repositories.videos, video).await?;
        self.put_below(id, &repositories.products, product).await
    }

    async fn put_below<C: Kind>(
        &self,
        artist: &str,
        repository: &Repository<C>,
        entry: fn(&StoredEntity<C>, Option<&StoredEntity<ArtistContent>>) -> IndexEntry,
    ) -> Result<(), StoreError> {
        let mut after: Option<String> = None;
        while let Some(batch) = repository.children(artist, after.as_deref()).await? {
            after = Some(batch.last);
            // The artist is read after the children: otherwise an entry could combine a child with
            // an older state of the artist.
            let artist = self.repositories.artists.get(artist).await?;
            let entries = batch.entities.iter();
            let entries = entries.map(|entity| entry(entity, artist.as_ref()));
            self.search.put(entries.collect()).await?;
        }
        Ok(())
    }

    /// The entry of an entity, from its current documents.
    async fn entry(&self, id: &str) -> Result<Option<IndexEntry>, StoreError> {
        let repositories = &self.repositories;
        Ok(match id.split_once('_') {
            Some(("art", _)) => {
                let found = repositories.artists.get(id).await?;
                Some(
                    found.map_or_else(|| tombstone(id, EntityKind::Artist), |found| artist(&found)),
                )
            }
            Some(("vid", _)) => Some(self.entry_of(&repositories.videos, id, video).await?),
            Some(("prd", _)) => Some(self.entry_of(&repositories.products, id, product).await?),
            Some(("ret", _)) => {
                let found = repositories.retailers.get(id).await?;
                Some(found.map_or_else(
                    || tombstone(id, EntityKind::Retailer),
                    |found| retailer(&found),
                ))
            }
            _ => None,
        })
    }

    async fn entry_of<C: Kind>(
        &self,
        repository: &Repository<C>,
        id: &str,
        entry: fn(&StoredEntity<C>, Option<&StoredEntity<ArtistContent>>) -> IndexEntry,
    ) -> Result<IndexEntry, StoreError> {
        let Some(entity) = repository.get(id).await? else {
            return Ok(tombstone(id, C::ENTITY_KIND));
        };
        let artist = self.repositories.artists.get(&entity.record.parent).await?;
        Ok(entry(&entity, artist.as_ref()))
    }

    /// Builds a new read model from all documents, beside the one in use.
    pub(crate) async fn rebuild(&self) -> Result<Rebuilt, StoreError> {
        let mut rebuilt = Rebuilt {
            rebuild: self.search.rebuild().await?,
            entries: 0,
            outdated: Vec::new(),
        };
        let mut after: Option<String> = None;
        let repositories = &self.repositories;
        while let Some(batch) = repositories.artists.page(after.as_deref()).await? {
            let artists = batch.entities;
            after = Some(batch.last);
            let entries = artists.iter().map(artist).collect();
            rebuilt.put(&artists, entries).await?;
        }
        let mut after: Option<String> = None;
        while let Some(batch) = repositories.videos.page(after.as_deref()).await? {
            let videos = batch.entities;
            after = Some(batch.last);
            let entries = self.with_artists(&videos, video).await?;
            rebuilt.put(&videos, entries).await?;
        }
        let mut after: Option<String> = None;
        while let Some(batch) = repositories.products.page(after.as_deref()).await? {
            let products = batch.entities;
            after = Some(batch.last);
            let entries = self.with_artists(&products, product).await?;
            rebuilt.put(&products, entries).await?;
        }
        let mut after: Option<String> = None;
        while let Some(batch) = repositories.retailers.page(after.as_deref()).await? {
            let retailers = batch.entities;
            after = Some(batch.last);
            let entries = retailers.iter().map(retailer).collect();
            rebuilt.put(&retailers, entries).await?;
        }
        Ok(rebuilt)
    }

    /// Replaces the read model in use by a rebuilt one; returns the number of its entries.
    pub(crate) async fn finish(&self, rebuilt: Rebuilt) -> Result<usize, StoreError> {
        rebuilt.rebuild.finish().await?;
        self.is_whole.send_replace(true);
        Ok(rebuilt.entries)
    }

    async fn with_artists<C: Kind>(
        &self,
        entities: &[StoredEntity<C>],
        entry: fn(&StoredEntity<C>, Option<&StoredEntity<ArtistContent>>) -> IndexEntry,
    ) -> Result<Vec<IndexEntry>, StoreError> {
        let mut ids: Vec<_> = entities
            .iter()
            .map(|entity| entity.record.parent.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let artists = self.repositories.artists.get_many(&ids).await?;
        let entries = entities.iter().map(|entity| {
            let place = ids.binary_search(&entity.record.parent.as_str()).ok();
            entry(entity, place.and_then(|place| artists[place].as_ref()))
        });
        Ok(entries.collect())
    }
}

fn artist(artist: &StoredEntity<ArtistContent>) -> IndexEntry {
    IndexEntry {
        artist: artist.id.clone(),
        text: artist.record.content.bio.clone(),
        ..base_entry(artist)
    }
}

fn video(
    video: &StoredEntity<VideoContent>,
    artist: Option<&StoredEntity<ArtistContent>>,
) -> IndexEntry {
    let content = &video.record.content;
    let placements = content.placements.iter();
    IndexEntry {
        text: content.description.clone(),
        products: placements
            .map(|placement| placement.product_id.clone())
            .collect(),
        ..below(artist, base_entry(video))
    }
}

fn product(
    product: &StoredEntity<ProductContent>,
    artist: Option<&StoredEntity<ArtistContent>>,
) -> IndexEntry {
    let content = &product.record.content;
    IndexEntry {
        brand: content.brand.clone(),
        text: content.description.clone(),
        retailer_keys: retailer_terms(&product.record),
        ..below(artist, base_entry(product))
    }
}

fn retailer(retailer: &StoredEntity<RetailerState>) -> IndexEntry {
    IndexEntry {
        text: retailer.record.content.retailer.domains.join(" "),
        ..base_entry(retailer)
    }
}

/// The entry of an entity without its artist.
fn base_entry<C: Kind>(entity: &StoredEntity<C>) -> IndexEntry {
    let record = &entity.record;
    IndexEntry {
        id: entity.id.clone(),
        kind: C::ENTITY_KIND,
        artist: record.parent.clone(),
        is_public: record.is_published_itself(),
        version: entity.revision.0,
        is_tombstone: !record.is_live(),
        slug: record.slug.as_str().to_owned(),
        name: record.content.name().to_owned(),
        brand: String::new(),
        text: String::new(),
        created_at: record.created_at,
        updated_at: record.updated_at,
        retailer_keys: Vec::new(),
        products: Vec::new(),
    }
}

/// The entry of an entity below its artist. Its version is the sum of the revisions of both
/// documents.
///
/// Why that suffices: revisions only rise, so every reader has read e ≤ E and a ≤ A of the current
/// revisions, and e + a = E + A only if both are current. The projection after the last change has
/// read both, so its entry wins over every older one, in whichever order they arrive. Two outdated
/// pairs may have the same sum; either may be visible until then, because the outbox entry is
/// still due.
///
/// Its limits: the artist of an entity must never change, because the revision of another artist
/// is unrelated and the sum could fall. A missing artist counts as 0; an artist with children is
/// never removed, because deleting and restoring replace its document.
fn below(artist: Option<&StoredEntity<ArtistContent>>, entry: IndexEntry) -> IndexEntry {
    IndexEntry {
        is_public: entry.is_public
            && artist.is_some_and(|artist| artist.record.is_published_itself()),
        is_tombstone: entry.is_tombstone || artist.is_none_or(|artist| !artist.record.is_live()),
        version: entry.version + artist.map_or(0, |artist| artist.revision.0),
        ..entry
    }
}

fn tombstone(id: &str, kind: EntityKind) -> IndexEntry {
    IndexEntry {
        id: id.to_owned(),
        kind,
        artist: String::new(),
        is_public: false,
        version: FINAL_VERSION,
        is_tombstone: true,
        slug: String::new(),
        name: String::new(),
        brand: String::new(),
        text: String::new(),
        created_at: 0,
        updated_at: 0,
        retailer_keys: Vec::new(),
        products: Vec::new(),
    }
}
