//! Pictures on other hosts.

use serde::{Deserialize, Serialize};

/// A picture on another host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignPicture {
    /// The alternative text.
    pub alt: String,
    /// The host.
    pub host: String,
    /// The URL; `None` if the operator has not listed the host, and then nothing is loaded.
    pub url: Option<String>,
}
