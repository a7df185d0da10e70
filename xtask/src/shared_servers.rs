//! The shared resources of a test run: the servers, started once if a step needs them.

use anyhow::{Context as _, Result};

use crate::elasticsearch::{Servers, StartingServers};
use crate::steps::{Step, StepCommand, StepResult};

/// The shared resources.
#[derive(Debug)]
pub(crate) struct SharedServers {
    starting: Option<StartingServers>,
    servers: Option<Servers>,
}

impl SharedServers {
    /// Starts what these steps need.
    pub(crate) fn begin(steps: &[&Step]) -> Self {
        let is_needed = steps
            .iter()
            .any(|step| matches!(step.run, StepCommand::OnElasticsearch(_)));
        Self {
            starting: is_needed.then(StartingServers::begin),
            servers: None,
        }
    }

    /// Runs a step with the resources that it needs.
    pub(crate) fn run(&mut self, step: &Step) -> Result<StepResult> {
        match step.run {
            StepCommand::Alone(run) => run(),
            StepCommand::OnElasticsearch(run) => run(self.servers()?),
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
