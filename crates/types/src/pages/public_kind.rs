//! The kinds of entities with a public list.

use serde::{Deserialize, Serialize};

use crate::catalogue::EntityKind;

/// A kind of entities with a public list, which visitors can search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicKind {
    /// A video.
    Video,
    /// A product.
    Product,
    /// An artist.
    Artist,
}

impl PublicKind {
    /// All kinds, in the order in which a search shows them.
    pub const ALL: [Self; 3] = [Self::Video, Self::Product, Self::Artist];

    /// This kind as an [`EntityKind`].
    pub fn entity_kind(self) -> EntityKind {
        match self {
            Self::Video => EntityKind::Video,
            Self::Product => EntityKind::Product,
            Self::Artist => EntityKind::Artist,
        }
    }

    /// The word in a query.
    pub fn name(self) -> &'static str {
        self.entity_kind().name()
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
    fn a_query_names_every_kind_but_retailers() {
        for kind in PublicKind::ALL {
            assert_eq!(PublicKind::from_name(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        for name in ["retailer", "Video", ""] {
            assert_eq!(PublicKind::from_name(name), None, "{name}");
        }
    }
}
