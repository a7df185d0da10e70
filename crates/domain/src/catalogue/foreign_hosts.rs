//! How an address on another host may be shown: the only place that decides it.
//!
//! Page models have [`ForeignLink`], [`ForeignVideo`] and [`ForeignPicture`], never a stored URL, so
//! that a page that is added later cannot lead to a host or load from one that was not approved.

mod digest;
mod host_list;
mod link;
mod picture;
mod video;

use std::collections::HashSet;

use futures::future::try_join_all;
use types::{
    catalogue::{ArtistContent, Image, Link, Timecode, VideoContent, VideoLink},
    pages::{ForeignLink, ForeignPicture, ForeignVideo},
};

pub use self::host_list::HostList;
use self::{digest::digest_of, link::foreign_link, picture::foreign_picture, video::foreign_video};
use super::{CatalogueError, shops::registrable, things::Things};

/// The players of the providers that the program knows.
const KNOWN_PLAYERS: &[&str] = &["www.youtube-nocookie.com", "player.vimeo.com"];

/// The other hosts of those providers.
const KNOWN_PROVIDERS: &[&str] = &[
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "music.youtube.com",
    "youtu.be",
    "www.youtube-nocookie.com",
    "vimeo.com",
    "www.vimeo.com",
    "player.vimeo.com",
];

/// The hosts that are not ours and that the operator has approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignHosts {
    /// Hosts whose players stand in frames of our pages.
    pub players: HostList,
    /// Hosts whose pictures our pages load.
    pub pictures: HostList,
    /// Hosts that links lead to directly, besides those of players, of the known providers and of
    /// approved retailers.
    pub links: HostList,
}

impl Default for ForeignHosts {
    /// The players of the known providers, and nothing else.
    fn default() -> Self {
        Self {
            players: HostList::of_known(KNOWN_PLAYERS),
            pictures: HostList::default(),
            links: HostList::default(),
        }
    }
}

impl ForeignHosts {
    /// Whether links lead to a host directly even if no retailer with its domain is approved.
    fn links_to(&self, host: &str) -> bool {
        KNOWN_PROVIDERS.contains(&host) || self.links.has(host) || self.players.has(host)
    }
}

impl Things {
    /// The links of an entity, as pages may show them.
    pub(super) async fn foreign_links(
        &self,
        entity: &str,
        links: Vec<Link>,
    ) -> Result<Vec<ForeignLink>, CatalogueError> {
        let hosts: HashSet<_> = links
            .iter()
            .map(|link| link.url.host().to_owned())
            .collect();
        let approved = hosts.into_iter().map(async |host| {
            let is_approved = self.is_approved_host(&host).await?;
            Ok::<_, CatalogueError>(is_approved.then_some(host))
        });
        let approved: HashSet<_> = try_join_all(approved)
            .await?
            .into_iter()
            .flatten()
            .collect();
        let links = links.into_iter().map(|link| {
            let is_approved = approved.contains(link.url.host());
            foreign_link(entity, link, is_approved)
        });
        Ok(links.collect())
    }

    /// The video behind a link of an entity, as a page may show it that shows these starts.
    pub(super) async fn foreign_video(
        &self,
        entity: &str,
        link: &VideoLink,
        starts: &[Timecode],
    ) -> Result<ForeignVideo, CatalogueError> {
        let is_approved = self.is_approved_host(host_of(&link.url)).await?;
        let hosts = &self.hosts;
        Ok(foreign_video(entity, link, starts, hosts, is_approved))
    }

    /// Pictures, as pages may show them.
    pub(super) fn foreign_pictures(&self, images: Vec<Image>) -> Vec<ForeignPicture> {
        let images = images.into_iter();
        images
            .map(|image| foreign_picture(image, &self.hosts.pictures))
            .collect()
    }

    /// Whether links lead to a host directly: the operator has listed it, it is one of a known
    /// provider, or it belongs to an approved retailer.
    pub(super) async fn is_approved_host(&self, host: &str) -> Result<bool, CatalogueError> {
        if self.hosts.links_to(host) {
            return Ok(true);
        }
        let Some(domain) = registrable(host) else {
            return Ok(false);
        };
        self.is_approved_domain(domain).await
    }
}

/// The stored URL of an artist that a digest names.
pub(super) fn url_of_artist(digest: &str, artist: &ArtistContent) -> Option<String> {
    link::named_by(digest, &artist.links)
}

/// The URL of a video that a digest names, for a reader who sees these starts. One that is named by a
/// start which the reader does not see would tell of a placement of a product that is not public.
pub(super) fn url_of_video(
    digest: &str,
    video: &VideoContent,
    starts: &[Timecode],
) -> Option<String> {
    video::named_by(digest, video.link.as_ref()?, starts)
}

/// The starts of the chapters and of all placements of a video, which its owner sees.
pub(super) fn starts_of_video(video: &VideoContent) -> Vec<Timecode> {
    video::starts(video).collect()
}

/// The host of a stored URL.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
