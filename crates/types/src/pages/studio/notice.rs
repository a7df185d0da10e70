//! Notices of completed operations.

use serde::{Deserialize, Serialize};

/// The notice of a completed operation. It is the query of the page that the form leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// A change was saved.
    Saved,
    /// An entity was created.
    Created,
    /// An entity was published.
    Published,
    /// An entity was made a draft again.
    Withdrawn,
    /// A deleted entity was restored.
    Restored,
    /// A product was placed in a video.
    Placed,
    /// A retailer has another review status.
    Reviewed,
    /// A form was given more rows, and nothing is saved yet.
    Rows,
}

impl Notice {
    const ALL: [Self; 8] = [
        Self::Saved,
        Self::Created,
        Self::Published,
        Self::Withdrawn,
        Self::Restored,
        Self::Placed,
        Self::Reviewed,
        Self::Rows,
    ];

    /// The word in the query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Created => "created",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Restored => "restored",
            Self::Placed => "tagged",
            Self::Reviewed => "judged",
            Self::Rows => "rows",
        }
    }

    /// The notice of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}
