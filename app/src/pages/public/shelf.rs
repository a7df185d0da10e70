//! What there are lists of.

use types::catalogue::EntityKind;

use crate::texts::{public::List, texts};

/// What there are lists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// Videos.
    Videos,
    /// Products.
    Products,
    /// Artists.
    Artists,
}

impl Shelf {
    /// All of them, as a search groups what it has found.
    pub const ALL: [Self; 3] = [Self::Videos, Self::Products, Self::Artists];

    /// What is on it, as a search knows it.
    pub fn kind(self) -> EntityKind {
        match self {
            Self::Videos => EntityKind::Video,
            Self::Products => EntityKind::Product,
            Self::Artists => EntityKind::Artist,
        }
    }

    /// The shelf of a kind that a URL names; everybody may type anything there.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|shelf| shelf.kind().name() == name)
    }

    /// The path of its list.
    pub fn path(self) -> &'static str {
        match self {
            Self::Videos => "/videos",
            Self::Products => "/products",
            Self::Artists => "/artists",
        }
    }

    /// What its list says.
    pub(crate) fn texts(self) -> &'static List {
        let texts = &texts().public;
        match self {
            Self::Videos => &texts.videos,
            Self::Products => &texts.products,
            Self::Artists => &texts.artists,
        }
    }
}
