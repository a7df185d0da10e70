//! The visibility of an entity.

use leptos::prelude::*;
use types::pages::Visibility;

use crate::texts::studio_texts;

/// The visibility of an entity as a badge.
pub(super) fn badge(visibility: Visibility) -> AnyView {
    let class = match visibility {
        Visibility::Public => "badge badge-public",
        Visibility::Draft | Visibility::ArtistIsDraft => "badge",
    };
    view! { <span class=class>{word(visibility)}</span> }.into_any()
}

/// The visibility as text.
pub(super) fn word(visibility: Visibility) -> &'static str {
    let texts = &studio_texts().edit_page;
    match visibility {
        Visibility::Public => texts.public,
        Visibility::Draft => texts.is_draft,
        Visibility::ArtistIsDraft => texts.artist_is_draft,
    }
}
