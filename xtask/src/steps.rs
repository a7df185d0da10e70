//! The steps of `cargo xtask test` and `cargo xtask check`, cheapest first.

pub(crate) mod browser;
mod embedded_only;
mod lint;
mod rust_tests;

use anyhow::{Context as _, Result};

use crate::build::{self, Profile};
use crate::compile::Compiled;
use crate::elasticsearch::Servers;
use crate::{shell, tidy, wasm};

/// A check.
#[derive(Debug)]
pub(crate) struct Step {
    /// The name for `--only`.
    pub(crate) name: &'static str,
    /// What it checks, in a few words.
    pub(crate) description: &'static str,
    /// Runs the check, with its output on the terminal.
    pub(crate) run: StepCommand,
}

/// How a step runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StepCommand {
    /// Without a server.
    Alone(fn() -> Result<StepResult>),
    /// On a real Elasticsearch.
    OnElasticsearch(fn(&Servers) -> Result<StepResult>),
}

/// The result of a step that passed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StepResult {
    /// What it compiled first.
    pub(crate) compiled: Compiled,
    /// Number of tests that passed.
    pub(crate) tests: usize,
}

impl From<Compiled> for StepResult {
    fn from(compiled: Compiled) -> Self {
        Self { compiled, tests: 0 }
    }
}

const FORMATTING: Step = Step {
    name: "fmt",
    description: "the code is formatted",
    run: StepCommand::Alone(formatting),
};

const TIDY: Step = Step {
    name: "tidy",
    description: "the rules of the workspace that no compiler knows",
    run: StepCommand::Alone(|| tidy::run().map(|()| StepResult::default())),
};

const PAGES: Step = Step {
    name: "pages",
    description: "frontend, style sheet and site folder build",
    run: StepCommand::Alone(pages),
};

const LINT: Step = Step {
    name: "lint",
    description: "clippy on all else, tests included",
    run: StepCommand::Alone(lint::native),
};

const UNIT: Step = Step {
    name: "unit",
    description: "unit, property, store and HTTP tests on the embedded store",
    run: StepCommand::Alone(rust_tests::on_the_embedded_store),
};

/// All steps, in order.
pub(crate) const TEST: &[Step] = &[
    FORMATTING,
    TIDY,
    Step {
        name: "deps",
        description: "licences, duplicates and origins of dependencies",
        run: StepCommand::Alone(|| tidy::dependencies().map(|()| StepResult::default())),
    },
    Step {
        name: "graph",
        description: "the browser's build has no crate of the server's side",
        run: StepCommand::Alone(|| wasm::check_graph().map(|()| StepResult::default())),
    },
    PAGES,
    Step {
        name: "wasm-lint",
        description: "clippy on the browser's program",
        run: StepCommand::Alone(lint::wasm),
    },
    LINT,
    Step {
        name: "doc",
        description: "the documentation builds without a warning",
        run: StepCommand::Alone(lint::documentation),
    },
    UNIT,
    Step {
        name: "elasticsearch",
        description: "what depends on the store, on a real Elasticsearch",
        run: StepCommand::OnElasticsearch(rust_tests::on_elasticsearch),
    },
    Step {
        name: "browser",
        description: "every page and journey in a real browser",
        run: StepCommand::Alone(browser::on_the_embedded_store),
    },
    Step {
        name: "browser-elasticsearch",
        description: "journeys in a real browser on a real Elasticsearch",
        run: StepCommand::OnElasticsearch(browser::on_elasticsearch),
    },
];

/// The steps to run before each commit.
pub(crate) const CHECK: &[Step] = &[
    FORMATTING,
    TIDY,
    PAGES,
    LINT,
    UNIT,
    Step {
        name: "journeys",
        description: "journeys in a real browser, in one variant",
        run: StepCommand::Alone(browser::in_one_variant),
    },
];

fn formatting() -> Result<StepResult> {
    shell::run(&mut shell::cargo(["fmt", "--all", "--check"]))
        .context("`cargo fmt --all` mends it")
        .map(|()| StepResult::default())
}

fn pages() -> Result<StepResult> {
    build::pages(Profile::Debug).map(StepResult::from)
}
