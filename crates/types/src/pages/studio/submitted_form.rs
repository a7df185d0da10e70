//! A submitted plain form of the studio.

use serde::{Deserialize, Serialize};

use super::{EntityInput, FormProblem, Notice};
use crate::catalogue::{EntityForm, PlacementInput};

/// A submitted plain form of the studio; the page in the response shows it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmittedForm {
    /// The typed values.
    pub typed: SubmittedInput,
    /// Why it was refused; `None` if it only asked for more empty rows.
    pub problem: Option<FormProblem>,
}

/// The typed values of a form of the studio.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmittedInput {
    /// No values, as of a button.
    #[default]
    Nothing,
    /// The form of an entity.
    Entity(EntityForm<EntityInput>),
    /// The form that adds a placement to a video.
    Placement(EntityForm<PlacementInput>),
    /// A step of a first visit.
    Step(EntityInput),
}

impl SubmittedForm {
    /// The notice of the form, if the page must show one.
    pub fn notice(&self) -> Option<Notice> {
        let has_more_rows = self.problem.is_none() && self.typed != SubmittedInput::Nothing;
        has_more_rows.then_some(Notice::Rows)
    }
}
