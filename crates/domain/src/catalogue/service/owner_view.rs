//! The owner's view of catalogue entities.

use serde::Serialize;
use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use super::{kind::Kind, retailers::RetailerState};
use crate::catalogue::entities::record::StoredEntity;
use crate::clock::{from_unix_milliseconds, rfc3339_milliseconds};

/// An entity as its owner, a moderator or the operator sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnerView<C> {
    /// The id.
    pub id: String,
    /// The revision, which an update passes as `from`.
    pub revision: u64,
    /// The id of the parent: the account of an artist, otherwise the artist.
    pub parent: String,
    /// The slug in the path.
    pub slug: String,
    /// The content.
    pub content: C,
    /// Time of creation, RFC 3339 in UTC with milliseconds.
    pub created_at: String,
    /// Time of the last change, RFC 3339 in UTC with milliseconds; rises with every change.
    pub updated_at: String,
    /// Time of the deletion in the same form; `None` unless it is deleted.
    pub deleted_at: Option<String>,
}

/// The owner's view of an artist.
pub type ArtistView = OwnerView<ArtistContent>;
/// The owner's view of a video.
pub type VideoView = OwnerView<VideoContent>;
/// The owner's view of a product.
pub type ProductView = OwnerView<ProductContent>;
/// The view of a retailer.
pub type RetailerView = OwnerView<RetailerState>;

impl<C: Kind> From<StoredEntity<C>> for OwnerView<C> {
    fn from(stored: StoredEntity<C>) -> Self {
        let record = stored.record;
        Self {
            id: stored.id,
            revision: stored.revision.0,
            parent: record.parent,
            slug: record.slug.as_str().to_owned(),
            created_at: rfc3339_from_millis(record.created_at),
            updated_at: rfc3339_from_millis(record.updated_at),
            deleted_at: record.deleted_at.map(rfc3339_from_millis),
            content: record.content,
        }
    }
}

/// An instant in milliseconds since 1970 as RFC 3339 in UTC.
pub(crate) fn rfc3339_from_millis(milliseconds: i64) -> String {
    rfc3339_milliseconds(from_unix_milliseconds(milliseconds))
}
