//! Links to external hosts.

use types::{
    catalogue::Link,
    pages::{ForeignLink, LinkTarget},
};

use super::digest_of;

/// A link of an entity as page models contain it.
pub(super) fn foreign_link(entity: &str, link: Link, is_approved: bool) -> ForeignLink {
    let url = link.url.as_str();
    let target = match is_approved {
        true => LinkTarget::Direct(url.to_owned()),
        false => LinkTarget::LeavePage {
            entity: entity.to_owned(),
            digest: digest_of(url),
        },
    };
    ForeignLink {
        host: link.url.host().to_owned(),
        target,
        label: link.label,
    }
}

/// The URL among these links with this digest.
pub(super) fn url_with_digest(digest: &str, links: &[Link]) -> Option<String> {
    let mut urls = links.iter().map(|link| link.url.as_str());
    let found = urls.find(|url| digest_of(url) == digest);
    found.map(ToOwned::to_owned)
}
