//! The studio: what its pages read, and what its forms do.
//!
//! Every function refuses who is not signed in. What reads stands below `/api/read/`, because it takes
//! the place of a page.

#[cfg(feature = "ssr")]
mod answer;
pub mod changes;
#[cfg(feature = "ssr")]
mod choices;
pub mod creation;
pub mod edit;
#[cfg(feature = "ssr")]
mod entity;
pub mod lists;
pub mod overview;
pub mod placements;
pub mod reviews;
pub mod trash;
