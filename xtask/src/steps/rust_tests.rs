//! The tests that Cargo runs.
//!
//! Every call selects the same packages, the default members: Cargo decides by the selection which
//! features a dependency has, so another selection would compile another set of them.

use std::num::NonZero;
use std::process::Command;
use std::thread;

use anyhow::Result;

use super::{StepResult, embedded_only};
use crate::compile::{self, Compiled};
use crate::elasticsearch::Servers;
use crate::shell;

/// Test programs that depend on the store, besides the HTTP tests.
const ABOUT_THE_STORE: [&str; 5] = [
    "conformance",
    "migrations",
    "search",
    "domain",
    "elasticsearch",
];

/// Number of concurrent tests per core: a test spends half its time waiting for a disk or a
/// server.
const AT_ONCE_PER_CORE: usize = 2;

/// Runs all tests. Cargo builds the program `inspired` for them too, with the site folder in it.
pub(super) fn on_the_embedded_store() -> Result<StepResult> {
    let compiled = compile(&[])?;
    let tests = run(&mut test(&[]))?;
    Ok(StepResult { compiled, tests })
}

/// Runs the tests that depend on the store.
pub(super) fn on_elasticsearch(servers: &Servers) -> Result<StepResult> {
    let compiled = compile(&[&ABOUT_THE_STORE[..], &["http"]].concat())?;
    let mut about_the_store = test(&ABOUT_THE_STORE);
    for module in servers.untested() {
        about_the_store.args(["--skip", module]);
    }
    let mut http = test(&["http"]);
    for module in embedded_only::MODULES {
        http.args(["--skip", &format!("{}::", module.path)]);
    }
    let mut tests = 0;
    for mut test in [about_the_store, http] {
        servers.test(&mut test)?;
        tests += run(&mut test)?;
    }
    Ok(StepResult { compiled, tests })
}

fn compile(programs: &[&str]) -> Result<Compiled> {
    let mut test = compile::cargo("test");
    test.arg("--no-run");
    test.args(programs.iter().flat_map(|program| ["--test", program]));
    compile::run(&mut test)
}

/// A command that runs these test programs, or all; further arguments are passed to the programs.
fn test(programs: &[&str]) -> Command {
    let mut test = shell::cargo(["test", "--locked"]);
    test.args(programs.iter().flat_map(|program| ["--test", program]));
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let at_once = cores * AT_ONCE_PER_CORE;
    test.args(["--", "--test-threads", &at_once.to_string()]);
    test
}

/// Runs tests; returns the number that passed.
fn run(test: &mut Command) -> Result<usize> {
    let mut passed = 0;
    shell::run_and_see(test, |line| passed += passed_in(line).unwrap_or(0))?;
    Ok(passed)
}

/// The number in `test result: ok. 12 passed; 0 failed; …`.
fn passed_in(line: &str) -> Option<usize> {
    let (_, counts) = line.split_once("test result: ")?;
    let (before, _) = counts.split_once(" passed")?;
    before.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::passed_in;

    #[test]
    fn the_closing_line_of_a_test_program_has_the_number_that_passed() {
        let line = "test result: ok. 12 passed; 0 failed; 0 ignored; finished in 0.1s";
        assert_eq!(passed_in(line), Some(12));
        assert_eq!(passed_in("test a_name_that_says_12 passed ... ok"), None);
    }
}
