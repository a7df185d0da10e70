//! What tells the kinds of things apart.

use std::fmt::Debug;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use types::catalogue::{
    ArtistContent, ProductContent, RetailerContent, ReviewStatus, Slug, Status, VideoContent,
};

use super::{holdings::PendingKind, keys::Key, record::Record, reserved};
use crate::{documents::Collection, search::EntityKind};

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

/// A kind of thing, by its content.
pub(crate) trait Kind:
    Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Where such things are kept.
    const COLLECTION: &'static Collection;
    /// What they are when they are searched for.
    const SEARCH: EntityKind;
    /// What they are while they are created, for the quotas.
    const PENDING: PendingKind;
    /// The length of a slug.
    const SLUG: (u16, u16) = (1, 80);

    /// What it is called.
    fn name(&self) -> &str;

    /// The slug that was asked for.
    fn slug(&self) -> Option<&Slug>;

    /// Whether such a thing cannot have this slug unless the operator gives it one.
    fn is_reserved(_: &Slug) -> bool {
        false
    }

    /// Whether it is meant to be seen by everybody.
    fn status(&self) -> Status;

    /// The key that a slug of such a thing is.
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

impl Kind for ArtistContent {
    const COLLECTION: &'static Collection = &ARTISTS;
    const SEARCH: EntityKind = EntityKind::Artist;
    const PENDING: PendingKind = PendingKind::Artist;
    const SLUG: (u16, u16) = (3, 60);

    fn is_reserved(slug: &Slug) -> bool {
        reserved::is_reserved(slug.as_str())
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

    fn slug_key(_: &str, slug: &Slug) -> Key {
        Key::artist_slug(slug)
    }

    fn keys(_: &Record<Self>) -> Vec<Key> {
        Vec::new()
    }
}

impl Kind for VideoContent {
    const COLLECTION: &'static Collection = &VIDEOS;
    const SEARCH: EntityKind = EntityKind::Video;
    const PENDING: PendingKind = PendingKind::Video;

    fn name(&self) -> &str {
        &self.title
    }

    fn slug(&self) -> Option<&Slug> {
        self.slug.as_ref()
    }

    fn status(&self) -> Status {
        self.status
    }

    fn slug_key(artist: &str, slug: &Slug) -> Key {
        Key::video_slug(artist, slug)
    }

    fn keys(record: &Record<Self>) -> Vec<Key> {
        let link = record.content.link.as_ref();
        link.map(|link| Key::video_link(&record.parent, link))
            .into_iter()
            .collect()
    }
}

impl Kind for ProductContent {
    const COLLECTION: &'static Collection = &PRODUCTS;
    const SEARCH: EntityKind = EntityKind::Product;
    const PENDING: PendingKind = PendingKind::Product;

    fn name(&self) -> &str {
        &self.name
    }

    fn slug(&self) -> Option<&Slug> {
        self.slug.as_ref()
    }

    fn status(&self) -> Status {
        self.status
    }

    fn slug_key(artist: &str, slug: &Slug) -> Key {
        Key::product_slug(artist, slug)
    }

    fn keys(record: &Record<Self>) -> Vec<Key> {
        let offers = record.content.offers.iter();
        let offers = offers.map(|offer| Key::offer(&offer.id));
        Self::shared_keys(record)
            .into_iter()
            .chain(offers)
            .collect()
    }

    /// Migration 3 has made one number of several lengths of it.
    fn shared_keys(record: &Record<Self>) -> Vec<Key> {
        let gtin = record.content.gtin.as_ref();
        let gtin = gtin.map(|gtin| Key::gtin(&record.parent, gtin));
        gtin.into_iter().collect()
    }
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

impl Kind for RetailerKept {
    const COLLECTION: &'static Collection = &RETAILERS;
    const SEARCH: EntityKind = EntityKind::Retailer;
    const PENDING: PendingKind = PendingKind::Proposal;

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
