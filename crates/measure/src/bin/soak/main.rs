//! `soak`: what must hold for long, under force, or in numbers that a test has no time for.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for the terminal talks to the terminal"
)]

mod aborted_pages;
mod catalogue;
mod disk;
mod elasticsearch;
mod kill;
mod ledger;
mod load;
mod million_accounts;
mod mix;
mod one_address;
mod one_source;
mod slow;
mod spellings;
mod timing;
mod volume;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use cluster::Installation;
use measure::{
    claim_result::ClaimResult,
    elasticsearch::{ElasticsearchArgs, Store},
    report::Report,
};
use tempfile::TempDir;

/// Soaks the program `inspired`.
#[derive(Debug, Parser)]
struct Arguments {
    /// The program, built for release.
    #[arg(long, default_value = "target/release/inspired")]
    program: PathBuf,
    /// Where the report is written.
    #[arg(long, default_value = "target/soak")]
    out: PathBuf,
    /// Check these only.
    #[arg(long, value_name = "CHECK", num_args = 1..)]
    only: Vec<String>,
    /// The seed of everything that is left to chance.
    #[arg(long, default_value_t = 3)]
    seed: u64,
    /// Logins of each kind whose times are compared.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(600..))]
    samples: u32,
    /// Number of kills of the server.
    #[arg(long, default_value_t = 30)]
    kills: u32,
    /// Minutes of the mix of reads and logins.
    #[arg(long, default_value_t = 2)]
    minutes: u64,
    /// The many accounts.
    #[arg(long, default_value_t = 1_000_000)]
    accounts: usize,
    /// Pages whose client closes the connection.
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..))]
    pages: u32,
    #[command(flatten)]
    elasticsearch: ElasticsearchArgs,
}

/// The context of every check.
#[derive(Debug)]
struct Soak {
    program: PathBuf,
    folder: TempDir,
    seed: u64,
    samples: u32,
    kills: u32,
    minutes: u64,
    accounts: usize,
    pages: u32,
    home: Option<Installation>,
}

type Check = (&'static str, Store, fn(&Soak) -> Result<Vec<ClaimResult>>);

const CHECKS: [Check; 16] = [
    ("timing", Store::Embedded, timing::check),
    ("kill", Store::Embedded, kill::check),
    ("catalogue", Store::Embedded, catalogue::check_embedded),
    ("disk", Store::Embedded, disk::check),
    ("one-address", Store::Embedded, one_address::check),
    ("one-source", Store::Embedded, one_source::check_embedded),
    ("mix", Store::Embedded, mix::check),
    ("slow", Store::Embedded, slow::check),
    ("aborted-pages", Store::Embedded, aborted_pages::check),
    ("many", Store::Embedded, million_accounts::check),
    (
        "one-source",
        Store::Elasticsearch,
        one_source::check_elasticsearch,
    ),
    (
        "two-processes",
        Store::Elasticsearch,
        elasticsearch::two_processes::check,
    ),
    (
        "killed-process",
        Store::Elasticsearch,
        elasticsearch::killed_process::check,
    ),
    (
        "elasticsearch-catalogue",
        Store::Elasticsearch,
        catalogue::check_elasticsearch,
    ),
    (
        "node-killed",
        Store::Elasticsearch,
        elasticsearch::node_killed::check,
    ),
    (
        "three-nodes",
        Store::Elasticsearch,
        elasticsearch::three_nodes::check,
    ),
];

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all checks; returns true if everything held.
fn run(arguments: Arguments) -> Result<bool> {
    let home = arguments.elasticsearch.home()?;
    check_names(&arguments.only, home.as_ref())?;
    let mut report = Report::new("soak", arguments.seed);
    let soak = Soak {
        program: arguments
            .program
            .canonicalize()
            .context("the program is not built")?,
        folder: tempfile::tempdir()?,
        seed: arguments.seed,
        samples: arguments.samples,
        kills: arguments.kills,
        minutes: arguments.minutes,
        accounts: arguments.accounts,
        pages: arguments.pages,
        home,
    };
    for (name, store, check) in CHECKS {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|only| only == name) {
            continue;
        }
        if let Some(reason) = store.absence(soak.home.as_ref()) {
            report.extend([ClaimResult::not_run(name, reason)]);
            continue;
        }
        println!("checking {name}");
        let rows = check(&soak);
        let rows = rows.unwrap_or_else(|error| vec![ClaimResult::failed(name, &error)]);
        rows.iter().for_each(|row| println!("{}", row.line()));
        report.extend(rows);
    }
    println!("\n{}", report.text());
    println!("written to {}", report.write(&arguments.out)?.display());
    Ok(report.is_met())
}

/// Checks that the named checks exist and can run here.
fn check_names(only: &[String], home: Option<&Installation>) -> Result<()> {
    for name in only {
        let Some((_, store, _)) = CHECKS.iter().find(|(check, ..)| check == name) else {
            bail!(
                "no check `{name}`; there are {:?}",
                CHECKS.map(|(check, ..)| check)
            );
        };
        if let Some(reason) = store.absence(home) {
            bail!("`{name}` cannot be checked: {reason}");
        }
    }
    Ok(())
}

impl Soak {
    /// The Elasticsearch for checks that need one.
    fn home(&self) -> Result<&Installation> {
        self.home.as_ref().context("there is no Elasticsearch")
    }

    /// A data folder for one server.
    fn data(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A client that uses one thread.
fn runtime() -> Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder
        .enable_all()
        .build()
        .context("the runtime cannot be started")
}
