//! Runs it: configuration, routes, `/v1`, sessions on the wire, command line.

pub mod application;
mod assets;
pub mod capacity;
pub mod command;
pub mod config;
mod content;
mod descriptors;
mod forms;
mod functions;
mod health;
mod listener;
mod media_type;
mod middleware;
mod not_found_delay;
mod operator;
mod pages;
mod problem;
mod redirect;
pub mod router;
mod session;
pub mod site;
mod source_names;
mod state;
mod studio;
mod telemetry;
pub mod timeouts;
mod v1;
