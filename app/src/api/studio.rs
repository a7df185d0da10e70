//! Server functions of the studio: models of its pages, and the operations of its forms.
//!
//! Every function needs a signed-in user. The paths of those that read begin with `/api/read/`: like a
//! page, they take a slot of the queue of reads.

#[cfg(feature = "ssr")]
mod choices;
pub mod edit;
#[cfg(feature = "ssr")]
mod entity;
pub mod entity_actions;
pub mod entity_forms;
pub mod lists;
pub mod overview;
pub mod placements;
pub mod reviews;
#[cfg(feature = "ssr")]
mod server_fn;
pub mod trash;
