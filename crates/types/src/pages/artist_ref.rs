//! The artist that something is by.

use serde::{Deserialize, Serialize};

/// The artist that an entity is by, as a page names it and links to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtistRef {
    /// The name.
    pub name: String,
    /// The artist's segment of the path.
    pub slug: String,
}
