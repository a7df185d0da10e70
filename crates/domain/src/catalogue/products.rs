//! Products, and where they are sold.

use std::{collections::HashSet, sync::Arc};

use types::{
    Field, FieldErrors, Reason,
    catalogue::{AlternativeLink, MOST_ALTERNATIVES, Offer, ProductContent, ProductInput},
};

use super::{
    CatalogueError,
    ids::{OfferId, ProductId},
    keys::Owner as _,
    lists::{ListPage, ListQuery},
    record::Stored,
    things::{Things, actor},
    views::ProductView,
};
use crate::{
    caller::Caller,
    documents::{Revision, StoreError},
    search::{EntityKind, Filter, Page, Query, Scope},
};

/// So many videos are looked for in one go.
const PASSED: usize = 100;

/// What can be done with products by those whose they are.
#[derive(Clone, Debug)]
pub struct Products {
    pub(super) things: Arc<Things>,
}

impl Products {
    pub(crate) fn new(things: Arc<Things>) -> Self {
        Self { things }
    }

    /// Makes a product of an artist of the caller's. A shop that is not known yet is proposed.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`] (the artist),
    /// [`CatalogueError::Invalid`] (a taken slug or GTIN too), [`CatalogueError::Full`],
    /// [`CatalogueError::TooMany`], [`CatalogueError::Store`].
    pub async fn create(
        &self,
        caller: &Caller,
        artist: &str,
        input: &ProductInput,
    ) -> Result<ProductView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let things = &self.things;
        let artist = things.live_artist_of(caller, artist).await?;
        let content = self.checked(input, &artist.id, "").await?;
        let content = with_ids(content, &[]);
        let content = things.with_retailers(content, &[], &artist.id, caller);
        let content = content.await?;
        let (repository, maker) = (&things.repositories.products, things.maker(caller));
        let id = || ProductId::generate().to_string();
        let product = things
            .create(repository, id, &artist.id, content, maker)
            .await?;
        self.visible(product.into()).await
    }

    /// A product of the caller's, with the alternatives that are deleted left out.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Store`].
    pub async fn get(&self, caller: &Caller, id: &str) -> Result<ProductView, CatalogueError> {
        let repository = &self.things.repositories.products;
        let product = self.things.live_thing_of(caller, repository, id).await?;
        self.visible(product.into()).await
    }

    /// Changes a product of the caller's that is still as it was at revision `from`.
    ///
    /// # Errors
    /// As [`get`](Self::get), [`CatalogueError::Invalid`], [`CatalogueError::Moved`], [`CatalogueError::TooMany`].
    pub async fn change(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &ProductInput,
    ) -> Result<ProductView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let things = &self.things;
        let repository = &things.repositories.products;
        let base = things.live_thing_of(caller, repository, id).await?;
        if base.revision != from {
            return Err(CatalogueError::Moved);
        }
        let before = &base.record.content;
        let artist = base.record.parent.clone();
        let content = with_ids(self.checked(input, &artist, id).await?, &before.offers);
        let content = things.with_retailers(content, &before.offers, &artist, caller);
        let mut content = content.await?;
        content.alternatives.extend(self.hidden(before).await?);
        if content.alternatives.len() > usize::from(MOST_ALTERNATIVES) {
            return Err(CatalogueError::field(
                Field::Alternatives,
                Reason::TooMany(MOST_ALTERNATIVES),
            ));
        }
        let changed = things.change_content(caller, repository, base, from, &content);
        self.visible(changed.await?.into()).await
    }

    /// Deletes a product of the caller's; it is gone from every video at once.
    ///
    /// # Errors
    /// As [`get`](Self::get), [`CatalogueError::Moved`], [`CatalogueError::TooMany`].
    pub async fn delete(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Result<ProductView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let repository = &self.things.repositories.products;
        let base = self.things.live_thing_of(caller, repository, id).await?;
        let by = actor(caller);
        let deleted = self.things.delete(repository, base, from, by).await?;
        tracing::info!(product = id, by, "product deleted");
        Ok(deleted.into())
    }

    /// Takes a deletion back; the product is in every video again, where it was.
    ///
    /// # Errors
    /// As [`get`](Self::get); [`CatalogueError::Unknown`] after thirty days.
    pub async fn restore(&self, caller: &Caller, id: &str) -> Result<ProductView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let repository = &self.things.repositories.products;
        let base = self.things.thing_of(caller, repository, id).await?;
        let by = actor(caller);
        let restored = self.things.restore(repository, base, by).await?;
        self.pass_videos_with(&restored).await?;
        tracing::info!(product = id, by, "product restored");
        self.visible(restored.into()).await
    }

    /// Whoever began to change a video while a product of it was deleted has not seen that it is in
    /// there, and must not take it out.
    async fn pass_videos_with(
        &self,
        product: &Stored<ProductContent>,
    ) -> Result<(), CatalogueError> {
        let mut page = Page::Offset(0);
        loop {
            let scope = Scope::Artists(vec![product.record.parent.clone()]);
            let filter = Filter::Product(product.id.clone());
            let query = Query {
                page,
                ..Query::newest(scope, EntityKind::Video, filter, PASSED)
            };
            let found = self.things.projector.search(&query).await?;
            for (_, video) in &found.ids {
                self.things.repositories.videos.pass(video).await?;
            }
            match found.next {
                Some(next) => page = Page::After(next),
                None => return Ok(()),
            }
        }
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
    ) -> Result<ListPage<ProductContent>, CatalogueError> {
        let repository = &self.things.repositories.products;
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
    ) -> Result<ListPage<ProductContent>, CatalogueError> {
        let repository = &self.things.repositories.products;
        self.things.deleted(caller, repository, query).await
    }

    /// A product of the caller's that is deleted and can be restored.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Store`].
    pub async fn get_deleted(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<ProductView, CatalogueError> {
        let repository = &self.things.repositories.products;
        Ok(self
            .things
            .get_deleted(caller, repository, id)
            .await?
            .into())
    }

    /// What was typed, checked also against what there is: alternatives are other products of the
    /// same artist.
    async fn checked(
        &self,
        input: &ProductInput,
        artist: &str,
        id: &str,
    ) -> Result<ProductContent, CatalogueError> {
        let content = input.check().map_err(CatalogueError::Invalid)?;
        let ids: Vec<_> = content
            .alternatives
            .iter()
            .map(|one| one.product_id.as_str())
            .collect();
        let known = self.things.live_products(artist, &ids).await?;
        let mut errors = FieldErrors::default();
        for (row, alternative) in (0..).zip(&content.alternatives) {
            if alternative.product_id == id || !known.contains(&alternative.product_id) {
                errors.refuse(Field::AlternativeProductId(row), Reason::Unknown);
            }
        }
        errors.or(content).map_err(CatalogueError::Invalid)
    }

    /// The alternatives that are not shown because they are deleted, and can come back.
    async fn hidden(&self, content: &ProductContent) -> Result<Vec<AlternativeLink>, StoreError> {
        let links = content.alternatives.iter();
        let ids: Vec<_> = links.clone().map(|one| one.product_id.as_str()).collect();
        let hidden = self.things.restorable_products(&ids).await?;
        let hidden = links.filter(|one| hidden.contains(&one.product_id));
        Ok(hidden.cloned().collect())
    }

    async fn visible(&self, mut product: ProductView) -> Result<ProductView, CatalogueError> {
        let alternatives = &product.content.alternatives;
        let ids: Vec<_> = alternatives
            .iter()
            .map(|one| one.product_id.as_str())
            .collect();
        let live = self.things.live_products(&product.parent, &ids).await?;
        let alternatives = &mut product.content.alternatives;
        alternatives.retain(|one| live.contains(&one.product_id));
        Ok(product)
    }
}

/// Gives every offer that is new an id; one that was never this product's is new.
fn with_ids(mut content: ProductContent, known: &[Offer]) -> ProductContent {
    let mut used = HashSet::new();
    for offer in &mut content.offers {
        let is_known = known.iter().any(|one| one.id == offer.id);
        if !is_known || !used.insert(offer.id.clone()) {
            offer.id = OfferId::generate().to_string();
        }
    }
    content
}
