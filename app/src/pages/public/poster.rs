//! The place of a video's picture. We have none of our own and load none from elsewhere, so it is
//! drawn.

use domain::catalogue::ForeignVideo;
use leptos::prelude::*;
use types::catalogue::{Provider, Timecode};

use super::address;
use crate::texts::texts;

/// The drawn picture of a video in a list, with its length.
pub(super) fn small(duration: Option<Timecode>) -> AnyView {
    let length = duration.map(|duration| {
        view! {
            <span class="poster-length">
                <span class="visually-hidden">{texts().public.card.duration} " "</span>
                {whole_seconds(duration)}
            </span>
        }
    });
    view! { <div class="poster">{length}</div> }.into_any()
}

/// The place where a video is played. The player comes from somebody else's server, so it is loaded
/// only when it is asked for, and only from a host that the operator has listed; without it, or without
/// the program, the link leads to the video's own page.
pub(super) fn large(video: Option<&ForeignVideo>) -> AnyView {
    let texts = &texts().public.video;
    let Some(video) = video else {
        return view! { <div class="poster poster-large"><p>{texts.no_link}</p></div> }.into_any();
    };
    let name = provider(video);
    let player = video.player();
    let watch = (texts.watch)(&name);
    let play = match &player {
        Some(_) => view! {
            <span class="without-program">{watch}</span>
            <span class="with-program">{(texts.play)(&name)}</span>
        }
        .into_any(),
        None => watch.into_any(),
    };
    view! {
        <div class="poster poster-large" data-frame-title=texts.frame>
            <a
                class="button poster-play"
                href=address::link(video.watch())
                rel="nofollow noopener external"
                data-player=player.as_ref().map(|player| player.url.clone())
                data-origin=player.map(|player| player.origin)
            >
                {play}
            </a>
        </div>
    }
    .into_any()
}

/// What a provider is called: by its host, unless everybody knows it.
pub(crate) fn provider(video: &ForeignVideo) -> String {
    match video.provider() {
        Provider::YouTube => "YouTube".to_owned(),
        Provider::Vimeo => "Vimeo".to_owned(),
        Provider::PeerTube | Provider::Other => video.host().to_owned(),
    }
}

/// Nobody wants to know a length to the millisecond.
fn whole_seconds(time: Timecode) -> String {
    let text = time.to_string();
    text.split('.').next().unwrap_or(&text).to_owned()
}
