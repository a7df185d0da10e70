//! The section of the edit page with the button that deletes the entity.

use std::sync::Arc;

use leptos::prelude::*;
use types::{catalogue::EntityKind, pages::studio::ListParams};

use super::{
    button_form::{ButtonAction, ButtonForm},
    list, paths,
};
use crate::{
    api::studio::entity_actions, navigation::Navigation, query::QueryString, texts::studio_texts,
};

/// The section with the delete button, for an entity with this revision. After the deletion the user
/// returns to the list that the page was opened from, with the same query.
pub(super) fn deletion(kind: EntityKind, id: &str, revision: RwSignal<u64>) -> AnyView {
    let texts = &studio_texts().edit_page;
    let button = ButtonForm {
        next: list_before(kind, id),
        ..ButtonForm::new(kind, id, "/deletion", texts.delete).at(revision)
    };
    let id = id.to_owned();
    let delete: ButtonAction = Arc::new(move |revision| {
        Box::pin(entity_actions::delete_entity(kind, id.clone(), revision))
    });
    view! {
        <section class="studio-deletion">
            <h2>{texts.delete_heading}</h2>
            <p>{(texts.delete_lead)(kind)}</p>
            {button.show(delete)}
        </section>
    }
    .into_any()
}

/// The URL of that list, whose page offers to undo the deletion; `None` if the page was opened from
/// elsewhere.
fn list_before(kind: EntityKind, id: &str) -> Option<Arc<str>> {
    let before = Navigation::current().before()?;
    let (path, query) = before.as_str().split_once('?')?;
    if path != paths::list(kind) {
        return None;
    }
    let params = ListParams {
        deleted: id.to_owned(),
        page: 1,
        ..QueryString::of(query).list()?
    };
    Some(list::address(kind, &params).into())
}
