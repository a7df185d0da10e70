//! Options that `cargo leptos` passes to the program that it starts.

use leptos::config::{LeptosOptions, get_configuration};

use super::ConfigError;

/// `cargo leptos` sets this variable for every program that it starts.
const VARIABLE: &str = "LEPTOS_OUTPUT_NAME";

/// The options of `cargo leptos`, if it has started this program. A release build ignores them: its
/// pages are compiled in, and it must not serve a folder.
///
/// # Errors
/// An invalid value of a variable of `cargo leptos`.
pub(super) fn options() -> Result<Option<LeptosOptions>, ConfigError> {
    if !cfg!(debug_assertions) || !is_started_by_it() {
        return Ok(None);
    }
    match get_configuration(None) {
        Ok(file) => Ok(Some(file.leptos_options)),
        Err(error) => Err(ConfigError::from_sentence(format!("cargo leptos: {error}"))),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the options are the tool's and no flags of ours"
)]
fn is_started_by_it() -> bool {
    std::env::var_os(VARIABLE).is_some()
}
