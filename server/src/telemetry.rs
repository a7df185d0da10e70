//! The log.

use std::{
    io::{self, Write},
    panic,
};

use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

use crate::config::log::{LogConfig, LogFormat};

/// Targets that are not logged: the events of tower-sessions repeat log lines of this server, report
/// every expired cookie as suspicious, and contain texts of store errors.
const QUIET: [&str; 2] = ["tower_sessions=off", "tower_sessions_core=off"];

/// Starts logging to standard error. A second call changes nothing.
pub(crate) fn start(log: &LogConfig) {
    let mut filter = EnvFilter::new(&log.filter);
    for directive in QUIET {
        if let Ok(directive) = directive.parse() {
            filter = filter.add_directive(directive);
        }
    }
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(PlainStderr);
    // Only a second call can fail.
    let _ = match log.log_format {
        LogFormat::Text => lines.with_target(false).try_init(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .try_init(),
    };
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let message = info.payload_as_str().unwrap_or("no message");
        tracing::error!(place, message = ?message, "panicked");
    }));
}

/// Standard error with escaped control characters: text from outside must not start a log line of its
/// own or send commands to a terminal (CWE-117).
#[derive(Clone, Copy, Debug)]
struct PlainStderr;

impl<'a> MakeWriter<'a> for PlainStderr {
    type Writer = PlainLine;

    fn make_writer(&'a self) -> PlainLine {
        PlainLine
    }
}

/// The writer of one line: `tracing-subscriber` writes a whole event at once.
#[derive(Debug)]
struct PlainLine;

impl Write for PlainLine {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // A closed log is ignored: the subscriber would report the failure to the same closed pipe, and
        // panic.
        let _ = io::stderr().lock().write_all(&escape(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = io::stderr().flush();
        Ok(())
    }
}

fn escape(line: &[u8]) -> Vec<u8> {
    let (text, end) = match line.split_last() {
        Some((b'\n', text)) => (text, &b"\n"[..]),
        _ => (line, &b""[..]),
    };
    let mut escaped = Vec::with_capacity(line.len());
    for c in String::from_utf8_lossy(text).chars() {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            escaped.extend_from_slice(c.escape_default().to_string().as_bytes());
        } else {
            escaped.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    escaped.extend_from_slice(end);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_line_whatever_is_in_it() {
        assert_eq!(
            escape(b"a\nb\r\x1b[31m\x07 c\n"),
            b"a\\nb\\r\\u{1b}[31m\\u{7} c\n"
        );
        assert_eq!(
            escape("\u{85}\u{2028}é\n".as_bytes()),
            "\\u{85}\\u{2028}é\n".as_bytes()
        );
    }
}
