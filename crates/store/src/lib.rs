//! The adapters of the ports of `domain`: the embedded store and Elasticsearch.
//!
//! No type of an engine leaves this crate. Every adapter passes the suite in `tests/conformance`.

#[cfg(target_family = "wasm")]
compile_error!("`store` is a database and must not be part of what the browser gets");

pub mod elasticsearch;
pub mod embedded;
pub mod embedded_search;
