//! The clips of a video for search engines: chapters and placements in one list.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use types::{
    catalogue::Timecode,
    pages::{VideoPage, excerpt},
};

use crate::pages::public::video_time::{is_within, seconds};

/// A clip. Its start is in whole seconds because a URL names it.
#[derive(Debug, Default)]
struct Clip {
    names: Vec<String>,
    /// Whether a chapter starts here; the clip then ends with the chapter.
    is_chapter: bool,
    end: Option<u32>,
}

/// The clips of a video, ordered by start. Chapters and placements that start in the same second
/// are one clip. Clips without a duration have no `endOffset`. Each `url` starts the video at that
/// second (<https://developers.google.com/search/docs/appearance/structured-data/video#clip>).
pub(super) fn clips(page: &VideoPage, url: &str) -> Vec<Value> {
    let length = page.duration.map(end_of);
    let clips = collect(page, length).into_iter();
    let clips = clips.filter(|(start, _)| is_within(*start, page.duration));
    clips
        .map(|(start, clip)| node(start, &clip, length, url))
        .collect()
}

fn collect(page: &VideoPage, length: Option<u32>) -> BTreeMap<u32, Clip> {
    let mut clips: BTreeMap<u32, Clip> = BTreeMap::new();
    for chapter in &page.chapters {
        let clip = clips.entry(seconds(chapter.start)).or_default();
        clip.name(&chapter.title);
        clip.is_chapter = true;
    }
    let starts: Vec<_> = clips.keys().copied().collect();
    let ends = starts.iter().skip(1).copied().map(Some).chain([length]);
    for (start, end) in starts.iter().zip(ends) {
        clips.entry(*start).or_default().end = end;
    }
    for placement in &page.placements {
        let Some(start) = placement.start else {
            continue;
        };
        let clip = clips.entry(seconds(start)).or_default();
        clip.name(&placement.product.name);
        if !clip.is_chapter {
            clip.end = clip.end.max(placement.end.map(end_of));
        }
    }
    clips
}

impl Clip {
    fn name(&mut self, name: &str) {
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }
}

/// An end in whole seconds, rounded up so that the last fraction of a second is part of the clip.
fn end_of(time: Timecode) -> u32 {
    time.millis().div_ceil(1000)
}

fn node(start: u32, clip: &Clip, length: Option<u32>, url: &str) -> Value {
    let mut node = json!({
        "@type": "Clip",
        "name": excerpt(&clip.names.join(" · ")),
        "startOffset": start,
        "url": format!("{url}?t={start}"),
    });
    let end = clip
        .end
        .map(|end| length.map_or(end, |length| end.min(length)));
    if let (Some(end), Some(object)) = (end.filter(|end| *end > start), node.as_object_mut()) {
        object.insert("endOffset".to_owned(), end.into());
    }
    node
}
