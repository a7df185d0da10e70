//! What `cargo xtask test` checks: the cheap before the dear.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::build::{self, Profile};
use crate::elasticsearch::Servers;
use crate::{chromium, environment, npm, paths, shell, tidy, wasm};

/// One thing that is checked.
#[derive(Debug)]
pub(crate) struct Step {
    /// Its name, for `--only`.
    pub(crate) name: &'static str,
    /// What it checks, in a few words.
    pub(crate) what: &'static str,
    /// Checks it, with its output on the terminal.
    pub(crate) run: Run,
}

/// How a thing is checked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Run {
    /// By itself.
    Alone(fn() -> Result<()>),
    /// On a real Elasticsearch.
    OnElasticsearch(fn(&Servers) -> Result<()>),
}

/// All steps, in order.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        what: "the code is formatted",
        run: Run::Alone(formatting),
    },
    Step {
        name: "tidy",
        what: "the rules of the house that no compiler knows",
        run: Run::Alone(tidy::run),
    },
    Step {
        name: "deps",
        what: "licences, duplicates and origins of dependencies",
        run: Run::Alone(tidy::dependencies),
    },
    Step {
        name: "graph",
        what: "the browser's build has no crate of the server's side",
        run: Run::Alone(wasm::check_graph),
    },
    Step {
        name: "pages",
        what: "frontend, style sheet and site folder build",
        run: Run::Alone(pages),
    },
    Step {
        name: "wasm-lint",
        what: "clippy on the browser's programs",
        run: Run::Alone(wasm_lints),
    },
    Step {
        name: "lint",
        what: "clippy on all else, tests included",
        run: Run::Alone(lints),
    },
    Step {
        name: "doc",
        what: "the documentation builds without a warning",
        run: Run::Alone(documentation),
    },
    Step {
        name: "unit",
        what: "unit, property, store and HTTP tests",
        run: Run::Alone(tests),
    },
    Step {
        name: "elasticsearch",
        what: "store conformance, migration, domain and HTTP tests on a real Elasticsearch",
        run: Run::OnElasticsearch(tests_on_elasticsearch),
    },
    Step {
        name: "browser",
        what: "journeys in a real browser",
        run: Run::Alone(browser),
    },
    Step {
        name: "browser-elasticsearch",
        what: "journeys in a real browser on a real Elasticsearch",
        run: Run::OnElasticsearch(browser_on_elasticsearch),
    },
];

fn formatting() -> Result<()> {
    shell::run(&mut shell::cargo(["fmt", "--all", "--check"])).context("`cargo fmt --all` mends it")
}

fn pages() -> Result<()> {
    build::pages(Profile::Debug)
}

fn lints() -> Result<()> {
    lint(&["--all-targets"])?;
    // Tests that need a server are no tests to Cargo until they are named.
    lint(&[
        "--package",
        "store",
        "--package",
        "server",
        "--test",
        "elasticsearch",
    ])
}

fn lint(what: &[&str]) -> Result<()> {
    let mut clippy = shell::cargo(["clippy", "--locked"]);
    clippy.args(what).args(["--", "-D", "warnings"]);
    shell::run(&mut clippy)
}

fn wasm_lints() -> Result<()> {
    wasm::ensure_target()?;
    let mut clippy = shell::cargo(["clippy", "--locked"]);
    for package in wasm::PACKAGES {
        clippy.args(["--package", package]);
    }
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

/// Those that test what is kept; all else has been tested on the embedded store.
fn tests_on_elasticsearch(servers: &Servers) -> Result<()> {
    let mut test = shell::cargo(["test", "--locked"]);
    test.args([
        "--package",
        "store",
        "--package",
        "domain",
        "--package",
        "server",
    ]);
    for target in [
        "conformance",
        "migrations",
        "search",
        "domain",
        "http",
        "elasticsearch",
    ] {
        test.args(["--test", target]);
    }
    servers.test(&mut test)?;
    shell::run(&mut test)
}

fn browser() -> Result<()> {
    shell::run(&mut journeys()?)
}

/// The looks differ in what people see, and accessibility is a matter of that alone, so three looks
/// without it have all that has to do with the store.
fn browser_on_elasticsearch(servers: &Servers) -> Result<()> {
    let mut playwright = journeys()?;
    for look in ["desktop-light", "phone-light", "desktop-no-js"] {
        playwright.args(["--project", look]);
    }
    playwright.args(["--grep-invert", "accessibility\\.spec"]);
    servers.serve(&mut playwright);
    shell::run(&mut playwright)
}

/// Playwright with all that it needs; without more arguments it runs everything.
fn journeys() -> Result<Command> {
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
        .env_remove("INSPIRED_ELASTICSEARCH")
        .env_remove("INSPIRED_ELASTICSEARCH_FILE")
        .env("INSPIRED_BIN", &program)
        .env("CHROME", &chromium);
    Ok(playwright)
}
