//! A plain form of the studio that was sent.

use serde::{Deserialize, Serialize};

use super::{EntityInput, FormProblem, Notice};
use crate::catalogue::{EntityForm, PlacementInput};

/// A plain form of the studio that was sent; the page that comes as the answer shows it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// What was typed.
    pub typed: TypedForm,
    /// Why it was refused; `None` if more empty rows were asked for.
    pub problem: Option<FormProblem>,
}

/// What was typed into a form of the studio, by the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypedForm {
    /// A button has nothing that is typed.
    #[default]
    Nothing,
    /// The form of an entity.
    Entity(EntityForm<EntityInput>),
    /// The form that adds a placement to a video.
    Placement(EntityForm<PlacementInput>),
    /// A step of a first visit.
    Step(EntityInput),
}

impl Submitted {
    /// What the form has done, if the page has to say so.
    pub fn notice(&self) -> Option<Notice> {
        let has_more_rows = self.problem.is_none() && self.typed != TypedForm::Nothing;
        has_more_rows.then_some(Notice::Rows)
    }
}
