//! Waits for a condition.

use std::{thread, time::Duration};

use anyhow::{Result, bail};

use crate::stopwatch::Stopwatch;

/// Asks repeatedly until there is a value.
///
/// # Errors
/// If there is none in time, or asking fails.
pub fn until<T>(
    what: &str,
    patience: Duration,
    mut ask: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let watch = Stopwatch::start();
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if watch.elapsed() > patience {
            bail!("{what}: not within {patience:?}");
        }
        thread::sleep(Duration::from_millis(1));
    }
}
