//! Tests of the server over HTTP.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod assets;
mod bad_input;
mod body_memory;
mod cancelled;
mod charsets;
mod connections;
mod guard;
mod headers;
mod limits;
mod logs;
mod media_types;
mod original;
mod pages;
mod program;
mod races;
mod reads;
mod server_functions;
mod sessions;
mod slow_client;
mod slow_store;
mod sources;
mod store_down;
#[path = "../support/support.rs"]
mod support;
mod textarea;
mod timing;
mod v1;
