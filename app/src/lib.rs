//! Pages, components and server functions, compiled once for the browser (`hydrate`) and once for
//! the server (`ssr`).

#![recursion_limit = "256"]

#[cfg(all(feature = "hydrate", feature = "ssr"))]
compile_error!(
    "`app` is compiled for the browser (`hydrate`) or for the server (`ssr`), never for both: use `-p`, not `--workspace` or `--all-features`"
);
#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
compile_error!("`app` needs `--features ssr` (the server) or `--features hydrate` (the browser)");

pub mod api;
pub mod app;
mod app_context;
mod bidi_isolation;
pub mod chunks;
mod client;
mod components;
mod debounce;
mod form_state;
mod guard;
mod input_method;
mod markup;
mod navigation;
pub mod page;
mod page_head;
pub mod pages;
mod player;
pub mod query;
#[cfg(feature = "ssr")]
pub mod request_context;
mod response;
pub mod server_fn_problem;
mod session_sync;
#[cfg(feature = "ssr")]
mod shell;
mod texts;
mod timestamp;
mod unsaved_changes;

#[cfg(feature = "ssr")]
pub use app::is_routed_as_it_stands;
pub use app::{App, after_log_in, is_for_visitors_only, is_page, is_protected};
pub use components::log_out_notice::{LOGGED_OUT, SESSIONS_ENDED};
#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub use texts::quota_sentence;
