//! Runs compiling subcommands of Cargo, and measures how much they compile.

use std::ops::AddAssign;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::Value;

use crate::shell;

/// What a run of Cargo compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Compiled {
    /// Wall time of the run; 0 if it compiled nothing.
    pub(crate) took: Duration,
    /// Number of targets (libraries, programs, tests, build scripts) that were not fresh.
    pub(crate) targets: usize,
}

impl AddAssign for Compiled {
    fn add_assign(&mut self, other: Self) {
        self.took += other.took;
        self.targets += other.targets;
    }
}

/// A compiling subcommand of Cargo in the root of the repository, with the versions of
/// `Cargo.lock`. Run it with [`run`].
pub(crate) fn cargo(subcommand: &str) -> Command {
    shell::cargo([
        subcommand,
        "--locked",
        "--message-format",
        "json-render-diagnostics",
    ])
}

/// Runs a command from [`cargo`]; warnings and errors appear on the terminal as usual.
pub(crate) fn run(command: &mut Command) -> Result<Compiled> {
    let start = Instant::now();
    let mut targets = 0;
    shell::run_and_read(command, |line| targets += usize::from(is_compiled(line)))?;
    // A run that finds everything fresh compiles nothing.
    let took = match targets {
        0 => Duration::ZERO,
        _ => start.elapsed(),
    };
    Ok(Compiled { took, targets })
}

/// True for a message of Cargo about a target that was compiled and not fresh.
fn is_compiled(message: &str) -> bool {
    serde_json::from_str::<Value>(message).is_ok_and(|message| {
        message["reason"] == "compiler-artifact" && message["fresh"] == Value::Bool(false)
    })
}

#[cfg(test)]
mod tests {
    use super::is_compiled;

    #[test]
    fn only_targets_that_were_not_fresh_count() {
        let artifact = |fresh| format!("{{\"reason\":\"compiler-artifact\",\"fresh\":{fresh}}}");
        assert!(is_compiled(&artifact(false)));
        assert!(!is_compiled(&artifact(true)));
        assert!(!is_compiled(
            "{\"reason\":\"build-finished\",\"success\":true}"
        ));
        assert!(!is_compiled("not JSON"));
    }
}
