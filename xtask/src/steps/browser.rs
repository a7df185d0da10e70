//! The tests in a real browser.

use std::process::Command;

use anyhow::{Result, bail};

use super::StepResult;
use crate::build::{self, Profile};
use crate::compile::Compiled;
use crate::elasticsearch::Servers;
use crate::{chromium, environment, npm, paths, shell};

/// The arguments that select the measurements of pages.
const BENCHMARKS: [&str; 2] = ["--config", "benchmarks.config.ts"];

/// The arguments that select the tests that write in one page and read in a later one.
const JOURNEYS: [&str; 2] = ["--config", "journeys.config.ts"];

/// Runs every test in each variant (browser, size, scripts) in which it can differ.
pub(super) fn on_the_embedded_store() -> Result<StepResult> {
    Playwright::prepare(Profile::Debug)?.run()
}

/// Measures pages of the release build, with the figures on the terminal.
pub(crate) fn measure() -> Result<()> {
    let mut playwright = Playwright::prepare(Profile::Release)?;
    playwright.command.args(BENCHMARKS);
    playwright.run().map(drop)
}

/// Runs the journeys on a desktop with JavaScript.
pub(super) fn in_one_variant() -> Result<StepResult> {
    let mut playwright = Playwright::prepare(Profile::Debug)?;
    playwright.command.args(JOURNEYS);
    playwright.command.args(["--project", "desktop-light"]);
    playwright.run()
}

/// Runs the journeys with JavaScript and without.
pub(super) fn on_elasticsearch(servers: &Servers) -> Result<StepResult> {
    let mut playwright = Playwright::prepare(Profile::Debug)?;
    playwright.command.args(JOURNEYS);
    servers.serve(&mut playwright.command);
    playwright.run()
}

/// A prepared run of Playwright; without further arguments it runs everything.
struct Playwright {
    command: Command,
    compiled: Compiled,
}

impl Playwright {
    fn prepare(profile: Profile) -> Result<Self> {
        let folder = paths::top().join("end2end");
        let chromium = chromium::find()?;
        npm::install(&folder)?;
        let compiled = build::run(profile)?;
        let program = profile.program()?;
        let Some(node) = environment::program("node") else {
            bail!("node is missing: install Node.js 20 or newer (https://nodejs.org)");
        };
        let node = |arguments: &[&str]| {
            let mut command = Command::new(&node);
            command.current_dir(&folder).args(arguments);
            command
        };
        shell::run(&mut node(&["node_modules/typescript/bin/tsc", "--noEmit"]))?;
        let mut command = node(&["node_modules/@playwright/test/cli.js", "test"]);
        command
            .env_remove("FORCE_COLOR")
            .env_remove("INSPIRED_ELASTICSEARCH")
            .env_remove("INSPIRED_ELASTICSEARCH_FILE")
            .env("INSPIRED_BIN", &program)
            .env("CHROME", &chromium);
        Ok(Self { command, compiled })
    }

    fn run(mut self) -> Result<StepResult> {
        let mut tests = 0;
        shell::run_and_see(&mut self.command, |line| {
            tests += passed_in(line).unwrap_or(0);
        })?;
        let compiled = self.compiled;
        Ok(StepResult { compiled, tests })
    }
}

/// The number in `  373 passed (3.6m)`, the last line of Playwright.
fn passed_in(line: &str) -> Option<usize> {
    let (count, _) = line.trim_start().split_once(" passed (")?;
    count.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::passed_in;

    #[test]
    fn the_closing_line_of_playwright_has_the_number_that_passed() {
        assert_eq!(passed_in("  373 passed (3.6m)"), Some(373));
        assert_eq!(passed_in("  1 failed"), None);
        assert_eq!(passed_in("  [desktop] › 12 passed (by)"), None);
    }
}
