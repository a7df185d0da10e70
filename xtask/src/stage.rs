//! What the steps of a test run share: the servers, started once and when a step needs them.

use anyhow::{Context as _, Result};

use crate::elasticsearch::{Servers, Starting};
use crate::steps::{Done, Run, Step};

/// What the steps share.
#[derive(Debug)]
pub(crate) struct Stage {
    starting: Option<Starting>,
    servers: Option<Servers>,
}

impl Stage {
    /// Begins to start what these steps need.
    pub(crate) fn begin(steps: &[&Step]) -> Self {
        let is_needed = steps
            .iter()
            .any(|step| matches!(step.run, Run::OnElasticsearch(_)));
        Self {
            starting: is_needed.then(Starting::begin),
            servers: None,
        }
    }

    /// Runs the step, with what it needs.
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
