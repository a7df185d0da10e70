//! The player of a video beside its placements.

use leptos::prelude::*;
use types::{
    catalogue::Provider,
    pages::{ForeignVideo, studio::PlacedProduct},
};

use super::{foreign_hosts, placements::PlacementsPart};
use crate::{
    components::player_frame::PlayerFrame,
    pages::public::{address, provider},
    player::Player,
    texts::studio_texts,
};

/// The player of a video beside its placements.
pub(super) fn section(
    video: Option<&ForeignVideo>,
    placed: &[PlacedProduct],
    placements: PlacementsPart,
) -> AnyView {
    let player = Player::new();
    player.set_source(video.and_then(ForeignVideo::player).cloned());
    view! {
        <section class="video-editor" aria-labelledby="video-heading">
            <h2 id="video-heading">{studio_texts().player.heading}</h2>
            <div class="video-editor-columns">
                {screen(video, player)}
                {placements.show(video, placed, player)}
            </div>
        </section>
    }
    .into_any()
}

/// The player, or the link to the video. The player comes from the provider's server, so it is
/// loaded only on click. Without JavaScript the link leads to the video's page at its provider.
fn screen(video: Option<&ForeignVideo>, player: Player) -> AnyView {
    let texts = &studio_texts().player;
    let Some(video) = video else {
        return view! {
            <div class="video-screen"><p class="video-screen-lead">{texts.no_link}</p></div>
        }
        .into_any();
    };
    let name = provider(video);
    if video.player().is_none() {
        let is_unknown = !video.lacks_approved_player();
        return view! {
            <div class="video-screen">
                {is_unknown.then(|| view! { <p class="video-screen-lead">{texts.no_player}</p> })}
                {foreign_hosts::video(video)}
                {external_link(video, &name)}
            </div>
        }
        .into_any();
    }
    let knows_time = video.provider != Provider::PeerTube;
    let no_time = (!knows_time).then(|| [" ", texts.no_time].concat());
    let href = address::link(video.watch());
    let (watch, load, hint) = (
        (texts.watch)(&name),
        (texts.load)(&name),
        (texts.load_hint)(&name),
    );
    view! {
        <div class="video-screen-column">
            <div class="video-screen">
                <PlayerFrame player title=texts.frame>
                    <a
                        class="button"
                        href=href.clone()
                        rel="noopener external"
                        target="_blank"
                        on:click=move |event| player.link_clicked(&event, 0)
                    >
                        <span class="without-program">{watch.clone()}</span>
                        <span class="with-program">{load.clone()}</span>
                    </a>
                    <p class="video-screen-lead with-program">{hint.clone()} {no_time.clone()}</p>
                </PlayerFrame>
            </div>
            // The player replaces the link above; this one stays.
            <p class="video-screen-link with-program">{external_link(video, &name)}</p>
        </div>
    }
    .into_any()
}

fn external_link(video: &ForeignVideo, name: &str) -> AnyView {
    let href = address::link(video.watch());
    view! {
        <a class="button button-quiet" href=href rel="noopener external" target="_blank">
            {(studio_texts().player.watch)(name)}
        </a>
    }
    .into_any()
}
