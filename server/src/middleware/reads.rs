//! Admission of reads: rate limits and the queue.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::http::{Method, Uri};
use domain::{ClientNetwork, LimitsMode, limits::ReadLimits};
use tokio::time::Instant;

use super::read_queue::{ReadQueue, ReadSlot};
use crate::{problem::ProblemResponse, site::SITE};

/// Paths besides files that cost next to nothing, and are not limited.
const UNCOUNTED_PATHS: [&str; 4] = ["/robots.txt", "/healthz", "/readyz", "/v1/test"];
/// `Retry-After` of a request that was refused because too many reads wait.
const RETRY: Duration = Duration::from_secs(1);

/// Admission of reads: rate limits for each source, and the queue.
#[derive(Debug)]
pub(crate) struct ReadAdmission {
    mode: LimitsMode,
    limits: ReadLimits,
    queue: ReadQueue,
    began: Instant,
}

/// The permit of one request to read and render. It takes a slot of the queue when it is first
/// acquired. It is an extension of every request. A request with a body acquires it only after the
/// body was read, and to render a page, so that neither a slow body nor the wait for a hash holds a
/// slot. The middleware keeps a clone until the response is complete.
#[derive(Clone, Debug)]
pub(crate) struct ReadPermit(Arc<Permit>);

#[derive(Debug)]
struct Permit {
    /// `None` if limits are off.
    queue: Option<ReadQueue>,
    source: ClientNetwork,
    place: Mutex<Option<ReadSlot>>,
}

impl ReadAdmission {
    pub(crate) fn new(mode: LimitsMode) -> Self {
        Self {
            mode,
            limits: ReadLimits::new(mode),
            queue: ReadQueue::for_this_machine(),
            began: Instant::now(),
        }
    }

    /// The permit of a request, without a slot.
    pub(crate) fn permit(&self, source: ClientNetwork) -> ReadPermit {
        let queue = (self.mode == LimitsMode::Standard).then(|| self.queue.clone());
        ReadPermit(Arc::new(Permit {
            queue,
            source,
            place: Mutex::default(),
        }))
    }

    /// Counts a request against the rate limit of its source, and takes or waits for a slot if it is a
    /// read.
    ///
    /// # Errors
    /// 429 if the source has sent too many requests, 503 if the queue is full.
    pub(crate) async fn admit(
        &self,
        method: &Method,
        uri: &Uri,
        permit: &ReadPermit,
    ) -> Result<(), ProblemResponse> {
        let is_safe = matches!(*method, Method::GET | Method::HEAD);
        if is_safe && is_free(uri.path()) {
            return Ok(());
        }
        let counted = self.limits.count(permit.0.source, self.began.elapsed());
        counted.map_err(|too_many| ProblemResponse::too_many_reads(too_many.retry_after))?;
        if is_safe {
            permit.acquire().await?;
        }
        Ok(())
    }
}

impl ReadPermit {
    /// Takes or waits for a slot, unless the request has one.
    ///
    /// # Errors
    /// 503 if the queue is full.
    pub(crate) async fn acquire(&self) -> Result<(), ProblemResponse> {
        let Some(queue) = &self.0.queue else {
            return Ok(());
        };
        if self.lock().is_some() {
            return Ok(());
        }
        let place = queue.enter(self.0.source).await;
        let place = place.map_err(|_| ProblemResponse::too_much_waits(RETRY))?;
        *self.lock() = Some(place);
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<ReadSlot>> {
        self.0.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a path needs no read, search or rendering. Every other path is limited: a 404 is looked up
/// and rendered, too.
fn is_free(path: &str) -> bool {
    UNCOUNTED_PATHS.contains(&path) || SITE.file(path).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_health_are_free_and_everything_else_is_not() {
        for path in ["/robots.txt", "/healthz", "/readyz", "/v1/test"] {
            assert!(is_free(path), "{path}");
        }
        assert!(SITE.files.iter().all(|file| is_free(file.path)));
        for path in [
            "/",
            "/videos",
            "/products/a/b",
            "/search",
            "/sitemap.xml",
            "/sitemap/videos-1.xml",
            "/go/off_1",
            "/studio/bin",
            "/login",
            "/v1/videos",
            "/assets/no-such-file.css",
            "/no/such/page",
        ] {
            assert!(!is_free(path), "{path}");
        }
    }

    #[tokio::test]
    async fn a_permit_takes_one_place_however_often_it_is_acquired() {
        let reads = ReadAdmission::new(LimitsMode::Standard);
        let source = ClientNetwork::new([192, 0, 2, 1].into());
        let permit = reads.permit(source);
        for _ in 0..100 {
            permit.acquire().await.unwrap();
        }
        let other = reads.permit(source);
        other.acquire().await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn what_changes_something_is_counted_and_takes_no_place_before_it_renders() {
        let reads = ReadAdmission::new(LimitsMode::Standard);
        let source = ClientNetwork::new([192, 0, 2, 1].into());
        let uri = Uri::from_static("/studio/products/new");
        let mut permits = Vec::new();
        let mut refused = None;
        while refused.is_none() {
            let permit = reads.permit(source);
            refused = reads.admit(&Method::POST, &uri, &permit).await.err();
            permits.push(permit);
        }
        assert_eq!(refused.unwrap().status.as_u16(), 429);
        assert!(permits.iter().all(|permit| permit.lock().is_none()));
        let mut held = 0;
        for permit in &permits {
            held += usize::from(permit.acquire().await.is_ok());
            if permit.lock().is_none() {
                break;
            }
        }
        assert!(held < permits.len(), "one source has only a share");
    }
}
