//! Work on a thread of its own that tells what it does, and ends when nobody listens any more.

use std::thread::{self, JoinHandle};

use domain::{
    documents::StoreError,
    migrations::{MigrateError, Step, Watch},
};
use tokio::sync::{mpsc, oneshot};

/// A step, and what is answered when the listener is done with it.
type Told = (Step, oneshot::Sender<()>);

/// Work that is under way. Dropping it ends the work at its next step, and waits for that.
pub(super) struct Running<T> {
    steps: mpsc::Receiver<Told>,
    end: oneshot::Receiver<Result<T, MigrateError>>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Running<T> {
    /// Starts it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(
        work: impl FnOnce(&Teller) -> Result<T, MigrateError> + Send + 'static,
    ) -> Result<Self, MigrateError> {
        let (line, steps) = mpsc::channel(1);
        let (result, end) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("store-migrator".to_owned())
            .spawn(move || {
                let done = work(&Teller(line));
                // Whoever has given up does not hear it.
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

    /// Passes its steps on until it ends.
    pub(super) async fn watch(&mut self, watch: &dyn Watch) -> Result<T, MigrateError> {
        while let Some((step, heard)) = self.steps.recv().await {
            watch.step(step).await;
            let _ = heard.send(());
        }
        let stopped = || StoreError::Unavailable("the migrating thread has stopped".to_owned());
        (&mut self.end).await.map_err(|_| stopped())?
    }
}

impl<T> Drop for Running<T> {
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

/// What the work tells its steps to.
pub(super) struct Teller(mpsc::Sender<Told>);

impl Teller {
    /// Tells a step, and waits until it was heard.
    ///
    /// # Errors
    /// When nobody listens any more: the work is to end then, and to leave nothing half done.
    pub(super) fn tell(&self, step: Step) -> Result<(), MigrateError> {
        let given_up = || StoreError::Unavailable("the migration was given up".to_owned());
        let (heard, answer) = oneshot::channel();
        self.0
            .blocking_send((step, heard))
            .map_err(|_| given_up())?;
        answer.blocking_recv().map_err(|_| given_up())?;
        Ok(())
    }
}
