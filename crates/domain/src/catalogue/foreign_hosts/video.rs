//! A video on another host.

use types::catalogue::{Provider, VideoContent, VideoLink};

use super::{ForeignHosts, LinkTarget, digest_of, host_of};

/// A video on another host, as a page may show it. Its stored URL is only to be had as a
/// [`LinkTarget`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignVideo {
    entity: String,
    link: VideoLink,
    is_approved: bool,
    has_player: bool,
}

/// A player in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// The page in the frame.
    pub url: String,
    /// The origin of that page.
    pub origin: String,
}

impl ForeignVideo {
    pub(super) fn new(entity: &str, link: VideoLink, hosts: &ForeignHosts) -> Self {
        let origin = link.embed_origin();
        Self {
            entity: entity.to_owned(),
            has_player: origin.is_some_and(|origin| hosts.players.has(host_of(&origin))),
            is_approved: false,
            link,
        }
    }

    pub(super) fn with_approval(self, is_approved: bool) -> Self {
        Self {
            is_approved,
            ..self
        }
    }

    /// Who shows it.
    pub fn provider(&self) -> Provider {
        self.link.provider
    }

    /// The host that it is watched on.
    pub fn host(&self) -> &str {
        host_of(&self.link.url)
    }

    /// Where it is watched.
    pub fn watch(&self) -> LinkTarget {
        self.at(0)
    }

    /// Where it is watched from that second on.
    pub fn at(&self, seconds: u32) -> LinkTarget {
        LinkTarget::new(&self.entity, &self.link.at(seconds), self.is_approved)
    }

    /// Its player, if the operator has listed the player's host.
    pub fn player(&self) -> Option<Player> {
        let (url, origin) = self.link.embed_url().zip(self.link.embed_origin())?;
        self.has_player.then_some(Player { url, origin })
    }

    /// Whether there is a player that is not shown, because the operator has not listed its host.
    pub fn lacks_approved_player(&self) -> bool {
        !self.has_player && self.link.embed_origin().is_some()
    }

    /// The provider's own picture of it, where it follows from the link and the operator has listed
    /// the provider's player. Pages only name it: none of them loads it.
    pub fn thumbnail(&self) -> Option<String> {
        let is_shown = self.has_player && self.link.provider == Provider::YouTube;
        is_shown.then(|| format!("https://i.ytimg.com/vi/{}/hqdefault.jpg", self.link.key))
    }
}

/// The URL of a video that a digest names: its own, or with the second of a chapter or a placement.
pub(super) fn named_by(digest: &str, video: &VideoContent) -> Option<String> {
    let link = video.link.as_ref()?;
    let chapters = video.chapters.iter().map(|chapter| chapter.start);
    let placements = video.placements.iter().filter_map(|one| one.start);
    let starts = chapters
        .chain(placements)
        .map(|start| start.millis() / 1000);
    let mut seconds: Vec<_> = [0].into_iter().chain(starts).collect();
    if link.provider == Provider::Other {
        // Its URL, which may be long, has no second.
        seconds.truncate(1);
    }
    let mut urls = seconds.into_iter().map(|seconds| link.at(seconds));
    urls.find(|url| digest_of(url) == digest)
}
