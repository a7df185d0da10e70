//! What was just done.

use leptos::prelude::*;

use crate::texts::texts;

/// What was just done. It travels in the query of the address that a form leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A change is kept.
    Saved,
    /// A thing was made.
    Created,
    /// Everybody sees it from now on.
    Published,
    /// Nobody else sees it any more.
    Withdrawn,
    /// A deletion was taken back.
    Restored,
    /// A product was placed in a video.
    Tagged,
    /// A retailer has another review status.
    Judged,
    /// A form was given more rows, and nothing is kept yet.
    Rows,
}

impl Notice {
    const ALL: [Self; 8] = [
        Self::Saved,
        Self::Created,
        Self::Published,
        Self::Withdrawn,
        Self::Restored,
        Self::Tagged,
        Self::Judged,
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
            Self::Tagged => "tagged",
            Self::Judged => "judged",
            Self::Rows => "rows",
        }
    }

    /// The notice of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// Says what was just done. Its place is always there, so that a change in it is read out.
pub(super) fn show(notice: Option<Notice>) -> AnyView {
    let text = notice.map(|notice| (texts().studio.notice)(notice));
    view! {
        <p class="studio-notice" role="status" id="notice" data-part="">
            {text}
        </p>
    }
    .into_any()
}
