//! Pictures on external hosts.

use types::{catalogue::Image, pages::ForeignPicture};

use super::HostList;

/// A picture as page models contain it.
pub(super) fn foreign_picture(image: Image, listed: &HostList) -> ForeignPicture {
    let url = &image.url;
    ForeignPicture {
        host: url.host().to_owned(),
        url: listed.has(url.host()).then(|| url.as_str().to_owned()),
        alt: image.alt,
    }
}
