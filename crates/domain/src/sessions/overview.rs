//! The sessions of an account as the operator sees them.

use super::{SessionError, Sessions};
use crate::{
    account_id::AccountId,
    caller::Caller,
    clock::{from_unix_milliseconds, rfc3339, unix_milliseconds},
};

/// A live session. Instants are RFC 3339 in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionOverview {
    /// When it began.
    pub began_at: String,
    /// When it was last used, to the minute.
    pub last_used_at: String,
    /// When it ends, however much it is used.
    pub ends_at: String,
}

impl Sessions {
    /// The live sessions of an account, oldest first. The result contains no key or id of a
    /// session.
    ///
    /// # Errors
    /// [`SessionError::Forbidden`] for every caller but the operator, [`SessionError::Store`].
    pub async fn of_account(
        &self,
        caller: &Caller,
        account: &AccountId,
    ) -> Result<Vec<SessionOverview>, SessionError> {
        let Caller::System = caller else {
            return Err(SessionError::Forbidden);
        };
        let Some((_, epoch)) = self.directory.current_with_epoch(account).await? else {
            return Ok(Vec::new());
        };
        let now = unix_milliseconds(self.clock.now());
        let sessions = self.registry.sessions(account).await?;
        let alive = sessions
            .into_iter()
            .filter(|session| session.epoch == epoch && !session.is_over(session.seen_at, now));
        let instant = |milliseconds| rfc3339(from_unix_milliseconds(milliseconds));
        Ok(alive
            .map(|session| SessionOverview {
                began_at: instant(session.began_at),
                last_used_at: instant(session.seen_at),
                ends_at: instant(session.ends_at),
            })
            .collect())
    }
}
