//! The part of the page of an entity with the button that deletes it.

use std::sync::Arc;

use leptos::prelude::*;
use types::{catalogue::EntityKind, pages::studio::ListParams};

use super::{
    button_form::{ButtonForm, Call},
    list, paths,
};
use crate::{api::studio::changes, navigation::Navigation, query::Query, texts::studio_texts};

/// The part with the button; the entity has this revision. It leads to the list from which the page was
/// opened, as it was asked for there.
pub(super) fn deletion(kind: EntityKind, id: &str, revision: RwSignal<u64>) -> AnyView {
    let texts = &studio_texts().sheet;
    let button = ButtonForm {
        next: list_before(kind, id),
        ..ButtonForm::new(kind, id, "/deletion", texts.delete).at(revision)
    };
    let id = id.to_owned();
    let delete: Call =
        Arc::new(move |revision| Box::pin(changes::delete_entity(kind, id.clone(), revision)));
    view! {
        <section class="studio-deletion">
            <h2>{texts.delete_heading}</h2>
            <p>{(texts.delete_lead)(kind)}</p>
            {button.show(delete)}
        </section>
    }
    .into_any()
}

/// The address of that list, which offers to restore the entity; none if the page was opened from elsewhere.
fn list_before(kind: EntityKind, id: &str) -> Option<Arc<str>> {
    let before = Navigation::current().before()?;
    let (path, query) = before.as_str().split_once('?')?;
    if path != paths::list(kind) {
        return None;
    }
    let params = ListParams {
        deleted: id.to_owned(),
        page: 1,
        ..Query::of(query).list()?
    };
    Some(list::address(kind, &params).into())
}
