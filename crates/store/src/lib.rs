//! Where it is kept: the adapters of the ports that `domain` owns.
//!
//! Nothing engine-specific leaves this crate. Every adapter passes the suite in
//! `tests/conformance`.

#[cfg(target_family = "wasm")]
compile_error!("`store` is a database and must not be part of what the browser gets");

pub mod elasticsearch;
pub mod embedded;
pub mod embedded_search;
