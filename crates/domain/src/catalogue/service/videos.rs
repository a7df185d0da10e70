//! Videos and their placements.

use std::collections::HashSet;

use async_trait::async_trait;
use types::{
    Field, FieldErrors, Reason,
    catalogue::{MAX_PLACEMENTS, Placement, Slug, Status, VideoContent, VideoInput},
};

use super::{
    Operation,
    context::CatalogueContext,
    kind::{Kind, VIDEOS},
    owner_view::VideoView,
};
use crate::catalogue::{
    CatalogueError,
    entities::{
        entity_ids::{PlacementId, VideoId},
        record::{EntityRecord, StoredEntity},
        repositories::Repositories,
        repository::Repository,
    },
    quotas::owned_artists::PendingWriteKind,
    unique::UniqueKey,
};
use crate::{
    clock::unix_milliseconds,
    documents::{Collection, Revision, StoreError},
    search::EntityKind,
};

#[async_trait]
impl Kind for VideoContent {
    type Input = VideoInput;

    const COLLECTION: &'static Collection = &VIDEOS;
    const ENTITY_KIND: EntityKind = EntityKind::Video;
    const PENDING_KIND: PendingWriteKind = PendingWriteKind::Video;

    fn new_id() -> String {
        VideoId::generate().to_string()
    }

    fn is_id(text: &str) -> bool {
        VideoId::parse(text).is_some()
    }

    fn repository(repositories: &Repositories) -> &Repository<Self> {
        &repositories.videos
    }

    fn name(&self) -> &str {
        &self.title
    }

    fn slug(&self) -> Option<&Slug> {
        self.slug.as_ref()
    }

    fn status(&self) -> Status {
        self.status
    }

    fn slug_key(artist: &str, slug: &Slug) -> UniqueKey {
        UniqueKey::video_slug(artist, slug)
    }

    fn keys(record: &EntityRecord<Self>) -> Vec<UniqueKey> {
        let link = record.content.link.as_ref();
        link.map(|link| UniqueKey::video_link(&record.parent, link))
            .into_iter()
            .collect()
    }

    async fn new_content(
        operation: Operation<'_>,
        artist: &str,
        input: &VideoInput,
    ) -> Result<Self, CatalogueError> {
        let content = operation.context.checked_video(input, artist).await?;
        Ok(with_ids(content, &[]))
    }

    /// Checks the input before the revision: the form of a single placement can show refused fields,
    /// but not the two versions of a conflict.
    async fn updated_content(
        operation: Operation<'_>,
        base: &StoredEntity<Self>,
        _: Revision,
        input: &VideoInput,
    ) -> Result<Self, CatalogueError> {
        let content = operation
            .context
            .checked_video(input, &base.record.parent)
            .await?;
        // Placements of products that can no longer be restored are dropped.
        let before = &base.record.content;
        let hidden = operation
            .context
            .restorable_products(&placed(before))
            .await?;
        let mut shown = before.placements.clone();
        shown.retain(|one| !hidden.contains(&one.product_id));
        let content = with_hidden(with_ids(content, &shown), before, &hidden);
        if content.placements.len() > usize::from(MAX_PLACEMENTS) {
            return Err(CatalogueError::field(
                Field::Placements,
                Reason::TooMany(MAX_PLACEMENTS),
            ));
        }
        Ok(content)
    }

    async fn delete(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let by = operation.by();
        let deleted = operation.context.delete(base, by).await?;
        tracing::info!(video = deleted.id, by, "video deleted");
        Ok(deleted)
    }

    async fn restore(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let by = operation.by();
        let restored = operation.context.restore(base, by).await?;
        tracing::info!(video = restored.id, by, "video restored");
        Ok(restored)
    }

    /// The view without placements of deleted products; they return when the products are
    /// restored.
    async fn view(
        operation: Operation<'_>,
        video: StoredEntity<Self>,
    ) -> Result<VideoView, CatalogueError> {
        let mut view = VideoView::from(video);
        let hidden = operation.context.hidden_products(&view.content).await?;
        let placements = &mut view.content.placements;
        placements.retain(|placement| !hidden.contains(&placement.product_id));
        Ok(view)
    }
}

impl CatalogueContext {
    /// Checks the input, also against stored entities: a video places products of its own artist
    /// only.
    async fn checked_video(
        &self,
        input: &VideoInput,
        artist: &str,
    ) -> Result<VideoContent, CatalogueError> {
        let content = input.check().map_err(CatalogueError::Invalid)?;
        let placements = content.placements.iter();
        let ids: Vec<_> = placements.map(|one| one.product_id.as_str()).collect();
        let known = self.live_products(artist, &ids).await?;
        let mut errors = FieldErrors::default();
        for (row, placement) in (0..).zip(&content.placements) {
            if !known.contains(&placement.product_id) {
                errors.refuse(Field::PlacementProductId(row), Reason::Unknown);
            }
        }
        errors.or(content).map_err(CatalogueError::Invalid)
    }

    /// The deleted products of a video.
    async fn hidden_products(&self, content: &VideoContent) -> Result<HashSet<String>, StoreError> {
        let ids = placed(content);
        let products = self.repositories.products.get_many(&ids).await?;
        let hidden = ids.into_iter().zip(products).filter(|(_, product)| {
            product
                .as_ref()
                .is_none_or(|product| !product.record.is_live())
        });
        Ok(hidden.map(|(id, _)| id.to_owned()).collect())
    }

    /// Those of the ids that belong to products of the artist that are not deleted.
    pub(crate) async fn live_products(
        &self,
        artist: &str,
        ids: &[&str],
    ) -> Result<HashSet<String>, CatalogueError> {
        let is_id =
            |id: &&&str| crate::catalogue::entities::entity_ids::ProductId::parse(id).is_some();
        let mut ids: Vec<_> = ids.iter().filter(is_id).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let products = self.repositories.products.get_many(&ids).await?;
        let live = products
            .into_iter()
            .flatten()
            .filter(|product| product.record.parent == artist && product.record.is_live());
        Ok(live.map(|product| product.id).collect())
    }

    /// Those of the ids that belong to deleted products that can be restored.
    pub(crate) async fn restorable_products(
        &self,
        ids: &[&str],
    ) -> Result<HashSet<String>, StoreError> {
        let now = unix_milliseconds(self.clock.now());
        let products = self.repositories.products.get_many(ids).await?;
        let deleted = products.into_iter().flatten();
        let deleted = deleted.filter(|product| product.record.is_restorable(now));
        Ok(deleted.map(|product| product.id).collect())
    }
}

/// The products of a video, each once.
fn placed(content: &VideoContent) -> Vec<&str> {
    let placements = content.placements.iter();
    let mut ids: Vec<_> = placements.map(|one| one.product_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Assigns an id to every new placement; one with an id that this video never had is new.
fn with_ids(mut content: VideoContent, known: &[Placement]) -> VideoContent {
    let mut used = HashSet::new();
    for placement in &mut content.placements {
        let is_known = known.iter().any(|one| one.id == placement.id);
        if !is_known || !used.insert(placement.id.clone()) {
            placement.id = PlacementId::generate().to_string();
        }
    }
    content
}

/// Inserts the placements of hidden products, which the form did not contain, at their former
/// positions.
fn with_hidden(
    mut content: VideoContent,
    before: &VideoContent,
    hidden: &HashSet<String>,
) -> VideoContent {
    for (place, placement) in before.placements.iter().enumerate() {
        if hidden.contains(&placement.product_id) {
            let place = place.min(content.placements.len());
            content.placements.insert(place, placement.clone());
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placement(id: &str, product: &str) -> Placement {
        Placement {
            id: id.to_owned(),
            product_id: product.to_owned(),
            start: None,
            end: None,
            note: String::new(),
        }
    }

    fn video(placements: &[(&str, &str)]) -> VideoContent {
        let input = VideoInput {
            title: "A".to_owned(),
            ..VideoInput::default()
        };
        VideoContent {
            placements: placements
                .iter()
                .map(|(id, product)| placement(id, product))
                .collect(),
            ..input.check().unwrap()
        }
    }

    fn ids(content: &VideoContent) -> Vec<&str> {
        content
            .placements
            .iter()
            .map(|one| one.id.as_str())
            .collect()
    }

    #[test]
    fn placements_of_deleted_products_stay_where_they_were() {
        let before = video(&[("1", "a"), ("2", "gone"), ("3", "c"), ("4", "gone")]);
        let hidden = HashSet::from(["gone".to_owned()]);
        let swapped = with_hidden(video(&[("3", "c"), ("1", "a")]), &before, &hidden);
        assert_eq!(ids(&swapped), ["3", "2", "1", "4"]);
        let emptied = with_hidden(video(&[]), &before, &hidden);
        assert_eq!(ids(&emptied), ["2", "4"]);
    }

    #[test]
    fn a_placement_keeps_its_id_and_nothing_else_gets_it() {
        let known = [placement("plc_1", "a")];
        let kept = with_ids(
            video(&[("plc_1", "a"), ("plc_1", "b"), ("plc_9", "c"), ("", "d")]),
            &known,
        );
        let ids = ids(&kept);
        assert_eq!(ids[0], "plc_1");
        let others: HashSet<_> = ids.iter().collect();
        assert_eq!(others.len(), 4);
        assert!(ids[1..].iter().all(|id| PlacementId::parse(id).is_some()));
    }
}
