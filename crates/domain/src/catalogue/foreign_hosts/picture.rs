//! A picture on another host.

use types::catalogue::Image;

use super::HostList;

/// A picture on another host, as a page may show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignPicture {
    /// What is to be seen in it.
    pub alt: String,
    /// The host that it is on.
    pub host: String,
    /// Where it is; none if the operator has not listed the host, and then nothing loads it.
    pub url: Option<String>,
}

impl ForeignPicture {
    pub(super) fn new(image: Image, listed: &HostList) -> Self {
        let url = &image.url;
        Self {
            host: url.host().to_owned(),
            url: listed.has(url.host()).then(|| url.as_str().to_owned()),
            alt: image.alt,
        }
    }
}
