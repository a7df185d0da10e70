//! Secrets from variables and files. They are never flags, because every user of a machine can read
//! the command lines of its processes.

use std::{env, fs};

use super::ConfigError;

/// The value of a variable, or the content of the file that the variable `NAME_FILE` names.
///
/// # Errors
/// If both are set, or the file cannot be read.
pub(super) fn read(name: &str) -> Result<Option<String>, ConfigError> {
    let file_name = format!("{name}_FILE");
    let (value, file) = (variable(name)?, variable(&file_name)?);
    let Some(file) = file else {
        return Ok(value);
    };
    if value.is_some() {
        return Err(ConfigError::new(
            &file_name,
            file,
            &format!("allowed is one of it and {name}"),
        ));
    }
    let content = fs::read_to_string(&file).map_err(|error| {
        ConfigError::new(
            &file_name,
            &file,
            &format!("allowed is a file of text: {error}"),
        )
    })?;
    let line_end: &[char] = &['\n', '\r'];
    Ok(Some(content.trim_end_matches(line_end).to_owned()))
}

/// Treats an empty variable as unset, because service managers set variables without a value.
#[expect(
    clippy::disallowed_methods,
    reason = "this folder is the place that reads the environment"
)]
fn variable(name: &str) -> Result<Option<String>, ConfigError> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(ConfigError::new(name, "…", "allowed is text in UTF-8"))
        }
    }
}
