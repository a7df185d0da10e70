//! What is true: accounts, sessions, and the ports that they need.
//!
//! Knows no HTTP, no Leptos and no database. Every public function that does something for
//! somebody takes a [`Caller`]; there is no ambient current user.

#[cfg(target_family = "wasm")]
compile_error!("`domain` holds secrets and must not be part of what the browser gets");

pub mod accounts;
mod cache;
mod caller;
pub mod catalogue;
pub mod clock;
pub mod documents;
mod encoding;
pub mod hashing;
mod id;
pub mod limits;
pub mod migrations;
mod refresher;
mod remembered;
pub mod search;
pub mod sessions;
mod store_key;
mod thread_priority;

use std::{io, sync::Arc};

use types::{PasswordPolicy, SignupMode};

use crate::{
    accounts::{AccountDirectory, Accounts, Devices},
    catalogue::{Catalogue, ForeignHosts, Quotas, Things},
    clock::Clock,
    documents::{Collection, Documents, StoreError},
    hashing::{HashingPool, HashingSettings, HashingShares},
    limits::{Limits, WriteLimits},
    search::{AnalysisThreads, Search},
    sessions::{SessionLimits, Sessions},
    store_key::{KeyPurpose, StoreKey},
};
pub use crate::{
    caller::{Caller, Source},
    id::AccountId,
    limits::LimitsMode,
};

/// Every kind of document that is kept, for stores that have to know before the first one comes.
pub fn collections() -> Vec<&'static Collection> {
    [
        &accounts::collections()[..],
        &sessions::collections()[..],
        &catalogue::collections()[..],
        &store_key::collections()[..],
    ]
    .concat()
}

/// Everything that can be done, over one document store.
#[derive(Debug)]
pub struct Domain {
    /// Signing up, logging in, and what an account says of a person.
    pub accounts: Accounts,
    /// Who is signed in.
    pub sessions: Sessions,
    /// Artists, videos, products and retailers.
    pub catalogue: Catalogue,
    settings: Settings,
    documents: Arc<dyn Documents>,
    store_key: Arc<StoreKey>,
}

/// What an operator can choose.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How long sessions last.
    pub sessions: SessionLimits,
    /// What a password must be like.
    pub password: PasswordPolicy,
    /// Whether people can sign up.
    pub signup: SignupMode,
    /// What an account may have.
    pub quotas: Quotas,
    /// Whether attempts are limited.
    pub limits: LimitsMode,
    /// How many passwords are hashed at once.
    pub hashing: HashingSettings,
    /// The hosts that are not ours and that are approved.
    pub hosts: ForeignHosts,
}

impl Settings {
    /// Without limits a load test may fill the queue from one source; its order stays fair.
    fn shared_hashing(&self) -> HashingSettings {
        let shares = match self.limits {
            LimitsMode::Standard => self.hashing.shares,
            LimitsMode::Off => HashingShares::UNLIMITED,
        };
        HashingSettings {
            shares,
            ..self.hashing
        }
    }
}

impl Domain {
    /// Puts the parts together and starts the threads that hash and those that analyse texts.
    ///
    /// # Errors
    /// When a thread cannot be started.
    pub fn new(
        settings: Settings,
        documents: Arc<dyn Documents>,
        search: Arc<dyn Search>,
        clock: Arc<dyn Clock>,
    ) -> io::Result<Self> {
        let directory = Arc::new(AccountDirectory::new(documents.clone(), clock.clone()));
        let sessions = Sessions::new(
            settings.sessions,
            documents.clone(),
            directory.clone(),
            clock.clone(),
        );
        let store_key = Arc::new(StoreKey::new(documents.clone()));
        let hosts = settings.hosts.clone();
        let analysis = AnalysisThreads::start()?;
        let writes = WriteLimits::new(settings.limits, clock.clone());
        let things = Things::over(
            &documents,
            search,
            analysis,
            directory.clone(),
            &clock,
            hosts,
            (settings.quotas, writes),
        );
        let things = Arc::new(things);
        let accounts = Accounts::new(
            &settings,
            directory,
            Arc::new(HashingPool::start(settings.shared_hashing())?),
            (
                Limits::new(settings.limits),
                Devices::new(store_key.clone()),
            ),
            clock,
            things.clone(),
        );
        Ok(Self {
            accounts,
            sessions,
            catalogue: Catalogue::new(things),
            settings,
            documents,
            store_key,
        })
    }

    /// What the operator chose.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The key under which the log names sources, the same for all processes of a store.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    pub async fn source_names_key(&self, _caller: &Caller) -> Result<[u8; 32], StoreError> {
        self.store_key.derive(KeyPurpose::SourceNames).await
    }

    /// Answers whether the store can be reached and is ready.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.documents.ping().await
    }
}
