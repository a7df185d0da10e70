//! Where a link of ours to another host leads.

use serde::{Deserialize, Serialize};

/// Where a link of ours to another host leads. `P` is the page that is shown if the host is not
/// approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination<P> {
    /// To a host that is approved.
    Approved {
        /// The stored URL.
        url: String,
    },
    /// To a host that is not approved, so this page is shown.
    Unapproved(P),
}
