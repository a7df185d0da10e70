//! Links to other hosts.

use serde::{Deserialize, Serialize};

/// The target of a link to another host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTarget {
    /// The stored URL, because its host is approved.
    Direct(String),
    /// The leave page, which names the host. Both values are in its path.
    LeavePage {
        /// The id of the entity with the link.
        entity: String,
        /// The digest of the stored URL, in hexadecimal.
        digest: String,
    },
}

impl LinkTarget {
    /// The stored URL, if its host is approved.
    pub fn approved_url(&self) -> Option<&str> {
        match self {
            Self::Direct(url) => Some(url),
            Self::LeavePage { .. } => None,
        }
    }
}

/// A link to another host. The host is always shown beside the label, because a label can claim anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignLink {
    /// The author's label.
    pub label: String,
    /// The host of the stored URL.
    pub host: String,
    /// The target.
    pub target: LinkTarget,
}

impl ForeignLink {
    /// Whether the link leads directly to its host and not to the leave page.
    pub fn is_direct(&self) -> bool {
        self.target.approved_url().is_some()
    }
}
