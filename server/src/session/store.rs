//! The domain's sessions as a store of tower-sessions.

use std::{net::Ipv4Addr, sync::Arc};

use async_trait::async_trait;
use domain::{Caller, ClientNetwork, Domain, accounts::VerifiedLogin};
use serde_json::Value;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};
use types::Problem;

use super::cookie::key_of;

/// The key in a new record for the login that its session starts from.
pub(super) const VERIFIED_LOGIN: &str = "login";
/// The key in a started record for the current user.
pub(super) const CURRENT_USER: &str = "visitor";

/// The domain's sessions as a store of tower-sessions. The domain stores the sessions; the data of a
/// record is used only while [`create`](SessionStore::create) starts one.
///
/// The trait has no parameter for the caller, so the domain gets [`Caller::System`]; the request was
/// authorized before.
#[derive(Clone, Debug)]
pub(super) struct DomainStore(Arc<Domain>);

impl DomainStore {
    pub(super) fn new(domain: Arc<Domain>) -> Self {
        Self(domain)
    }
}

#[async_trait]
impl SessionStore for DomainStore {
    /// Starts the session of the verified login at [`VERIFIED_LOGIN`], and replaces the login by the current
    /// user at [`CURRENT_USER`]. The id is always new, because an attacker may have planted the id of the
    /// record (session fixation).
    async fn create(&self, record: &mut Record) -> Result<()> {
        record.id = Id::default();
        let login = record.data.remove(VERIFIED_LOGIN).unwrap_or(Value::Null);
        let login: VerifiedLogin =
            serde_json::from_value(login).map_err(|error| Error::Decode(error.to_string()))?;
        let key = key_of(&record.id);
        let started = self.0.sessions.start(&Caller::System, login, key).await;
        let current_user = started.map_err(to_error)?;
        let current_user =
            serde_json::to_value(current_user).map_err(|error| Error::Encode(error.to_string()))?;
        record.data.insert(CURRENT_USER.to_owned(), current_user);
        Ok(())
    }

    /// Does nothing: a session has no data to save, and the usual upsert would restore a session that
    /// another request has just ended.
    async fn save(&self, _: &Record) -> Result<()> {
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let nowhere = ClientNetwork::new(Ipv4Addr::UNSPECIFIED.into());
        let resumed = self.0.sessions.resume(key_of(id), nowhere).await;
        Ok(resumed.map_err(to_error)?.map(|_| Record {
            id: *id,
            data: Default::default(),
            expiry_date: time::PrimitiveDateTime::MAX.assume_utc(),
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let ended = self.0.sessions.end(&Caller::System, key_of(id)).await;
        ended.map_err(to_error)
    }
}

/// The error of the trait holds a text, so the problem is serialized as JSON.
fn to_error(error: impl Into<Problem>) -> Error {
    Error::Backend(serde_json::to_string(&error.into()).unwrap_or_default())
}

/// The problem in an error of tower-sessions.
pub(super) fn to_problem(error: tower_sessions::session::Error) -> Problem {
    match error {
        tower_sessions::session::Error::Store(Error::Backend(json)) => {
            serde_json::from_str(&json).unwrap_or(Problem::Internal)
        }
        tower_sessions::session::Error::Store(Error::Encode(_) | Error::Decode(_))
        | tower_sessions::session::Error::SerdeJson(_) => Problem::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_survives_the_way_through_the_trait() {
        let error = to_error(Problem::Unavailable(5));
        let error = tower_sessions::session::Error::Store(error);
        assert_eq!(to_problem(error), Problem::Unavailable(5));
    }
}
