//! The servers of a test run, which start in the background.

use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use anyhow::{Context as _, Result, anyhow};

use super::{ElasticsearchServer, PASSWORD, ServerSource};
use crate::report::seconds;

/// A server without security and one with it; stopped when this is dropped.
#[derive(Debug)]
pub(crate) struct Servers {
    plain: ElasticsearchServer,
    secured: Option<ElasticsearchServer>,
}

/// Servers that are starting.
///
/// If the run ends before they are ready, the processes end with this one.
#[derive(Debug)]
pub(crate) struct StartingServers(JoinHandle<Result<Servers>>);

impl StartingServers {
    /// Starts the servers in the background.
    pub(crate) fn begin() -> Self {
        Self(thread::spawn(Servers::start))
    }

    /// Waits until they are ready.
    pub(crate) fn wait(self) -> Result<Servers> {
        let servers = self.0.join();
        servers.map_err(|_| anyhow!("the start of Elasticsearch has panicked"))?
    }
}

impl Servers {
    fn start() -> Result<Self> {
        let source = ServerSource::find()?;
        let start = Instant::now();
        let mut servers = Self {
            plain: source.plain()?,
            secured: source.secured()?,
        };
        servers.plain.wait_until_ready()?;
        if let Some(secured) = &mut servers.secured {
            secured.wait_until_ready()?;
        }
        let took = seconds(start.elapsed());
        println!(
            "Elasticsearch is ready at {} after {took}",
            servers.plain.url()
        );
        Ok(servers)
    }

    /// Sets the URL of the server without security for the program.
    pub(crate) fn serve(&self, command: &mut Command) {
        command.env("INSPIRED_ELASTICSEARCH", self.plain.url());
    }

    /// Modules of tests whose server is missing.
    pub(crate) fn untested(&self) -> &'static [&'static str] {
        if self.secured.is_some() {
            return &[];
        }
        println!("ELASTICSEARCH_URL names one server: nothing is tested with TLS and a password");
        &["access::", "secrets::"]
    }

    /// Sets the addresses of both servers for the tests.
    pub(crate) fn test(&self, command: &mut Command) -> Result<()> {
        command.env("INSPIRED_TEST_ELASTICSEARCH", self.plain.url());
        if !matches!(self.plain, ElasticsearchServer::Named(_)) {
            command.env("INSPIRED_TEST_REUSE_INDICES", "1");
        }
        let Some(secured) = &self.secured else {
            return Ok(());
        };
        command.env("INSPIRED_TEST_SECURED_ELASTICSEARCH", secured.url());
        command.env("INSPIRED_TEST_SECURED_PASSWORD", PASSWORD);
        let ca = secured.ca();
        let ca = ca.context("the server with security has no certificate of an authority")?;
        command.env("INSPIRED_TEST_SECURED_CA", ca);
        Ok(())
    }
}
