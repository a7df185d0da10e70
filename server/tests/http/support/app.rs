//! The server, in this process, over a fresh embedded store.

use std::{net::SocketAddr, sync::Arc, thread};

use domain::{Caller, Domain, clock::ManualClock};
use server::{
    application::{Application, Deps},
    config::Config,
    timeouts::Timeouts,
};
use store::embedded::Embedded;
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use tokio::{
    runtime,
    sync::{mpsc, oneshot},
};

use super::faulty::FaultyStore;

/// The server, in this process, on a free port, with a clock that stands still.
///
/// It has a runtime of its own, so that whatever a test does on its own thread cannot keep the
/// server from answering.
pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    /// What people call it.
    pub(crate) url: String,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) domain: Arc<Domain>,
    pub(crate) store: Arc<FaultyStore>,
    pub(crate) folder: Arc<TempDir>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// What a test may choose.
#[derive(Default)]
pub(crate) struct Options {
    flags: Vec<String>,
    folder: Option<Arc<TempDir>>,
    clock: Option<Arc<ManualClock>>,
    timeouts: Timeouts,
}

impl Options {
    /// How long clients may take.
    pub(crate) fn timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// Flags as on the command line.
    pub(crate) fn flags(mut self, flags: &[&str]) -> Self {
        self.flags.extend(flags.iter().map(|&flag| flag.to_owned()));
        self
    }

    pub(crate) async fn start(self) -> TestApp {
        let folder = self
            .folder
            .unwrap_or_else(|| Arc::new(TempDir::new().unwrap()));
        let mut flags = vec!["--port", "0", "--data", folder.path().to_str().unwrap()];
        flags.extend(self.flags.iter().map(String::as_str));
        let config = Config::from_flags(&flags).unwrap();
        let store = FaultyStore::over(Arc::new(Embedded::open(folder.path()).unwrap()));
        let clock = self
            .clock
            .unwrap_or_else(|| Arc::new(ManualClock::new(OffsetDateTime::UNIX_EPOCH + YEARS)));
        let deps = Deps {
            timeouts: self.timeouts,
            documents: store.clone(),
            clock: clock.clone(),
        };
        let (stop, stopped) = oneshot::channel();
        let (ready, mut started) = mpsc::channel(1);
        let thread = thread::spawn(move || serve(config, deps, &ready, stopped));
        let (address, url, domain) = started.recv().await.unwrap();
        TestApp {
            address,
            url,
            clock,
            domain,
            store,
            folder,
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

/// Far enough from 1970 that nothing that is subtracted gets below it.
const YEARS: Duration = Duration::days(20_000);

fn serve(
    config: Config,
    deps: Deps,
    ready: &mpsc::Sender<(SocketAddr, String, Arc<Domain>)>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.unwrap().block_on(async move {
        let application = Application::start(config, deps).await.unwrap();
        let domain = application.domain().clone();
        let url = application.public_url().to_string();
        ready
            .send((application.address(), url, domain))
            .await
            .unwrap();
        // The test is over, or has panicked, which is the same here.
        let _ = stopped.await;
        application.stop().await;
    });
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Options::default().start().await
    }

    pub(crate) async fn with(flags: &[&str]) -> Self {
        Options::default().flags(flags).start().await
    }

    /// Stops it and starts it again over the same data, at the same time of day.
    pub(crate) async fn restart(mut self, flags: &[&str]) -> Self {
        self.stop();
        let options = Options {
            folder: Some(self.folder.clone()),
            clock: Some(self.clock.clone()),
            ..Options::default()
        };
        drop(self);
        options.flags(flags).start().await
    }

    /// Does something as the operator.
    pub(crate) async fn disable(&self, account: &str) {
        let id = account_id(account);
        self.domain
            .accounts
            .disable(&Caller::System, &id)
            .await
            .unwrap();
    }

    pub(crate) async fn enable(&self, account: &str) {
        let id = account_id(account);
        self.domain
            .accounts
            .enable(&Caller::System, &id)
            .await
            .unwrap();
    }

    pub(crate) async fn delete(&self, account: &str) {
        let id = account_id(account);
        self.domain
            .accounts
            .delete(&Caller::System, &id)
            .await
            .unwrap();
    }

    /// Moves the clock on.
    pub(crate) fn pass(&self, time: Duration) {
        self.clock.advance(time);
    }

    fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn account_id(account: &str) -> domain::AccountId {
    serde_json::from_value(account.into()).unwrap()
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop();
    }
}
