//! A form of one button that changes an entity.

use std::sync::Arc;

use leptos::prelude::*;
use types::{Field, Problem, catalogue::EntityKind};

use super::{
    form::{Answer, Form, FormKind},
    paths, refusal,
};
use crate::{
    api::studio::changes,
    state::{flag, flag_text},
    texts::texts,
};

/// Calls a server function with the revision of the entity, as it is when the button is pressed.
pub(super) type Call = Arc<dyn Fn(u64) -> Answer + Send + Sync>;

/// A form of one button that changes an entity. Without the program it is sent to its own path.
pub(super) struct ButtonForm {
    pub(super) action: String,
    pub(super) class: Option<&'static str>,
    pub(super) label: &'static str,
    /// What the button is called where the label does not say it.
    pub(super) name: Option<String>,
    /// The revision from which it starts; what is deleted has none.
    pub(super) revision: Option<RwSignal<u64>>,
    /// What stands before the button.
    pub(super) lead: Option<AnyView>,
    /// Where it leads, if not to where its answer says.
    pub(super) next: Option<Arc<str>>,
}

impl ButtonForm {
    /// The button at this end of the path of an entity.
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

    /// The same for an entity that has this revision.
    pub(super) fn at(self, revision: RwSignal<u64>) -> Self {
        Self {
            revision: Some(revision),
            ..self
        }
    }

    /// The form, which calls a server function where the program is there.
    pub(super) fn show(self, call: Call) -> AnyView {
        let revision = self.revision;
        let form = Form::new(None, kind(revision, self.next, call));
        let why = move || refusal::of_problem(&form.problem.get()?);
        let submitted = move |event| form.submitted(&event);
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

fn kind(revision: Option<RwSignal<u64>>, next: Option<Arc<str>>, call: Call) -> FormKind {
    FormKind {
        name_of: Field::form_name,
        check: None,
        send: Box::new(move |_| {
            let revision = revision.map(|one| one.get_untracked());
            Some(call(revision.unwrap_or_default()))
        }),
        accepted: None,
        next,
        // A button is about what is to be seen: the page is shown as it is now.
        refused: Some(Box::new(|form, problem| {
            let is_old = *problem == Problem::Moved.into();
            if is_old {
                form.send_plainly();
            }
            is_old
        })),
        question: None,
    }
}

/// Restores a deleted entity.
pub(super) fn restoration(kind: EntityKind, id: &str) -> Call {
    let id = id.to_owned();
    Arc::new(move |_| Box::pin(changes::restore_entity(kind, id.clone())))
}
