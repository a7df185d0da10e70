//! Accounts, sessions and the catalogue over a real store, with a manual clock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod catalogue;
mod devices;
mod disabled_accounts;
mod faults;
mod full_width;
mod operator;
mod sessions;
mod shared;
mod support;
