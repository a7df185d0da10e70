//! The port: what its promises take on a cluster.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::documents::{
    Collection, Currency, Document, Documents, Listing, Ownership, Revision, StoreError,
};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::{
    Elasticsearch,
    backoff::Backoff,
    entry::{self, Entry, Position},
    failure::Failure,
    lists,
    reads::Read,
    writes::{self, Change, Outcome, Write},
};

/// How old what was read may become. Two such reads in a row, the session's and its account's, still
/// end within the second in which a logout elsewhere has to be seen.
const AGE: Duration = Duration::from_millis(700);
/// How long a shard that is not there is waited for. A cluster makes a copy of it the first one
/// within a second after it has missed it.
const BUSY: Duration = Duration::from_secs(2);
/// So often a write whose fate is open is looked after.
const ROUNDS: u32 = 3;

#[async_trait]
impl Documents for Elasticsearch {
    fn ownership(&self) -> Ownership {
        Ownership::Shared(AGE)
    }

    async fn get(
        &self,
        collection: &'static Collection,
        id: &str,
    ) -> Result<Option<Document>, StoreError> {
        let entry = self.read(self.index(collection)?, id).await?;
        Ok(entry.map(|entry| entry.document))
    }

    async fn get_many(
        &self,
        collection: &'static Collection,
        ids: &[&str],
    ) -> Result<Vec<Option<Document>>, StoreError> {
        let index = self.index(collection)?;
        let reads = ids.iter().map(|id| self.read(index, id));
        let entries = futures::future::try_join_all(reads).await?;
        let documents = entries
            .into_iter()
            .map(|entry| entry.map(|entry| entry.document));
        Ok(documents.collect())
    }

    /// A creation that was sent and not answered is never sent again: the first one could still
    /// arrive after the document was made by the second one and removed, and would bring it back.
    async fn create(
        &self,
        collection: &'static Collection,
        id: &str,
        body: Value,
    ) -> Result<Revision, StoreError> {
        let index = self.index(collection)?;
        let token = token();
        let bytes = entry::encode(collection, id, Revision::FIRST, &token, &body)?;
        match self.write(index, id, Change::Create(bytes.into())).await {
            Ok(Outcome::Done(position)) => {
                self.positions
                    .remember(index, id, Revision::FIRST, position);
                Ok(Revision::FIRST)
            }
            Ok(Outcome::Conflict) => match self.is_ours(index, id, &token).await? {
                true => Ok(Revision::FIRST),
                false => Err(StoreError::Exists),
            },
            Err(failure @ Failure::NoAnswer(_)) => match self.is_ours(index, id, &token).await? {
                true => Ok(Revision::FIRST),
                false => Err(failure.into()),
            },
            Err(failure) => Err(failure.into()),
        }
    }

    /// A replacement names the place that it replaces, which no other write ever has again. So it
    /// may be sent again, and takes effect once.
    async fn replace(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
        body: Value,
    ) -> Result<Revision, StoreError> {
        let index = self.index(collection)?;
        let token = token();
        let Some(next) = from.0.checked_add(1).map(Revision) else {
            return Err(StoreError::Moved);
        };
        let bytes: Arc<[u8]> = entry::encode(collection, id, next, &token, &body)?.into();
        let mut last = None;
        for _ in 0..ROUNDS {
            let Some(position) = self.locate(index, id, from).await? else {
                // It has moved on, perhaps by an earlier round of this very call.
                let is_ours = last.is_some() && self.is_ours(index, id, &token).await?;
                return if is_ours {
                    Ok(next)
                } else {
                    Err(StoreError::Moved)
                };
            };
            match self
                .write(index, id, Change::Replace(position, bytes.clone()))
                .await
            {
                Ok(Outcome::Done(position)) => {
                    self.positions.remember(index, id, next, position);
                    return Ok(next);
                }
                Ok(Outcome::Conflict) if self.is_ours(index, id, &token).await? => return Ok(next),
                // What was read just now says where it is, if it still is at that revision.
                Ok(Outcome::Conflict) => {
                    last = Some(Failure::Busy("a document kept moving".to_owned()))
                }
                Err(failure @ Failure::NoAnswer(_)) => last = Some(failure),
                Err(failure) => return Err(failure.into()),
            }
        }
        Err(last.map_or(StoreError::Moved, StoreError::from))
    }

    async fn remove(
        &self,
        collection: &'static Collection,
        id: &str,
        from: Revision,
    ) -> Result<(), StoreError> {
        let index = self.index(collection)?;
        let mut last = None;
        for _ in 0..ROUNDS {
            let Some(position) = self.locate(index, id, from).await? else {
                return Err(StoreError::Moved);
            };
            match self.write(index, id, Change::Remove(position)).await {
                Ok(Outcome::Done(_)) => return Ok(()),
                // Reading it says where it is now; what is gone cannot say who has removed it.
                Ok(Outcome::Conflict) => {
                    self.read(index, id).await?;
                    last = Some(Failure::Busy("a document kept moving".to_owned()));
                }
                Err(failure @ Failure::NoAnswer(_)) => last = Some(failure),
                Err(failure) => return Err(failure.into()),
            }
        }
        Err(last.map_or(StoreError::Moved, StoreError::from))
    }

    async fn list(
        &self,
        collection: &'static Collection,
        listing: Listing<'_>,
    ) -> Result<Vec<Document>, StoreError> {
        let index = self.index(collection)?;
        if !collection.indexed.contains(&listing.field) {
            return Err(StoreError::Damaged(format!(
                "`{}` is not listed by `{}`",
                collection.name, listing.field
            )));
        }
        if listing.currency == Currency::AsOfNow {
            self.refreshes.refresh(&self.cluster, index).await?;
        }
        lists::list(&self.cluster, index, &listing).await
    }

    /// Has every index refuse a write, each for the one right reason: that way an index that cannot
    /// be written, because its disk is full for instance, is not taken for one that is ready.
    async fn ping(&self) -> Result<(), StoreError> {
        let nowhere = Position {
            seq_no: 0,
            primary_term: 1,
        };
        let writes: Vec<_> = self
            .indices
            .values()
            .map(|index| Write {
                index: index.clone(),
                // No document has this id: ids have no blanks.
                id: "not there".to_owned(),
                change: Change::Remove(nowhere),
            })
            .collect();
        for outcome in writes::ask(&self.cluster, writes.iter()).await? {
            outcome?;
        }
        Ok(())
    }
}

impl Elasticsearch {
    async fn read(&self, index: &Arc<str>, id: &str) -> Result<Option<Entry>, StoreError> {
        let read = Read {
            index: index.clone(),
            id: id.to_owned(),
        };
        let entry = while_busy(|| self.reads.submit(read.clone())).await??;
        match &entry {
            Some(entry) => {
                let at = entry.document.revision;
                self.positions.remember(index, id, at, entry.position);
            }
            None => self.positions.forget(index, id),
        }
        Ok(entry)
    }

    async fn write(&self, index: &Arc<str>, id: &str, change: Change) -> Result<Outcome, Failure> {
        let write = Write {
            index: index.clone(),
            id: id.to_owned(),
            change,
        };
        while_busy(|| self.writes.submit(write.clone())).await
    }

    /// Where the document lies, when it is at this revision.
    async fn locate(
        &self,
        index: &Arc<str>,
        id: &str,
        at: Revision,
    ) -> Result<Option<Position>, StoreError> {
        if let Some(position) = self.positions.of(index, id, at) {
            return Ok(Some(position));
        }
        let entry = self.read(index, id).await?;
        let entry = entry.filter(|entry| entry.document.revision == at);
        Ok(entry.map(|entry| entry.position))
    }

    /// Whether the document that is there is the one that this write has made.
    async fn is_ours(&self, index: &Arc<str>, id: &str, token: &str) -> Result<bool, StoreError> {
        let entry = self.read(index, id).await?;
        Ok(entry.is_some_and(|entry| entry.write == token))
    }
}

/// Tries again while the cluster could not do it, which means that it has not done it: a shard takes
/// a moment to move to another node.
async fn while_busy<T, F>(attempt: impl Fn() -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    let deadline = Instant::now() + BUSY;
    let mut backoff = Backoff::new();
    loop {
        let outcome = attempt().await;
        let wait = backoff.next();
        if !matches!(outcome, Err(Failure::Busy(_))) || Instant::now() + wait >= deadline {
            return outcome;
        }
        sleep(wait).await;
    }
}

/// Tells this write from all others.
fn token() -> String {
    format!("{:032x}", rand::random::<u128>())
}
