//! Removing sessions that are over.

use time::Duration;

use super::{SessionError, Sessions, record::SESSIONS};
use crate::documents::{Currency, Listing, StoreError};

/// How many documents are removed between two looks at the store.
const BATCH: usize = 200;
/// A session whose last day was so many days ago is over, also for a process whose clock is a day
/// ahead of the others'.
const FIRST_DAY: i64 = 2;
/// How many days back ended sessions are looked for; a job that rested longer leaves the rest of
/// them, which are dead weight and nothing else.
const DAYS: i64 = 40;

impl Sessions {
    /// Removes sessions whose last day was over yesterday; gives how many.
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
            let listing = Listing {
                field: "ends_on",
                value: day,
                after: after.as_deref(),
                limit: BATCH,
                currency: Currency::UpToASecondOld,
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
                    Err(StoreError::Moved) => {}
                    Err(error) => return Err(error),
                }
            }
        }
    }
}
