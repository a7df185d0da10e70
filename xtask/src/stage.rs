//! The shared resources of a test run: the servers, started once if a step needs them.

use anyhow::{Context as _, Result};

use crate::elasticsearch::{Servers, Starting};
use crate::steps::{Done, Run, Step};

/// The shared resources.
#[derive(Debug)]
pub(crate) struct Stage {
    starting: Option<Starting>,
    servers: Option<Servers>,
}

impl Stage {
    /// Starts what these steps need.
    pub(crate) fn begin(steps: &[&Step]) -> Self {
        let is_needed = steps
            .iter()
            .any(|step| matches!(step.run, Run::OnElasticsearch(_)));
        Self {
            starting: is_needed.then(Starting::begin),
            servers: None,
        }
    }

    /// Runs a step with the resources that it needs.
    pub(crate) fn run(&mut self, step: &Step) -> Result<Done> {
        match step.run {
            Run::Alone(run) => run(),
            Run::OnElasticsearch(run) => run(self.servers()?),
        }
    }

    fn servers(&mut self) -> Result<&Servers> {
        if let Some(starting) = self.starting.take() {
            self.servers = Some(starting.wait()?);
        }
        self.servers
            .as_ref()
            .context("Elasticsearch could not be started")
    }
}
