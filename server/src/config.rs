//! The configuration: flags, and environment variables of the same names. No other module reads the
//! environment.

pub mod accounts;
mod cargo_leptos;
mod duration;
mod elasticsearch;
mod foreign_hosts;
pub mod http;
pub mod log;
pub mod public_url;
pub mod quotas;
mod secret;
pub mod session;
pub mod store;
pub mod trusted_proxies;

use domain::catalogue::ForeignHosts;
use leptos::config::LeptosOptions;
use thiserror::Error;

use self::{
    accounts::AccountsConfig,
    foreign_hosts::ForeignHostsArgs,
    http::{HttpArgs, HttpConfig},
    log::LogConfig,
    quotas::QuotasConfig,
    session::{SessionArgs, SessionConfig},
    store::{StoreArgs, StoreConfig},
};

/// What was asked for, each value legal by itself.
#[derive(Clone, Debug, clap::Args)]
pub struct ConfigArgs {
    #[command(flatten)]
    http: HttpArgs,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    session: SessionArgs,
    #[command(flatten)]
    accounts: AccountsConfig,
    #[command(flatten)]
    foreign_hosts: ForeignHostsArgs,
    #[command(flatten)]
    quotas: QuotasConfig,
    #[command(flatten)]
    log: LogConfig,
}

/// The checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens, and its public URL.
    pub http: HttpConfig,
    /// The store.
    pub store: StoreConfig,
    /// The lifetime of sessions.
    pub session: SessionConfig,
    /// Sign-up, passwords and rate limits.
    pub accounts: AccountsConfig,
    /// Hosts of players, pictures and direct links.
    pub foreign_hosts: ForeignHosts,
    /// The quotas of an account.
    pub quotas: QuotasConfig,
    /// The log.
    pub log: LogConfig,
    /// The options of `cargo leptos`, if it has started this debug build.
    pub cargo_leptos: Option<LeptosOptions>,
}

/// A usage error: names the option, the value and the allowed values.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl ConfigError {
    pub(crate) fn new(option: &str, value: impl std::fmt::Display, allowed: &str) -> Self {
        Self(format!("invalid value '{value}' for '{option}': {allowed}"))
    }

    /// A usage error that a running server has described.
    pub(crate) fn from_sentence(sentence: String) -> Self {
        Self(sentence)
    }
}

impl TryFrom<ConfigArgs> for Config {
    type Error = ConfigError;

    fn try_from(args: ConfigArgs) -> Result<Self, ConfigError> {
        let http = HttpConfig::try_from(args.http)?;
        args.accounts.check(&http)?;
        Ok(Self {
            foreign_hosts: args.foreign_hosts.with_own(http.public_url.as_ref()),
            store: StoreConfig::new(args.store, http.insecure_http)?,
            http,
            session: SessionConfig::try_from(args.session)?,
            accounts: args.accounts,
            quotas: args.quotas,
            log: args.log,
            cargo_leptos: cargo_leptos::options()?,
        })
    }
}

impl Config {
    /// Parses flags without a program name, for tests and other programs.
    ///
    /// # Errors
    /// A sentence that names the option, the value and what is allowed.
    pub fn from_flags(flags: &[&str]) -> Result<Self, ConfigError> {
        #[derive(clap::Parser)]
        #[command(no_binary_name = true)]
        struct Flags {
            #[command(flatten)]
            config: ConfigArgs,
        }
        let flags: Flags =
            clap::Parser::try_parse_from(flags).map_err(|error| ConfigError(error.to_string()))?;
        Self::try_from(flags.config)
    }

    /// The settings of the domain.
    pub fn settings(&self) -> domain::DomainSettings {
        domain::DomainSettings {
            sessions: self.session.limits,
            password: types::PasswordPolicy {
                min: self.accounts.password_min,
            },
            signup: self.accounts.signup,
            limits: self.accounts.limits,
            hosts: self.foreign_hosts.clone(),
            quotas: (&self.quotas).into(),
            ..domain::DomainSettings::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(flags: &[&str]) -> String {
        Config::from_flags(flags).unwrap_err().to_string()
    }

    #[test]
    fn the_defaults_are_those_of_the_contract() {
        let config = Config::from_flags(&[]).unwrap();
        assert_eq!(config.http.host.to_string(), "127.0.0.1");
        assert_eq!(config.http.port, 3000);
        assert_eq!(config.store.data.to_str(), Some("./data"));
        assert_eq!(
            config.session.limits,
            domain::sessions::SessionLimits::default()
        );
        assert_eq!(config.accounts.password_min, 12);
        let quotas = domain::catalogue::Quotas::default();
        assert_eq!(config.settings().quotas, quotas);
    }

    #[test]
    fn a_public_url_without_encryption_needs_a_word() {
        let url = ["--public-url", "http://example.org"];
        assert!(refusal(&url).contains("--insecure-http"));
        let config = Config::from_flags(&[url[0], url[1], "--insecure-http"]);
        assert!(config.is_ok());
        assert!(Config::from_flags(&["--public-url", "https://example.org"]).is_ok());
        assert!(Config::from_flags(&["--public-url", "http://localhost:8080"]).is_ok());
    }

    #[test]
    fn limits_are_off_only_where_nobody_else_can_reach() {
        assert!(Config::from_flags(&["--limits", "off"]).is_ok());
        assert!(refusal(&["--limits", "off", "--host", "0.0.0.0"]).contains("--limits"));
        let url = "https://example.org";
        assert!(refusal(&["--limits", "off", "--public-url", url]).contains("--limits"));
    }

    #[test]
    fn sessions_cannot_be_idle_for_longer_than_they_last() {
        let sentence = refusal(&["--session-idle", "3h", "--session-max", "2h"]);
        assert!(sentence.contains("--session-idle"), "{sentence}");
        assert!(sentence.contains("2h"), "{sentence}");
        assert!(refusal(&["--session-remember", "1h"]).contains("--session-remember"));
    }

    #[test]
    fn values_out_of_range_are_refused() {
        for flags in [
            ["--port", "70000"],
            ["--host", "example.org"],
            ["--password-min", "7"],
            ["--password-min", "300"],
            ["--signup", "verified"],
            ["--limits", "none"],
            ["--account-artists", "0"],
            ["--artist-mib", "0"],
            ["--log-format", "xml"],
            ["--log", "=="],
            ["--log-source", "user"],
            ["--session-idle", "0s"],
            ["--session-max", "9999d"],
            ["--trusted-proxy", "proxy.example"],
            ["--trusted-proxy", "0.0.0.0/0"],
        ] {
            let sentence = refusal(&flags);
            assert!(sentence.contains(flags[0]), "{sentence}");
            assert!(sentence.contains(flags[1]), "{sentence}");
        }
    }
}
