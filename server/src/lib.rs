//! The HTTP server and the command line: configuration, routes, `/v1`, sessions in cookies.

pub mod application;
mod assets;
pub mod capacity;
mod cargo_leptos;
pub mod command;
pub mod config;
mod file_descriptors;
mod file_request;
mod forms;
mod health;
mod listener;
mod media_type;
mod middleware;
mod not_found_delay;
mod operator;
mod pages;
mod problem;
mod redirect;
mod robots;
pub mod router;
mod server_functions;
mod session;
pub mod site;
mod sitemap;
mod source_names;
mod state;
mod studio;
mod telemetry;
#[cfg(test)]
mod test_requests;
pub mod timeouts;
mod v1;
