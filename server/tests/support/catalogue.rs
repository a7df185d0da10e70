//! Requests for the catalogue in `/v1`.

use domain::{Caller as By, accounts::ModeratorRight};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Caller, SignedIn, TestApp, TestResponse};

/// The four kinds, by their path segments.
pub(crate) const KINDS: [&str; 4] = ["artists", "videos", "products", "retailers"];

/// A created entity: its path and its data.
#[derive(Clone, Debug)]
pub(crate) struct CreatedEntities {
    pub(crate) path: String,
    pub(crate) data: Value,
}

impl CreatedEntities {
    /// The `ETag` of the created version.
    pub(crate) fn tag(&self) -> String {
        format!("\"{}\"", self.data["revision"])
    }

    pub(crate) fn id(&self) -> &str {
        self.data["id"].as_str().unwrap()
    }
}

/// Callers with methods for the catalogue.
pub(crate) trait Catalogue: Caller {
    async fn create(&self, kind: &str, body: &Value) -> TestResponse {
        self.post(&format!("/v1/{kind}")).json(body).send().await
    }

    async fn read(&self, path: &str) -> TestResponse {
        self.get(path).send().await
    }

    async fn change(&self, path: &str, tag: &str, body: &Value) -> TestResponse {
        let call = self.call(Method::PATCH, path).header("if-match", tag);
        call.json(body).send().await
    }

    async fn remove(&self, path: &str, tag: &str) -> TestResponse {
        let call = self.call(Method::DELETE, path);
        call.header("if-match", tag).send().await
    }

    async fn restore(&self, path: &str) -> TestResponse {
        self.post(&format!("{path}/restoration")).send().await
    }

    /// Creates an entity from a valid body.
    async fn made(&self, kind: &str, body: &Value) -> CreatedEntities {
        let answer = self.create(kind, body).await.is(201);
        CreatedEntities {
            path: answer.location().to_owned(),
            data: answer.json()["data"].clone(),
        }
    }

    async fn artist(&self, name: &str) -> CreatedEntities {
        self.made("artists", &json!({ "name": name })).await
    }

    /// Creates an entity of a kind with this name, for an artist.
    async fn entity(&self, kind: &str, artist: &CreatedEntities, name: &str) -> CreatedEntities {
        self.made(kind, &a_thing(kind, artist.id(), name)).await
    }
}

impl<C: Caller> Catalogue for C {}

/// A minimal valid body of a kind.
pub(crate) fn a_thing(kind: &str, artist: &str, name: &str) -> Value {
    match kind {
        "artists" => json!({ "name": name }),
        "videos" => json!({ "artist_id": artist, "title": name }),
        "products" => json!({ "artist_id": artist, "name": name }),
        "retailers" => {
            let domain = format!("{}.example", name.to_lowercase().replace(' ', "-"));
            json!({ "artist_id": artist, "name": name, "domains": [domain] })
        }
        kind => panic!("{kind}"),
    }
}

/// The member with the name of a kind.
pub(crate) fn name_field(kind: &str) -> &'static str {
    match kind {
        "videos" => "title",
        _ => "name",
    }
}

/// A moderator.
pub(crate) async fn moderator(app: &TestApp, address: &str) -> SignedIn {
    let somebody = SignedIn::sign_up(app, address).await;
    let id = serde_json::from_value(somebody.id.into()).unwrap();
    let accounts = &app.domain.accounts;
    let right = ModeratorRight::Given;
    accounts
        .set_moderator(&By::System, &id, right)
        .await
        .unwrap();
    SignedIn::log_in(app, address).await
}
