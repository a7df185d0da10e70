//! A link to another host.

use serde::{Deserialize, Serialize};

/// Where a link to another host leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTarget {
    /// The stored URL: its host is approved.
    Direct(String),
    /// The page of ours that names the host. Both values stand in its path.
    Leave {
        /// The id of the entity that has the link.
        entity: String,
        /// The digest of the stored URL, in hexadecimal digits.
        digest: String,
    },
}

impl LinkTarget {
    /// The stored URL, if its host is approved.
    pub fn approved_url(&self) -> Option<&str> {
        match self {
            Self::Direct(url) => Some(url),
            Self::Leave { .. } => None,
        }
    }
}

/// A link to another host, as a page may show it. Its host is always shown beside its label, which
/// may say anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignLink {
    /// What its author calls it.
    pub label: String,
    /// The host of the stored URL.
    pub host: String,
    /// Where it leads.
    pub target: LinkTarget,
}

impl ForeignLink {
    /// Whether it leads to its host and not to our page that names the host.
    pub fn is_direct(&self) -> bool {
        self.target.approved_url().is_some()
    }
}
