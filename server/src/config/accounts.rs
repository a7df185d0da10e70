//! Options of sign-up, passwords and rate limits.

use domain::LimitsMode;
use types::{PasswordPolicy, SignupMode};

use super::{ConfigError, http::HttpConfig};

/// Minimum length that the operator can set; NIST SP 800-63B-4 (3.1.1.2) forbids less.
const LEAST: u16 = 8;

/// Who may sign up, and how.
#[derive(Clone, Debug, clap::Args)]
pub struct AccountsConfig {
    /// The fewest code points of a password.
    #[arg(long, env = "INSPIRED_PASSWORD_MIN", default_value = "12", value_parser = parse_min)]
    pub password_min: u16,
    /// Whether people can sign up: open or closed.
    #[arg(long, env = "INSPIRED_SIGNUP", default_value = "open", value_parser = parse_signup)]
    pub signup: SignupMode,
    /// Whether failed attempts are limited: standard, or off for load tests on this machine.
    #[arg(long, env = "INSPIRED_LIMITS", default_value = "standard", value_parser = parse_limits)]
    pub limits: LimitsMode,
}

impl AccountsConfig {
    pub(super) fn check(&self, http: &HttpConfig) -> Result<(), ConfigError> {
        if self.limits == LimitsMode::Off && !http.is_only_loopback() {
            return Err(ConfigError::new(
                "--limits",
                "off",
                "allowed is standard; off only with --host and --public-url on this machine",
            ));
        }
        Ok(())
    }
}

fn parse_signup(text: &str) -> Result<SignupMode, String> {
    match text {
        "open" => Ok(SignupMode::Open),
        "closed" => Ok(SignupMode::Closed),
        _ => Err("allowed is open or closed".to_owned()),
    }
}

fn parse_limits(text: &str) -> Result<LimitsMode, String> {
    match text {
        "standard" => Ok(LimitsMode::Standard),
        "off" => Ok(LimitsMode::Off),
        _ => Err("allowed is standard or off".to_owned()),
    }
}

fn parse_min(text: &str) -> Result<u16, String> {
    let most = PasswordPolicy::MAX;
    let read = text.parse().ok();
    read.filter(|min| (LEAST..=most).contains(min))
        .ok_or_else(|| format!("allowed is a number from {LEAST} to {most}"))
}
