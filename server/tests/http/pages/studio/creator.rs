//! A creator, and what they have.

use super::form::Form;
use crate::support::{Answer, Caller as _, SignedIn, TestApp};

/// Somebody who keeps things in the studio.
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

    /// The form of the page of a thing, or of a new one.
    pub(super) async fn form(&self, path: &str) -> Form {
        Form::of(&self.page(path).await, path)
    }

    /// Sends a form, which is accepted; gives the path that it leads to, without the query.
    #[track_caller]
    pub(super) fn accepted(answer: &Answer) -> String {
        assert_eq!(answer.status, 303, "{}", answer.lossy());
        let path = answer.location().split(['?', '#']).next();
        path.unwrap().to_owned()
    }

    /// Makes an artist, and gives the path of its page.
    pub(super) async fn artist(&self, name: &str) -> String {
        let form = self.form("/studio/artists/new").await.with("name", name);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Makes a video of the only artist.
    pub(super) async fn video(&self, title: &str) -> String {
        let form = self.form("/studio/videos/new").await.with("title", title);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Makes a product of the only artist.
    pub(super) async fn product(&self, name: &str) -> String {
        let form = self.form("/studio/products/new").await.with("name", name);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Proposes a shop for the only artist.
    pub(super) async fn shop(&self, name: &str, domain: &str) -> String {
        let form = self.form("/studio/retailers/new").await.with("name", name);
        let form = form.at("domains[]", 0, domain);
        Self::accepted(&form.send(&self.who).await)
    }

    /// Presses a button of a page.
    pub(super) async fn press(&self, page: &str, action: &str) -> Answer {
        Form::of(&self.page(page).await, action)
            .send(&self.who)
            .await
    }

    /// Somebody who decides about retailers.
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
