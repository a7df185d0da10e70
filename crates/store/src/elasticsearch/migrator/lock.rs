//! One process migrates at a time.
//!
//! The lock is a document. Whoever has it writes to it again and again; whoever wants it watches, and
//! takes it over when nothing has been written for long. No two clocks are compared.

use std::{process, sync::Arc, time::Duration};

use domain::migrations::{MigrateError, Step, Watch};
use elasticsearch::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep},
};

use super::super::{
    call::{Answer, Call},
    cluster::Cluster,
    entry::Position,
    failure::{Cause, Failure},
    index_settings, indices,
};

/// So often a holder writes within the time after which it would be taken for dead.
const BEATS: u32 = 10;

/// The lock, as long as this process has it.
#[derive(Debug)]
pub(super) struct Lock {
    cluster: Arc<Cluster>,
    path: String,
    holder: String,
    patience: Duration,
    place: Mutex<Place>,
}

#[derive(Debug)]
struct Place {
    position: Position,
    beats: u64,
    since: Instant,
}

/// The lock as it was found.
#[derive(Debug, Deserialize)]
struct Found {
    #[serde(flatten)]
    position: Position,
    #[serde(rename = "_source")]
    source: Held,
}

#[derive(Debug, Deserialize)]
struct Held {
    holder: String,
}

/// Whoever has the lock while another one waits for it.
#[derive(Debug, Default)]
struct Rival {
    seen: Option<(Position, Instant)>,
    told: String,
}

impl Rival {
    /// For how long the lock has been seen as it is now.
    fn has_been_still(&mut self, found: &Found) -> Duration {
        let seen = self
            .seen
            .filter(|(position, _)| *position == found.position);
        let (_, since) = *self
            .seen
            .insert(seen.unwrap_or((found.position, Instant::now())));
        since.elapsed()
    }

    /// Says once who it is.
    async fn tell(&mut self, holder: String, watch: &dyn Watch) {
        if self.told != holder {
            self.told.clone_from(&holder);
            watch.step(Step::Waiting(holder)).await;
        }
    }
}

/// What became of writing to the lock.
enum Wrote {
    Done(Position),
    Conflict,
}

impl Lock {
    /// Takes the lock; waits while somebody has it who is alive.
    pub(super) async fn take(
        cluster: &Arc<Cluster>,
        patience: Duration,
        watch: &dyn Watch,
    ) -> Result<Self, MigrateError> {
        let path = format!("/{}-migration-lock", cluster.settings.prefix);
        make(cluster, &path).await?;
        let holder = format!("process {} ({:08x})", process::id(), rand::random::<u32>());
        let mut rival = Rival::default();
        loop {
            let over = match read(cluster, &path).await? {
                None => None,
                // The answer to the write that took it was lost.
                Some(found) if found.source.holder == holder => Some(found.position),
                Some(found) if rival.has_been_still(&found) >= patience => Some(found.position),
                Some(found) => {
                    rival.tell(found.source.holder, watch).await;
                    sleep(patience / BEATS).await;
                    continue;
                }
            };
            match write(cluster, &path, over, &body(&holder, 0)).await {
                Ok(Wrote::Done(position)) => {
                    let place = Mutex::new(Place {
                        position,
                        beats: 0,
                        since: Instant::now(),
                    });
                    return Ok(Self {
                        cluster: cluster.clone(),
                        path,
                        holder,
                        patience,
                        place,
                    });
                }
                // Somebody was faster, or it was us.
                Ok(Wrote::Conflict) | Err(Failure::NoAnswer(_)) => {}
                Err(failure) => return Err(failure.into()),
            }
        }
    }

    /// Writes again and again that this process is alive; ends when it has lost the lock.
    pub(super) async fn keep(&self) -> MigrateError {
        loop {
            sleep(self.patience / BEATS).await;
            if let Err(lost @ MigrateError::Overtaken) = self.beat().await {
                return lost;
            }
        }
    }

    /// Writes that this process is alive.
    ///
    /// # Errors
    /// [`MigrateError::Overtaken`] when somebody else has the lock, or could have it by now.
    pub(super) async fn beat(&self) -> Result<(), MigrateError> {
        let mut place = self.place.lock().await;
        let (began, beats) = (Instant::now(), place.beats + 1);
        let body = body(&self.holder, beats);
        let mut written = write(&self.cluster, &self.path, Some(place.position), &body).await;
        // A write whose answer was lost has moved it.
        if !matches!(written, Ok(Wrote::Done(_)))
            && let Ok(Some(found)) = read(&self.cluster, &self.path).await
        {
            if found.source.holder != self.holder {
                return Err(MigrateError::Overtaken);
            }
            let over = Some(found.position);
            written = write(&self.cluster, &self.path, over, &body).await;
        }
        match written {
            Ok(Wrote::Done(position)) => {
                *place = Place {
                    position,
                    beats,
                    since: began,
                };
                Ok(())
            }
            _ if place.since.elapsed() >= self.patience => Err(MigrateError::Overtaken),
            Ok(Wrote::Conflict) => Err(MigrateError::Overtaken),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Lets the next one have it at once.
    pub(super) async fn release(self) -> Result<(), Failure> {
        let position = self.place.into_inner().position;
        let call = Call::new(Method::Delete, format!("{}/_doc/lock", self.path));
        let answer = self.cluster.send(&at(call, position).once()).await?;
        answer.require_success()
    }
}

fn body(holder: &str, beats: u64) -> Value {
    json!({ "holder": holder, "beats": beats })
}

fn at(call: Call, position: Position) -> Call {
    call.query("if_seq_no", position.seq_no)
        .query("if_primary_term", position.primary_term)
}

/// Makes the index of the lock. It stays, so that nobody writes into one that Elasticsearch guesses.
async fn make(cluster: &Arc<Cluster>, path: &str) -> Result<(), Failure> {
    let call = Call::new(Method::Put, path).json(&json!({
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "holder": { "type": "keyword", "index": false, "doc_values": false },
                "beats": { "type": "long", "index": false, "doc_values": false },
            },
        },
        "settings": index_settings::ours(),
    }));
    let answer = cluster.send(&call).await?;
    if Cause::read(&answer.body).kind != "resource_already_exists_exception" {
        answer.require_success()?;
    }
    // Whoever has made it a moment ago may not have waited for its shard yet.
    indices::wait(cluster, &[path.trim_start_matches('/').into()]).await
}

async fn read(cluster: &Arc<Cluster>, path: &str) -> Result<Option<Found>, Failure> {
    let call = Call::new(Method::Get, format!("{path}/_doc/lock"));
    let answer = cluster.send(&call).await?;
    if answer.status.as_u16() == 404 && Cause::read(&answer.body).kind.is_empty() {
        return Ok(None);
    }
    answer.success().map(Some)
}

/// Writes over the lock that lies there; without one, makes it.
async fn write(
    cluster: &Arc<Cluster>,
    path: &str,
    over: Option<Position>,
    body: &Value,
) -> Result<Wrote, Failure> {
    let call = match over {
        None => Call::new(Method::Put, format!("{path}/_create/lock")),
        Some(position) => at(
            Call::new(Method::Put, format!("{path}/_doc/lock")),
            position,
        ),
    };
    let answer: Answer = cluster.send(&call.json(body).once()).await?;
    if answer.status.as_u16() == 409 {
        return Ok(Wrote::Conflict);
    }
    answer.success().map(Wrote::Done)
}
