//! The place of a video's picture. We have none of our own and load none from elsewhere, so it is
//! drawn.

use leptos::prelude::*;
use types::catalogue::{Provider, Timecode, VideoLink};

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
/// only when it is asked for; without the program the link leads to the video's own page.
pub(super) fn large(link: Option<&VideoLink>) -> AnyView {
    let texts = &texts().public.video;
    let Some(link) = link else {
        return view! { <div class="poster poster-large"><p>{texts.no_link}</p></div> }.into_any();
    };
    let name = provider(link);
    let watch = (texts.watch)(&name);
    let play = match link.embed_url() {
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
                href=link.url.clone()
                rel="nofollow noopener external"
                data-player=link.embed_url()
                data-origin=link.embed_origin()
            >
                {play}
            </a>
        </div>
    }
    .into_any()
}

/// What a provider is called.
fn provider(link: &VideoLink) -> String {
    match link.provider {
        Provider::YouTube => "YouTube".to_owned(),
        Provider::Vimeo => "Vimeo".to_owned(),
        Provider::PeerTube | Provider::Other => host(&link.url).to_owned(),
    }
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Nobody wants to know a length to the millisecond.
fn whole_seconds(time: Timecode) -> String {
    let text = time.to_string();
    text.split('.').next().unwrap_or(&text).to_owned()
}
