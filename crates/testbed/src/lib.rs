//! An empty store for each test, of the kind that the run tests.
//!
//! With `INSPIRED_TEST_ELASTICSEARCH`, the URL of a server, a test gets its own indices there;
//! otherwise a folder with the embedded store. `cargo xtask test` runs both, so that a claim about
//! stored data is tested on either. On a server that was started for the tests
//! (`INSPIRED_TEST_REUSE_INDICES`), most tests get [prepared](TestStore::prepared) indices.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod indices;
mod prepared;
pub mod proxy;

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use domain::{
    documents::{Collection, Documents},
    migrations::Migrate,
    search::SearchIndex,
};
use store::{
    elasticsearch::{self, ClusterSettings, Elasticsearch},
    embedded::{self, Embedded},
    embedded_search::EmbeddedSearch,
};
use tempfile::TempDir;

use self::prepared::PreparedIndices;

pub use self::indices::TestIndices;

/// The URL of the Elasticsearch that this run tests, if any.
#[expect(
    clippy::disallowed_methods,
    reason = "where the server is differs from run to run"
)]
pub fn server() -> Option<String> {
    env::var("INSPIRED_TEST_ELASTICSEARCH").ok()
}

/// True if the server ends with the run, so that indices may be left on it.
#[expect(
    clippy::disallowed_methods,
    reason = "whose server it is differs from run to run"
)]
fn may_reuse_indices() -> bool {
    env::var_os("INSPIRED_TEST_REUSE_INDICES").is_some()
}

/// The URL of the server, for tests that always need one.
///
/// # Panics
/// Without a server.
pub fn required_server() -> String {
    server().expect("these tests need a server: run `cargo xtask test --only elasticsearch`")
}

/// The server with TLS and a password, for tests of authentication.
///
/// # Panics
/// Without a server.
#[expect(
    clippy::disallowed_methods,
    reason = "where the server is differs from run to run"
)]
pub fn required_secured_server() -> SecuredServer {
    let variable = |name: &str| {
        env::var(name).unwrap_or_else(|_| {
            panic!("{name} is missing: run `cargo xtask test --only elasticsearch`")
        })
    };
    SecuredServer {
        url: variable("INSPIRED_TEST_SECURED_ELASTICSEARCH"),
        password: variable("INSPIRED_TEST_SECURED_PASSWORD"),
        certificate_authority: variable("INSPIRED_TEST_SECURED_CA").into(),
    }
}

/// A server with TLS and a password.
#[derive(Clone, Debug)]
pub struct SecuredServer {
    /// Its URL.
    pub url: String,
    /// The password of its user `elastic`.
    pub password: String,
    /// The authority that signed its certificate.
    pub certificate_authority: PathBuf,
}

impl SecuredServer {
    /// Removes all indices whose names begin with the prefix.
    pub async fn remove(&self, prefix: &str) {
        let certificate = fs::read(&self.certificate_authority).unwrap();
        let client = reqwest::Client::builder()
            .no_proxy()
            .add_root_certificate(reqwest::Certificate::from_pem(&certificate).unwrap())
            .build()
            .unwrap();
        let mut url = reqwest::Url::parse(&self.url).unwrap();
        url.set_username("elastic").unwrap();
        url.set_password(Some(&self.password)).unwrap();
        let url = url.as_str().trim_end_matches('/');
        indices::remove(&client, url, prefix).await.unwrap();
    }
}

/// Timeout of a call in tests that are about something else: a machine that has just compiled the
/// test keeps writing to its disk for seconds.
const PATIENCE: Duration = Duration::from_secs(30);

fn patient(indices: &TestIndices) -> ClusterSettings {
    ClusterSettings {
        timeout: PATIENCE,
        ..indices.settings()
    }
}

/// An empty store; removed when it is dropped.
#[derive(Debug)]
pub struct TestStore {
    folder: TempDir,
    indices: Option<StoreIndices>,
}

/// The indices of a store.
#[derive(Debug)]
enum StoreIndices {
    /// Removed with the store.
    Fresh(TestIndices),
    /// Returned for the next test.
    Prepared(PreparedIndices),
}

impl TestStore {
    /// A new, empty store without indices.
    pub fn fresh() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            indices: server().map(|url| StoreIndices::Fresh(TestIndices::fresh(&url))),
        }
    }

    /// A store with the collections and the search index of the program, all empty.
    ///
    /// Elasticsearch creates indices one after another, and those of one store take half a second.
    /// So every test uses this that needs all collections and does not test their creation.
    pub async fn prepared() -> Self {
        let Some(url) = server().filter(|_| may_reuse_indices()) else {
            return Self::fresh();
        };
        Self {
            folder: TempDir::new().unwrap(),
            indices: Some(StoreIndices::Prepared(PreparedIndices::take(&url).await)),
        }
    }

    /// The data folder; without Elasticsearch it contains the store.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The indices, if the store is on Elasticsearch.
    pub fn indices(&self) -> Option<&TestIndices> {
        self.indices.as_ref().map(|owned| match owned {
            StoreIndices::Fresh(indices) => indices,
            StoreIndices::Prepared(prepared) => prepared.indices(),
        })
    }

    /// Opens the store; on Elasticsearch several times, as several processes do.
    pub async fn open(&self, collections: &[&'static Collection]) -> Arc<dyn Documents> {
        match self.indices() {
            Some(indices) => {
                let store = Elasticsearch::connect(patient(indices), collections).await;
                Arc::new(store.unwrap())
            }
            None => Arc::new(Embedded::open(self.folder()).unwrap()),
        }
    }

    /// Opens the store and its search index, as a process does.
    pub async fn open_both(
        &self,
        collections: &[&'static Collection],
    ) -> (Arc<dyn Documents>, Arc<dyn SearchIndex>) {
        let Some(indices) = self.indices() else {
            return (self.open(collections).await, self.open_search().await);
        };
        let store = Elasticsearch::connect(patient(indices), collections).await;
        let store = store.unwrap();
        let search = store.search().await.unwrap();
        (Arc::new(store), search)
    }

    /// Opens the search index; on Elasticsearch several times, as several processes do.
    pub async fn open_search(&self) -> Arc<dyn SearchIndex> {
        match self.indices() {
            Some(indices) => {
                let store = Elasticsearch::connect(patient(indices), &[]).await;
                store.unwrap().search().await.unwrap()
            }
            None => Arc::new(EmbeddedSearch::start().unwrap()),
        }
    }

    /// Opens the store at a data version; the error is the message for the operator.
    ///
    /// # Errors
    /// If the store is at another data version or cannot be opened.
    pub async fn open_at(
        &self,
        collections: &[&'static Collection],
        version: u32,
    ) -> Result<Arc<dyn Documents>, String> {
        match self.indices() {
            Some(indices) => {
                let settings = patient(indices);
                let store = Elasticsearch::connect_at(settings, collections, version).await;
                Ok(Arc::new(store.map_err(|error| error.to_string())?))
            }
            None => {
                let store = Embedded::open_at(self.folder(), version);
                Ok(Arc::new(store.map_err(|error| error.to_string())?))
            }
        }
    }

    /// The migrator of the store. It waits only briefly for a dead process.
    pub fn migrator(&self) -> Arc<dyn Migrate> {
        match self.indices() {
            Some(indices) => Arc::new(
                elasticsearch::ElasticsearchMigrator::new(indices.settings())
                    .with_patience(Duration::from_secs(1)),
            ),
            None => Arc::new(embedded::EmbeddedMigrator::new(self.folder())),
        }
    }

    /// Everything that is stored, for tests that search it for what must not be stored.
    pub async fn contents(&self) -> Vec<u8> {
        if let Some(indices) = self.indices() {
            return indices.contents().await;
        }
        let files = fs::read_dir(self.folder()).unwrap();
        let read = |file: std::io::Result<fs::DirEntry>| fs::read(file.unwrap().path()).unwrap();
        files.flat_map(read).collect()
    }

    /// The environment variables with which the program uses this store.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![("INSPIRED_DATA", self.folder().to_str().unwrap().to_owned())];
        if let Some(indices) = self.indices() {
            variables.push(("INSPIRED_ELASTICSEARCH", indices.url().to_owned()));
            variables.push(("INSPIRED_ELASTICSEARCH_PREFIX", indices.prefix().to_owned()));
        }
        variables
    }
}
