//! One file for each page. Which path shows which one stands in `app.rs`; content pages are functions
//! that the server calls.
#![expect(
    unreachable_pub,
    reason = "`#[component]` repeats the function as `pub`"
)]

pub(crate) mod account;
pub(crate) mod carried;
#[cfg(feature = "ssr")]
pub mod home;
pub(crate) mod log_in;
pub(crate) mod not_found;
#[cfg(feature = "ssr")]
pub mod public;
pub(crate) mod sign_up;
#[cfg(feature = "ssr")]
pub mod studio;
#[cfg(feature = "ssr")]
pub(crate) mod trouble;
