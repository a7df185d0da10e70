//! The command line.

mod doctor;
mod open;
mod serve;

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, error::ErrorKind};

use crate::{
    config::{Config, ConfigArgs},
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
    /// Check the configuration, the store, the port and the machine.
    Doctor(ConfigArgs),
}

/// Runs the program. The status is 0, 1 when it failed, or 2 when it was used wrongly.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return explain(&error),
    };
    let command = cli.command.unwrap_or(Command::Serve(cli.config));
    let is_doctor = matches!(command, Command::Doctor(_));
    let (Command::Serve(args) | Command::Doctor(args)) = command;
    let config = match Config::try_from(args) {
        Ok(config) => config,
        Err(wrong) => return fail(2, &wrong.to_string()),
    };
    let done = if is_doctor {
        doctor::doctor(&config)
    } else {
        telemetry::start(&config.log);
        serve::serve(config)
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, &format!("{error:#}")),
    }
}

/// Says what is wrong in one line, which is what a service manager's log shows best.
fn explain(error: &clap::Error) -> ExitCode {
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
    // There is nowhere left to report that standard error is closed.
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
