//! Things as those see them whose they are.

use serde::Serialize;
use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use super::{
    kind::{Kind, RetailerKept},
    record::Stored,
};
use crate::clock::{from_unix_milliseconds, rfc3339_milliseconds};

/// A thing as those see it whose it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View<C> {
    /// Its name for programs.
    pub id: String,
    /// Its version; a change names the one that it started from.
    pub revision: u64,
    /// What it belongs to: an artist to an account, everything else to an artist.
    pub parent: String,
    /// Its part of the URL.
    pub slug: String,
    /// What a person typed.
    pub content: C,
    /// RFC 3339 in UTC, to the millisecond.
    pub created_at: String,
    /// RFC 3339 in UTC, to the millisecond; rises with every change.
    pub updated_at: String,
    /// The same of its deletion, while it can be restored.
    pub deleted_at: Option<String>,
}

/// An artist.
pub type ArtistView = View<ArtistContent>;
/// A video.
pub type VideoView = View<VideoContent>;
/// A product.
pub type ProductView = View<ProductContent>;
/// A retailer.
pub type RetailerView = View<RetailerKept>;

impl<C: Kind> From<Stored<C>> for View<C> {
    fn from(stored: Stored<C>) -> Self {
        let record = stored.record;
        Self {
            id: stored.id,
            revision: stored.revision.0,
            parent: record.parent,
            slug: record.slug.as_str().to_owned(),
            created_at: instant(record.created_at),
            updated_at: instant(record.updated_at),
            deleted_at: record.deleted_at.map(instant),
            content: record.content,
        }
    }
}

/// An instant as programs read it.
pub(super) fn instant(milliseconds: i64) -> String {
    rfc3339_milliseconds(from_unix_milliseconds(milliseconds))
}
