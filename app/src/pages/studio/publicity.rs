//! Whether everybody sees a thing, and why not.

use domain::catalogue::Publicity;
use leptos::prelude::*;

use crate::texts::texts;

/// Whether everybody sees a thing, and why not, in a word or two.
pub(super) fn badge(publicity: Publicity) -> AnyView {
    let class = match publicity {
        Publicity::Public => "badge badge-public",
        Publicity::Draft | Publicity::ArtistIsDraft => "badge",
    };
    view! { <span class=class>{word(publicity)}</span> }.into_any()
}

/// The same as text.
pub(super) fn word(publicity: Publicity) -> &'static str {
    let texts = &texts().studio.sheet;
    match publicity {
        Publicity::Public => texts.public,
        Publicity::Draft => texts.is_draft,
        Publicity::ArtistIsDraft => texts.artist_is_draft,
    }
}
