//! Which requests cost something to answer, and what each source may have of them.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::http::{Method, Uri};
use domain::{LimitsMode, Source, limits::ReadLimits};
use tokio::time::Instant;

use super::read_queue::{ReadPlace, ReadQueue};
use crate::{problem::Refusal, site::SITE};

/// What costs next to nothing to answer, besides files.
const FREE: [&str; 4] = ["/robots.txt", "/healthz", "/readyz", "/v1/test"];
/// Time after which a client that was refused because too many reads wait should try again.
const RETRY: Duration = Duration::from_secs(1);

/// What may be read at once, and how often by one source.
#[derive(Debug)]
pub(crate) struct Reads {
    mode: LimitsMode,
    limits: ReadLimits,
    queue: ReadQueue,
    began: Instant,
}

/// The permit of one request to read and render, which takes a place in the queue when it is first
/// acquired; an extension of every request. A request that sends a body acquires it once the body is
/// there and only to render a page, so that neither a slow body nor the wait for a hash holds a place.
/// The middleware keeps a clone until there is an answer.
#[derive(Clone, Debug)]
pub(crate) struct ReadPermit(Arc<Permit>);

#[derive(Debug)]
struct Permit {
    /// `None` without limits.
    queue: Option<ReadQueue>,
    source: Source,
    place: Mutex<Option<ReadPlace>>,
}

impl Reads {
    pub(crate) fn new(mode: LimitsMode) -> Self {
        Self {
            mode,
            limits: ReadLimits::new(mode),
            queue: ReadQueue::for_this_machine(),
            began: Instant::now(),
        }
    }

    /// The permit of a request, which has no place yet.
    pub(crate) fn permit(&self, source: Source) -> ReadPermit {
        let queue = (self.mode == LimitsMode::Standard).then(|| self.queue.clone());
        ReadPermit(Arc::new(Permit {
            queue,
            source,
            place: Mutex::default(),
        }))
    }

    /// Counts a request that costs something, and takes a place for it if it is a read; waits for it.
    ///
    /// # Errors
    /// 429 when its source has sent too many, 503 when too many wait.
    pub(crate) async fn admit(
        &self,
        method: &Method,
        uri: &Uri,
        permit: &ReadPermit,
    ) -> Result<(), Refusal> {
        let is_safe = matches!(*method, Method::GET | Method::HEAD);
        if is_safe && is_free(uri.path()) {
            return Ok(());
        }
        let counted = self.limits.count(permit.0.source, self.began.elapsed());
        counted.map_err(|too_many| Refusal::too_many_reads(too_many.retry_after))?;
        if is_safe {
            permit.acquire().await?;
        }
        Ok(())
    }
}

impl ReadPermit {
    /// Takes a place unless the request has one; waits for it.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub(crate) async fn acquire(&self) -> Result<(), Refusal> {
        let Some(queue) = &self.0.queue else {
            return Ok(());
        };
        if self.lock().is_some() {
            return Ok(());
        }
        let place = queue.enter(self.0.source).await;
        let place = place.map_err(|_| Refusal::too_much_waits(RETRY))?;
        *self.lock() = Some(place);
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<ReadPlace>> {
        self.0.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether nothing has to be read, searched for or rendered. Every other path is counted: a 404 is
/// looked up and rendered, too.
fn is_free(path: &str) -> bool {
    FREE.contains(&path) || SITE.file(path).is_some()
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
        let reads = Reads::new(LimitsMode::Standard);
        let source = Source::new([192, 0, 2, 1].into());
        let permit = reads.permit(source);
        for _ in 0..100 {
            permit.acquire().await.unwrap();
        }
        let other = reads.permit(source);
        other.acquire().await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn what_changes_something_is_counted_and_takes_no_place_before_it_renders() {
        let reads = Reads::new(LimitsMode::Standard);
        let source = Source::new([192, 0, 2, 1].into());
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
