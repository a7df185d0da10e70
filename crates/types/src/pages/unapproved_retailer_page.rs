//! The page in the place of a redirect to a retailer about which no moderator has decided.

use serde::{Deserialize, Serialize};

use super::artist_ref::ArtistRef;

/// The page in the place of a redirect to a retailer about which no moderator has decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnapprovedRetailerPage {
    /// The artist of the product.
    pub artist: ArtistRef,
    /// The slug in the path, below the artist's.
    pub slug: String,
    /// The name of the product.
    pub name: String,
    /// The registrable domain of the offer's URL.
    pub domain: String,
}
