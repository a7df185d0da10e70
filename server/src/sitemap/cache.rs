//! A cache of rendered site map files.
//!
//! Clients can request them at any rate, so a request must be cheap. A file is rendered on the first
//! request, one at a time, and stays in the cache until the search index has changed, at most for
//! [`MAX_AGE`]. Whether the index has changed is checked at most once per [`CHECK_INTERVAL`]. So a withdrawn
//! page usually disappears within [`CHECK_INTERVAL`], plus one second until Elasticsearch shows the change to
//! searches, and in any case within [`MAX_AGE`] plus that second.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Shared, MutexGuard, PoisonError},
    time::Duration,
};

use axum::http::HeaderValue;
use bytes::Bytes;
use data_encoding::HEXLOWER;
use domain::{catalogue::CatalogueError, search::IndexVersion};
use sha2::{Digest as _, Sha256};
use tokio::{sync::Mutex, time::Instant};

use super::SiteMapFile;

/// Minimum interval between two checks of the index version.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// Maximum age of a cached file. On Elasticsearch two searches at the same version may find different
/// entries, so the version alone does not limit how long a withdrawn page stays in a file.
const MAX_AGE: Duration = Duration::from_secs(60);
/// Maximum size of the cache in bytes; beyond it all files except the newest are dropped.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A rendered file.
#[derive(Clone, Debug)]
pub(super) struct RenderedFile {
    pub(super) xml: Bytes,
    pub(super) etag: HeaderValue,
}

impl RenderedFile {
    fn new(xml: String) -> Self {
        let hex = HEXLOWER.encode(&Sha256::digest(&xml)[..16]);
        // Hexadecimal digits are always valid in a header.
        let etag = HeaderValue::try_from(format!("\"{hex}\""));
        Self {
            xml: xml.into(),
            etag: etag.unwrap_or(HeaderValue::from_static("\"\"")),
        }
    }
}

/// The source of files.
pub(super) trait SiteMapSource {
    /// The version of the catalogue that a file rendered now would show.
    fn version(&self) -> impl Future<Output = Result<IndexVersion, CatalogueError>> + Send;

    /// Renders a file; `None` if there is no such file.
    fn render(
        &self,
        name: SiteMapFile,
    ) -> impl Future<Output = Result<Option<String>, CatalogueError>> + Send;
}

/// The cache.
#[derive(Debug, Default)]
pub(crate) struct SiteMapCache {
    kept: Shared<CacheState>,
    /// Held while the index is checked and a file is rendered, so that concurrent requests wait for the
    /// same file.
    making: Mutex<()>,
}

#[derive(Debug, Default)]
struct CacheState {
    /// The time of the last check of the index; its version is in `version`.
    looked_at: Option<Instant>,
    version: Option<IndexVersion>,
    files: HashMap<SiteMapFile, CachedFile>,
    bytes: usize,
}

#[derive(Debug)]
struct CachedFile {
    /// When rendering began.
    made_at: Instant,
    /// `None` if there is no such file.
    file: Option<Arc<RenderedFile>>,
}

impl CachedFile {
    fn bytes(&self) -> usize {
        self.file.as_ref().map_or(0, |file| file.xml.len())
    }
}

impl SiteMapCache {
    /// A file from the cache, rendered if needed; `None` if there is no such file.
    pub(super) async fn file(
        &self,
        name: SiteMapFile,
        maker: &impl SiteMapSource,
    ) -> Result<Option<Arc<RenderedFile>>, CatalogueError> {
        if let Some(file) = self.lock().fresh(name) {
            return Ok(file);
        }
        let _turn = self.making.lock().await;
        if let Some(file) = self.lock().fresh(name) {
            return Ok(file);
        }
        if !self.lock().is_fresh() {
            let looked_at = Instant::now();
            let version = maker.version().await?;
            self.lock().renew(looked_at, version);
        }
        if let Some(file) = self.lock().get(name) {
            return Ok(file);
        }
        // Rendered after the check, so the file shows that version or, usually, a later one.
        let made_at = Instant::now();
        let xml = maker.render(name).await?;
        let file = xml.map(|xml| Arc::new(RenderedFile::new(xml)));
        let kept = CachedFile {
            made_at,
            file: file.clone(),
        };
        self.lock().insert(name, kept);
        Ok(file)
    }

    /// A panic under the lock leaves a consistent state, so a poisoned lock is still used.
    fn lock(&self) -> MutexGuard<'_, CacheState> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CacheState {
    fn is_fresh(&self) -> bool {
        self.looked_at
            .is_some_and(|at| at.elapsed() < CHECK_INTERVAL)
    }

    fn fresh(&self, name: SiteMapFile) -> Option<Option<Arc<RenderedFile>>> {
        self.is_fresh().then(|| self.get(name))?
    }

    /// A file that is not too old, regardless of the last check.
    fn get(&self, name: SiteMapFile) -> Option<Option<Arc<RenderedFile>>> {
        let kept = self.files.get(&name)?;
        (kept.made_at.elapsed() < MAX_AGE).then(|| kept.file.clone())
    }

    fn renew(&mut self, looked_at: Instant, version: IndexVersion) {
        if self.version.as_ref() != Some(&version) {
            self.files.clear();
            self.bytes = 0;
        }
        self.looked_at = Some(looked_at);
        self.version = Some(version);
    }

    fn insert(&mut self, name: SiteMapFile, kept: CachedFile) {
        let former = self.files.remove(&name);
        self.bytes -= former.map_or(0, |former| former.bytes());
        let bytes = kept.bytes();
        if self.bytes + bytes > MAX_BYTES {
            self.files.clear();
            self.bytes = 0;
        }
        self.bytes += bytes;
        self.files.insert(name, kept);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::task::JoinSet;
    use types::pages::PublicKind;

    use super::*;

    const VIDEOS: SiteMapFile = SiteMapFile::Part(PublicKind::Video, 1);

    #[derive(Debug, Default)]
    struct Counting {
        version: AtomicUsize,
        looks: AtomicUsize,
        made: AtomicUsize,
        at_once: AtomicUsize,
        most_at_once: AtomicUsize,
        /// The length of each file in bytes.
        length: usize,
    }

    impl SiteMapSource for Counting {
        async fn version(&self) -> Result<IndexVersion, CatalogueError> {
            self.looks.fetch_add(1, Ordering::SeqCst);
            Ok(IndexVersion(
                self.version.load(Ordering::SeqCst).to_string(),
            ))
        }

        async fn render(&self, name: SiteMapFile) -> Result<Option<String>, CatalogueError> {
            let at_once = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_at_once.fetch_max(at_once, Ordering::SeqCst);
            tokio::task::yield_now().await;
            self.at_once.fetch_sub(1, Ordering::SeqCst);
            self.made.fetch_add(1, Ordering::SeqCst);
            Ok((name != SiteMapFile::Part(PublicKind::Video, 9)).then(|| "x".repeat(self.length)))
        }
    }

    impl Counting {
        fn counts(&self) -> (usize, usize) {
            (
                self.looks.load(Ordering::SeqCst),
                self.made.load(Ordering::SeqCst),
            )
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_file_is_made_once_and_again_when_the_index_has_changed() {
        let (maps, maker) = (SiteMapCache::default(), Counting::default());
        for _ in 0..1_000 {
            maps.file(VIDEOS, &maker).await.unwrap().unwrap();
        }
        assert_eq!(maker.counts(), (1, 1));
        tokio::time::advance(CHECK_INTERVAL).await;
        maps.file(VIDEOS, &maker).await.unwrap();
        assert_eq!(maker.counts(), (2, 1), "the index is the same");
        maker.version.store(1, Ordering::SeqCst);
        tokio::time::advance(CHECK_INTERVAL - Duration::from_millis(1)).await;
        maps.file(VIDEOS, &maker).await.unwrap();
        assert_eq!(maker.counts(), (2, 1), "it was looked at a moment ago");
        tokio::time::advance(Duration::from_millis(1)).await;
        maps.file(VIDEOS, &maker).await.unwrap();
        assert_eq!(maker.counts(), (3, 2));
    }

    /// Two equal versions do not prove that nothing was withdrawn.
    #[tokio::test(start_paused = true)]
    async fn a_file_is_made_again_when_it_is_old_though_the_version_is_the_same() {
        let maps = SiteMapCache::default();
        let maker = Counting {
            length: 7,
            ..Counting::default()
        };
        maps.file(VIDEOS, &maker).await.unwrap();
        tokio::time::advance(MAX_AGE / 2).await;
        maps.file(SiteMapFile::Part(PublicKind::Product, 1), &maker)
            .await
            .unwrap();
        assert_eq!(maker.counts(), (2, 2));
        tokio::time::advance(MAX_AGE / 2 - Duration::from_millis(1)).await;
        maps.file(VIDEOS, &maker).await.unwrap();
        assert_eq!(maker.counts(), (3, 2), "it is not that old yet");
        tokio::time::advance(Duration::from_millis(1)).await;
        maps.file(VIDEOS, &maker).await.unwrap();
        assert_eq!(maker.counts(), (3, 3), "each file has its own age");
        tokio::time::advance(MAX_AGE / 2).await;
        maps.file(SiteMapFile::Part(PublicKind::Product, 1), &maker)
            .await
            .unwrap();
        assert_eq!(maker.counts(), (4, 4));
        let bytes = maps.lock().files.len() * maker.length;
        assert_eq!(maps.lock().bytes, bytes);
    }

    #[tokio::test(start_paused = true)]
    async fn files_are_made_one_after_the_other_however_many_ask() {
        let (maps, maker) = (
            Arc::new(SiteMapCache::default()),
            Arc::new(Counting::default()),
        );
        let mut asking = JoinSet::new();
        for number in 0..400 {
            let (maps, maker) = (maps.clone(), maker.clone());
            asking.spawn(async move {
                let name = SiteMapFile::Part(PublicKind::Product, 1 + number % 4);
                maps.file(name, maker.as_ref()).await.unwrap().unwrap();
            });
        }
        asking.join_all().await;
        assert_eq!(maker.counts(), (1, 4));
        assert_eq!(maker.most_at_once.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn that_there_is_no_such_file_is_kept_too() {
        let (maps, maker) = (SiteMapCache::default(), Counting::default());
        for _ in 0..10 {
            let file = maps
                .file(SiteMapFile::Part(PublicKind::Video, 9), &maker)
                .await;
            assert!(file.unwrap().is_none());
        }
        assert_eq!(maker.counts(), (1, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn the_bytes_that_are_kept_are_bounded() {
        let maps = SiteMapCache::default();
        let maker = Counting {
            length: MAX_BYTES / 3,
            ..Counting::default()
        };
        for number in 1..=20 {
            let name = SiteMapFile::Part(PublicKind::Product, number);
            maps.file(name, &maker).await.unwrap().unwrap();
            let kept = maps.lock();
            let bytes: usize = kept.files.values().map(CachedFile::bytes).sum();
            assert!(bytes <= MAX_BYTES && bytes == kept.bytes, "{bytes}");
        }
    }

    #[test]
    fn files_that_differ_have_different_tags() {
        let tag = |xml: &str| RenderedFile::new(xml.to_owned()).etag;
        assert_eq!(tag("a"), tag("a"));
        assert_ne!(tag("a"), tag("b"));
    }
}
