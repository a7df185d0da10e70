//! Everything that a developer runs: build, serve, test, tidy.
//!
//! Each command is a function in a file of its own; what they share is named by a noun: `wasm`,
//! `style`, `site`, `npm`, `chromium`, `elasticsearch`, `cache`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for the terminal talks to the terminal"
)]

mod assets;
mod bench;
mod build;
mod cache;
mod chromium;
mod compile;
mod compression;
mod debian;
mod digest;
mod elasticsearch;
mod environment;
mod folder;
mod migration;
mod npm;
mod paths;
mod report;
mod serve;
mod shared_servers;
mod shell;
mod signals;
mod site;
mod soak;
mod steps;
mod style;
mod test;
mod tidy;
mod wasm;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, serves and checks Inspired.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the pages and the program `inspired`, which holds the pages in itself.
    Build {
        /// Small, fast and compressed, as it is shipped.
        #[arg(long)]
        release: bool,
    },
    /// Builds, then runs `inspired serve`.
    Serve {
        /// Build it as it is shipped.
        #[arg(long)]
        release: bool,
        /// Start an Elasticsearch before it, got where there is none, and keep accounts there.
        #[arg(long)]
        elasticsearch: bool,
        /// Build again when a source is saved, and restart the server when the build succeeded.
        #[arg(long)]
        watch: bool,
        /// Passed on to `inspired serve`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Checks what an edit most often breaks; run it before each commit.
    Check,
    /// Checks everything that an edit can break.
    Test {
        /// Run these steps only.
        #[arg(long, value_name = "STEP", num_args = 1..)]
        only: Vec<String>,
        /// Say which steps there are.
        #[arg(long)]
        list: bool,
    },
    /// Measures the speed of the program as it is shipped.
    Bench {
        /// Measure pages in a browser, and nothing else.
        #[arg(long, conflicts_with = "arguments")]
        browser: bool,
        /// Passed on to `bench`; `--help` says which there are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Checks what takes too long for a test, and reports.
    Soak {
        /// Passed on to `soak`; `--help` says which there are.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Drafts the migration for a changed schema of the stored documents.
    Migration {
        /// What it is about, in a few words; quoted.
        name: String,
    },
    /// Checks the rules of the workspace that no compiler knows.
    Tidy,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Build { release } => build::run(build::Profile::of(release)).map(drop),
        Command::Serve {
            release,
            elasticsearch,
            watch,
            arguments,
        } => {
            let serve = match (elasticsearch, watch) {
                (false, false) => serve::run,
                (true, false) => serve::run_with_elasticsearch,
                (false, true) => serve::watch,
                (true, true) => serve::watch_with_elasticsearch,
            };
            serve(build::Profile::of(release), &arguments)
        }
        Command::Check => test::run(steps::CHECK, &[]),
        Command::Test { list: true, .. } => test::list(),
        Command::Test { only, .. } => test::run(steps::TEST, &only),
        Command::Bench { browser: true, .. } => steps::browser::measure(),
        Command::Bench { arguments, .. } => bench::run(&arguments),
        Command::Soak { arguments } => soak::run(&arguments),
        Command::Migration { name } => migration::run(&name),
        Command::Tidy => tidy::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
