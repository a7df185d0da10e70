//! Which sessions an account has.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    key::SessionKey,
    live::LiveSession,
    record::{SESSIONS, SessionRecord},
};
use crate::{
    documents::{Collection, Document, Documents, StoreError},
    encoding::{decode, encode},
    id::AccountId,
    remembered::{DocumentKey, Remembered},
};

/// The most sessions that an account has; with one more, the oldest ends (ASVS 7.1.2).
const MOST: usize = 50;

pub(crate) static ROSTERS: Collection = Collection {
    name: "rosters",
    indexed: &[],
    largest: 32 * 1024,
};

/// The rosters of all accounts.
///
/// A roster is one document per account, so that a login needs no search. It may name sessions
/// that are over; whether a session is alive is never decided by it.
#[derive(Debug)]
pub(crate) struct Rosters {
    documents: Arc<dyn Documents>,
    sessions: Arc<Remembered<SessionKey, LiveSession>>,
}

#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Roster {
    sessions: Vec<Entry>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Entry {
    #[schemars(with = "String")]
    key: SessionKey,
    ends_at: i64,
}

impl Rosters {
    pub(crate) fn new(
        documents: Arc<dyn Documents>,
        sessions: Arc<Remembered<SessionKey, LiveSession>>,
    ) -> Self {
        Self {
            documents,
            sessions,
        }
    }

    /// Enters a session that is about to be created, and ends the oldest ones that are too many.
    pub(crate) async fn enter(
        &self,
        session: &SessionRecord,
        key: SessionKey,
        now: i64,
    ) -> Result<(), StoreError> {
        let account = session.account.as_str();
        let entry = Entry {
            key,
            ends_at: session.ends_at,
        };
        loop {
            let document = self.documents.get(&ROSTERS, account).await?;
            let mut roster = match &document {
                Some(document) => decode::<Roster>(document)?,
                None => Roster::default(),
            };
            // It is there already when an earlier round was written and its answer lost.
            roster
                .sessions
                .retain(|entry| entry.ends_at > now && entry.key != key);
            if roster.sessions.len() >= MOST {
                self.make_room(&mut roster, session.epoch, now).await?;
            }
            roster.sessions.push(entry.clone());
            let body = encode(&roster)?;
            let written = match document {
                Some(document) => {
                    let from = document.revision;
                    self.documents.replace(&ROSTERS, account, from, body).await
                }
                None => self.documents.create(&ROSTERS, account, body).await,
            };
            match written {
                Ok(_) => return Ok(()),
                Err(StoreError::Moved | StoreError::Exists) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes out a session that has ended. A failure is no harm: the entry then names a session
    /// that is over, and goes when room is made or when its time has come.
    pub(crate) async fn leave(&self, account: &AccountId, key: SessionKey) {
        loop {
            let Ok(Some(document)) = self.documents.get(&ROSTERS, account.as_str()).await else {
                return;
            };
            let Ok(mut roster) = decode::<Roster>(&document) else {
                return;
            };
            roster.sessions.retain(|entry| entry.key != key);
            let Ok(body) = encode(&roster) else {
                return;
            };
            let from = document.revision;
            let written = self
                .documents
                .replace(&ROSTERS, account.as_str(), from, body)
                .await;
            if !matches!(written, Err(StoreError::Moved)) {
                return;
            }
        }
    }

    /// The sessions that an account has had; some may be over.
    pub(crate) async fn sessions(
        &self,
        account: &AccountId,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        let Some(document) = self.documents.get(&ROSTERS, account.as_str()).await? else {
            return Ok(Vec::new());
        };
        let documents = self.documents_of(&decode(&document)?).await?;
        documents.iter().flatten().map(decode).collect()
    }

    /// The documents of the sessions that a roster names, in its order.
    async fn documents_of(&self, roster: &Roster) -> Result<Vec<Option<Document>>, StoreError> {
        let ids: Vec<String> = roster
            .sessions
            .iter()
            .map(|entry| entry.key.document_id())
            .collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        self.documents.get_many(&SESSIONS, &ids).await
    }

    /// Forgets sessions that are over, and ends the oldest ones until one more fits.
    async fn make_room(&self, roster: &mut Roster, epoch: u64, now: i64) -> Result<(), StoreError> {
        let documents = self.documents_of(roster).await?;
        let mut alive = Vec::with_capacity(MOST);
        for (entry, document) in roster.sessions.iter().zip(documents) {
            let Some(document) = document else { continue };
            let session = decode::<SessionRecord>(&document)?;
            if session.epoch >= epoch && !session.is_over(session.seen_at, now) {
                alive.push(entry.clone());
            }
        }
        while alive.len() >= MOST {
            let oldest = alive.remove(0);
            remove(&self.sessions, oldest.key).await?;
        }
        roster.sessions = alive;
        Ok(())
    }
}

/// Removes a session under whatever else changes it; gives what it was.
pub(crate) async fn remove(
    sessions: &Remembered<SessionKey, LiveSession>,
    key: SessionKey,
) -> Result<Option<LiveSession>, StoreError> {
    loop {
        let Some(session) = sessions.read(&key).await? else {
            return Ok(None);
        };
        if sessions.remove(&key, session.revision()).await?.is_some() {
            return Ok(Some(session));
        }
    }
}
