//! Authentication: certificates, passwords, keys and privileges.

use std::fs;

use domain::documents::Documents;
use domain::migrations::{BASELINE, Migrate, MigrationOutcome};
use reqwest::{Certificate, Client};
use serde_json::{Value, json};
use store::elasticsearch::{
    ClusterCredentials, ClusterSettings, ConnectError, Elasticsearch, IndexPrefix, Secret,
};
use testbed::{SecuredServer, required_secured_server};

use crate::{
    fixture::{TALES, node, tale},
    migrations::shape::{Deed, migrator, registry},
};

struct Door {
    server: SecuredServer,
    prefix: String,
}

impl Door {
    fn new() -> Self {
        Self {
            server: required_secured_server(),
            prefix: format!("test-{:016x}", rand::random::<u64>()),
        }
    }

    fn password(&self) -> ClusterCredentials {
        ClusterCredentials::Password {
            user: "elastic".to_owned(),
            password: Secret::new(self.server.password.clone()),
        }
    }

    fn settings(&self, access: ClusterCredentials) -> ClusterSettings {
        ClusterSettings {
            access,
            certificate_authority: Some(fs::read(&self.server.certificate_authority).unwrap()),
            prefix: IndexPrefix::parse(&self.prefix).unwrap(),
            ..ClusterSettings::new(vec![node(&self.server.url)])
        }
    }

    async fn connect(&self, access: ClusterCredentials) -> Result<Elasticsearch, ConnectError> {
        Elasticsearch::connect_at(self.settings(access), &[&TALES], BASELINE).await
    }

    /// Sends a request to the server as its superuser.
    async fn ask(&self, method: reqwest::Method, path: &str, body: Option<Value>) -> Value {
        let pem = fs::read(&self.server.certificate_authority).unwrap();
        let client = Client::builder()
            .no_proxy()
            .add_root_certificate(Certificate::from_pem(&pem).unwrap())
            .build()
            .unwrap();
        let mut request = client
            .request(method, format!("{}/{path}", self.server.url))
            .basic_auth("elastic", Some(&self.server.password));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap()
    }

    async fn key(&self, rights: Value) -> ClusterCredentials {
        let body = json!({ "name": self.prefix, "role_descriptors": { "inspired": rights } });
        let key = self
            .ask(reqwest::Method::POST, "_security/api_key", Some(body))
            .await;
        ClusterCredentials::ApiKey(Secret::new(key["encoded"].as_str().unwrap().to_owned()))
    }

    async fn close(self) {
        self.server.remove(&self.prefix).await;
    }
}

#[tokio::test]
async fn with_the_password_and_the_certificate_everything_works() {
    let door = Door::new();
    let store = door.connect(door.password()).await.unwrap();
    store.create(&TALES, "a", tale("1")).await.unwrap();
    assert!(store.get(&TALES, "a").await.unwrap().is_some());
    store.ping().await.unwrap();
    door.close().await;
}

/// Exactly the privileges that docs/ELASTICSEARCH.md lists.
#[tokio::test]
async fn a_key_with_the_rights_that_are_documented_suffices() {
    let door = Door::new();
    let documented = include_str!("../../../../docs/ELASTICSEARCH.md");
    let rights = documented
        .split("```json")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let rights: Value =
        serde_json::from_str(&rights.replace("inspired-*", &format!("{}-*", door.prefix))).unwrap();
    let key = door
        .key(rights["role_descriptors"]["inspired"].clone())
        .await;
    let store = door.connect(key.clone()).await.unwrap();
    let first = store.create(&TALES, "a", tale("1")).await.unwrap();
    let second = store.replace(&TALES, "a", first, tale("2")).await.unwrap();
    let listing = domain::documents::FieldQuery {
        field: "author",
        value: "2",
        after: None,
        limit: 10,
        consistency: domain::documents::Consistency::Current,
    };
    assert_eq!(store.list(&TALES, listing).await.unwrap().len(), 1);
    store.remove(&TALES, "a", second).await.unwrap();
    store.ping().await.unwrap();
    store.create(&TALES, "b", tale("1")).await.unwrap();
    let nobody = Deed::at(0, || async {});
    let migrated = migrator(door.settings(key))
        .migrate(&registry(), &nobody)
        .await;
    assert_eq!(migrated.unwrap(), MigrationOutcome::Migrated(1, 2));
    drop(store);
    door.close().await;
}

#[tokio::test]
async fn a_wrong_password_or_key_opens_nothing_and_is_not_repeated() {
    let door = Door::new();
    let wrong = "a-wrong-secret-of-ours";
    for access in [
        ClusterCredentials::Anonymous,
        ClusterCredentials::Password {
            user: "elastic".to_owned(),
            password: Secret::new(wrong.to_owned()),
        },
        ClusterCredentials::ApiKey(Secret::new(wrong.to_owned())),
    ] {
        let error = door.connect(access).await.unwrap_err();
        assert!(matches!(error, ConnectError::Unauthorized(_)), "{error}");
        assert!(!error.may_pass());
        assert!(!error.to_string().contains(wrong), "{error}");
    }
}

#[tokio::test]
async fn a_key_that_may_do_nothing_is_told_so() {
    let door = Door::new();
    let key = door.key(json!({ "cluster": [], "indices": [] })).await;
    let error = door.connect(key).await.unwrap_err();
    assert!(matches!(error, ConnectError::Forbidden { .. }), "{error}");
    assert!(!error.may_pass());
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_ends_the_start() {
    let door = Door::new();
    let settings = ClusterSettings {
        certificate_authority: None,
        ..door.settings(door.password())
    };
    let error = Elasticsearch::connect_at(settings, &[&TALES], BASELINE)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::Untrusted { .. }), "{error}");
    assert!(!error.may_pass());
    assert!(error.to_string().contains("--elasticsearch-ca"), "{error}");
}

/// A client without TLS at a server with it, and the reverse.
#[tokio::test]
async fn the_wrong_scheme_ends_the_start() {
    let door = Door::new();
    let plain = door.server.url.replace("https://", "http://");
    let settings = ClusterSettings {
        nodes: vec![node(&plain)],
        ..door.settings(door.password())
    };
    assert!(
        Elasticsearch::connect_at(settings, &[&TALES], BASELINE)
            .await
            .is_err()
    );
    let tls = testbed::required_server().replace("http://", "https://");
    let settings = ClusterSettings {
        nodes: vec![node(&tls)],
        ..door.settings(door.password())
    };
    assert!(
        Elasticsearch::connect_at(settings, &[&TALES], BASELINE)
            .await
            .is_err()
    );
}

/// A password is changed while the store runs: no data is exposed, and no session ends.
#[tokio::test]
async fn a_key_that_is_revoked_makes_the_store_unavailable() {
    let door = Door::new();
    let key = door
        .key(json!({ "cluster": ["all"], "indices": [{ "names": ["*"], "privileges": ["all"] }] }))
        .await;
    let store = door.connect(key).await.unwrap();
    store.create(&TALES, "a", tale("1")).await.unwrap();
    let body = json!({ "name": door.prefix });
    door.ask(reqwest::Method::DELETE, "_security/api_key", Some(body))
        .await;
    crate::fixture::assert_unavailable(store.get(&TALES, "a").await);
    crate::fixture::assert_unavailable(store.create(&TALES, "b", tale("2")).await);
    crate::fixture::assert_unavailable(store.ping().await);
    door.close().await;
}
