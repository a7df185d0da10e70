//! A form with a single button that changes an entity.

use std::sync::Arc;

use leptos::prelude::*;
use types::{Field, Problem, catalogue::EntityKind};

use super::{
    form::{FormFuture, StudioForm, StudioFormKind},
    paths, problem_notice,
};
use crate::{
    api::studio::entity_actions,
    app_context::{flag, flag_text},
    texts::texts,
};

/// Calls a server function with the revision that the entity has when the button is pressed.
pub(super) type ButtonAction = Arc<dyn Fn(u64) -> FormFuture + Send + Sync>;

/// A form with a single button that changes an entity. Without JavaScript it posts to its own path.
pub(super) struct ButtonForm {
    pub(super) action: String,
    pub(super) class: Option<&'static str>,
    pub(super) label: &'static str,
    /// The accessible name, where the label alone is ambiguous.
    pub(super) name: Option<String>,
    /// The revision that the change starts from; `None` for a deleted entity.
    pub(super) revision: Option<RwSignal<u64>>,
    /// Content before the button.
    pub(super) lead: Option<AnyView>,
    /// The page that follows, instead of the one in the response.
    pub(super) next: Option<Arc<str>>,
}

impl ButtonForm {
    /// A button whose form posts to the path of the entity with `end` behind it.
    pub(super) fn new(kind: EntityKind, id: &str, end: &str, label: &'static str) -> Self {
        Self {
            action: [&paths::edit(kind, id), end].concat(),
            class: None,
            label,
            name: None,
            revision: None,
            lead: None,
            next: None,
        }
    }

    /// Adds the revision of the entity, which the form submits.
    pub(super) fn at(self, revision: RwSignal<u64>) -> Self {
        Self {
            revision: Some(revision),
            ..self
        }
    }

    /// The form; once hydrated it calls the server function instead of posting.
    pub(super) fn show(self, call: ButtonAction) -> AnyView {
        let revision = self.revision;
        let form = StudioForm::new(None, kind(revision, self.next, call));
        let why = move || problem_notice::of_problem(&form.problem.get()?);
        let submitted = move |event| form.on_submit(&event);
        view! {
            <form
                class=self.class
                method="post"
                action=self.action
                node_ref=form.node
                on:submit=submitted
            >
                {why}
                {self.lead}
                {revision.map(|revision| view! {
                    <input
                        type="hidden"
                        name="revision"
                        value=move || revision.get().to_string()
                    />
                })}
                <button
                    class="button button-quiet"
                    type="submit"
                    aria-label=self.name
                    aria-disabled=flag(move || form.is_busy.get())
                    aria-busy=flag(move || form.is_busy.get())
                >
                    {self.label}
                </button>
                <span class="visually-hidden" role="status">
                    {flag_text(form.is_busy, texts().forms.busy)}
                </span>
            </form>
        }
        .into_any()
    }
}

fn kind(
    revision: Option<RwSignal<u64>>,
    next: Option<Arc<str>>,
    call: ButtonAction,
) -> StudioFormKind {
    StudioFormKind {
        name_of: Field::form_name,
        check: None,
        send: Box::new(move |_| {
            let revision = revision.map(|one| one.get_untracked());
            Some(call(revision.unwrap_or_default()))
        }),
        on_success: None,
        next_path: next,
        // After a conflict the plain form is sent: its response shows the current page.
        on_problem: Some(Box::new(|form, problem| {
            let is_old = *problem == Problem::Conflict.into();
            if is_old {
                form.send_plainly();
            }
            is_old
        })),
        leave_prompt: None,
    }
}

/// The action that restores a deleted entity.
pub(super) fn restore_action(kind: EntityKind, id: &str) -> ButtonAction {
    let id = id.to_owned();
    Arc::new(move |_| Box::pin(entity_actions::restore_entity(kind, id.clone())))
}
