//! The iframe of a video player.

use leptos::prelude::*;

use crate::player::Player;

/// The sandbox of the frame. The provider's links may open new tabs, which leave the sandbox.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-presentation allow-popups \
                       allow-popups-to-escape-sandbox";

/// The iframe once the player is loaded; `children` before that.
#[component]
pub(crate) fn PlayerFrame(
    player: Player,
    /// The accessible name of the frame.
    title: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    move || {
        let Some(address) = player.address() else {
            return children();
        };
        // Providers refuse to play when they get no `Referer`.
        view! {
            <iframe
                class="player-frame"
                node_ref=player.frame
                title=title
                sandbox=SANDBOX
                allow="fullscreen; encrypted-media"
                referrerpolicy="strict-origin-when-cross-origin"
                src=address
                on:load=move |_| player.subscribe()
            ></iframe>
        }
        .into_any()
    }
}
