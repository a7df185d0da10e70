//! The threads that analyse the texts of search results.

use std::{
    fmt, io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::{documents::StoreError, thread_priority};

/// Number of result pages that are analysed at once. Two, so that a page with long texts does not
/// delay all others.
const THREADS: usize = 2;
/// Maximum number of pages in the queue.
const PLACES: usize = 256;
/// Maximum time that a page waits for a place in the queue.
const PATIENCE: Duration = Duration::from_secs(5);

type AnalysisJob = Box<dyn FnOnce() + Send>;

/// Threads that analyse texts instead of the workers of Tokio. They end when this is dropped.
pub(crate) struct AnalysisThreads {
    jobs: mpsc::Sender<AnalysisJob>,
}

impl AnalysisThreads {
    /// Starts the threads.
    ///
    /// # Errors
    /// If the operating system refuses a thread.
    pub(crate) fn start() -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel(PLACES);
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..THREADS {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new()
                .name(format!("analysis-{number}"))
                .spawn(move || work(&waiting))?;
        }
        Ok(Self { jobs })
    }

    /// Runs `analyse` on one of the threads.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if there was no place in the queue in time.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        analyse: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: AnalysisJob = Box::new(move || {
            // The caller may have given up while the job was queued.
            if !reply.is_closed() {
                let _ = reply.send(analyse());
            }
        });
        let sent = timeout(PATIENCE, self.jobs.send(job)).await;
        if !matches!(sent, Ok(Ok(()))) {
            let text = "too many texts wait to be analysed".to_owned();
            return Err(StoreError::Unavailable(text));
        }
        answer.await.map_err(|_| {
            let text = "the analysis of a text has failed".to_owned();
            StoreError::Unavailable(text)
        })
    }
}

impl fmt::Debug for AnalysisThreads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnalysisThreads").finish_non_exhaustive()
    }
}

fn work(waiting: &Mutex<mpsc::Receiver<AnalysisJob>>) {
    // At normal priority, these threads would starve those that hash passwords.
    if let Err(error) = thread_priority::lower() {
        tracing::warn!(%error, "texts are analysed at normal priority");
    }
    loop {
        // The lock is held while this thread waits for a job, and released before it runs the job.
        let job = {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.blocking_recv()
        };
        let Some(job) = job else {
            return;
        };
        // The panic hook logs a panic; the caller gets an error because the reply is dropped.
        let _ = catch_unwind(AssertUnwindSafe(job));
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread::current};

    use super::*;

    #[tokio::test]
    async fn nothing_is_analysed_on_the_thread_that_asks() {
        let threads = AnalysisThreads::start().unwrap();
        let name = threads.run(|| current().name().map(str::to_owned));
        let name = name.await.unwrap().unwrap();
        assert!(name.starts_with("analysis-"), "{name}");
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn analysis_threads_let_all_others_go_first() {
        let priority = || rustix::process::getpriority_process(None).unwrap();
        let before = priority();
        let threads = AnalysisThreads::start().unwrap();
        let lowered = thread_priority::lowered(before);
        assert_eq!(threads.run(priority).await.unwrap(), lowered);
        assert_eq!(priority(), before);
    }

    #[tokio::test]
    async fn a_panic_fails_one_analysis_and_no_other() {
        let threads = AnalysisThreads::start().unwrap();
        for _ in 0..=THREADS {
            let failed = threads.run(|| panic!("a test")).await;
            assert!(matches!(failed, Err(StoreError::Unavailable(_))));
        }
        assert_eq!(threads.run(|| 1).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn no_more_is_analysed_at_once_than_there_are_threads() {
        let threads = Arc::new(AnalysisThreads::start().unwrap());
        let (begun, seen) = mpsc::channel();
        let mut gates = Vec::new();
        let mut jobs = Vec::new();
        for job in 0..=THREADS {
            let (gate, closed) = mpsc::channel::<()>();
            let (threads, begun) = (threads.clone(), begun.clone());
            gates.push(gate);
            jobs.push(tokio::spawn(async move {
                let work = move || {
                    begun.send(job).unwrap();
                    let _ = closed.recv();
                };
                threads.run(work).await
            }));
            tokio::task::yield_now().await;
        }
        let mut first: Vec<_> = seen.iter().take(THREADS).collect();
        first.sort_unstable();
        assert_eq!(first, (0..THREADS).collect::<Vec<_>>());
        assert!(seen.try_recv().is_err());
        drop(gates.remove(0));
        assert_eq!(seen.recv().unwrap(), THREADS);
        drop(gates);
        for job in jobs {
            job.await.unwrap().unwrap();
        }
    }
}
