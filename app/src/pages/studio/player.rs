//! A video beside what is tagged in it.

use leptos::prelude::*;
use types::catalogue::{Provider, VideoLink};

use super::tag::{self, Tag, Tagged};
use crate::{content::Policy, texts::texts};

/// A video beside what is tagged in it.
pub(super) fn section(
    path: &str,
    link: Option<&VideoLink>,
    tagged: &[Tagged],
    tag: &Tag,
) -> AnyView {
    let texts = &texts().studio.player;
    view! {
        <section class="video-table" data-video="" aria-labelledby="video-heading">
            <h2 id="video-heading">{texts.heading}</h2>
            <div class="video-table-columns">
                {screen(link)}
                {tag::part(path, link, tagged, tag)}
            </div>
        </section>
    }
    .into_any()
}

/// What the page may load for the player, once somebody asks for it.
pub(super) fn policy(link: Option<&VideoLink>) -> Policy {
    Policy {
        frame: link.and_then(VideoLink::embed_origin),
        ..Policy::default()
    }
}

/// The player comes from somebody else's server, so it is loaded only when it is asked for. Without
/// the program the link leads to the video's own page.
fn screen(link: Option<&VideoLink>) -> AnyView {
    let texts = &texts().studio.player;
    let Some(link) = link else {
        return view! {
            <div class="video-screen"><p class="video-screen-lead">{texts.no_link}</p></div>
        }
        .into_any();
    };
    let name = provider_name(link);
    let embed = link.embed_url().zip(link.embed_origin());
    let Some((player, origin)) = embed else {
        return view! {
            <div class="video-screen">
                <p class="video-screen-lead">{texts.no_player}</p>
                {way_out(link, &name)}
            </div>
        }
        .into_any();
    };
    let knows_time = link.provider != Provider::PeerTube;
    view! {
        <div class="video-screen" data-screen="" data-frame-title=texts.frame>
            <a
                class="button"
                href=link.url.clone()
                rel="noopener external"
                target="_blank"
                data-player=player
                data-origin=origin
            >
                <span class="without-program">{(texts.watch)(&name)}</span>
                <span class="with-program">{(texts.load)(&name)}</span>
            </a>
            <p class="video-screen-lead with-program">
                {(texts.load_hint)(&name)}
                {(!knows_time).then_some([" ", texts.no_time].concat())}
            </p>
        </div>
    }
    .into_any()
}

fn way_out(link: &VideoLink, name: &str) -> AnyView {
    view! {
        <a class="button button-quiet" href=link.url.clone() rel="noopener external" target="_blank">
            {(texts().studio.player.watch)(name)}
        </a>
    }
    .into_any()
}

fn provider_name(link: &VideoLink) -> String {
    match link.provider {
        Provider::YouTube => "YouTube".to_owned(),
        Provider::Vimeo => "Vimeo".to_owned(),
        Provider::PeerTube => {
            let host = link.key.split('/').next();
            host.unwrap_or_default().to_owned()
        }
        Provider::Other => texts().studio.player.elsewhere.to_owned(),
    }
}
