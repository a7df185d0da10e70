//! The pages. `app.rs` has their routes.
#![expect(
    unreachable_pub,
    reason = "`#[component]` repeats the function as `pub`"
)]

pub(crate) mod account;
pub(crate) mod error_page;
pub(crate) mod log_in;
pub(crate) mod not_found;
pub(crate) mod page_model;
pub mod public;
pub(crate) mod sign_up;
pub mod studio;
