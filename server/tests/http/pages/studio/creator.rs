//! A creator and the creator's entities.

use super::form::Form;
use crate::support::{Caller as _, SignedIn, TestApp, TestResponse};

/// A user of the studio.
pub(super) struct Creator {
    pub(super) who: SignedIn,
}

impl Creator {
    pub(super) async fn sign_up(app: &TestApp, address: &str) -> Self {
        Self {
            who: SignedIn::sign_up(app, address).await,
        }
    }

    pub(super) async fn page(&self, path: &str) -> String {
        self.who.visit(path).await.is(200).page()
    }

    /// The form on the page of an entity, or of a new one.
    pub(super) async fn form(&self, path: &str) -> Form {
        Form::of(&self.page(path).await, path)
    }

    /// Checks that a form was accepted; returns the path that it redirects to, without the query.
    #[track_caller]
    pub(super) fn accepted(answer: &TestResponse) -> String {
        assert_eq!(answer.status, 303, "{}", answer.lossy());
        let path = answer.location().split(['?', '#']).next();
        path.unwrap().to_owned()
    }

    /// Creates an artist; returns the path of its page.
    pub(super) async fn artist(&self, name: &str) -> String {
        let form = self.form("/studio/artists/new").await.with("name", name);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Creates a video of the only artist.
    pub(super) async fn video(&self, title: &str) -> String {
        let form = self.form("/studio/videos/new").await.with("title", title);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Creates a product of the only artist.
    pub(super) async fn product(&self, name: &str) -> String {
        let form = self.form("/studio/products/new").await.with("name", name);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Proposes a retailer for the only artist.
    pub(super) async fn shop(&self, name: &str, domain: &str) -> String {
        let form = self.form("/studio/retailers/new").await.with("name", name);
        let form = form.at("domains[]", 0, domain);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Presses a button of a page.
    pub(super) async fn press(&self, page: &str, action: &str) -> TestResponse {
        Form::of(&self.page(page).await, action)
            .send(&self.who)
            .await
    }

    /// A moderator.
    pub(super) async fn moderator(app: &TestApp, address: &str) -> Self {
        let who = SignedIn::sign_up(app, address).await;
        let id = serde_json::from_value(who.id.as_str().into()).unwrap();
        let right = domain::accounts::ModeratorRight::Given;
        app.domain
            .accounts
            .set_moderator(&domain::Caller::System, &id, right)
            .await
            .unwrap();
        Self {
            who: SignedIn::log_in(app, address).await,
        }
    }
}
