//! What the form of an entity holds, and from what it started.

use leptos::prelude::*;
use types::{
    Problem,
    catalogue::{EntityForm, FormExtras, PlacementInput},
    pages::studio::{EditPage, EntityInput, FormConflict, FormProblem, Submitted, TypedForm},
};

use crate::pages::studio::rows::RowsHandle;

/// What the form of an entity holds, and from what it started.
#[derive(Clone, Copy)]
pub(in crate::pages::studio) struct EditState {
    content: StoredValue<Content>,
    /// How often the form was made anew. A field that was typed into keeps what is in it, so after a
    /// conflict there are new fields.
    pub(super) generation: RwSignal<u32>,
    /// The revision from which the form starts; a new entity has none.
    pub(super) revision: RwSignal<Option<u64>>,
    /// The rows of the placements of a video.
    rows: StoredValue<Option<RowsHandle<PlacementInput>>>,
}

/// What is in the form when it is made, and why it was refused before.
#[derive(Clone)]
pub(super) struct Content {
    pub(super) form: EntityForm<EntityInput>,
    pub(super) problem: Option<FormProblem>,
    /// What was stored at the revision from which the form starts; `None` if that is not known.
    base: Option<EntityInput>,
    /// Both versions, when what is stored was taken over wherever nothing was changed.
    pub(super) merged: Option<Box<FormConflict>>,
}

impl Content {
    /// Whether something in it is not saved.
    pub(super) fn is_unsaved(&self) -> bool {
        self.merged.is_some() || self.base.is_none()
    }
}

impl EditState {
    pub(in crate::pages::studio) fn new(page: &EditPage, submitted: &Submitted) -> Self {
        let is_typed = matches!(submitted.typed, TypedForm::Entity(_));
        let problem = match submitted.typed {
            TypedForm::Entity(_) => submitted.problem.clone(),
            TypedForm::Placement(_) => submitted.problem.as_ref().and_then(of_video),
            TypedForm::Nothing | TypedForm::Step(_) => None,
        };
        Self {
            revision: RwSignal::new(page.form.extras.revision()),
            content: StoredValue::new(Content {
                form: page.form.clone(),
                base: (!is_typed).then(|| page.form.input.clone()),
                problem,
                merged: None,
            }),
            generation: RwSignal::new(0),
            rows: StoredValue::new(None),
        }
    }

    pub(super) fn content(self) -> Content {
        self.content.get_value()
    }

    /// Names the rows of the placements.
    pub(super) fn has_rows(self, rows: RowsHandle<PlacementInput>) {
        self.rows.set_value(Some(rows));
    }

    /// After a conflict the form holds what was typed, and what is stored wherever nothing was changed.
    /// To save it again is a decision. False for any other problem.
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
        self.content.set_value(Content {
            form: EntityForm { input, extras }.at_revision(conflict.revision),
            problem: (!is_merged).then(|| problem.clone()),
            base: Some(conflict.stored.clone()),
            merged: is_merged.then(|| conflict.clone()),
        });
        self.revision.set(Some(conflict.revision));
        self.generation.update(|generation| *generation += 1);
        true
    }

    /// The video was changed from one revision to the next by a placement that was added beside the form.
    /// A form that starts from another revision stays as it is: what others have changed in between would
    /// be overwritten.
    pub(in crate::pages::studio) fn placed(self, before: u64, stored: EntityInput) {
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

/// What is refused of the stored video, to which a placement cannot be added.
fn of_video(problem: &FormProblem) -> Option<FormProblem> {
    match problem {
        FormProblem::InvalidPlacement { video, .. } if !video.is_empty() => {
            Some(Problem::Invalid(video.clone()).into())
        }
        _ => None,
    }
}
