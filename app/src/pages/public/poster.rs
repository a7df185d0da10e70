//! The poster of a video. It is drawn, because this site stores no pictures and loads none from
//! other hosts without the operator's consent.

use leptos::prelude::*;
use types::{
    catalogue::{Provider, Timecode},
    pages::{ForeignVideo, LinkTarget},
};

use super::address;
use crate::{components::player_frame::PlayerFrame, player::Player, texts::public_texts};

/// The drawn poster of a video in a list, with its duration.
pub(super) fn small(duration: Option<Timecode>) -> AnyView {
    let length = duration.map(|duration| {
        view! {
            <span class="poster-length">
                <span class="visually-hidden">{public_texts().card.duration} " "</span>
                {whole_seconds(duration)}
            </span>
        }
    });
    view! { <div class="poster">{length}</div> }.into_any()
}

/// The poster of the video's page, from this second on, with a link that loads the player.
///
/// The player comes from the provider's server, so it is loaded only on click, and only from a host
/// that the operator has listed. Otherwise, and without JavaScript, the link leads to the video's
/// page at its provider. The loaded player replaces that link, so a second one stays below it: a
/// provider can refuse to show a video in a frame.
pub(super) fn large(video: Option<&ForeignVideo>, start: u32, player: Player) -> AnyView {
    let texts = &public_texts().video;
    let Some(video) = video else {
        return view! { <div class="poster poster-large"><p>{texts.no_link}</p></div> }.into_any();
    };
    let name = provider(video);
    let source = video.player();
    let (target, from) = target(video, start);
    let href = address::link(target);
    let said = |label: String| match from {
        Some(from) => (texts.from)(&label, &from.to_string()),
        None => label,
    };
    let watch = said((texts.watch)(&name));
    let link = source.map(|_| watch_link(href.clone(), watch.clone()));
    let play = source.map(|_| said((texts.play)(&name)));
    let begin = from.map_or(0, |_| start);
    view! {
        <div class="poster poster-large">
            <PlayerFrame player title=texts.frame>
                <a
                    class="button poster-play"
                    href=href.clone()
                    rel="nofollow noopener external"
                    on:click=move |event| player.link_clicked(&event, begin)
                >
                    {label(watch.clone(), play.clone())}
                </a>
            </PlayerFrame>
        </div>
        {link}
    }
    .into_any()
}

/// The label of the link: for watching at the provider, and for playing here after hydration.
fn label(watch: String, play: Option<String>) -> AnyView {
    let Some(play) = play else {
        return watch.into_any();
    };
    view! {
        <span class="without-program">{watch}</span>
        <span class="with-program">{play}</span>
    }
    .into_any()
}

/// The target of the link from this second on, and the time at which the video then starts. There is
/// no time if the provider's URLs cannot name a second, or if the link leads to the leave page:
/// its path names stored URLs only, without a second.
fn target(video: &ForeignVideo, start: u32) -> (LinkTarget, Option<Timecode>) {
    let (watch, at) = (video.watch(), video.at(start));
    if at == watch || at.approved_url().is_none() {
        return (watch, None);
    }
    let from = Timecode::from_millis(start.saturating_mul(1000));
    (at, from.ok())
}

fn watch_link(href: String, label: String) -> AnyView {
    view! {
        <p class="poster-link with-program">
            <a href=href rel="nofollow noopener external">{label}</a>
        </p>
    }
    .into_any()
}

/// The name of a provider; the host for `PeerTube` and unknown providers.
pub(crate) fn provider(video: &ForeignVideo) -> String {
    match video.provider {
        Provider::YouTube => "YouTube".to_owned(),
        Provider::Vimeo => "Vimeo".to_owned(),
        Provider::PeerTube | Provider::Other => video.host.clone(),
    }
}

/// A duration without milliseconds.
fn whole_seconds(time: Timecode) -> String {
    let text = time.to_string();
    text.split('.').next().unwrap_or(&text).to_owned()
}
