//! The report of an account that `inspired user show` prints.

use std::fmt;

use domain::{accounts::AccountOverview, sessions::SessionOverview};
use serde::{Deserialize, Serialize};

/// The report of an account. Times are RFC 3339 in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccountReport {
    id: String,
    email_address: String,
    state: AccountStatus,
    is_moderator: bool,
    created_at: String,
    artists: usize,
    deleted_artists: usize,
    sessions: Vec<SessionReport>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AccountStatus {
    Active,
    Disabled,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SessionReport {
    began_at: String,
    last_used_at: String,
    ends_at: String,
}

impl AccountReport {
    pub(super) fn new(account: AccountOverview, sessions: Vec<SessionOverview>) -> Self {
        let sessions = sessions.into_iter().map(|session| SessionReport {
            began_at: session.began_at,
            last_used_at: session.last_used_at,
            ends_at: session.ends_at,
        });
        Self {
            id: account.id.to_string(),
            email_address: account.email_address,
            state: match account.is_active {
                true => AccountStatus::Active,
                false => AccountStatus::Disabled,
            },
            is_moderator: account.is_moderator,
            created_at: account.created_at,
            artists: account.artists,
            deleted_artists: account.deleted_artists,
            sessions: sessions.collect(),
        }
    }
}

impl fmt::Display for AccountReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            AccountStatus::Active => "active",
            AccountStatus::Disabled => "disabled",
        };
        let moderator = if self.is_moderator { "yes" } else { "no" };
        let artists = format!("{}, deleted: {}", self.artists, self.deleted_artists);
        let sessions = self.sessions.len().to_string();
        for (name, value) in [
            ("id", self.id.as_str()),
            ("address", &self.email_address),
            ("state", state),
            ("moderator", moderator),
            ("created", &self.created_at),
            ("artists", &artists),
            ("sessions", &sessions),
        ] {
            writeln!(f, "{name:<10} {value}")?;
        }
        for session in &self.sessions {
            let SessionReport {
                began_at,
                last_used_at,
                ends_at,
            } = session;
            writeln!(
                f,
                "  began {began_at}, last used {last_used_at}, ends {ends_at}"
            )?;
        }
        Ok(())
    }
}
