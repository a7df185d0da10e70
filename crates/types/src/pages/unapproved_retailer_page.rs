//! The page in the place of a redirect to a retailer that is not approved.

use serde::{Deserialize, Serialize};

use super::artist_ref::ArtistRef;

/// The page in the place of a redirect to a retailer that is not approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnapprovedRetailerPage {
    /// The artist of the product.
    pub artist: ArtistRef,
    /// The product's segment of the path, below the artist's.
    pub slug: String,
    /// The name of the product.
    pub name: String,
    /// The registrable domain of the offer's URL.
    pub domain: String,
    /// Whether a moderator has decided against the retailer; otherwise none has decided yet.
    pub is_blocked: bool,
}
