//! The kinds of entities in the catalogue.

use serde::{Deserialize, Serialize};

/// A kind of entities in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A person or group that makes videos.
    Artist,
    /// A video.
    Video,
    /// Something that can be bought.
    Product,
    /// A shop that sells products.
    Retailer,
}

impl EntityKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Artist, Self::Video, Self::Product, Self::Retailer];

    /// The word in queries and in the search index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Artist => "artist",
            Self::Video => "video",
            Self::Product => "product",
            Self::Retailer => "retailer",
        }
    }

    /// Whether a new entity is created for an artist, who must be chosen.
    pub fn is_for_artist(self) -> bool {
        self != Self::Artist
    }

    /// Whether an entity belongs to an artist. A retailer is proposed for an artist but shared by all.
    pub fn belongs_to_artist(self) -> bool {
        matches!(self, Self::Video | Self::Product)
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name_everywhere() {
        for kind in EntityKind::ALL {
            assert_eq!(EntityKind::from_name(kind.name()), Some(kind));
            let json = serde_json::to_value(kind).unwrap();
            assert_eq!(json, kind.name());
        }
        assert_eq!(EntityKind::from_name("Video"), None);
    }
}
