//! What `cargo xtask test` checks: the cheap before the dear.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::build::{self, Profile};
use crate::{chromium, environment, npm, paths, shell, tidy, wasm};

/// One thing that is checked.
#[derive(Debug)]
pub(crate) struct Step {
    /// Its name, for `--only`.
    pub(crate) name: &'static str,
    /// What it checks, in a few words.
    pub(crate) what: &'static str,
    /// Checks it, with its output on the terminal.
    pub(crate) run: fn() -> Result<()>,
}

/// All steps, in order.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        what: "the code is formatted",
        run: formatting,
    },
    Step {
        name: "tidy",
        what: "the rules of the house that no compiler knows",
        run: tidy::run,
    },
    Step {
        name: "deps",
        what: "licences, duplicates and origins of dependencies",
        run: tidy::dependencies,
    },
    Step {
        name: "graph",
        what: "the browser's build has no crate of the server's side",
        run: wasm::check_graph,
    },
    Step {
        name: "pages",
        what: "frontend, style sheet and site folder build",
        run: pages,
    },
    Step {
        name: "wasm-lint",
        what: "clippy on the frontend",
        run: wasm_lints,
    },
    Step {
        name: "lint",
        what: "clippy on all else, tests included",
        run: lints,
    },
    Step {
        name: "doc",
        what: "the documentation builds without a warning",
        run: documentation,
    },
    Step {
        name: "unit",
        what: "unit, property, store and HTTP tests",
        run: tests,
    },
    Step {
        name: "browser",
        what: "journeys in a real browser",
        run: browser,
    },
];

fn formatting() -> Result<()> {
    shell::run(&mut shell::cargo(["fmt", "--all", "--check"])).context("`cargo fmt --all` mends it")
}

fn pages() -> Result<()> {
    build::pages(Profile::Debug)
}

fn lints() -> Result<()> {
    let arguments = [
        "clippy",
        "--locked",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    shell::run(&mut shell::cargo(arguments))
}

fn wasm_lints() -> Result<()> {
    wasm::ensure_target()?;
    let mut clippy = shell::cargo(["clippy", "--locked", "--package", "frontend"]);
    clippy.args(["--target", wasm::TARGET, "--", "-D", "warnings"]);
    shell::run(&mut clippy)
}

fn documentation() -> Result<()> {
    let mut doc = shell::cargo(["doc", "--locked", "--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    shell::run(&mut doc)
}

/// Cargo builds the program `inspired` for these tests too, with the site folder in it.
fn tests() -> Result<()> {
    shell::run(&mut shell::cargo(["test", "--locked"]))
}

fn browser() -> Result<()> {
    let folder = paths::top().join("end2end");
    let chromium = chromium::find()?;
    npm::install(&folder)?;
    build::run(Profile::Debug)?;
    let program = Profile::Debug.program()?;
    let Some(node) = environment::program("node") else {
        bail!("node is missing: install Node.js 20 or newer (https://nodejs.org)");
    };
    let node = |arguments: &[&str]| {
        let mut command = Command::new(&node);
        command.current_dir(&folder).args(arguments);
        command
    };
    shell::run(&mut node(&["node_modules/typescript/bin/tsc", "--noEmit"]))?;
    let mut playwright = node(&["node_modules/@playwright/test/cli.js", "test"]);
    playwright
        .env("INSPIRED_BIN", &program)
        .env("CHROME", &chromium);
    shell::run(&mut playwright)
}
