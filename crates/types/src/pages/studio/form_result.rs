//! Results of the studio's forms.

use serde::{Deserialize, Serialize};

use super::{EntityInput, Notice};
use crate::{field::FieldErrors, problem::Problem};

/// Seconds in `Retry-After` for a form without a response.
const RETRY_AFTER: u32 = 5;

/// The success of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSuccess {
    /// The path to go to, with query and fragment. The query names the notice.
    pub location: String,
    /// The notice; `None` if the page at `location` reports the result in another way.
    pub notice: Option<Notice>,
}

/// Why a form was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormProblem {
    /// The entity was changed since the form was shown.
    Conflict(Box<FormConflict>),
    /// No artist is chosen for a new entity.
    NoArtist,
    /// The chosen artist does not exist, or belongs to another account.
    UnknownArtist,
    /// A placement cannot be added to a video.
    InvalidPlacement {
        /// The refused fields of the placement, all in row 0.
        placement: FieldErrors,
        /// The refused fields of the stored video.
        video: FieldErrors,
    },
    /// No response came, or one that is not from this server, so it is unknown whether the operation was
    /// done. Only the browser creates this.
    NoAnswer,
    /// Any other problem. Refused fields have the rows of the submitted form.
    Problem(Problem),
}

/// Both versions of an entity that another user has changed since the form was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormConflict {
    /// The revision of the stored version. A form with this revision replaces it.
    pub revision: u64,
    /// The stored version.
    pub stored: EntityInput,
    /// The typed version, in its stored spelling.
    pub typed: EntityInput,
}

impl FormProblem {
    /// The refused fields of the form of an entity.
    pub fn field_errors(&self) -> Option<&FieldErrors> {
        match self {
            Self::Problem(Problem::Invalid(errors)) => Some(errors),
            Self::InvalidPlacement { video, .. } => Some(video),
            _ => None,
        }
    }

    /// The [`Problem`] with the status of this one.
    pub fn to_problem(&self) -> Problem {
        match self {
            Self::Conflict(_) => Problem::Conflict,
            Self::NoAnswer => Problem::Unavailable(RETRY_AFTER),
            Self::NoArtist | Self::UnknownArtist => Problem::Invalid(FieldErrors::default()),
            Self::InvalidPlacement { placement, .. } => Problem::Invalid(placement.clone()),
            Self::Problem(problem) => problem.clone(),
        }
    }
}

impl From<Problem> for FormProblem {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}
