//! The program as its operator uses it.

mod cargo_leptos;
mod kill;
mod log_pipe;
mod migrate;
mod refusals;
mod seed;
mod stop;
mod user;
