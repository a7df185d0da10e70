//! What tells the kinds of things apart.

use std::fmt::Debug;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use types::catalogue::{RetailerContent, RetailerInput, ReviewStatus, Slug, Status};

use super::{
    CatalogueError,
    holdings::PendingKind,
    ids::RetailerId,
    keys::Key,
    lists::{ListPage, ListQuery},
    owners::Repositories,
    record::{Record, Stored},
    repository::Repository,
    reservations::Maker,
    things::{Things, actor},
    views::View,
};
use crate::{
    caller::Caller,
    documents::{Collection, Revision},
    search::EntityKind,
};

pub(crate) static ARTISTS: Collection = Collection {
    name: "artists",
    indexed: &["parent", "mark"],
    largest: 128 * 1024,
};
pub(crate) static VIDEOS: Collection = Collection {
    name: "videos",
    indexed: &["parent", "mark"],
    largest: 320 * 1024,
};
pub(crate) static PRODUCTS: Collection = Collection {
    name: "products",
    indexed: &["parent", "mark"],
    largest: 320 * 1024,
};
pub(crate) static RETAILERS: Collection = Collection {
    name: "retailers",
    indexed: &["parent", "mark"],
    largest: 32 * 1024,
};

/// A kind of catalogue entity, named by its content: all that tells the four kinds apart.
///
/// [`CatalogueService`](super::CatalogueService) has the operations that they share, and calls what is
/// asynchronous here; a kind replaces a default only where it differs. These functions need the context
/// of the catalogue, which no other crate can get: outside, a kind can be named, and neither be
/// implemented nor used without its service.
#[async_trait]
pub trait Kind:
    Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// What a form or a client of the API sends.
    type Input: Send + Sync;

    /// Where its documents are.
    const COLLECTION: &'static Collection;
    /// Its kind in the search index.
    const SEARCH: EntityKind;
    /// Its kind in the holdings of an account, while it is created or lengthened.
    const PENDING: PendingKind;
    /// The least and the greatest length of a slug.
    const SLUG: (u16, u16) = (1, 80);

    /// An id that nothing else has.
    fn new_id() -> String;

    /// Whether this can be the id of an entity of this kind.
    fn is_id(text: &str) -> bool;

    /// The repository of this kind.
    fn repository(repositories: &Repositories) -> &Repository<Self>;

    /// The name or the title.
    fn name(&self) -> &str;

    /// The slug that was asked for.
    fn slug(&self) -> Option<&Slug>;

    /// Whether only the operator can give this slug.
    fn is_reserved(_: &Slug) -> bool {
        false
    }

    /// Whether its author wants everybody to see it.
    fn status(&self) -> Status;

    /// The key of a slug.
    fn slug_key(parent: &str, slug: &Slug) -> Key;

    /// The keys that it has besides its slugs.
    fn keys(record: &Record<Self>) -> Vec<Key>;

    /// The keys among [`keys`](Self::keys) that may be stamped for another thing, or for none,
    /// although this one has them: a migration has made one value of several, or an older program has
    /// stored the thing without them.
    fn shared_keys(_: &Record<Self>) -> Vec<Key> {
        Vec::new()
    }

    /// The value of the indexed field `mark`. Only retailers are listed by it, by their review status.
    /// The mark of what is deleted lists nothing any more; it is stored because documents have it and
    /// its removal would need a migration.
    fn mark(record: &Record<Self>) -> Option<String> {
        (!record.is_live()).then(|| record.parent.clone())
    }

    /// The id of what a new entity belongs to: of this artist, which must be the caller's.
    async fn parent(
        context: &Things,
        caller: &Caller,
        artist: Option<&str>,
    ) -> Result<String, CatalogueError> {
        let artist = artist.ok_or(CatalogueError::Unknown)?;
        Ok(context.live_artist_of(caller, artist).await?.id)
    }

    /// The content of a new entity, checked also against what is stored.
    async fn new_content(
        context: &Things,
        caller: &Caller,
        parent: &str,
        input: &Self::Input,
    ) -> Result<Self, CatalogueError>;

    /// The content of a stored entity after an update, checked also against what is stored. A kind
    /// that compares the revision here refuses an update from an old one before it looks at the input.
    async fn updated_content(
        context: &Things,
        caller: &Caller,
        base: &Stored<Self>,
        from: Revision,
        input: &Self::Input,
    ) -> Result<Self, CatalogueError>;

    /// The entity with this id, as the caller may see it.
    async fn find(
        context: &Things,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<Self>, CatalogueError> {
        context.live_thing_of(caller, id).await
    }

    /// The entity with this id, which the caller may update and delete.
    async fn find_editable(
        context: &Things,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<Self>, CatalogueError> {
        Self::find(context, caller, id).await
    }

    /// The entity with this id, deleted or not, which the caller may restore.
    async fn find_restorable(
        context: &Things,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<Self>, CatalogueError> {
        context.thing_of(caller, id).await
    }

    /// Stores a new entity.
    async fn insert(
        context: &Things,
        parent: &str,
        content: Self,
        maker: Maker<'_>,
    ) -> Result<Stored<Self>, CatalogueError> {
        context.create(parent, content, maker).await
    }

    /// Stores the new content of an entity that is still as it was read.
    async fn replace(
        context: &Things,
        caller: &Caller,
        base: Stored<Self>,
        content: Self,
    ) -> Result<Stored<Self>, CatalogueError> {
        context.change_content(caller, base, &content).await
    }

    /// Deletes an entity that is still as it was read.
    async fn delete(
        context: &Things,
        caller: &Caller,
        base: Stored<Self>,
    ) -> Result<Stored<Self>, CatalogueError> {
        context.delete(base, actor(caller)).await
    }

    /// Restores an entity; one that is not deleted stays as it is.
    async fn restore(
        context: &Things,
        caller: &Caller,
        base: Stored<Self>,
    ) -> Result<Stored<Self>, CatalogueError> {
        context.restore(base, actor(caller)).await
    }

    /// What its owner sees of an entity: nothing of another one that is deleted.
    async fn view(_: &Things, entity: Stored<Self>) -> Result<View<Self>, CatalogueError> {
        Ok(entity.into())
    }

    /// A page of the entities that the caller may see.
    async fn list(
        context: &Things,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<ListPage<Self>, CatalogueError> {
        context.list(caller, query).await
    }

    /// A page of the deleted entities that the caller can restore.
    async fn trash(
        context: &Things,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<ListPage<Self>, CatalogueError> {
        context.trash(caller, query).await
    }
}

impl<C: Kind> Record<C> {
    /// Whether everybody may see it, as far as it decides that itself.
    pub(crate) fn is_shown(&self) -> bool {
        self.is_live() && self.content.status() == Status::Published
    }
}

/// Every key of a thing: what nothing else may have.
pub(crate) fn all_keys<C: Kind>(record: &Record<C>) -> Vec<Key> {
    let slugs = record.former_slugs.iter().chain([&record.slug]);
    let mut keys: Vec<_> = slugs
        .map(|slug| C::slug_key(&record.parent, slug))
        .collect();
    keys.extend(C::keys(record));
    keys
}

/// The mark of the retailers that are deleted; no review status has this name, so a list by review
/// status leaves them out.
const DELETED: &str = "deleted";

/// A retailer's content, and what a moderator has decided about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RetailerKept {
    /// What was proposed.
    pub retailer: RetailerContent,
    /// Whether links to it are shown.
    #[serde(rename = "standing")]
    pub review_status: ReviewStatus,
}

impl RetailerKept {
    /// Whether a registrable domain is one of its domains.
    pub(super) fn has_domain(&self, domain: &str) -> bool {
        self.retailer.domains.iter().any(|own| own == domain)
    }
}

#[async_trait]
impl Kind for RetailerKept {
    type Input = RetailerInput;

    const COLLECTION: &'static Collection = &RETAILERS;
    const SEARCH: EntityKind = EntityKind::Retailer;
    const PENDING: PendingKind = PendingKind::Proposal;

    fn new_id() -> String {
        RetailerId::generate().to_string()
    }

    fn is_id(text: &str) -> bool {
        RetailerId::parse(text).is_some()
    }

    fn repository(repositories: &Repositories) -> &Repository<Self> {
        &repositories.retailers
    }

    fn name(&self) -> &str {
        &self.retailer.name
    }

    fn slug(&self) -> Option<&Slug> {
        self.retailer.slug.as_ref()
    }

    fn status(&self) -> Status {
        match self.review_status {
            ReviewStatus::Approved => Status::Published,
            ReviewStatus::Proposed | ReviewStatus::Blocked => Status::Draft,
        }
    }

    fn slug_key(artist: &str, slug: &Slug) -> Key {
        Key::retailer_slug(artist, slug)
    }

    /// A domain has one decision, so an approved retailer and a blocked one have the same key of it.
    fn keys(record: &Record<Self>) -> Vec<Key> {
        let domains = record.content.retailer.domains.iter();
        let proposed = domains
            .clone()
            .map(|domain| Key::proposed_domain(&record.parent, domain));
        let decided = domains.map(|domain| Key::decided_domain(domain));
        match record.content.review_status {
            ReviewStatus::Proposed => proposed.collect(),
            ReviewStatus::Approved | ReviewStatus::Blocked => proposed.chain(decided).collect(),
        }
    }

    /// A retailer that was blocked before decision 28 was stored without the keys of its domains.
    fn shared_keys(record: &Record<Self>) -> Vec<Key> {
        let domains = record.content.retailer.domains.iter();
        match record.content.review_status {
            ReviewStatus::Blocked => domains.map(|domain| Key::decided_domain(domain)).collect(),
            ReviewStatus::Proposed | ReviewStatus::Approved => Vec::new(),
        }
    }

    async fn new_content(
        context: &Things,
        _: &Caller,
        _: &str,
        input: &RetailerInput,
    ) -> Result<Self, CatalogueError> {
        Ok(Self {
            retailer: context.checked_retailer(input)?,
            review_status: ReviewStatus::Proposed,
        })
    }

    async fn updated_content(
        context: &Things,
        _: &Caller,
        base: &Stored<Self>,
        _: Revision,
        input: &RetailerInput,
    ) -> Result<Self, CatalogueError> {
        Ok(Self {
            retailer: context.checked_retailer(input)?,
            review_status: base.record.content.review_status,
        })
    }

    /// A retailer is listed by its review status, because moderators look after those of everybody. A
    /// deleted one is in none of these lists.
    fn mark(record: &Record<Self>) -> Option<String> {
        let mark = match record.is_live() {
            true => record.content.review_status.name(),
            false => DELETED,
        };
        Some(mark.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;
    use types::catalogue::{
        AttributeInput, ChapterInput, ImageInput, OfferInput, PlacementInput, ProductInput,
        TimeInput, VideoInput,
    };

    use super::*;
    use crate::{catalogue::record::Kept, clock::ManualClock};

    /// A letter of four bytes, the most that one has.
    fn letters(count: usize) -> String {
        "\u{20000}".repeat(count)
    }

    fn url(number: usize) -> String {
        let url = format!("https://shop-{number}.example/");
        format!("{url}{}", "a".repeat(2_048 - url.len()))
    }

    fn slug(number: usize) -> Slug {
        let slug = format!("{number}-{}", "a".repeat(80));
        Slug::parse(&slug[..80], 1, 80).unwrap().unwrap()
    }

    /// The bytes of a document with as many former slugs as there may be.
    fn size<C: Kind>(content: C) -> usize {
        let clock = ManualClock::new(OffsetDateTime::UNIX_EPOCH);
        let mut record = Record::new("art_1", slug(0), content, "acc_1", &clock);
        (1..=100).for_each(|number| record.rename(slug(number)));
        record.delete("acc_1", &clock);
        let kept = Kept::Live(Box::new(record));
        serde_json::to_vec(&kept).unwrap().len()
    }

    #[test]
    fn the_largest_product_fits_into_its_collection() {
        let product = ProductInput {
            name: letters(200),
            brand: letters(80),
            description: letters(10_000),
            images: (0..12)
                .map(|number| ImageInput {
                    url: url(number),
                    alt: letters(300),
                })
                .collect(),
            attributes: (0..50)
                .map(|number| AttributeInput {
                    name: format!("{number:02}{}", letters(58)),
                    value: letters(300),
                })
                .collect(),
            offers: (0..50)
                .map(|number| OfferInput {
                    url: url(number),
                    ..OfferInput::default()
                })
                .collect(),
            ..ProductInput::default()
        };
        let size = size(product.check().unwrap());
        assert!((200_000..PRODUCTS.largest).contains(&size), "{size}");
    }

    #[test]
    fn the_largest_video_fits_into_its_collection() {
        let video = VideoInput {
            title: letters(200),
            description: letters(10_000),
            chapters: (0..100)
                .map(|number| ChapterInput {
                    start: TimeInput::Millis(1_000 * (number + 1)),
                    title: letters(100),
                })
                .collect(),
            placements: (0..100)
                .map(|number| PlacementInput {
                    product_id: format!("prd_{number:032x}"),
                    note: letters(300),
                    ..PlacementInput::default()
                })
                .collect(),
            ..VideoInput::default()
        };
        let size = size(video.check().unwrap());
        assert!((200_000..VIDEOS.largest).contains(&size), "{size}");
    }
}
