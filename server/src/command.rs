//! The command line.

mod doctor;
mod migrate;
mod open;
mod operator;
mod reindex;
mod seed;
mod serve;
mod user;

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, error::ErrorKind};

use crate::{
    config::{Config, ConfigArgs, ConfigError},
    telemetry,
};

/// Inspired: sign up, log in, and be in the studio.
#[derive(Debug, Parser)]
#[command(name = "inspired", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Serve the site; this is also what happens without a command.
    Serve(ConfigArgs),
    /// Bring what is kept into the shape that this version of the program needs.
    Migrate(MigrateArgs),
    /// Check the configuration, the store, the port and the machine.
    Doctor(ConfigArgs),
    /// Load a small catalogue of real, public data to look around in.
    Seed(seed::SeedArgs),
    /// Build the search index anew from what is stored.
    Reindex(ConfigArgs),
    /// Show, disable, enable or delete an account, end its sessions, or let it decide about retailers.
    #[command(subcommand)]
    User(user::UserCommand),
}

#[derive(Debug, clap::Args)]
struct MigrateArgs {
    /// Say what there is to do, and change nothing.
    #[arg(long)]
    plan: bool,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs the program. The exit status is 0, 1 after a failure, or 2 after wrong usage.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return fail_usage(&error),
    };
    let command = cli.command.unwrap_or(Command::Serve(cli.config));
    let done = match command {
        Command::Serve(args) => configured(args, |config| {
            telemetry::start(&config.log);
            serve::serve(config)
        }),
        Command::Doctor(args) => configured(args, |config| doctor::doctor(&config)),
        Command::Migrate(args) if args.plan => {
            configured(args.config, |config| migrate::plan(&config))
        }
        Command::Migrate(args) => configured(args.config, |config| migrate::migrate(&config)),
        Command::Seed(args) => configured(args.config, |config| {
            seed::seed(&config, args.owner.as_deref())
        }),
        Command::Reindex(args) => configured(args, |config| reindex::reindex(&config)),
        Command::User(command) => user::user(command),
    };
    match done {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) if error.is::<ConfigError>() => fail(2, &error.to_string()),
        Ok(Err(error)) => fail(1, &format!("{error:#}")),
        Err(wrong) => fail(2, &wrong.to_string()),
    }
}

/// Runs `work` with the configuration, if that is valid.
fn configured(
    args: ConfigArgs,
    work: impl FnOnce(Config) -> anyhow::Result<()>,
) -> Result<anyhow::Result<()>, ConfigError> {
    Config::try_from(args).map(work)
}

/// Prints a usage error as one line, which suits the log of a service manager best.
fn fail_usage(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return match error.print() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let text = error.to_string();
    let lines = text.lines().map(str::trim);
    let sentence: Vec<_> = lines
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .filter(|line| !line.is_empty())
        .collect();
    fail(2, sentence.join(" ").trim_start_matches("error: "))
}

fn fail(status: u8, sentence: &str) -> ExitCode {
    // If standard error is closed, nothing is left to report that to.
    let _ = writeln!(io::stderr(), "inspired: {sentence}");
    ExitCode::from(status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_may_follow_the_command_or_stand_alone() {
        for args in [
            &["inspired", "--port", "0"][..],
            &["inspired", "serve", "--port", "0"],
            &["inspired", "doctor", "--port", "0"],
            &["inspired", "seed", "--data", "here"],
            &["inspired", "seed", "--owner", "ada@example.org"],
            &["inspired", "reindex", "--data", "here"],
        ] {
            assert!(Cli::try_parse_from(args).is_ok(), "{args:?}");
        }
    }

    #[test]
    fn a_wrong_value_is_told_with_what_is_allowed() {
        let error = Cli::try_parse_from(["inspired", "--session-idle", "soon"]).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("--session-idle"), "{text}");
        assert!(text.contains("soon"), "{text}");
        assert!(text.contains("90s"), "{text}");
    }
}
