//! The home page.

use serde::{Deserialize, Serialize};

use super::card_list::CardList;

/// The catalogue's part of the home page. The rest needs no store and is always shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomePage {
    /// The newest entities.
    Newest {
        /// The newest public videos.
        videos: CardList,
        /// The newest public products.
        products: CardList,
    },
    /// Nothing, because the store is unreachable.
    Unavailable,
}
