//! The result of looking up a page.

use serde::{Deserialize, Serialize};

/// The result of looking up a page. A moved page is no error: its readers are redirected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageLookup<T> {
    /// The page.
    Page(T),
    /// The page has moved permanently to this path with its query.
    Redirect(String),
}
