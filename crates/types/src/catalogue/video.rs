//! A video, with its chapters and the products in it.

mod chapter;
mod placement;

use serde::{Deserialize, Serialize};

use super::{
    day::Day,
    rows::{self, Seen},
    slug::Slug,
    status::Status,
    text,
    time::TimeInput,
    timecode::Timecode,
    video_link::VideoLink,
};
use crate::field::{Field, FieldErrors, Reason};

pub use chapter::{Chapter, ChapterInput};
pub use placement::{Placement, PlacementInput};

/// A video, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VideoInput {
    /// Required, 1 to 200 code points.
    pub title: String,
    /// The short name, 1 to 80 characters; empty for one made of the title.
    pub slug: String,
    /// Up to 10,000 code points on several lines.
    pub description: String,
    /// Where the video is.
    pub url: String,
    /// How long it is.
    pub duration: TimeInput,
    /// The day on which it was published there, `YYYY-MM-DD`.
    pub published_on: String,
    /// Up to 100, each later than the one before.
    pub chapters: Vec<ChapterInput>,
    /// Up to 100.
    pub placements: Vec<PlacementInput>,
    /// Whether everybody can see it.
    pub status: Status,
}

/// What is kept of a video.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VideoContent {
    /// The title.
    pub title: String,
    /// The short name, where one was chosen.
    pub slug: Option<Slug>,
    /// What it is about, on several lines.
    pub description: String,
    /// Where it is.
    pub link: Option<VideoLink>,
    /// How long it is, in milliseconds.
    pub duration: Option<Timecode>,
    /// When it was published there.
    pub published_on: Option<Day>,
    /// Its chapters, each later than the one before.
    pub chapters: Vec<Chapter>,
    /// The products in it, in the order in which they are shown.
    pub placements: Vec<Placement>,
    /// Whether everybody can see it.
    pub status: Status,
}

impl VideoInput {
    /// Checks every field.
    ///
    /// # Errors
    /// All refused fields at once.
    pub fn check(&self) -> Result<VideoContent, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = errors.note(Field::Title, text::required_line(&self.title, 200));
        let slug = errors.note(Field::Slug, Slug::parse(&self.slug, 1, 80));
        let description = text::lines(&self.description, 10_000);
        let description = errors.note(Field::Description, description);
        let link = errors.note(Field::Url, VideoLink::parse(&self.url));
        let duration = errors.note(Field::Duration, self.duration.read()).flatten();
        let published_on = errors.note(Field::PublishedOn, Day::parse(&self.published_on));
        let chapters = self.check_chapters(duration, &mut errors);
        let placements = self.check_placements(duration, &mut errors);
        errors.or(VideoContent {
            title: title.unwrap_or_default(),
            slug: slug.flatten(),
            description: description.unwrap_or_default(),
            link: link.flatten(),
            duration,
            published_on: published_on.flatten(),
            chapters,
            placements,
            status: self.status,
        })
    }

    fn check_chapters(&self, duration: Option<Timecode>, errors: &mut FieldErrors) -> Vec<Chapter> {
        let mut previous = None;
        let check = |typed: &ChapterInput, row, errors: &mut FieldErrors| {
            typed.check(row, duration, &mut previous, errors)
        };
        rows::check(&self.chapters, Field::Chapters, 100, errors, check)
    }

    fn check_placements(
        &self,
        duration: Option<Timecode>,
        errors: &mut FieldErrors,
    ) -> Vec<Placement> {
        let mut seen = Seen::nothing();
        let check = |typed: &PlacementInput, row, errors: &mut FieldErrors| {
            typed.check(row, duration, &mut seen, errors)
        };
        rows::check(&self.placements, Field::Placements, 100, errors, check)
    }
}

impl From<&VideoContent> for VideoInput {
    fn from(content: &VideoContent) -> Self {
        Self {
            title: content.title.clone(),
            slug: rows::text(content.slug.as_ref().map(Slug::as_str)),
            description: content.description.clone(),
            url: rows::text(content.link.as_ref().map(|link| link.url.as_str())),
            duration: content.duration.into(),
            published_on: rows::text(content.published_on.as_ref().map(Day::as_str)),
            chapters: content.chapters.iter().map(ChapterInput::from).collect(),
            placements: content
                .placements
                .iter()
                .map(PlacementInput::from)
                .collect(),
            status: content.status,
        }
    }
}

/// Gives a time back that is not later than the video is long.
fn within(time: Timecode, duration: Option<Timecode>) -> Result<Timecode, Reason> {
    match duration {
        Some(duration) if time > duration => Err(Reason::BeyondDuration),
        _ => Ok(time),
    }
}

#[cfg(test)]
mod tests;
