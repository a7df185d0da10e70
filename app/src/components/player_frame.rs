//! The frame of a player.

use leptos::prelude::*;

use crate::player::Player;

/// What the frame may do. The provider's own links open its pages in new tabs, which are no frames of
/// ours.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-presentation allow-popups \
                       allow-popups-to-escape-sandbox";

/// The frame of a player once it is loaded, and the children before that.
#[component]
pub(crate) fn PlayerFrame(
    player: Player,
    /// What a screen reader calls the frame.
    title: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    move || {
        let Some(address) = player.address() else {
            return children();
        };
        // A player that does not learn which site it is on refuses to play.
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
