//! Waiting for something to become true.

use std::{thread, time::Duration};

use anyhow::{Result, bail};

use crate::stopwatch::Stopwatch;

/// Asks again and again until there is an answer.
///
/// # Errors
/// When there is none in time, or asking fails.
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
