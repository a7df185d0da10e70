//! The stored part of an entry: what sorting and returning a match need.

use domain::search::{EntityKind, IndexEntry};

/// The stored part of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoredFields {
    pub(super) kind: EntityKind,
    pub(super) created_at: i64,
    pub(super) updated_at: i64,
    pub(super) name_key: String,
    pub(super) id: String,
    pub(super) artist: String,
    pub(super) slug: String,
}

impl StoredFields {
    pub(super) fn of(entry: &IndexEntry, name_key: String) -> Self {
        Self {
            kind: entry.kind,
            created_at: entry.created_at,
            updated_at: entry.updated_at,
            name_key,
            id: entry.id.clone(),
            artist: entry.artist.clone(),
            slug: entry.slug.clone(),
        }
    }

    /// Encodes the times, then the texts separated by zero bytes, which none of them contains.
    pub(super) fn encode(&self) -> Vec<u8> {
        let texts = [
            self.kind.name(),
            &self.name_key,
            &self.id,
            &self.artist,
            &self.slug,
        ];
        let texts = texts.join("\0");
        [
            &self.created_at.to_be_bytes(),
            &self.updated_at.to_be_bytes(),
            texts.as_bytes(),
        ]
        .concat()
    }

    /// Decodes the output of [`encode`](Self::encode).
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (created_at, rest) = bytes.split_first_chunk()?;
        let (updated_at, rest) = rest.split_first_chunk()?;
        let mut texts = std::str::from_utf8(rest).ok()?.splitn(5, '\0');
        Some(Self {
            created_at: i64::from_be_bytes(*created_at),
            updated_at: i64::from_be_bytes(*updated_at),
            kind: EntityKind::from_name(texts.next()?)?,
            name_key: texts.next()?.to_owned(),
            id: texts.next()?.to_owned(),
            artist: texts.next()?.to_owned(),
            slug: texts.next()?.to_owned(),
        })
    }
}
