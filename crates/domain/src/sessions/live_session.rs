//! A session in memory.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use types::CurrentUser;

use super::{key::SessionKey, record::SessionRecord};
use crate::{
    accounts::StoredAccount,
    cached_collection::CachedCollection,
    clock::{from_unix_milliseconds, rfc3339},
    documents::{Document, Revision, StoreError},
    encoding::{decode, encode},
};

/// Interval in milliseconds between stored uses of a session. A crash loses at most this much, so
/// a session may end that much too early and never too late.
const SEEN_EVERY: i64 = 60_000;

/// A session in memory, with the state that changes while it is used.
#[derive(Debug)]
pub(crate) struct LiveSession {
    record: SessionRecord,
    revision: Revision,
    seen_at: AtomicI64,
    is_writing: AtomicBool,
    current_user: RwLock<Option<(Revision, Arc<CurrentUser>)>>,
}

impl LiveSession {
    pub(crate) fn new(record: SessionRecord, revision: Revision) -> Self {
        Self {
            revision,
            seen_at: AtomicI64::new(record.seen_at),
            is_writing: AtomicBool::new(false),
            current_user: RwLock::new(None),
            record,
        }
    }

    /// Decodes a stored session.
    pub(crate) fn read(document: &Document) -> Result<Option<Self>, StoreError> {
        Ok(Some(Self::new(decode(document)?, document.revision)))
    }

    pub(crate) fn revision(&self) -> Revision {
        self.revision
    }

    pub(crate) fn record(&self) -> &SessionRecord {
        &self.record
    }

    pub(crate) fn is_over(&self, now: i64) -> bool {
        self.record
            .is_over(self.seen_at.load(Ordering::Relaxed), now)
    }

    /// Records a use.
    pub(crate) fn note_use(&self, now: i64) {
        self.seen_at.fetch_max(now, Ordering::Relaxed);
    }

    /// True once when the last use must be stored; the caller that gets it stores it.
    pub(crate) fn claims_writing(&self, now: i64) -> bool {
        let every = SEEN_EVERY.min(self.record.idle / 8);
        now - self.record.seen_at >= every && !self.is_writing.swap(true, Ordering::AcqRel)
    }

    /// Stores the last use. It replaces the revision that was read, so it cannot bring back a
    /// session that has ended meanwhile. The cache is invalidated.
    pub(crate) async fn write_down(
        &self,
        key: SessionKey,
        sessions: &CachedCollection<SessionKey, Self>,
    ) -> Result<(), StoreError> {
        let record = SessionRecord {
            seen_at: self.seen_at.load(Ordering::Relaxed),
            ..self.record.clone()
        };
        let body = encode(&record)?;
        sessions.replace(&key, self.revision, body).await.map(drop)
    }

    /// Lets another request store the last use, after this one has failed.
    pub(crate) fn release_writing(&self) {
        self.is_writing.store(false, Ordering::Release);
    }

    /// The account and the session as pages show them, computed once per revision of the account.
    pub(crate) fn current_user(&self, account: &StoredAccount) -> Arc<CurrentUser> {
        let made = self
            .current_user
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some((revision, current_user)) = made.as_ref()
            && *revision == account.revision
        {
            return current_user.clone();
        }
        drop(made);
        let current_user = Arc::new(CurrentUser {
            account: account.record.to_view(&self.record.account),
            session_began_at: rfc3339(from_unix_milliseconds(self.record.began_at)),
            session_ends_at: rfc3339(from_unix_milliseconds(self.record.ends_at)),
        });
        *self
            .current_user
            .write()
            .unwrap_or_else(PoisonError::into_inner) =
            Some((account.revision, current_user.clone()));
        current_user
    }
}
