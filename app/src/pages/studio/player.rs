//! A video beside its placements.

use leptos::prelude::*;
use types::{catalogue::Provider, pages::ForeignVideo};

use super::foreign_hosts;
use crate::{
    pages::public::{address, provider},
    texts::texts,
};

/// A video beside its placements.
pub(super) fn section(video: Option<&ForeignVideo>, placements: AnyView) -> AnyView {
    let texts = &texts().studio.player;
    view! {
        <section class="video-table" data-video="" aria-labelledby="video-heading">
            <h2 id="video-heading">{texts.heading}</h2>
            <div class="video-table-columns">
                {screen(video)}
                {placements}
            </div>
        </section>
    }
    .into_any()
}

/// The player comes from somebody else's server, so it is loaded only when it is asked for. Without
/// the program the link leads to the video's own page.
fn screen(video: Option<&ForeignVideo>) -> AnyView {
    let texts = &texts().studio.player;
    let Some(video) = video else {
        return view! {
            <div class="video-screen"><p class="video-screen-lead">{texts.no_link}</p></div>
        }
        .into_any();
    };
    let name = provider(video);
    let notes = foreign_hosts::video(video);
    let Some(player) = video.player() else {
        let is_unknown = !video.lacks_approved_player();
        return view! {
            <div class="video-screen">
                {is_unknown.then(|| view! { <p class="video-screen-lead">{texts.no_player}</p> })}
                {notes}
                {way_out(video, &name)}
            </div>
        }
        .into_any();
    };
    let knows_time = video.provider != Provider::PeerTube;
    view! {
        <div class="video-screen-place">
        <div class="video-screen" data-screen="" data-frame-title=texts.frame>
            <a
                class="button"
                href=address::link(video.watch())
                rel="noopener external"
                target="_blank"
                data-player=player.url.clone()
                data-origin=player.origin.clone()
            >
                <span class="without-program">{(texts.watch)(&name)}</span>
                <span class="with-program">{(texts.load)(&name)}</span>
            </a>
            <p class="video-screen-lead with-program">
                {(texts.load_hint)(&name)}
                {(!knows_time).then_some([" ", texts.no_time].concat())}
            </p>
        </div>
        // The player takes the place of the link above; this one stays.
        <p class="video-screen-way with-program">{way_out(video, &name)}</p>
        </div>
    }
    .into_any()
}

fn way_out(video: &ForeignVideo, name: &str) -> AnyView {
    let href = address::link(video.watch());
    view! {
        <a class="button button-quiet" href=href rel="noopener external" target="_blank">
            {(texts().studio.player.watch)(name)}
        </a>
    }
    .into_any()
}
