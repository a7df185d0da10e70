//! What the first page shows of the catalogue.

use serde::{Deserialize, Serialize};

use super::card_list::CardList;

/// What the first page shows of the catalogue. The rest of it needs no store and is always shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomePage {
    /// What is new.
    Newest {
        /// The newest public videos.
        videos: CardList,
        /// The newest public products.
        products: CardList,
    },
    /// Nothing: the store cannot be reached.
    Unavailable,
}
