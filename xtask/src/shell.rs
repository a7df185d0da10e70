//! Runs other programs.

use std::ffi::OsStr;
use std::io::{self, Read, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{environment, paths};

/// A Cargo command in the root of the repository.
///
/// `cargo run`, which started this program, describes this package in environment variables. Build
/// scripts that depend on them (such as that of `ring`) would run again, and everything that
/// depends on those would be compiled again, whenever Cargo is called alternately from here and
/// from a shell. So the variables are removed.
pub(crate) fn cargo<I>(arguments: I) -> Command
where
    I: IntoIterator,
    I::Item: AsRef<OsStr>,
{
    let mut command = Command::new(environment::cargo());
    command.current_dir(paths::top()).args(arguments);
    for name in environment::set_by_cargo_run() {
        command.env_remove(name);
    }
    command
}

/// Runs a command with its output on the terminal; fails if it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot run `{}`", describe(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs a command with its output on the terminal, and passes each line of its standard output to
/// `see`; fails if it fails.
pub(crate) fn run_and_see(command: &mut Command, see: impl FnMut(&str)) -> Result<()> {
    run_piped(command, Echo::Terminal, see)
}

/// Runs a command and passes each line of its standard output to `read`; fails if it fails.
pub(crate) fn run_and_read(command: &mut Command, read: impl FnMut(&str)) -> Result<()> {
    run_piped(command, Echo::Nowhere, read)
}

/// Where the standard output of a program is copied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Echo {
    Terminal,
    Nowhere,
}

fn run_piped(command: &mut Command, echo: Echo, see: impl FnMut(&str)) -> Result<()> {
    let mut program = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run `{}`", describe(command)))?;
    let output = program.stdout.take().context("the output is not piped")?;
    let read = split_lines(output, echo, see);
    let status = program.wait()?;
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    read.with_context(|| format!("cannot pass on the output of `{}`", describe(command)))
}

/// Copies bytes as they arrive, because a test runner shows its progress within a line.
fn split_lines(mut output: impl Read, echo: Echo, mut see: impl FnMut(&str)) -> io::Result<()> {
    let mut buffer = [0; 16_384];
    let mut pending = Vec::new();
    loop {
        let count = match output.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let bytes = &buffer[..count];
        if echo == Echo::Terminal {
            let mut terminal = io::stdout().lock();
            terminal.write_all(bytes)?;
            terminal.flush()?;
        }
        pending.extend_from_slice(bytes);
        while let Some(end) = pending.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = pending.drain(..=end).collect();
            see(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
        }
        if count == 0 {
            if !pending.is_empty() {
                see(&String::from_utf8_lossy(&pending));
            }
            return Ok(());
        }
    }
}

/// Runs a command and returns its standard output; fails if it fails.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run `{}`", describe(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", describe(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` did not answer with text", describe(command)))
}

/// The command line for a message.
fn describe(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let mut line = program.file_name().unwrap_or_default().to_owned();
    for argument in command.get_args() {
        line.push(" ");
        line.push(argument);
    }
    line.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Echo, split_lines};

    #[test]
    fn output_is_seen_line_by_line_and_the_last_needs_no_end() {
        let mut lines = Vec::new();
        let output = "one\r\ntwo\n\nthree".as_bytes();
        split_lines(output, Echo::Nowhere, |line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines, ["one", "two", "", "three"]);
    }
}
