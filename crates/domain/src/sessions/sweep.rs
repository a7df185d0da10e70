//! Removes sessions that have ended.

use time::Duration;

use super::{SessionError, Sessions, record::SESSIONS};
use crate::documents::{Consistency, FieldQuery, StoreError};

/// Number of documents that are listed and removed at a time.
const BATCH: usize = 200;
/// Number of days after its last day from which on a session has ended for every process, even one
/// whose clock differs by a day.
const FIRST_DAY: i64 = 2;
/// Number of days back for which ended sessions are searched. After a longer pause of the job,
/// older ones stay; they only occupy space.
const DAYS: i64 = 40;

impl Sessions {
    /// Removes sessions whose last day is over; returns their number.
    ///
    /// # Errors
    /// [`SessionError::Store`].
    pub async fn sweep(&self) -> Result<usize, SessionError> {
        let today = self.clock.now();
        let mut removed = 0;
        for days in FIRST_DAY..=DAYS {
            let day = today
                .saturating_sub(Duration::days(days))
                .date()
                .to_string();
            removed += self.sweep_day(&day).await?;
        }
        Ok(removed)
    }

    async fn sweep_day(&self, day: &str) -> Result<usize, StoreError> {
        let mut removed = 0;
        let mut after: Option<String> = None;
        loop {
            let listing = FieldQuery {
                field: "ends_on",
                value: day,
                after: after.as_deref(),
                limit: BATCH,
                consistency: Consistency::MaxAge,
            };
            let sessions = self.documents.list(&SESSIONS, listing).await?;
            let Some(last) = sessions.last() else {
                return Ok(removed);
            };
            after = Some(last.id.clone());
            for session in sessions {
                match self
                    .documents
                    .remove(&SESSIONS, &session.id, session.revision)
                    .await
                {
                    Ok(()) => removed += 1,
                    Err(StoreError::Conflict) => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
}
