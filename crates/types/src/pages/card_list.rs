//! One page of a public list.

use serde::{Deserialize, Serialize};

use super::card::Card;

/// One page of a public list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardList {
    /// The entities on this page, in order.
    pub cards: Vec<Card>,
    /// Number of entities on all pages.
    pub total: u64,
}
