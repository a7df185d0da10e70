//! The overview of the studio.

use serde::{Deserialize, Serialize};

use super::visibility::Visibility;

/// Counts of the current account's entities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudioOverview {
    /// The artists.
    pub artists: EntitySummary,
    /// The videos.
    pub videos: EntitySummary,
    /// The products.
    pub products: EntitySummary,
}

/// Counts of an account's entities of one kind, and some of those that are not public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntitySummary {
    /// Number of entities that are not deleted.
    pub total: u64,
    /// Number of those that are public.
    pub public: u64,
    /// Some of those that are not public.
    pub hidden: Vec<HiddenEntity>,
}

/// An entity that only its owner sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenEntity {
    /// The id in the path of its page in the studio.
    pub id: String,
    /// The name or the title.
    pub name: String,
    /// Why it is not public.
    pub visibility: Visibility,
}
