//! The program itself, as whoever runs it meets it.

mod cargo_leptos;
mod kill;
mod log_pipe;
mod migrate;
mod refusals;
mod seed;
mod stop;
mod user;
