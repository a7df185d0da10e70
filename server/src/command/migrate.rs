//! `inspired migrate`

use std::io::{self, Write};

use anyhow::Context;
use async_trait::async_trait;
use domain::migrations::{
    ChangeKind, Migrate, Migration, MigrationObserver, MigrationOutcome, MigrationStep, Plan,
    Registry, StoreState,
};
use store::{elasticsearch, embedded};
use tokio::runtime;

use crate::config::{Config, store::StoreConfig};

/// Prints the migrations that are pending.
pub(super) fn plan(config: &Config) -> anyhow::Result<()> {
    let (migrator, registry) = (migrator(&config.store), Registry::of_program());
    let standing = run(migrator.store_state(&registry))??;
    let latest = registry.latest();
    match standing {
        StoreState::Nothing => say(&format!(
            "nothing is kept yet; serve makes it at data version {latest}"
        )),
        StoreState::Empty(at) | StoreState::Filled(at) if at == latest => {
            say(&format!("data version {at}; nothing to do"))
        }
        StoreState::Empty(at) | StoreState::Filled(at) => describe(&registry.plan(at)?),
    }
}

/// Runs the pending migrations and prints their progress.
pub(super) fn migrate(config: &Config) -> anyhow::Result<()> {
    let (migrator, registry) = (migrator(&config.store), Registry::of_program());
    match run(migrator.migrate(&registry, &TerminalProgress))?? {
        MigrationOutcome::Nothing => say("nothing is kept yet, so there is nothing to do"),
        MigrationOutcome::Already(at) => say(&format!("data version {at}; nothing to do")),
        MigrationOutcome::Migrated(from, to) => {
            say(&format!("done: from data version {from} to {to}"))
        }
    }
}

/// The migrator of the configured store.
pub(super) fn migrator(store: &StoreConfig) -> Box<dyn Migrate> {
    match &store.elasticsearch {
        Some(settings) => Box::new(elasticsearch::ElasticsearchMigrator::new(settings.clone())),
        None => Box::new(embedded::EmbeddedMigrator::new(&store.data)),
    }
}

fn run<T>(done: impl Future<Output = T>) -> anyhow::Result<T> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("the runtime cannot be started")?;
    Ok(runtime.block_on(done))
}

fn describe(plan: &Plan) -> anyhow::Result<()> {
    say(&format!(
        "data version {}; this program needs {}:",
        plan.from, plan.to
    ))?;
    for migration in &plan.migrations {
        say(&text_of(migration))?;
    }
    say("take a copy of what is kept first: there is no way back")
}

fn text_of(migration: &Migration) -> String {
    let changes = migration.changes.iter().map(|change| {
        let name = change.collection;
        match change.kind {
            ChangeKind::Added => format!("\n     {name}: new"),
            ChangeKind::Removed => format!("\n     {name}: removed with all that is in it"),
            ChangeKind::Relisted => format!("\n     {name}: listed by other fields"),
            ChangeKind::Renamed(_) => format!("\n     {name}: documents get other ids"),
            ChangeKind::Rewritten(_) => format!("\n     {name}: every document is changed"),
        }
    });
    let changes: String = changes.collect();
    format!("{:>4} {}{changes}", migration.number, migration.name)
}

fn say(line: &str) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{line}")?;
    Ok(())
}

/// Prints the progress of a migration on the terminal.
struct TerminalProgress;

#[async_trait]
impl MigrationObserver for TerminalProgress {
    async fn step(&self, step: MigrationStep) {
        // A closed terminal is no reason to stop in the middle of a migration.
        let _ = say(&step.to_string());
    }
}
