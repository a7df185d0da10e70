//! Sessions: who is signed in, since when and for how long.

mod error;
mod key;
mod live;
mod overview;
mod record;
mod roster;
mod sweep;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use time::Duration;
use types::Visitor;

pub use self::{error::SessionError, key::SessionKey, overview::SessionOverview};
use self::{
    live::LiveSession,
    record::{SESSIONS, SessionRecord},
    roster::{Rosters, remove},
};
use crate::{
    accounts::{AccountDirectory, LoggedIn, StoredAccount},
    cache::Entry,
    caller::{Caller, Source},
    clock::{Clock, unix_milliseconds},
    documents::{Collection, Documents, StoreError},
    encoding::encode,
    migrations::Record,
    remembered::{DocumentKey, Remembered},
};

/// So many sessions are kept in memory.
const CACHED_SESSIONS: usize = 100_000;

/// So many milliseconds no use is written down after one could not be.
const USES_REST: i64 = 10_000;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Unused for so long, a session ends.
    pub idle: Duration,
    /// So old, a session ends however much it is used.
    pub max: Duration,
    /// The same for a person who asked to be kept logged in.
    pub remember: Duration,
    /// Unused for so long, such a session ends.
    pub remember_idle: Duration,
}

/// Two hours and a day: NIST 800-63B-4 asks for at most an hour and a day at AAL2; a creator who
/// watches her own video for an hour should not lose her place. "Keep me logged in" is AAL1, where
/// it allows thirty days.
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

/// What is kept of sessions.
pub(crate) fn collections() -> [&'static Collection; 2] {
    [&record::SESSIONS, &roster::ROSTERS]
}

/// What its documents look like.
pub(crate) fn records() -> [Record; 2] {
    [
        Record::of::<SessionRecord>(&SESSIONS),
        Record::of::<roster::Roster>(&roster::ROSTERS),
    ]
}

/// What can be done with sessions.
#[derive(Debug)]
pub struct Sessions {
    limits: SessionLimits,
    documents: Arc<dyn Documents>,
    directory: Arc<AccountDirectory>,
    rosters: Rosters,
    live: Arc<Remembered<SessionKey, LiveSession>>,
    uses_rest_until: Arc<AtomicI64>,
    clock: Arc<dyn Clock>,
}

/// A session that is alive, and whose it is.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// Who asks.
    pub caller: Caller,
    /// The same, as a page shows it.
    pub visitor: Arc<Visitor>,
}

impl Sessions {
    pub(crate) fn new(
        limits: SessionLimits,
        documents: Arc<dyn Documents>,
        directory: Arc<AccountDirectory>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let live = Arc::new(Remembered::new(
            documents.clone(),
            &SESSIONS,
            CACHED_SESSIONS,
            clock.clone(),
            LiveSession::read,
        ));
        Self {
            limits,
            rosters: Rosters::new(documents.clone(), live.clone()),
            live,
            uses_rest_until: Arc::default(),
            documents,
            directory,
            clock,
        }
    }

    /// Starts a session under a key that was just drawn. The account's oldest session ends when it
    /// has too many.
    ///
    /// # Errors
    /// [`SessionError::Outdated`] when the account has changed since the password was verified,
    /// [`SessionError::Store`].
    pub async fn start(
        &self,
        _caller: &Caller,
        login: LoggedIn,
        key: SessionKey,
    ) -> Result<Visitor, SessionError> {
        let now = self.clock.now();
        let record = SessionRecord::begin(login, &self.limits, now);
        // The session comes first, so that whoever makes room in the roster meanwhile finds it and
        // does not take its entry for one that is over. A crash in between leaves a session that
        // nobody holds: its id is only sent when both are done.
        let revision = self
            .documents
            .create(&SESSIONS, &key.document_id(), encode(&record)?)
            .await?;
        self.rosters
            .enter(&record, key, unix_milliseconds(now))
            .await?;
        let session = LiveSession::new(record, revision);
        let account = self
            .account_of(&session)
            .await?
            .ok_or(SessionError::Outdated)?;
        Ok(session.visitor(&account).as_ref().clone())
    }

    /// Whose session this is, if it is alive; being asked for counts as being used.
    ///
    /// # Errors
    /// [`SessionError::Store`]: then nothing is known, which is neither "no" nor "yes".
    pub async fn resume(
        &self,
        key: SessionKey,
        source: Source,
    ) -> Result<Option<Resumed>, SessionError> {
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
        Ok(Some(Resumed {
            caller: Caller::SignedIn {
                account: session.record().account.clone(),
                session: key,
                source,
            },
            visitor: session.visitor(&account),
        }))
    }

    /// Ends a session. It is no error when it is over already.
    ///
    /// # Errors
    /// [`SessionError::Store`]: then it may still be alive.
    pub async fn end(&self, _caller: &Caller, key: SessionKey) -> Result<(), SessionError> {
        if let Some(session) = remove(&self.live, key).await? {
            let account = &session.record().account;
            tracing::info!(%account, "logged out");
            self.rosters.leave(account, key).await;
        }
        Ok(())
    }

    /// The account of a session, unless it was deleted or disabled, or its sessions were ended since.
    async fn account_of(
        &self,
        session: &LiveSession,
    ) -> Result<Option<Arc<Entry<StoredAccount>>>, StoreError> {
        let SessionRecord {
            account: id, epoch, ..
        } = session.record();
        let mut found = self.directory.with_epoch(id).await?;
        // The cached account is out of date in two cases: the session has a later epoch, because it
        // began after "end all" in another process; or it has this epoch while the cached account
        // is disabled, because it began after the account was enabled.
        let is_older = |(account, known): &(Arc<Entry<StoredAccount>>, u64)| {
            known < epoch || (known == epoch && !account.record.is_active)
        };
        if found.as_ref().is_some_and(is_older) {
            found = self.directory.with_epoch_anew(id).await?;
        }
        let alive = found.filter(|(account, known)| account.record.is_active && known == epoch);
        Ok(alive.map(|(account, _)| account))
    }

    /// Stores when a session was last used, after the answer. A store that refuses it is left alone
    /// for a while: a use may be forgotten, and a store in trouble must not get a write for each read.
    fn write_down_use(&self, key: SessionKey, session: Arc<Entry<LiveSession>>) {
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
