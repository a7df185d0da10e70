//! External hosts: the only place that decides how a page may link to them, embed or load from
//! them.
//!
//! Page models contain [`ForeignLink`], [`ForeignVideo`] and [`ForeignPicture`], never a stored
//! URL, so that a page that is added later cannot link to, embed or load from an unapproved host.

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
use super::{
    CatalogueError,
    service::{context::CatalogueContext, offer_retailers::registrable},
};

/// The player hosts of the known video providers.
const KNOWN_PLAYERS: &[&str] = &["www.youtube-nocookie.com", "player.vimeo.com"];

/// The hosts of the known video providers.
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

/// The external hosts that the operator has approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignHosts {
    /// Hosts whose players pages may embed in frames.
    pub players: HostList,
    /// Hosts that pages may load pictures from.
    pub pictures: HostList,
    /// Hosts that pages link to directly, in addition to player hosts, known providers and the
    /// domains of approved retailers.
    pub links: HostList,
}

impl Default for ForeignHosts {
    /// The players of the known providers only.
    fn default() -> Self {
        Self {
            players: HostList::of_known(KNOWN_PLAYERS),
            pictures: HostList::default(),
            links: HostList::default(),
        }
    }
}

impl ForeignHosts {
    /// True if pages link to the host directly, even without an approved retailer of its domain.
    fn links_to(&self, host: &str) -> bool {
        KNOWN_PROVIDERS.contains(&host) || self.links.has(host) || self.players.has(host)
    }
}

impl CatalogueContext {
    /// The links of an entity as page models contain them.
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

    /// The video link of an entity, as a page model that shows these starts contains it.
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

    /// Pictures as page models contain them.
    pub(super) fn foreign_pictures(&self, images: Vec<Image>) -> Vec<ForeignPicture> {
        let images = images.into_iter();
        images
            .map(|image| foreign_picture(image, &self.hosts.pictures))
            .collect()
    }

    /// True if pages link to a host directly: the operator has listed it, a known provider uses
    /// it, or an approved retailer has its domain.
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

/// The stored URL of an artist with this digest.
pub(super) fn url_of_artist(digest: &str, artist: &ArtistContent) -> Option<String> {
    link::url_with_digest(digest, &artist.links)
}

/// The URL of a video with this digest, for a reader who sees these starts. Other starts are not
/// searched: a match would reveal the placement of a product that is not public.
pub(super) fn url_of_video(
    digest: &str,
    video: &VideoContent,
    starts: &[Timecode],
) -> Option<String> {
    video::url_with_digest(digest, video.link.as_ref()?, starts)
}

/// The starts of the chapters and of all placements of a video, for its owner.
pub(super) fn starts_of_video(video: &VideoContent) -> Vec<Timecode> {
    video::starts(video).collect()
}

/// The host of a stored URL, which always begins with `https://`.
pub(super) fn host_of(url: &str) -> &str {
    let rest = url.strip_prefix("https://").unwrap_or_default();
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
