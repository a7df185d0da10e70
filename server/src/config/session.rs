//! Options of sessions.

use domain::sessions::SessionLimits;
use time::Duration;

use super::{ConfigError, duration};

/// What was asked for.
#[derive(Clone, Debug, clap::Args)]
pub struct SessionArgs {
    /// Unused for so long, a session ends.
    #[arg(long, env = "INSPIRED_SESSION_IDLE", default_value = "2h", value_parser = duration::parse)]
    session_idle: Duration,
    /// So old, a session ends however much it is used.
    #[arg(long, env = "INSPIRED_SESSION_MAX", default_value = "24h", value_parser = duration::parse)]
    session_max: Duration,
    /// So old, a session of a person who asked to be kept logged in ends; unused, it ends after 14
    /// days at the latest.
    #[arg(long, env = "INSPIRED_SESSION_REMEMBER", default_value = "30d", value_parser = duration::parse)]
    session_remember: Duration,
}

/// The checked options.
#[derive(Clone, Copy, Debug)]
pub struct SessionConfig {
    /// The limits as the domain takes them.
    pub limits: SessionLimits,
}

impl TryFrom<SessionArgs> for SessionConfig {
    type Error = ConfigError;

    fn try_from(args: SessionArgs) -> Result<Self, ConfigError> {
        let (idle, max, remember) = (args.session_idle, args.session_max, args.session_remember);
        if idle > max {
            let allowed = format!("allowed is at most --session-max, {}", duration::show(max));
            return Err(ConfigError::new(
                "--session-idle",
                duration::show(idle),
                &allowed,
            ));
        }
        if remember < max {
            let allowed = format!("allowed is at least --session-max, {}", duration::show(max));
            return Err(ConfigError::new(
                "--session-remember",
                duration::show(remember),
                &allowed,
            ));
        }
        Ok(Self {
            limits: SessionLimits {
                idle,
                max,
                remember,
                remember_idle: remember.min(SessionLimits::default().remember_idle.max(idle)),
            },
        })
    }
}
