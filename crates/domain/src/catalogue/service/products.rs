//! Products and their offers.

use std::collections::HashSet;

use async_trait::async_trait;
use types::{
    Field, FieldErrors, Reason,
    catalogue::{
        AlternativeLink, MAX_ALTERNATIVES, Offer, ProductContent, ProductInput, Slug, Status,
    },
};

use super::{
    Operation,
    context::CatalogueContext,
    kind::{Kind, PRODUCTS},
    owner_view::ProductView,
};
use crate::catalogue::{
    CatalogueError,
    entities::{
        entity_ids::{OfferId, ProductId},
        record::{EntityRecord, StoredEntity},
        repositories::Repositories,
        repository::Repository,
    },
    quotas::owned_artists::PendingWriteKind,
    unique::{KeyOwner as _, UniqueKey},
};
use crate::{
    documents::{Collection, Revision, StoreError},
    search::{EntityKind, Filter, PageStart, Scope, SearchQuery},
};

/// Maximum number of videos that one search request returns.
const VIDEOS_PER_PAGE: usize = 100;

#[async_trait]
impl Kind for ProductContent {
    type Input = ProductInput;

    const COLLECTION: &'static Collection = &PRODUCTS;
    const ENTITY_KIND: EntityKind = EntityKind::Product;
    const PENDING_KIND: PendingWriteKind = PendingWriteKind::Product;

    fn new_id() -> String {
        ProductId::generate().to_string()
    }

    fn is_id(text: &str) -> bool {
        ProductId::parse(text).is_some()
    }

    fn repository(repositories: &Repositories) -> &Repository<Self> {
        &repositories.products
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn slug(&self) -> Option<&Slug> {
        self.slug.as_ref()
    }

    fn status(&self) -> Status {
        self.status
    }

    fn slug_key(artist: &str, slug: &Slug) -> UniqueKey {
        UniqueKey::product_slug(artist, slug)
    }

    fn keys(record: &EntityRecord<Self>) -> Vec<UniqueKey> {
        let offers = record.content.offers.iter();
        let offers = offers.map(|offer| UniqueKey::offer(&offer.id));
        Self::shared_keys(record)
            .into_iter()
            .chain(offers)
            .collect()
    }

    /// The key of the GTIN: migration 3 normalised GTINs to one length, so several products may have
    /// the same one.
    fn shared_keys(record: &EntityRecord<Self>) -> Vec<UniqueKey> {
        let gtin = record.content.gtin.as_ref();
        let gtin = gtin.map(|gtin| UniqueKey::gtin(&record.parent, gtin));
        gtin.into_iter().collect()
    }

    /// The content of a new product. For an offer of an unknown retailer, the retailer is proposed.
    async fn new_content(
        operation: Operation<'_>,
        artist: &str,
        input: &ProductInput,
    ) -> Result<Self, CatalogueError> {
        let content = with_ids(
            operation.context.checked_product(input, artist, "").await?,
            &[],
        );
        operation
            .context
            .with_retailers(content, &[], artist, operation.caller)
            .await
    }

    /// The content of an updated product. Alternatives that the form did not contain because they
    /// are deleted stay.
    async fn updated_content(
        operation: Operation<'_>,
        base: &StoredEntity<Self>,
        from: Revision,
        input: &ProductInput,
    ) -> Result<Self, CatalogueError> {
        base.require_revision(from)?;
        let (artist, before) = (&base.record.parent, &base.record.content);
        let content = operation
            .context
            .checked_product(input, artist, &base.id)
            .await?;
        let content = with_ids(content, &before.offers);
        let content =
            operation
                .context
                .with_retailers(content, &before.offers, artist, operation.caller);
        let mut content = content.await?;
        let hidden = operation.context.hidden_alternatives(before).await?;
        content.alternatives.extend(hidden);
        if content.alternatives.len() > usize::from(MAX_ALTERNATIVES) {
            return Err(CatalogueError::field(
                Field::Alternatives,
                Reason::TooMany(MAX_ALTERNATIVES),
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
        tracing::info!(product = deleted.id, by, "product deleted");
        Ok(deleted)
    }

    /// Restores a product; its placements in videos are visible again.
    async fn restore(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let by = operation.by();
        let restored = operation.context.restore(base, by).await?;
        operation.context.bump_videos_placing(&restored).await?;
        tracing::info!(product = restored.id, by, "product restored");
        Ok(restored)
    }

    /// The view without deleted alternatives.
    async fn view(
        operation: Operation<'_>,
        product: StoredEntity<Self>,
    ) -> Result<ProductView, CatalogueError> {
        let mut view = ProductView::from(product);
        let alternatives = view.content.alternatives.iter();
        let ids: Vec<_> = alternatives.map(|one| one.product_id.as_str()).collect();
        let live = operation.context.live_products(&view.parent, &ids).await?;
        let alternatives = &mut view.content.alternatives;
        alternatives.retain(|one| live.contains(&one.product_id));
        Ok(view)
    }
}

impl CatalogueContext {
    /// Checks the input, also against stored entities: alternatives are other products of the same
    /// artist.
    async fn checked_product(
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
        let known = self.live_products(artist, &ids).await?;
        let mut errors = FieldErrors::default();
        for (row, alternative) in (0..).zip(&content.alternatives) {
            if alternative.product_id == id || !known.contains(&alternative.product_id) {
                errors.refuse(Field::AlternativeProductId(row), Reason::Unknown);
            }
        }
        errors.or(content).map_err(CatalogueError::Invalid)
    }

    /// The deleted alternatives, which the form did not contain, that can be restored.
    async fn hidden_alternatives(
        &self,
        content: &ProductContent,
    ) -> Result<Vec<AlternativeLink>, StoreError> {
        let links = content.alternatives.iter();
        let ids: Vec<_> = links.clone().map(|one| one.product_id.as_str()).collect();
        let hidden = self.restorable_products(&ids).await?;
        let hidden = links.filter(|one| hidden.contains(&one.product_id));
        Ok(hidden.cloned().collect())
    }

    /// Bumps the revision of every video that places the product. The form of such a video that was
    /// opened while the product was deleted does not contain the placement; saving it is a conflict
    /// now, so that it does not remove the placement.
    async fn bump_videos_placing(
        &self,
        product: &StoredEntity<ProductContent>,
    ) -> Result<(), CatalogueError> {
        let mut page = PageStart::Offset(0);
        loop {
            let scope = Scope::Artists(vec![product.record.parent.clone()]);
            let filter = Filter::Product(product.id.clone());
            let query = SearchQuery {
                page,
                ..SearchQuery::newest(scope, EntityKind::Video, filter, VIDEOS_PER_PAGE)
            };
            let found = self.projector.search(&query).await?;
            for (_, video) in &found.ids {
                self.repositories.videos.bump_revision(video).await?;
            }
            match found.next {
                Some(next) => page = PageStart::After(next),
                None => return Ok(()),
            }
        }
    }
}

/// Assigns an id to every new offer; one with an id that this product never had is new.
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
