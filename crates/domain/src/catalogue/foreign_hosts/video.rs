//! Videos on external hosts.

use std::collections::BTreeSet;

use types::{
    catalogue::{Provider, Timecode, VideoContent, VideoLink},
    pages::{ForeignVideo, Playback, PlayerSource, WatchTarget},
};

use super::{ForeignHosts, digest_of, host_of};

/// A video link of an entity, for pages that show these starts. `starts` must not contain a start
/// that the page hides, because the page carries a digest for each.
pub(super) fn foreign_video(
    entity: &str,
    link: &VideoLink,
    starts: &[Timecode],
    hosts: &ForeignHosts,
    is_approved: bool,
) -> ForeignVideo {
    let target = match is_approved {
        true => WatchTarget::Direct(link.url.clone()),
        false => WatchTarget::LeavePage {
            entity: entity.to_owned(),
            digest: digest_of(&link.url),
            later: later(link, starts.iter().copied())
                .into_iter()
                .map(|second| (second, digest_of(&link.at(second))))
                .collect(),
        },
    };
    let playback = playback(link, hosts);
    ForeignVideo {
        provider: link.provider,
        host: host_of(&link.url).to_owned(),
        target,
        thumbnail: thumbnail(link, &playback),
        playback,
    }
}

fn playback(link: &VideoLink, hosts: &ForeignHosts) -> Playback {
    let Some((url, origin)) = link.embed_url().zip(link.embed_origin()) else {
        return Playback::NoPlayer;
    };
    match hosts.players.has(host_of(&origin)) {
        true => Playback::Player(PlayerSource { url, origin }),
        false => Playback::UnlistedPlayer,
    }
}

/// The provider's thumbnail of a video, if its URL follows from the link and the player is
/// allowed.
fn thumbnail(link: &VideoLink, playback: &Playback) -> Option<String> {
    let is_listed = matches!(playback, Playback::Player(_));
    let is_known = is_listed && link.provider == Provider::YouTube;
    is_known.then(|| format!("https://i.ytimg.com/vi/{}/hqdefault.jpg", link.key))
}

/// The whole seconds after 0 at which a URL can start the video.
fn later(link: &VideoLink, starts: impl Iterator<Item = Timecode>) -> BTreeSet<u32> {
    // The URL of another provider has no start parameter.
    if link.provider == Provider::Other {
        return BTreeSet::new();
    }
    let seconds = starts.map(|start| start.millis() / 1000);
    seconds.filter(|second| *second > 0).collect()
}

/// The URL of a video with this digest: the link itself, or the link with one of these starts.
pub(super) fn url_with_digest(
    digest: &str,
    link: &VideoLink,
    starts: &[Timecode],
) -> Option<String> {
    let later = later(link, starts.iter().copied());
    let mut urls = [0].into_iter().chain(later).map(|second| link.at(second));
    urls.find(|url| digest_of(url) == digest)
}

/// The starts of the chapters and of all placements of a video, including those of products that
/// are not public.
pub(super) fn starts(video: &VideoContent) -> impl Iterator<Item = Timecode> {
    let chapters = video.chapters.iter().map(|chapter| chapter.start);
    chapters.chain(video.placements.iter().filter_map(|one| one.start))
}
