//! Videos on other hosts.

use serde::{Deserialize, Serialize};

use super::foreign_link::LinkTarget;
use crate::catalogue::Provider;

/// A video on another host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignVideo {
    /// The provider.
    pub provider: Provider,
    /// The host of the video's page.
    pub host: String,
    /// The link to the video's page.
    pub target: WatchTarget,
    /// Whether it can be played in a frame of this site.
    pub playback: Playback,
    /// The provider's thumbnail, if its URL follows from the link and the operator has listed the provider's
    /// player. It is only used in structured data; no page loads it.
    pub thumbnail: Option<String>,
}

/// The link to a video's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchTarget {
    /// The stored URL, because its host is approved.
    Direct(String),
    /// The leave page, which names the host.
    LeavePage {
        /// The id of the video.
        entity: String,
        /// The digest of the stored URL.
        digest: String,
        /// The digests of the URLs that start the video at a second, in ascending order: one for each chapter and
        /// placement of the page. Empty if the provider's URLs cannot name a second.
        later: Vec<(u32, String)>,
    },
}

/// Whether a video can be played in a frame of this site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Playback {
    /// With this player, whose host the operator has listed.
    Player(PlayerSource),
    /// Not, because the operator has not listed the host of the provider's player.
    UnlistedPlayer,
    /// Not, because the provider has no known player.
    NoPlayer,
}

/// The player of a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayerSource {
    /// The URL of the frame.
    pub url: String,
    /// The origin of the frame.
    pub origin: String,
}

impl ForeignVideo {
    /// The link to the video's page, from the start.
    pub fn watch(&self) -> LinkTarget {
        self.at(0)
    }

    /// The link to the video's page from this second on; from the start if no link names the second.
    pub fn at(&self, seconds: u32) -> LinkTarget {
        match &self.target {
            WatchTarget::Direct(url) => LinkTarget::Direct(self.provider.url_at(url, seconds)),
            WatchTarget::LeavePage {
                entity,
                digest,
                later,
            } => {
                let later = later.iter().find(|(second, _)| *second == seconds);
                LinkTarget::LeavePage {
                    entity: entity.clone(),
                    digest: later.map_or(digest, |(_, digest)| digest).clone(),
                }
            }
        }
    }

    /// The player, if the operator has listed its host.
    pub fn player(&self) -> Option<&PlayerSource> {
        match &self.playback {
            Playback::Player(player) => Some(player),
            Playback::UnlistedPlayer | Playback::NoPlayer => None,
        }
    }

    /// Whether there is a player whose host the operator has not listed.
    pub fn lacks_approved_player(&self) -> bool {
        self.playback == Playback::UnlistedPlayer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn video(target: WatchTarget) -> ForeignVideo {
        ForeignVideo {
            provider: Provider::PeerTube,
            host: "films.example".to_owned(),
            target,
            playback: Playback::UnlistedPlayer,
            thumbnail: None,
        }
    }

    #[test]
    fn an_approved_video_starts_at_any_second() {
        let url = "https://films.example/w/1";
        let video = video(WatchTarget::Direct(url.to_owned()));
        assert_eq!(video.watch(), LinkTarget::Direct(url.to_owned()));
        let later = LinkTarget::Direct([url, "?start=83s"].concat());
        assert_eq!(video.at(83), later);
    }

    #[test]
    fn an_unapproved_video_starts_at_the_seconds_of_its_page() {
        let video = video(WatchTarget::LeavePage {
            entity: "vid_1".to_owned(),
            digest: "00".to_owned(),
            later: vec![(5, "05".to_owned()), (83, "83".to_owned())],
        });
        let digest_at = |seconds| match video.at(seconds) {
            LinkTarget::LeavePage { digest, .. } => digest,
            LinkTarget::Direct(url) => url,
        };
        assert_eq!([0, 5, 6, 83].map(digest_at), ["00", "05", "00", "83"]);
    }
}
