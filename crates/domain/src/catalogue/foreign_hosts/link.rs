//! A link to another host.

use types::catalogue::Link;

use super::digest_of;

/// Where a link to another host leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// The stored URL: its host is approved.
    Direct(String),
    /// A page of ours that names the host.
    Leave {
        /// The id of the entity that has the link.
        entity: String,
        /// The digest of the stored URL.
        digest: String,
    },
}

impl LinkTarget {
    pub(super) fn new(entity: &str, url: &str, is_approved: bool) -> Self {
        match is_approved {
            true => Self::Direct(url.to_owned()),
            false => Self::Leave {
                entity: entity.to_owned(),
                digest: digest_of(url),
            },
        }
    }

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignLink {
    /// What its author calls it.
    pub label: String,
    /// The host of the stored URL.
    pub host: String,
    /// Where it leads.
    pub target: LinkTarget,
}

impl ForeignLink {
    pub(super) fn new(entity: &str, link: Link, is_approved: bool) -> Self {
        Self {
            host: link.url.host().to_owned(),
            target: LinkTarget::new(entity, link.url.as_str(), is_approved),
            label: link.label,
        }
    }

    /// Whether it leads to its host and not to our page that names it.
    pub fn is_direct(&self) -> bool {
        self.target.approved_url().is_some()
    }
}

/// The URL of an artist that a digest names.
pub(super) fn named_by(digest: &str, links: &[Link]) -> Option<String> {
    let mut urls = links.iter().map(|link| link.url.as_str());
    let found = urls.find(|url| digest_of(url) == digest);
    found.map(ToOwned::to_owned)
}
