//! Sessions: who is signed in, since when and for how long.

mod account_sessions;
mod error;
mod key;
mod live_session;
mod overview;
mod record;
mod sweep;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use time::Duration;
use types::CurrentUser;

use self::{
    account_sessions::{AccountSessionsStore, remove},
    live_session::LiveSession,
    record::{SESSIONS, SessionRecord},
};
pub use self::{error::SessionError, key::SessionKey, overview::SessionOverview};
use crate::{
    accounts::{AccountDirectory, StoredAccount, VerifiedLogin},
    cache::CacheEntry,
    cached_collection::{CachedCollection, DocumentKey},
    caller::{Caller, ClientNetwork},
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Documents, StoreError},
    encoding::encode,
    migrations::CollectionSchema,
};

/// Maximum number of sessions in memory.
const CACHED_SESSIONS: usize = 100_000;

/// Time in milliseconds during which last uses are not stored after the store has failed to do so.
const USES_REST: i64 = 10_000;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// A session ends after this time without use.
    pub idle: Duration,
    /// A session ends at this age, however much it is used.
    pub max: Duration,
    /// Maximum age of a session with "Keep me logged in".
    pub remember: Duration,
    /// Time without use after which such a session ends.
    pub remember_idle: Duration,
}

/// Two hours and a day: NIST SP 800-63B-4 recommends at most an hour and a day at AAL2, but a
/// creator who watches her own video for an hour should stay logged in. "Keep me logged in" is
/// AAL1, where it allows thirty days.
impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            idle: Duration::hours(2),
            max: Duration::hours(24),
            remember: Duration::days(30),
            remember_idle: Duration::days(14),
        }
    }
}

/// The collections that sessions are stored in.
pub(crate) fn collections() -> [&'static Collection; 2] {
    [&record::SESSIONS, &account_sessions::ACCOUNT_SESSIONS]
}

/// The schemas of the documents in [`collections`].
pub(crate) fn records() -> [CollectionSchema; 2] {
    [
        CollectionSchema::of::<SessionRecord>(&SESSIONS),
        CollectionSchema::of::<account_sessions::AccountSessions>(
            &account_sessions::ACCOUNT_SESSIONS,
        ),
    ]
}

/// The operations on sessions.
#[derive(Debug)]
pub struct Sessions {
    limits: SessionLimits,
    documents: Arc<dyn Documents>,
    directory: Arc<AccountDirectory>,
    registry: AccountSessionsStore,
    live: Arc<CachedCollection<SessionKey, LiveSession>>,
    uses_rest_until: Arc<AtomicI64>,
    clock: Arc<dyn Clock>,
}

/// A live session.
#[derive(Clone, Debug)]
pub struct ResumedSession {
    /// The caller that the session stands for.
    pub caller: Caller,
    /// The account and the session as pages and the API show them.
    pub current_user: Arc<CurrentUser>,
}

impl Sessions {
    pub(crate) fn new(
        limits: SessionLimits,
        documents: Arc<dyn Documents>,
        directory: Arc<AccountDirectory>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let live = Arc::new(CachedCollection::new(
            documents.clone(),
            &SESSIONS,
            CACHED_SESSIONS,
            clock.clone(),
            LiveSession::read,
        ));
        Self {
            limits,
            registry: AccountSessionsStore::new(documents.clone(), live.clone()),
            live,
            uses_rest_until: Arc::default(),
            documents,
            directory,
            clock,
        }
    }

    /// Starts a session under a new key. If the account has too many sessions, its oldest one
    /// ends.
    ///
    /// # Errors
    /// [`SessionError::Outdated`] if the account has changed since the password was verified,
    /// [`SessionError::Store`].
    pub async fn start(
        &self,
        _caller: &Caller,
        login: VerifiedLogin,
        key: SessionKey,
    ) -> Result<CurrentUser, SessionError> {
        let now = self.clock.now();
        let record = SessionRecord::begin(login, &self.limits, now);
        // The session is created before its entry in `AccountSessions`, so that a concurrent login
        // that removes dead entries does not remove this one. A crash in between leaves a session
        // that no client has: its id is sent only after both are stored.
        let revision = self
            .documents
            .create(&SESSIONS, &key.document_id(), encode(&record)?)
            .await?;
        self.registry
            .add(&record, key, unix_milliseconds(now))
            .await?;
        let session = LiveSession::new(record, revision);
        let account = self
            .account_of(&session)
            .await?
            .ok_or(SessionError::Outdated)?;
        Ok(session.current_user(&account).as_ref().clone())
    }

    /// Resumes a session; counts as a use. `None` if it has ended.
    ///
    /// # Errors
    /// [`SessionError::Store`]: it is unknown whether the session is live.
    pub async fn resume(
        &self,
        key: SessionKey,
        source: ClientNetwork,
    ) -> Result<Option<ResumedSession>, SessionError> {
        let Some(session) = self.live.get(&key).await? else {
            return Ok(None);
        };
        let now = unix_milliseconds(self.clock.now());
        if session.is_over(now) {
            return Ok(None);
        }
        let Some(account) = self.account_of(&session).await? else {
            return Ok(None);
        };
        session.note_use(now);
        if self.uses_rest_until.load(Ordering::Relaxed) <= now && session.claims_writing(now) {
            self.write_down_use(key, session.clone());
        }
        Ok(Some(ResumedSession {
            caller: Caller::SignedIn {
                account: session.record().account.clone(),
                session: key,
                source,
            },
            current_user: session.current_user(&account),
        }))
    }

    /// Ends a session. A session that has already ended is no error.
    ///
    /// # Errors
    /// [`SessionError::Store`]: the session may still be live.
    pub async fn end(&self, _caller: &Caller, key: SessionKey) -> Result<(), SessionError> {
        if let Some(session) = remove(&self.live, key).await? {
            let account = &session.record().account;
            tracing::info!(%account, "logged out");
            self.registry.remove(account, key).await;
        }
        Ok(())
    }

    /// The account of a session; `None` if it was deleted or disabled, or its sessions were ended.
    async fn account_of(
        &self,
        session: &LiveSession,
    ) -> Result<Option<Arc<CacheEntry<StoredAccount>>>, StoreError> {
        let SessionRecord {
            account: id, epoch, ..
        } = session.record();
        let mut found = self.directory.with_epoch(id).await?;
        // The cached account is outdated in two cases: the session has a later epoch, because it
        // began after "end all" in another process; or it has this epoch while the cached account
        // is disabled, because it began after the account was enabled.
        let is_older = |(account, known): &(Arc<CacheEntry<StoredAccount>>, u64)| {
            known < epoch || (known == epoch && !account.record.is_active)
        };
        if found.as_ref().is_some_and(is_older) {
            found = self.directory.current_with_epoch(id).await?;
        }
        let alive = found.filter(|(account, known)| account.record.is_active && known == epoch);
        Ok(alive.map(|(account, _)| account))
    }

    /// Stores the last use of a session, after the response. After a failure, uses are not stored
    /// for a while: a use may be lost, but a failing store must not receive a write for each read.
    fn write_down_use(&self, key: SessionKey, session: Arc<CacheEntry<LiveSession>>) {
        let (live, clock, rest) = (
            self.live.clone(),
            self.clock.clone(),
            self.uses_rest_until.clone(),
        );
        tokio::spawn(async move {
            if let Err(error) = session.write_down(key, &live).await {
                tracing::warn!(%error, "the use of a session was not written down");
                rest.store(
                    unix_milliseconds(clock.now()) + USES_REST,
                    Ordering::Relaxed,
                );
                session.release_writing();
            }
        });
    }
}
