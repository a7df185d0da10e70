//! Which requests are reads that cost something, and what each source may have of them.

use std::time::Duration;

use axum::http::{Method, Uri};
use domain::{LimitsMode, Source, limits::ReadLimits};
use tokio::time::Instant;

use super::read_queue::{ReadPlace, ReadQueue};
use crate::{problem::Refusal, site::SITE};

/// What costs next to nothing to answer, besides files.
const FREE: [&str; 4] = ["/robots.txt", "/healthz", "/readyz", "/v1/test"];
/// When one that was refused because too much waits should come back.
const RETRY: Duration = Duration::from_secs(1);

/// What may be read at once, and how often by one source.
#[derive(Debug)]
pub(crate) struct Reads {
    mode: LimitsMode,
    limits: ReadLimits,
    queue: ReadQueue,
    began: Instant,
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

    /// Takes a place for a request, if it needs one; waits for it.
    pub(crate) async fn enter(
        &self,
        method: &Method,
        uri: &Uri,
        source: Source,
    ) -> Result<Option<ReadPlace>, Refusal> {
        if self.mode == LimitsMode::Off || !is_read(method, uri.path()) {
            return Ok(None);
        }
        let counted = self.limits.count(source, self.began.elapsed());
        counted.map_err(|too_many| Refusal::too_many_reads(too_many.retry_after))?;
        let place = self.queue.enter(source).await;
        place.map(Some).map_err(|_| Refusal::too_much_waits(RETRY))
    }
}

/// Whether something has to be read, searched for or rendered. Everything is that is not known not
/// to be: also that there is no such page is found out, and shown.
fn is_read(method: &Method, path: &str) -> bool {
    let is_safe = matches!(*method, Method::GET | Method::HEAD);
    is_safe && !FREE.contains(&path) && SITE.file(path).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_health_are_no_reads_and_everything_else_is() {
        for path in ["/robots.txt", "/healthz", "/readyz", "/v1/test"] {
            assert!(!is_read(&Method::GET, path), "{path}");
        }
        assert!(
            SITE.files
                .iter()
                .all(|file| !is_read(&Method::GET, file.path))
        );
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
            assert!(is_read(&Method::GET, path), "{path}");
            assert!(is_read(&Method::HEAD, path), "{path}");
            assert!(!is_read(&Method::POST, path), "{path}");
        }
    }
}
