//! The stored form of a session.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::SessionLimits;
use crate::{
    account_id::AccountId, accounts::VerifiedLogin, clock::unix_milliseconds, documents::Collection,
};

/// Sessions, by their key.
pub(crate) static SESSIONS: Collection = Collection {
    name: "sessions",
    indexed: &["ends_on"],
    max_body_bytes: 4 * 1024,
};

/// The stored form of a session. Instants are milliseconds since 1970.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct SessionRecord {
    /// The account.
    pub(crate) account: AccountId,
    /// The session epoch of the account at the login.
    pub(crate) epoch: u64,
    /// When it began.
    pub(crate) began_at: i64,
    /// When it was last used, to the minute.
    pub(crate) seen_at: i64,
    /// When it ends, however much it is used.
    pub(crate) ends_at: i64,
    /// It ends after this time without use, in milliseconds.
    pub(crate) idle: i64,
    /// The UTC day of `ends_at`, by which ended sessions are found: `2026-11-23`.
    pub(crate) ends_on: String,
}

impl SessionRecord {
    /// A session that begins at `now`.
    pub(crate) fn begin(login: VerifiedLogin, limits: &SessionLimits, now: OffsetDateTime) -> Self {
        let (max, idle) = if login.remember {
            (limits.remember, limits.remember_idle)
        } else {
            (limits.max, limits.idle)
        };
        let ends = now.saturating_add(max);
        Self {
            account: login.account,
            epoch: login.epoch,
            began_at: unix_milliseconds(now),
            seen_at: unix_milliseconds(now),
            ends_at: unix_milliseconds(ends),
            idle: milliseconds(idle),
            ends_on: ends.date().to_string(),
        }
    }

    /// True if it has ended at `now`, given its last use at `seen_at`.
    pub(crate) fn is_over(&self, seen_at: i64, now: i64) -> bool {
        now >= self.ends_at || now >= seen_at.saturating_add(self.idle)
    }
}

pub(crate) fn milliseconds(span: Duration) -> i64 {
    i64::try_from(span.whole_milliseconds()).unwrap_or(i64::MAX)
}
