//! `bench`: the speed of the program, as ratios measured side by side in one run.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command for the terminal talks to the terminal"
)]

mod catalogue;
mod elasticsearch;
mod films;
mod hello;
mod latencies;
mod logins;
mod memory;
mod page_files;
mod quantiles;
mod raw_hashes;
mod reads;
mod start;
mod tail;
mod weighed_page;
mod weight;

use std::{path::PathBuf, process::ExitCode, thread, time::Duration};

use anyhow::{Context as _, Result, bail};
use clap::{Parser, Subcommand};
use cluster::Installation;
use measure::{
    claim_result::{ClaimResult, Verdict},
    elasticsearch::{ElasticsearchArgs, Store},
    machine::{self, ForeignLoad},
    report::Report,
    stopwatch::Stopwatch,
};
use tempfile::TempDir;

/// Measures the program `inspired`.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The program, built for release.
    #[arg(long, default_value = "target/release/inspired")]
    program: PathBuf,
    /// Where the report is written.
    #[arg(long, default_value = "target/bench")]
    out: PathBuf,
    /// Measure these claims only.
    #[arg(long, value_name = "CLAIM", num_args = 1..)]
    only: Vec<String>,
    /// Number of pairs of A and B.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(5..))]
    pairs: u32,
    /// The seed of everything that is left to chance.
    #[arg(long, default_value_t = 3)]
    seed: u64,
    /// Maximum number of seconds to wait for a quiet machine, at the start and before each claim.
    #[arg(long, default_value_t = 180)]
    patience: u64,
    /// Maximum number of measurements of a claim that others disturb.
    #[arg(long, default_value_t = 2)]
    tries: u32,
    /// Measure on a busy machine too; the run is invalid then.
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    elasticsearch: ElasticsearchArgs,
    /// A script that serves the Flask peer on a port, with the address of Elasticsearch in
    /// `ELASTICSEARCH_URL`; benchmarks do without.
    #[arg(long, value_name = "SCRIPT")]
    flask_peer: Option<PathBuf>,
    /// `movies.db` of the Python package bokeh-sampledata, 2026.1 or newer: the films that the
    /// catalogue is measured with; without it, that is left out.
    #[arg(long, value_name = "FILE")]
    films: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The server that ours is compared with: nothing but axum.
    Hello {
        /// The port to listen on.
        #[arg(long)]
        port: u16,
    },
}

/// The context of every claim.
#[derive(Debug)]
struct Bench {
    program: PathBuf,
    folder: TempDir,
    pairs: u32,
    seed: u64,
    home: Option<Installation>,
    flask_peer: Option<PathBuf>,
    films: Option<PathBuf>,
}

type Claim = (&'static str, Store, fn(&Bench) -> Result<Vec<ClaimResult>>);

const CLAIMS: [Claim; 11] = [
    ("start", Store::Embedded, start::measure),
    ("weight", Store::Embedded, weight::measure),
    ("reads", Store::Embedded, reads::measure),
    ("tail", Store::Embedded, tail::measure),
    ("logins", Store::Embedded, logins::measure),
    ("latencies", Store::Embedded, latencies::measure),
    ("memory", Store::Embedded, memory::measure),
    ("catalogue", Store::Embedded, catalogue::measure),
    (
        "elasticsearch-catalogue",
        Store::Elasticsearch,
        catalogue::measure_on_elasticsearch,
    ),
    (
        "elasticsearch-reads",
        Store::Elasticsearch,
        elasticsearch::reads::measure,
    ),
    (
        "elasticsearch-logins",
        Store::Elasticsearch,
        elasticsearch::logins::measure,
    ),
];

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Some(Command::Hello { port }) => hello::serve(port).map(|()| true),
        None => run(arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures all claims; returns true if the run is valid. A missed aim is a valid result.
fn run(arguments: Arguments) -> Result<bool> {
    let home = arguments.elasticsearch.home()?;
    check_names(&arguments.only, home.as_ref())?;
    let mut report = Report::new("bench", arguments.seed);
    if let Err(error) = wait_for_silence(Duration::from_secs(arguments.patience)) {
        if !arguments.anyway {
            return Err(error);
        }
        report.extend([ClaimResult::failed("a quiet machine", &error)]);
    }
    for claim in CLAIMS {
        if arguments.only.is_empty() || arguments.only.iter().any(|name| name == claim.0) {
            let rows = match claim.1.absence(home.as_ref()) {
                None => measure(claim, &arguments, home.as_ref())?,
                Some(reason) => vec![ClaimResult::not_run(claim.0, reason)],
            };
            rows.iter().for_each(|row| println!("{}", row.line()));
            report.extend(rows);
        }
    }
    println!("\n{}", report.text());
    let place = report.write(&arguments.out)?;
    println!("written to {}", place.display());
    if !report.is_valid() {
        eprintln!("this run is invalid: nothing may be concluded from it");
    }
    Ok(report.is_valid())
}

/// Checks that the named claims exist and can be measured here.
fn check_names(only: &[String], home: Option<&Installation>) -> Result<()> {
    for name in only {
        let Some((_, store, _)) = CLAIMS.iter().find(|(claim, ..)| claim == name) else {
            bail!(
                "no claim `{name}`; there are {:?}",
                CLAIMS.map(|(claim, ..)| claim)
            );
        };
        if let Some(reason) = store.absence(home) {
            bail!("`{name}` cannot be measured: {reason}");
        }
    }
    Ok(())
}

/// Measures a claim, again if other processes disturbed it. Whether that is repeated does not
/// depend on whether the aim was reached, so it favours no result.
fn measure(
    (claim, _, measure): Claim,
    arguments: &Arguments,
    home: Option<&Installation>,
) -> Result<Vec<ClaimResult>> {
    let mut tries = 0;
    loop {
        wait_for_others(Duration::from_secs(arguments.patience))?;
        println!("measuring {claim}");
        let rows = measure(&Bench::new(arguments, home)?);
        let rows = rows.unwrap_or_else(|error| vec![ClaimResult::failed(claim, &error)]);
        tries += 1;
        let is_invalid = |row: &ClaimResult| matches!(row.verdict(), Verdict::Invalid(_));
        if tries >= arguments.tries || !rows.iter().any(is_invalid) {
            return Ok(rows);
        }
        println!("measuring {claim} was disturbed");
    }
}

/// Waits until other processes leave the machine alone; if they do not, the measurement is
/// invalid.
fn wait_for_others(patience: Duration) -> Result<()> {
    let watch = Stopwatch::start();
    while watch.elapsed() < patience {
        let witness = ForeignLoad::begin(&[])?;
        thread::sleep(Duration::from_secs(2));
        if witness.foreign()? <= machine::MOST_FOREIGN {
            break;
        }
    }
    Ok(())
}

/// Waits until the load has fallen after the build.
fn wait_for_silence(patience: Duration) -> Result<()> {
    let watch = Stopwatch::start();
    loop {
        let load = machine::load()?;
        if load <= machine::MOST_LOAD {
            return Ok(());
        }
        if watch.elapsed() >= patience {
            let most = machine::MOST_LOAD;
            bail!("the load average is {load:.2} and must not be over {most} at the start");
        }
        println!("waiting: the load average is {load:.2}");
        thread::sleep(Duration::from_secs(15).min(patience));
    }
}

impl Bench {
    fn new(arguments: &Arguments, home: Option<&Installation>) -> Result<Self> {
        let program = arguments.program.canonicalize();
        Ok(Self {
            program: program.context("the program is not built")?,
            folder: tempfile::tempdir()?,
            pairs: arguments.pairs,
            seed: arguments.seed,
            home: home.cloned(),
            flask_peer: elasticsearch::flask_peer::find(arguments.flask_peer.as_deref())?,
            films: arguments.films.clone(),
        })
    }

    /// The Elasticsearch for claims that need one.
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
