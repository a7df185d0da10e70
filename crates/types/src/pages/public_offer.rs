//! Public offers.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Availability, Money};

/// A public offer. It does not contain the retailer's URL: the link leads to a path of this site, and the
/// server decides where that redirects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicOffer {
    /// The id in the path of the link; `None` if the retailer is not approved, and then there is no link.
    pub id: Option<String>,
    /// The retailer's name; the host of the offer's URL if the retailer is not approved.
    pub retailer: String,
    /// The price, if known.
    pub price: Option<Money>,
    /// The availability.
    pub availability: Availability,
}

impl PublicOffer {
    /// Whether a link leads to the retailer.
    pub fn is_followable(&self) -> bool {
        self.id.is_some()
    }
}
