//! The rules of the product: accounts, sessions, the catalogue, its search, and the ports to the
//! store.
//!
//! This crate knows no HTTP, no Leptos and no database. Every public function that acts for a
//! client takes a [`Caller`]; there is no ambient current user.

#[cfg(target_family = "wasm")]
compile_error!("`domain` holds secrets and must not be part of what the browser gets");

mod account_id;
pub mod accounts;
mod cache;
mod cached_collection;
mod caller;
pub mod catalogue;
pub mod clock;
pub mod documents;
mod encoding;
pub mod hashing;
pub mod limits;
pub mod migrations;
mod refresher;
pub mod search;
pub mod sessions;
mod store_key;
mod thread_priority;

use std::{io, sync::Arc};

use types::{PasswordPolicy, SignupMode};

pub use crate::{
    account_id::AccountId,
    caller::{Caller, ClientNetwork},
    limits::LimitsMode,
};
use crate::{
    accounts::{AccountDirectory, Accounts, Devices},
    catalogue::{Catalogue, CatalogueContext, ForeignHosts, Quotas},
    clock::Clock,
    documents::{Collection, Documents, StoreError},
    hashing::{HashingLimits, HashingPool, HashingSettings},
    limits::{Limits, WriteLimits},
    search::{AnalysisThreads, SearchIndex},
    sessions::{SessionLimits, Sessions},
    store_key::{KeyPurpose, StoreKey},
};

/// All collections, for stores that must create them before the first document.
pub fn collections() -> Vec<&'static Collection> {
    [
        &accounts::collections()[..],
        &sessions::collections()[..],
        &catalogue::collections()[..],
        &store_key::collections()[..],
    ]
    .concat()
}

/// All operations, over one document store.
#[derive(Debug)]
pub struct Domain {
    /// Sign-up, login and accounts.
    pub accounts: Accounts,
    /// Sessions.
    pub sessions: Sessions,
    /// Artists, videos, products and retailers.
    pub catalogue: Catalogue,
    settings: DomainSettings,
    documents: Arc<dyn Documents>,
    store_key: Arc<StoreKey>,
}

/// The settings that an operator can choose.
#[derive(Clone, Debug, Default)]
pub struct DomainSettings {
    /// How long sessions last.
    pub sessions: SessionLimits,
    /// The minimum requirements for a password.
    pub password: PasswordPolicy,
    /// Whether people can sign up.
    pub signup: SignupMode,
    /// The quotas of each account.
    pub quotas: Quotas,
    /// Whether attempts and requests are rate-limited.
    pub limits: LimitsMode,
    /// The size of the hashing pool.
    pub hashing: HashingSettings,
    /// The external hosts that are approved.
    pub hosts: ForeignHosts,
}

impl DomainSettings {
    /// Without limits a load test may fill the hashing queue from one source; the queue stays
    /// fair.
    fn shared_hashing(&self) -> HashingSettings {
        let shares = match self.limits {
            LimitsMode::Standard => self.hashing.shares,
            LimitsMode::Off => HashingLimits::UNLIMITED,
        };
        HashingSettings {
            shares,
            ..self.hashing
        }
    }
}

impl Domain {
    /// Creates the parts and starts the threads that hash passwords and analyse texts.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn new(
        settings: DomainSettings,
        documents: Arc<dyn Documents>,
        search: Arc<dyn SearchIndex>,
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
        let context = CatalogueContext::over(
            &documents,
            search,
            analysis,
            directory.clone(),
            &clock,
            hosts,
            (settings.quotas, writes),
        );
        let context = Arc::new(context);
        let accounts = Accounts::new(
            &settings,
            directory,
            Arc::new(HashingPool::start(settings.shared_hashing())?),
            (
                Limits::new(settings.limits),
                Devices::new(store_key.clone()),
            ),
            clock,
            context.clone(),
        );
        Ok(Self {
            accounts,
            sessions,
            catalogue: Catalogue::new(context),
            settings,
            documents,
            store_key,
        })
    }

    /// The settings.
    pub fn settings(&self) -> &DomainSettings {
        &self.settings
    }

    /// The key under which the log pseudonymises sources, the same for all processes of a store.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    pub async fn source_names_key(&self, _caller: &Caller) -> Result<[u8; 32], StoreError> {
        self.store_key.derive(KeyPurpose::SourceNames).await
    }

    /// Checks that the store can be reached and can be written.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.documents.ping().await
    }
}
