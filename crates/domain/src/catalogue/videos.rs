//! Videos, and the products that are in them.

use std::{collections::HashSet, sync::Arc};

use types::{
    Field, FieldErrors, Reason,
    catalogue::{MOST_PLACEMENTS, Placement, VideoContent, VideoInput},
};

use super::{
    CatalogueError,
    ids::{PlacementId, VideoId},
    lists::{ListPage, ListQuery},
    things::{Things, actor},
    views::VideoView,
};
use crate::{
    caller::Caller,
    clock::unix_milliseconds,
    documents::{Revision, StoreError},
};

/// What can be done with videos by those whose they are.
#[derive(Clone, Debug)]
pub struct Videos {
    things: Arc<Things>,
}

impl Videos {
    pub(crate) fn new(things: Arc<Things>) -> Self {
        Self { things }
    }

    /// Makes a video of an artist of the caller's.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`] (the artist),
    /// [`CatalogueError::Invalid`] (a taken slug or link too), [`CatalogueError::Full`],
    /// [`CatalogueError::TooMany`], [`CatalogueError::Store`].
    pub async fn create(
        &self,
        caller: &Caller,
        artist: &str,
        input: &VideoInput,
    ) -> Result<VideoView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let things = &self.things;
        let artist = things.live_artist_of(caller, artist).await?;
        let content = self.checked(input, &artist.id).await?;
        let content = with_ids(content, &[]);
        let (repository, maker) = (&things.repositories.videos, things.maker(caller));
        let id = || VideoId::generate().to_string();
        let video = things
            .create(repository, id, &artist.id, content, maker)
            .await?;
        Ok(video.into())
    }

    /// A video of the caller's, with the placements of products that are deleted left out.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Store`].
    pub async fn get(&self, caller: &Caller, id: &str) -> Result<VideoView, CatalogueError> {
        let repository = &self.things.repositories.videos;
        let video = self.things.live_thing_of(caller, repository, id).await?;
        self.visible(video.into()).await
    }

    /// Changes a video of the caller's that is still as it was at revision `from`.
    ///
    /// # Errors
    /// As [`get`](Self::get), [`CatalogueError::Invalid`], [`CatalogueError::Moved`], [`CatalogueError::TooMany`].
    pub async fn change(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &VideoInput,
    ) -> Result<VideoView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let things = &self.things;
        let repository = &things.repositories.videos;
        let base = things.live_thing_of(caller, repository, id).await?;
        let content = self.checked(input, &base.record.parent).await?;
        // The placements of what cannot come back are forgotten.
        let placed = placed(&base.record.content);
        let hidden = things.restorable_products(&placed).await?;
        let mut shown = base.record.content.placements.clone();
        shown.retain(|one| !hidden.contains(&one.product_id));
        let content = with_ids(content, &shown);
        let content = with_hidden(content, &base.record.content, &hidden);
        if content.placements.len() > usize::from(MOST_PLACEMENTS) {
            return Err(CatalogueError::field(
                Field::Placements,
                Reason::TooMany(MOST_PLACEMENTS),
            ));
        }
        base.require(from)?;
        let changed = things.change_content(caller, repository, base, from, &content);
        self.visible(changed.await?.into()).await
    }

    /// Deletes a video of the caller's, with its placements.
    ///
    /// # Errors
    /// As [`get`](Self::get), [`CatalogueError::Moved`], [`CatalogueError::TooMany`].
    pub async fn delete(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Result<VideoView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let repository = &self.things.repositories.videos;
        let base = self.things.live_thing_of(caller, repository, id).await?;
        let by = actor(caller);
        let deleted = self.things.delete(repository, base, from, by).await?;
        tracing::info!(video = id, by, "video deleted");
        Ok(deleted.into())
    }

    /// Takes a deletion back, with the placements as they were.
    ///
    /// # Errors
    /// As [`get`](Self::get); [`CatalogueError::Unknown`] after thirty days.
    pub async fn restore(&self, caller: &Caller, id: &str) -> Result<VideoView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let repository = &self.things.repositories.videos;
        let base = self.things.thing_of(caller, repository, id).await?;
        let by = actor(caller);
        let restored = self.things.restore(repository, base, by).await?;
        tracing::info!(video = id, by, "video restored");
        self.visible(restored.into()).await
    }

    /// What the caller has, as of now.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`] (the artist),
    /// [`CatalogueError::Store`].
    pub async fn list(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<ListPage<VideoContent>, CatalogueError> {
        let repository = &self.things.repositories.videos;
        self.things.list(caller, repository, query).await
    }

    /// What the caller has deleted and can restore. Of an artist that is not the caller's there is
    /// nothing.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn deleted(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<ListPage<VideoContent>, CatalogueError> {
        let repository = &self.things.repositories.videos;
        self.things.deleted(caller, repository, query).await
    }

    /// A video of the caller's that is deleted and can be restored.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Store`].
    pub async fn get_deleted(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<VideoView, CatalogueError> {
        let repository = &self.things.repositories.videos;
        Ok(self
            .things
            .get_deleted(caller, repository, id)
            .await?
            .into())
    }

    /// What was typed, checked also against what there is: a video shows products of its own
    /// artist only.
    async fn checked(
        &self,
        input: &VideoInput,
        artist: &str,
    ) -> Result<VideoContent, CatalogueError> {
        let content = input.check().map_err(CatalogueError::Invalid)?;
        let ids: Vec<_> = content
            .placements
            .iter()
            .map(|one| one.product_id.as_str())
            .collect();
        let known = self.things.live_products(artist, &ids).await?;
        let mut errors = FieldErrors::default();
        for (row, placement) in (0..).zip(&content.placements) {
            if !known.contains(&placement.product_id) {
                errors.refuse(Field::PlacementProductId(row), Reason::Unknown);
            }
        }
        errors.or(content).map_err(CatalogueError::Invalid)
    }

    /// The products in a video that are deleted: their placements are not shown, and come back
    /// with them.
    async fn hidden(&self, content: &VideoContent) -> Result<HashSet<String>, StoreError> {
        let ids = placed(content);
        let products = self.things.repositories.products.get_many(&ids).await?;
        let hidden = ids.into_iter().zip(products).filter(|(_, product)| {
            product
                .as_ref()
                .is_none_or(|product| !product.record.is_live())
        });
        Ok(hidden.map(|(id, _)| id.to_owned()).collect())
    }

    async fn visible(&self, mut video: VideoView) -> Result<VideoView, CatalogueError> {
        let hidden = self.hidden(&video.content).await?;
        let placements = &mut video.content.placements;
        placements.retain(|placement| !hidden.contains(&placement.product_id));
        Ok(video)
    }
}

impl Things {
    /// Those of these products that are an artist's and not deleted.
    pub(super) async fn live_products(
        &self,
        artist: &str,
        ids: &[&str],
    ) -> Result<HashSet<String>, CatalogueError> {
        let is_id = |id: &&&str| super::ids::ProductId::parse(id).is_some();
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

    /// Those of these products that are deleted and can come back.
    pub(super) async fn restorable_products(
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

/// The products in a video, each once.
fn placed(content: &VideoContent) -> Vec<&str> {
    let placements = content.placements.iter();
    let mut ids: Vec<_> = placements.map(|one| one.product_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Gives every placement that is new an id; one that was never this video's is new.
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

/// Puts the placements that nobody saw back where they were.
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
