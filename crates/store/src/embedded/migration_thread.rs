//! Runs a migration on a thread of its own, which reports its steps and ends when its observer is
//! gone.

use std::thread::{self, JoinHandle};

use domain::{
    documents::StoreError,
    migrations::{MigrateError, MigrationObserver, MigrationStep},
};
use tokio::sync::{mpsc, oneshot};

/// A step, and the channel that acknowledges it.
type ReportedStep = (MigrationStep, oneshot::Sender<()>);

/// A migration in progress. Dropping it ends the migration at its next step, and waits for that.
pub(super) struct MigrationThread<T> {
    steps: mpsc::Receiver<ReportedStep>,
    end: oneshot::Receiver<Result<T, MigrateError>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> MigrationThread<T> {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system refuses a thread.
    pub(super) fn start(
        work: impl FnOnce(&StepReporter) -> Result<T, MigrateError> + Send + 'static,
    ) -> Result<Self, MigrateError> {
        let (line, steps) = mpsc::channel(1);
        let (result, end) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("store-migrator".to_owned())
            .spawn(move || {
                let done = work(&StepReporter(line));
                // The caller may have given up meanwhile.
                let _ = result.send(done);
            })
            .map_err(|cause| {
                MigrateError::Refused(format!("no thread could be started: {cause}"))
            })?;
        Ok(Self {
            steps,
            end,
            thread: Some(thread),
        })
    }

    /// Passes the steps to an observer until the migration ends.
    pub(super) async fn watch(&mut self, watch: &dyn MigrationObserver) -> Result<T, MigrateError> {
        while let Some((step, heard)) = self.steps.recv().await {
            watch.step(step).await;
            let _ = heard.send(());
        }
        let stopped = || StoreError::Unavailable("the migrating thread has stopped".to_owned());
        (&mut self.end).await.map_err(|_| stopped())?
    }
}

impl<T> Drop for MigrationThread<T> {
    fn drop(&mut self) {
        self.steps.close();
        while self.steps.try_recv().is_ok() {}
        let panicked = self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err());
        if panicked {
            tracing::error!("the migrating thread of the store had panicked");
        }
    }
}

/// The channel to which the migration reports its steps.
pub(super) struct StepReporter(mpsc::Sender<ReportedStep>);

impl StepReporter {
    /// Reports a step and waits until it was observed.
    ///
    /// # Errors
    /// If the observer is gone: the migration must then end and roll back.
    pub(super) fn report(&self, step: MigrationStep) -> Result<(), MigrateError> {
        let given_up = || StoreError::Unavailable("the migration was given up".to_owned());
        let (heard, answer) = oneshot::channel();
        self.0
            .blocking_send((step, heard))
            .map_err(|_| given_up())?;
        answer.blocking_recv().map_err(|_| given_up())?;
        Ok(())
    }
}
