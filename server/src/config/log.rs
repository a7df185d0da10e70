//! Options of the log.

use tracing_subscriber::EnvFilter;

/// What is logged.
#[derive(Clone, Debug, clap::Args)]
pub struct LogConfig {
    /// How much is logged: error, warn, info, debug or trace, or directives such as info,server=debug.
    #[arg(id = "log", long, value_name = "FILTER", env = "INSPIRED_LOG", default_value = "info", value_parser = parse_filter)]
    pub filter: String,
    /// How a line is written: text or json.
    #[arg(long, env = "INSPIRED_LOG_FORMAT", default_value = "text", value_parser = parse_format)]
    pub log_format: LogFormat,
    /// How a line names the source of a request: address, hash (the same source has the same name) or none.
    #[arg(long, env = "INSPIRED_LOG_SOURCE", default_value = "address", value_parser = parse_source)]
    pub log_source: LogSource,
}

/// How a log line names the source of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogSource {
    /// By its IP address; an IPv6 address by its /64 network.
    Address,
    /// By a keyed hash of that.
    Hash,
    /// Not at all.
    None,
}

/// The format of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object per line.
    Json,
}

fn parse_filter(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) if !text.is_empty() => Ok(text.to_owned()),
        Ok(_) | Err(_) => Err("allowed is off, error, warn, info, debug or trace, \
                               or directives such as info,server=debug"
            .to_owned()),
    }
}

fn parse_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("allowed is text or json".to_owned()),
    }
}

fn parse_source(text: &str) -> Result<LogSource, String> {
    match text {
        "address" => Ok(LogSource::Address),
        "hash" => Ok(LogSource::Hash),
        "none" => Ok(LogSource::None),
        _ => Err("allowed is address, hash or none".to_owned()),
    }
}
