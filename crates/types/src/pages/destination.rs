//! The destination of a link to another host.

use serde::{Deserialize, Serialize};

/// The destination of a link to another host. `P` is the model of the page that is shown if the host is
/// not approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination<P> {
    /// A URL whose host is approved.
    Approved {
        /// The stored URL.
        url: String,
    },
    /// A page, because the host is not approved.
    Unapproved(P),
}
