//! What a form of the studio answers.

use serde::{Deserialize, Serialize};

use super::{EntityInput, Notice};
use crate::{field::FieldErrors, problem::Problem};

/// Seconds after which a form that had no answer can be sent again.
const RETRY_AFTER: u32 = 5;

/// A form was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSuccess {
    /// The page to go to: a path of ours with its query and fragment. The query says what was done.
    pub location: String,
    /// What was done; `None` if the page at `location` says it in another way.
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
        /// The refused fields of the video as it is stored.
        video: FieldErrors,
    },
    /// No answer came, or one that is not ours; nobody knows whether anything was done. It arises in the
    /// browser only.
    NoAnswer,
    /// Something else. Refused fields have the rows of the form that was sent.
    Problem(Problem),
}

/// Both versions of an entity that somebody else has changed first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormConflict {
    /// The revision of the stored version. A form that names it replaces that version.
    pub revision: u64,
    /// The stored version, as a form shows it.
    pub stored: EntityInput,
    /// What was typed, in the spelling in which it would be stored.
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

    /// The same as a [`Problem`], which has a status.
    pub fn to_problem(&self) -> Problem {
        match self {
            Self::Conflict(_) => Problem::Moved,
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
