//! The list of sessions of an account.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    key::SessionKey,
    live_session::LiveSession,
    record::{SESSIONS, SessionRecord},
};
use crate::{
    account_id::AccountId,
    cached_collection::{CachedCollection, DocumentKey},
    documents::{Collection, Document, Documents, StoreError},
    encoding::{decode, encode},
};

/// Maximum number of sessions of an account; starting another ends the oldest (ASVS 7.1.2).
const MAX_SESSIONS: usize = 50;

pub(crate) static ACCOUNT_SESSIONS: Collection = Collection {
    name: "rosters",
    indexed: &[],
    max_body_bytes: 32 * 1024,
};

/// The [`AccountSessions`] of all accounts.
///
/// There is one document per account that lists its sessions, so that a login needs no search. It may
/// list sessions that have ended; it never decides whether a session is live.
#[derive(Debug)]
pub(crate) struct AccountSessionsStore {
    documents: Arc<dyn Documents>,
    sessions: Arc<CachedCollection<SessionKey, LiveSession>>,
}

#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct AccountSessions {
    sessions: Vec<SessionEntry>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct SessionEntry {
    #[schemars(with = "String")]
    key: SessionKey,
    ends_at: i64,
}

impl AccountSessionsStore {
    pub(crate) fn new(
        documents: Arc<dyn Documents>,
        sessions: Arc<CachedCollection<SessionKey, LiveSession>>,
    ) -> Self {
        Self {
            documents,
            sessions,
        }
    }

    /// Adds a session that was just created, and ends the oldest ones if there are too many.
    pub(crate) async fn add(
        &self,
        session: &SessionRecord,
        key: SessionKey,
        now: i64,
    ) -> Result<(), StoreError> {
        let account = session.account.as_str();
        let entry = SessionEntry {
            key,
            ends_at: session.ends_at,
        };
        loop {
            let document = self.documents.get(&ACCOUNT_SESSIONS, account).await?;
            let mut account_sessions = match &document {
                Some(document) => decode::<AccountSessions>(document)?,
                None => AccountSessions::default(),
            };
            // The entry exists already if an earlier write succeeded but its response was lost.
            account_sessions
                .sessions
                .retain(|entry| entry.ends_at > now && entry.key != key);
            if account_sessions.sessions.len() >= MAX_SESSIONS {
                self.make_room(&mut account_sessions, session.epoch, now)
                    .await?;
            }
            account_sessions.sessions.push(entry.clone());
            let body = encode(&account_sessions)?;
            let written = match document {
                Some(document) => {
                    let from = document.revision;
                    self.documents
                        .replace(&ACCOUNT_SESSIONS, account, from, body)
                        .await
                }
                None => {
                    self.documents
                        .create(&ACCOUNT_SESSIONS, account, body)
                        .await
                }
            };
            match written {
                Ok(_) => return Ok(()),
                Err(StoreError::Conflict | StoreError::Exists) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Removes a session that has ended. A failure is ignored: the entry is removed when room is
    /// needed or when its `ends_at` has passed.
    pub(crate) async fn remove(&self, account: &AccountId, key: SessionKey) {
        loop {
            let Ok(Some(document)) = self
                .documents
                .get(&ACCOUNT_SESSIONS, account.as_str())
                .await
            else {
                return;
            };
            let Ok(mut account_sessions) = decode::<AccountSessions>(&document) else {
                return;
            };
            account_sessions.sessions.retain(|entry| entry.key != key);
            let Ok(body) = encode(&account_sessions) else {
                return;
            };
            let from = document.revision;
            let written = self
                .documents
                .replace(&ACCOUNT_SESSIONS, account.as_str(), from, body)
                .await;
            if !matches!(written, Err(StoreError::Conflict)) {
                return;
            }
        }
    }

    /// The sessions that an account's document lists; some may have ended.
    pub(crate) async fn sessions(
        &self,
        account: &AccountId,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        let Some(document) = self
            .documents
            .get(&ACCOUNT_SESSIONS, account.as_str())
            .await?
        else {
            return Ok(Vec::new());
        };
        let documents = self.documents_of(&decode(&document)?).await?;
        documents.iter().flatten().map(decode).collect()
    }

    /// The documents of the listed sessions, in the order of the list; `None` for one that does not
    /// exist.
    async fn documents_of(
        &self,
        account_sessions: &AccountSessions,
    ) -> Result<Vec<Option<Document>>, StoreError> {
        let ids: Vec<String> = account_sessions
            .sessions
            .iter()
            .map(|entry| entry.key.document_id())
            .collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        self.documents.get_many(&SESSIONS, &ids).await
    }

    /// Removes entries of sessions that have ended, and ends the oldest sessions until one more
    /// fits.
    async fn make_room(
        &self,
        account_sessions: &mut AccountSessions,
        epoch: u64,
        now: i64,
    ) -> Result<(), StoreError> {
        let documents = self.documents_of(account_sessions).await?;
        let mut alive = Vec::with_capacity(MAX_SESSIONS);
        for (entry, document) in account_sessions.sessions.iter().zip(documents) {
            let Some(document) = document else { continue };
            let session = decode::<SessionRecord>(&document)?;
            if session.epoch >= epoch && !session.is_over(session.seen_at, now) {
                alive.push(entry.clone());
            }
        }
        while alive.len() >= MAX_SESSIONS {
            let oldest = alive.remove(0);
            remove(&self.sessions, oldest.key).await?;
        }
        account_sessions.sessions = alive;
        Ok(())
    }
}

/// Removes a session, repeating after each conflict; returns it.
pub(crate) async fn remove(
    sessions: &CachedCollection<SessionKey, LiveSession>,
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
