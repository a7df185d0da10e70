//! What stands at the address of a page.

use serde::{Deserialize, Serialize};

/// What stands at the address of a page that there is. One that stands elsewhere now is no error: its
/// readers are led there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found<T> {
    /// The page.
    Page(T),
    /// The page stands at this address of ours, for ever: a path with its query.
    Moved(String),
}
