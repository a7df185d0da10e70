//! Runs it: configuration, routes, `/v1`, sessions on the wire, command line.

pub mod application;
mod assets;
pub mod command;
pub mod config;
mod forms;
mod functions;
mod health;
mod listener;
mod middleware;
mod pages;
mod problem;
mod router;
mod session;
pub mod site;
mod state;
mod telemetry;
pub mod timeouts;
mod v1;
