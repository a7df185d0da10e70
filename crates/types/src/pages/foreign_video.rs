//! A video on another host.

use serde::{Deserialize, Serialize};

use super::foreign_link::LinkTarget;
use crate::catalogue::Provider;

/// A video on another host, as a page may show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignVideo {
    /// The provider.
    pub provider: Provider,
    /// The host on which it is watched.
    pub host: String,
    /// Where it is watched.
    pub target: WatchTarget,
    /// Whether a frame of ours can play it.
    pub playback: Playback,
    /// The provider's own picture of it, where its URL follows from the link and the operator has
    /// listed the provider's player. Pages only name it: none of them loads it.
    pub thumbnail: Option<String>,
}

/// Where a video is watched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WatchTarget {
    /// At the stored URL: its host is approved.
    Direct(String),
    /// Behind the page of ours that names the host.
    Leave {
        /// The id of the video.
        entity: String,
        /// The digest of the stored URL.
        digest: String,
        /// The digests of the URLs that start the video later, by whole seconds, ascending: those of
        /// the chapters and placements on the page. Empty where the provider's URLs name no second.
        later: Vec<(u32, String)>,
    },
}

/// Whether a frame of ours can play a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Playback {
    /// In this player, whose host the operator has listed.
    Player(PlayerSource),
    /// Its provider has a player, whose host the operator has not listed.
    UnlistedPlayer,
    /// Its provider has no player that the program knows.
    NoPlayer,
}

/// What a frame of ours loads to play a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayerSource {
    /// The page in the frame.
    pub url: String,
    /// The origin of that page.
    pub origin: String,
}

impl ForeignVideo {
    /// Where it is watched from its start on.
    pub fn watch(&self) -> LinkTarget {
        self.at(0)
    }

    /// Where it is watched from this second on; from its start on where no link names the second.
    pub fn at(&self, seconds: u32) -> LinkTarget {
        match &self.target {
            WatchTarget::Direct(url) => LinkTarget::Direct(self.provider.url_at(url, seconds)),
            WatchTarget::Leave {
                entity,
                digest,
                later,
            } => {
                let later = later.iter().find(|(second, _)| *second == seconds);
                LinkTarget::Leave {
                    entity: entity.clone(),
                    digest: later.map_or(digest, |(_, digest)| digest).clone(),
                }
            }
        }
    }

    /// Its player, if the operator has listed the player's host.
    pub fn player(&self) -> Option<&PlayerSource> {
        match &self.playback {
            Playback::Player(player) => Some(player),
            Playback::UnlistedPlayer | Playback::NoPlayer => None,
        }
    }

    /// Whether there is a player that is not shown, because the operator has not listed its host.
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
        let video = video(WatchTarget::Leave {
            entity: "vid_1".to_owned(),
            digest: "00".to_owned(),
            later: vec![(5, "05".to_owned()), (83, "83".to_owned())],
        });
        let digest_at = |seconds| match video.at(seconds) {
            LinkTarget::Leave { digest, .. } => digest,
            LinkTarget::Direct(url) => url,
        };
        assert_eq!([0, 5, 6, 83].map(digest_at), ["00", "05", "00", "83"]);
    }
}
