//! The search index on a cluster, for more than one process.
//!
//! An index `PREFIX-search-VERSION-…` is searched through the alias `PREFIX-search`. A rebuild makes
//! another one, which has the alias `PREFIX-search-building` until it takes the place of the first
//! in one step; the alias `PREFIX-search-built` says that the live one came out of a rebuild,
//! or was made when there were no documents.
//!
//! **Why no put is lost.** Every put of every process names both aliases in one request. That the
//! second one does not exist, as is usual, is refused by the cluster for that one line and costs
//! nothing. A rebuild begins when all nodes have said that they know its alias, so a put that did
//! not meet it was sent before that, and what it was made from had been written down before it was
//! sent: whoever rebuilds reads it. And the swap moves both aliases in one step, so whatever a node
//! knows of it, one of the two leads to the new index. Nobody waits, and no clock is compared.

mod answer;
mod index;
mod lines;
mod plan;
mod rebuild;

use std::{
    fmt,
    sync::{Arc, atomic::Ordering},
};

use async_trait::async_trait;
use domain::{
    documents::{Currency, StoreError},
    search::{Entry, Found, IndexVersion, Location, Query, Rebuild, Search},
};
use elasticsearch::http::Method;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use self::{
    index::{Beginning, Names},
    lines::{Lines, Targets},
    rebuild::Building,
};
use super::{
    Elasticsearch,
    backoff::Backoff,
    call::{Call, milliseconds},
    cluster::Cluster,
    connect_error::ConnectError,
    failure::Failure,
    refreshes::{self, Refresh},
};

/// So often a search is sent whose index is removed under its feet.
const ROUNDS: u32 = 4;

impl Elasticsearch {
    /// The search index beside the documents. It is made when it is missing, and in the place of one
    /// that an older version has made: it is derived, and built again by whoever finds that it is
    /// not [built](Search::is_built). One that is made when there were no documents has all of them:
    /// nobody writes any before having seen to it that there is one.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub async fn search(&self) -> Result<Arc<dyn Search>, ConnectError> {
        let cluster = self.cluster.clone();
        let names = Names::new(&cluster.settings.prefix);
        index::prepare(&cluster, &names, self.beginning()).await?;
        let targets = Targets::LiveAndBuilding(names.clone());
        Ok(Arc::new(Finder {
            lines: Lines::start(&cluster, targets),
            refresh: Refresh::default(),
            cluster,
            names,
        }))
    }

    /// Once an index was there documents may have been written, even if it is missing later.
    fn beginning(&self) -> Beginning {
        match self.is_new.swap(false, Ordering::Relaxed) {
            true => Beginning::Whole,
            false => Beginning::Unbuilt,
        }
    }
}

/// The search index on a cluster.
struct Finder {
    cluster: Arc<Cluster>,
    names: Names,
    lines: Lines,
    refresh: Refresh,
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finder")
            .field("cluster", &self.cluster)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Search for Finder {
    async fn put(&self, entries: Vec<Entry>) -> Result<(), StoreError> {
        self.lines.put(entries).await
    }

    async fn search(&self, query: &Query) -> Result<Found, StoreError> {
        let answer = self.send(plan::body(query)?, query.currency).await?;
        answer::found(&answer, query)
    }

    async fn locations(&self, query: &Query) -> Result<Vec<Location>, StoreError> {
        let body = plan::body_for_locations(query)?;
        answer::locations(&self.send(body, query.currency).await?)
    }

    async fn version(&self) -> Result<IndexVersion, StoreError> {
        let body = plan::body_for_version();
        answer::version(&self.send(body, Currency::UpToASecondOld).await?)
    }

    async fn rebuild(&self) -> Result<Box<dyn Rebuild>, StoreError> {
        let begun = Building::begin(&self.cluster, &self.names);
        let building = self.cluster.in_time(begun).await?;
        Ok(Box::new(building))
    }

    async fn is_built(&self) -> Result<bool, StoreError> {
        let asked = index::is_built(&self.cluster, &self.names);
        self.cluster.in_time(asked).await
    }
}

impl Finder {
    /// Sends a search, after a refresh when it has to be as of now.
    async fn send(&self, mut body: Value, currency: Currency) -> Result<Vec<u8>, StoreError> {
        body["timeout"] = milliseconds(self.cluster.patience()).into();
        let call = Call::new(Method::Post, format!("/{}/_search", self.names.live))
            // A part of what there is would be taken for all of it.
            .query("allow_partial_search_results", false)
            .json(&body);
        let searched = async {
            if currency == Currency::AsOfNow {
                self.refresh().await?;
            }
            self.ask(&call).await
        };
        self.cluster.in_time(searched).await
    }

    /// Refreshes the live index and the one that is being built, because the second one may have
    /// taken the place of the first by the time of the search.
    async fn refresh(&self) -> Result<(), Failure> {
        let path = format!("/{},{}/_refresh", self.names.live, self.names.building);
        let call = Call::new(Method::Post, path).query("ignore_unavailable", true);
        let refresh = || refreshes::send(&self.cluster, &call);
        self.refresh.run(refresh).await
    }

    /// An index that is replaced in this moment is not there any more when it is asked.
    async fn ask(&self, call: &Call) -> Result<Vec<u8>, Failure> {
        let mut backoff = Backoff::new();
        let mut round = 1;
        loop {
            let answer = self.cluster.send(call).await?;
            if answer.status.as_u16() != 404 || round == ROUNDS {
                answer.require_success()?;
                return Ok(answer.body);
            }
            round += 1;
            sleep(backoff.next()).await;
        }
    }
}

/// Waits before something is tried again, if there is time for that.
async fn pause(backoff: &mut Backoff, deadline: Instant) -> bool {
    let wait = backoff.next();
    if Instant::now() + wait >= deadline {
        return false;
    }
    sleep(wait).await;
    true
}
