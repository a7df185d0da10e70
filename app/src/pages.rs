//! One file for each page; which path shows it stands in `app.rs`.
#![expect(
    unreachable_pub,
    reason = "`#[component]` repeats the function as `pub`"
)]

pub(crate) mod account;
pub(crate) mod home;
pub(crate) mod log_in;
pub(crate) mod not_found;
pub(crate) mod sign_up;
pub(crate) mod studio;
#[cfg(feature = "ssr")]
pub(crate) mod trouble;
