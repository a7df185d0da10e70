//! The server in this process, on a fresh store.

use std::{net::SocketAddr, sync::Arc, thread};

use domain::{
    Caller, Domain,
    clock::ManualClock,
    search::{EntityKind, Sort},
};
use server::{
    application::{Application, Dependencies},
    capacity::Capacity,
    config::Config,
    timeouts::Timeouts,
};
use testbed::TestStore;
use time::{Duration, OffsetDateTime};
use tokio::{
    runtime,
    sync::{mpsc, oneshot},
};

use super::{faulty::FaultyStore, wait::eventually};

/// The server in this process, on a free port, with a clock that stands still.
///
/// It has a runtime of its own, so that work of a test on its own thread cannot block the server.
pub(crate) struct TestApp {
    pub(crate) address: SocketAddr,
    /// The public URL.
    pub(crate) url: String,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) domain: Arc<Domain>,
    pub(crate) store: Arc<FaultyStore>,
    pub(crate) place: Arc<TestStore>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// The options of a test.
#[derive(Default)]
pub(crate) struct Options {
    flags: Vec<String>,
    place: Option<Arc<TestStore>>,
    clock: Option<Arc<ManualClock>>,
    timeouts: Timeouts,
    capacity: Capacity,
}

impl Options {
    /// The limits of connections and memory.
    pub(crate) fn capacity(self, capacity: Capacity) -> Self {
        Self { capacity, ..self }
    }

    /// The time limits for clients.
    pub(crate) fn timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// Flags of the command line.
    pub(crate) fn flags(mut self, flags: &[&str]) -> Self {
        self.flags.extend(flags.iter().map(|&flag| flag.to_owned()));
        self
    }

    pub(crate) async fn start(self) -> TestApp {
        let place = match self.place {
            Some(place) => place,
            None => Arc::new(TestStore::prepared().await),
        };
        let mut flags = vec!["--port", "0", "--data", place.folder().to_str().unwrap()];
        flags.extend(self.flags.iter().map(String::as_str));
        let config = Config::from_flags(&flags).unwrap();
        let clock = self
            .clock
            .unwrap_or_else(|| Arc::new(ManualClock::new(OffsetDateTime::UNIX_EPOCH + YEARS)));
        let site = Site {
            config,
            place: place.clone(),
            clock: clock.clone(),
            timeouts: self.timeouts,
            capacity: self.capacity,
        };
        let (stop, stopped) = oneshot::channel();
        let (ready, mut started) = mpsc::channel(1);
        let thread = thread::spawn(move || serve(site, &ready, stopped));
        let started = started.recv().await.unwrap();
        TestApp {
            address: started.address,
            url: started.url,
            clock,
            domain: started.domain,
            store: started.store,
            place,
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

/// The start of the clock, far enough from 1970 that no subtraction underflows.
const YEARS: Duration = Duration::days(20_000);

/// Everything that the server is started from, on its own thread.
struct Site {
    config: Config,
    place: Arc<TestStore>,
    clock: Arc<ManualClock>,
    timeouts: Timeouts,
    capacity: Capacity,
}

/// The parts of the server that the test uses.
struct Started {
    address: SocketAddr,
    url: String,
    domain: Arc<Domain>,
    store: Arc<FaultyStore>,
}

fn serve(site: Site, ready: &mpsc::Sender<Started>, stopped: oneshot::Receiver<()>) {
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.unwrap().block_on(async move {
        let (documents, search) = site.place.open_both(&domain::collections()).await;
        let store = FaultyStore::over(documents);
        let deps = Dependencies {
            timeouts: site.timeouts,
            capacity: site.capacity,
            documents: store.clone(),
            search,
            clock: site.clock,
        };
        let application = Application::start(site.config, deps).await.unwrap();
        // Wait until the search index is built, because lists are refused before.
        let public = &application.domain().catalogue.public;
        eventually("the index is built", async || {
            let newest = public.list(&Caller::System, EntityKind::Artist, Sort::Newest, 0, 1);
            newest.await.is_ok()
        })
        .await;
        let started = Started {
            address: application.address(),
            url: application.public_url().to_string(),
            domain: application.domain().clone(),
            store,
        };
        assert!(ready.send(started).await.is_ok());
        // The test has ended or panicked; both stop the server.
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

    /// Stops the server and starts it again on the same data, at the same time of the clock.
    pub(crate) async fn restart(mut self, flags: &[&str]) -> Self {
        self.stop();
        let options = Options {
            place: Some(self.place.clone()),
            clock: Some(self.clock.clone()),
            ..Options::default()
        };
        drop(self);
        options.flags(flags).start().await
    }

    /// Disables an account as the operator.
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

    /// Advances the clock.
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
