//! An offer as everybody sees it.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Availability, Money};

/// An offer as everybody sees it. The retailer's URL is not part of it: a link leads through our own
/// path, and the server decides where that redirects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicOffer {
    /// The id in the path of the link to the retailer; `None` while no moderator has approved the
    /// retailer, and then there is no link.
    pub id: Option<String>,
    /// The retailer's name, or the host of the offer's URL while the retailer is not approved.
    pub retailer: String,
    /// The price, where somebody has said it.
    pub price: Option<Money>,
    /// Whether it can be had.
    pub availability: Availability,
}

impl PublicOffer {
    /// Whether a link leads to the retailer.
    pub fn is_followable(&self) -> bool {
        self.id.is_some()
    }
}
