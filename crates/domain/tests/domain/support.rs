//! A domain over an empty store, and the accounts in it.

use std::{net::Ipv4Addr, sync::Arc};

use domain::{
    AccountId, Caller, ClientNetwork, Domain, DomainSettings, LimitsMode,
    accounts::{AccountError, Device, VerifiedLogin},
    clock::ManualClock,
    documents::Documents,
    hashing::HashingSettings,
    search::SearchIndex,
    sessions::{ResumedSession, SessionKey},
};
use testbed::TestStore;
use time::OffsetDateTime;
use types::{LogIn, Password, SignUp};

pub(crate) const PASSWORD: &str = "a long walk by the sea";

/// A domain over an empty store.
pub(crate) struct World {
    pub(crate) domain: Domain,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) documents: Arc<dyn Documents>,
    pub(crate) search: Arc<dyn SearchIndex>,
    _place: TestStore,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(DomainSettings {
            limits: LimitsMode::Off,
            ..settings()
        })
        .await
    }

    pub(crate) async fn with(settings: DomainSettings) -> Self {
        let place = TestStore::prepared().await;
        let (documents, search) = place.open_both(&domain::collections()).await;
        let clock = Arc::new(ManualClock::new(OffsetDateTime::UNIX_EPOCH));
        let (stores, time) = ((documents.clone(), search.clone()), clock.clone());
        let domain = Domain::new(settings, stores.0, stores.1, time).unwrap();
        domain.catalogue.build(&Caller::System).await.unwrap();
        Self {
            domain,
            clock,
            documents,
            search,
            _place: place,
        }
    }

    /// Simulates a restarted process: the caches are empty.
    pub(crate) fn restart(&mut self) {
        self.domain = self.over(self.documents.clone());
    }

    /// A domain over the same data through another document store.
    pub(crate) fn over(&self, documents: Arc<dyn Documents>) -> Domain {
        self.over_both(documents, self.search.clone())
    }

    /// A domain over the same data through another search index.
    pub(crate) fn over_search(&self, search: Arc<dyn SearchIndex>) -> Domain {
        self.over_both(self.documents.clone(), search)
    }

    fn over_both(&self, documents: Arc<dyn Documents>, search: Arc<dyn SearchIndex>) -> Domain {
        let settings = self.domain.settings().clone();
        Domain::new(settings, documents, search, self.clock.clone()).unwrap()
    }

    pub(crate) async fn sign_up(&self, address: &str) -> Result<VerifiedLogin, AccountError> {
        self.domain
            .accounts
            .sign_up(&visitor(), &sign_up_form(address))
            .await
    }

    pub(crate) async fn log_in(
        &self,
        address: &str,
        password: &str,
    ) -> Result<VerifiedLogin, AccountError> {
        self.domain
            .accounts
            .log_in(
                &visitor(),
                &log_in_form(address, password),
                &Device::default(),
            )
            .await
    }

    /// Starts a session under a key made of `number`.
    pub(crate) async fn start(&self, login: VerifiedLogin, number: u8) -> SessionKey {
        let key = SessionKey::of(&[number; 16]);
        self.domain
            .sessions
            .start(&visitor(), login, key)
            .await
            .unwrap();
        key
    }

    pub(crate) async fn resume(&self, key: SessionKey) -> Option<ResumedSession> {
        self.domain.sessions.resume(key, source()).await.unwrap()
    }

    pub(crate) async fn account_with_session(&self, number: u8) -> (AccountId, SessionKey) {
        let login = self
            .sign_up(&format!("person{number}@example.org"))
            .await
            .unwrap();
        let account = login.account.clone();
        (account, self.start(login, number).await)
    }
}

pub(crate) fn settings() -> DomainSettings {
    DomainSettings {
        hashing: HashingSettings {
            threads: 2,
            ..HashingSettings::default()
        },
        ..DomainSettings::default()
    }
}

pub(crate) fn source() -> ClientNetwork {
    ClientNetwork::new(Ipv4Addr::LOCALHOST.into())
}

pub(crate) fn visitor() -> Caller {
    Caller::Anonymous(source())
}

pub(crate) fn sign_up_form(address: &str) -> SignUp {
    SignUp {
        email_address: address.to_owned(),
        password: Password::new(PASSWORD.to_owned()),
        ..SignUp::default()
    }
}

pub(crate) fn log_in_form(address: &str, password: &str) -> LogIn {
    LogIn {
        email_address: address.to_owned(),
        password: Password::new(password.to_owned()),
        remember: String::new(),
    }
}
