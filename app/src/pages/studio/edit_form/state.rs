//! The state of the form of an entity.

use leptos::prelude::*;
use types::{
    Problem,
    catalogue::{EntityForm, FormExtras, PlacementInput},
    pages::studio::{
        EditPage, EntityInput, FormConflict, FormProblem, SubmittedForm, SubmittedInput,
    },
};

use crate::pages::studio::rows::RowsHandle;

/// The state of the form of an entity: its content and the version that it started from.
#[derive(Clone, Copy)]
pub(in crate::pages::studio) struct EditState {
    content: StoredValue<FormContents>,
    /// Incremented to rebuild the form. An input that was typed into ignores its `value` attribute, so
    /// after a conflict the form needs new inputs.
    pub(super) generation: RwSignal<u32>,
    /// The revision that the form started from; `None` for a new entity.
    pub(super) revision: RwSignal<Option<u64>>,
    /// The rows of the placements of a video.
    rows: StoredValue<Option<RowsHandle<PlacementInput>>>,
}

/// The content of the form when it is built, and why it was refused before.
#[derive(Clone)]
pub(super) struct FormContents {
    pub(super) form: EntityForm<EntityInput>,
    pub(super) problem: Option<FormProblem>,
    /// The stored version that the form started from; `None` if it is not known.
    base: Option<EntityInput>,
    /// Both versions of a conflict, if untouched fields were merged from the stored one.
    pub(super) merged: Option<Box<FormConflict>>,
}

impl FormContents {
    /// Whether the form holds input that is not saved.
    pub(super) fn is_unsaved(&self) -> bool {
        self.merged.is_some() || self.base.is_none()
    }
}

impl EditState {
    pub(in crate::pages::studio) fn new(page: &EditPage, submitted: &SubmittedForm) -> Self {
        let is_typed = matches!(submitted.typed, SubmittedInput::Entity(_));
        let problem = match submitted.typed {
            SubmittedInput::Entity(_) => submitted.problem.clone(),
            SubmittedInput::Placement(_) => submitted.problem.as_ref().and_then(of_video),
            SubmittedInput::Nothing | SubmittedInput::Step(_) => None,
        };
        Self {
            revision: RwSignal::new(page.form.extras.revision()),
            content: StoredValue::new(FormContents {
                form: page.form.clone(),
                base: (!is_typed).then(|| page.form.input.clone()),
                problem,
                merged: None,
            }),
            generation: RwSignal::new(0),
            rows: StoredValue::new(None),
        }
    }

    pub(super) fn content(self) -> FormContents {
        self.content.get_value()
    }

    /// Sets the handle of the rows of placements.
    pub(super) fn set_rows(self, rows: RowsHandle<PlacementInput>) {
        self.rows.set_value(Some(rows));
    }

    /// Handles a conflict: the form then holds the typed fields, and the stored value of every untouched
    /// one. Saving it again is up to the user. False for any other problem.
    pub(super) fn merge(self, problem: &FormProblem) -> bool {
        let FormProblem::Conflict(conflict) = problem else {
            return false;
        };
        let base = self.content.with_value(|content| content.base.clone());
        let input = match &base {
            Some(base) => conflict.merged(base),
            None => conflict.typed.clone(),
        };
        let extras = FormExtras::default();
        let is_merged = base.is_some();
        self.content.set_value(FormContents {
            form: EntityForm { input, extras }.at_revision(conflict.revision),
            problem: (!is_merged).then(|| problem.clone()),
            base: Some(conflict.stored.clone()),
            merged: is_merged.then(|| conflict.clone()),
        });
        self.revision.set(Some(conflict.revision));
        self.generation.update(|generation| *generation += 1);
        true
    }

    /// Takes over a placement that was added beside the form, which changed the video from revision
    /// `before` to the next one. A form that started from another revision stays as it is, because it
    /// would overwrite changes that it does not contain.
    pub(in crate::pages::studio) fn add_placement(self, before: u64, stored: EntityInput) {
        if self.revision.try_get_untracked() != Some(Some(before)) {
            return;
        }
        self.revision.set(Some(before + 1));
        let (EntityInput::Video(video), Some(rows)) = (&stored, self.rows.get_value()) else {
            return;
        };
        for placement in &video.placements {
            if !rows.has(|known| known.id == placement.id) {
                rows.push(placement.clone());
            }
        }
        self.content.update_value(|content| {
            if let Some(EntityInput::Video(base)) = &mut content.base {
                base.placements.clone_from(&video.placements);
            }
        });
    }
}

/// The part of a problem that concerns the stored video and not the new placement.
fn of_video(problem: &FormProblem) -> Option<FormProblem> {
    match problem {
        FormProblem::InvalidPlacement { video, .. } if !video.is_empty() => {
            Some(Problem::Invalid(video.clone()).into())
        }
        _ => None,
    }
}
