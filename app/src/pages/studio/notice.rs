//! The notice of the last operation.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::{
        Visibility,
        studio::{ArtistOption, EntityHead, Notice},
    },
};

use super::paths;
use crate::texts::studio_texts;

/// The notice of the last operation.
pub(super) fn show(notice: Option<Notice>) -> AnyView {
    place(notice.map(|notice| (studio_texts().notice)(notice).into_any()))
}

/// The notice of the last operation on an entity, with the reason if a published entity is not
/// public yet.
pub(super) fn of_entity(notice: Option<Notice>, entity: Option<&EntityHead>) -> AnyView {
    let hidden_by = entity
        .filter(|entity| entity.visibility == Some(Visibility::ArtistIsDraft))
        .and_then(|entity| entity.artist.as_ref());
    match (notice, hidden_by) {
        (Some(Notice::Published), Some(artist)) => place(Some(published_below_draft(artist))),
        _ => show(notice),
    }
}

/// The live region of the notice. It is always rendered, so that screen readers announce a change.
fn place(text: Option<AnyView>) -> AnyView {
    view! {
        <p class="studio-notice" role="status">{text}</p>
    }
    .into_any()
}

fn published_below_draft(artist: &ArtistOption) -> AnyView {
    let (before, after) = studio_texts().published_below_draft;
    let path = paths::edit(EntityKind::Artist, &artist.id);
    view! {
        {before}
        " "
        <a href=path><bdi>{artist.name.clone()}</bdi></a>
        " "
        {after}
    }
    .into_any()
}
