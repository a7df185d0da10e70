//! A picture on another host.

use serde::{Deserialize, Serialize};

/// A picture on another host, as a page may show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignPicture {
    /// What is to be seen in it.
    pub alt: String,
    /// The host that it is on.
    pub host: String,
    /// Where it is; `None` if the operator has not listed the host, and then nothing loads it.
    pub url: Option<String>,
}
