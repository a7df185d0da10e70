//! One file for each page. Which path shows which one stands in `app.rs`; content pages are functions
//! that the server calls.
#![expect(
    unreachable_pub,
    reason = "`#[component]` repeats the function as `pub`"
)]

pub(crate) mod account;
pub(crate) mod carried;
pub(crate) mod log_in;
pub(crate) mod not_found;
pub mod public;
pub(crate) mod read;
pub(crate) mod sign_up;
#[cfg(feature = "ssr")]
pub mod studio;
#[cfg(not(feature = "ssr"))]
pub mod studio {
    //! Paths of the studio: its pages are content.

    pub mod paths;
}
pub(crate) mod trouble;
