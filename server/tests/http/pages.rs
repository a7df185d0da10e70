//! What people see, with JavaScript off.

mod account;
mod home;
mod log_in;
mod log_out;
mod not_found;
mod policy;
mod public;
mod sign_up;
mod studio;
mod trouble;
