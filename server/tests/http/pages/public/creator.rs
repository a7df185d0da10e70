//! A creator with public entities.

use domain::{
    Caller,
    catalogue::{ArtistView, ProductView, RetailerView, VideoView},
    documents::Revision,
};
use types::catalogue::{
    ArtistInput, OfferInput, PlacementInput, PriceInput, ProductInput, RetailerInput, ReviewStatus,
    Status, TimeInput, VideoInput,
};

use crate::support::TestApp;

/// A creator with an artist. The operator creates the entities, so no session is needed.
#[derive(Clone)]
pub(crate) struct Creator<'a> {
    app: &'a TestApp,
    pub(crate) artist: ArtistView,
}

impl<'a> Creator<'a> {
    /// A creator with a published artist of this name.
    pub(crate) async fn named(app: &'a TestApp, name: &str) -> Self {
        Self::with(app, &published_artist(name)).await
    }

    pub(crate) async fn with(app: &'a TestApp, input: &ArtistInput) -> Self {
        let owner = serde_json::from_value("acc_of_a_test".into()).unwrap();
        let artists = &app.domain.catalogue.artists;
        let artist = artists.create_for(&Caller::System, &owner, input).await;
        Self {
            app,
            artist: artist.unwrap(),
        }
    }

    pub(crate) async fn video(&self, input: &VideoInput) -> VideoView {
        let videos = &self.app.domain.catalogue.videos;
        let made = videos.create(&Caller::System, Some(&self.artist.id), input);
        made.await.unwrap()
    }

    pub(crate) async fn product(&self, input: &ProductInput) -> ProductView {
        let products = &self.app.domain.catalogue.products;
        let made = products.create(&Caller::System, Some(&self.artist.id), input);
        made.await.unwrap()
    }

    /// An approved retailer with this domain.
    pub(crate) async fn shop(&self, name: &str, domain: &str) -> RetailerView {
        let input = RetailerInput {
            name: name.to_owned(),
            domains: vec![domain.to_owned()],
            ..RetailerInput::default()
        };
        self.retailer(&input).await
    }

    /// An approved retailer.
    pub(crate) async fn retailer(&self, input: &RetailerInput) -> RetailerView {
        let retailers = &self.app.domain.catalogue.retailers;
        let proposed = retailers.create(&Caller::System, Some(&self.artist.id), input);
        let proposed = proposed.await.unwrap();
        self.judge(&proposed, ReviewStatus::Approved).await
    }

    pub(crate) async fn judge(
        &self,
        retailer: &RetailerView,
        status: ReviewStatus,
    ) -> RetailerView {
        let retailers = &self.app.domain.catalogue.retailers;
        let from = Revision(retailer.revision);
        let judged = retailers.set_review_status(&Caller::System, &retailer.id, from, status);
        judged.await.unwrap()
    }

    pub(crate) async fn delete_retailer(&self, retailer: &RetailerView) {
        let retailers = &self.app.domain.catalogue.retailers;
        let from = Revision(retailer.revision);
        let deleted = retailers.delete(&Caller::System, &retailer.id, from);
        deleted.await.unwrap();
    }

    /// Updates the artist.
    pub(crate) async fn become_like(&mut self, input: &ArtistInput) {
        let artists = &self.app.domain.catalogue.artists;
        let from = Revision(self.artist.revision);
        let changed = artists.update(&Caller::System, &self.artist.id, from, input);
        self.artist = changed.await.unwrap();
    }
}

pub(crate) fn published_artist(name: &str) -> ArtistInput {
    ArtistInput {
        name: name.to_owned(),
        status: Status::Published,
        ..ArtistInput::default()
    }
}

pub(crate) fn published_video(title: &str) -> VideoInput {
    VideoInput {
        title: title.to_owned(),
        status: Status::Published,
        ..VideoInput::default()
    }
}

pub(crate) fn published_product(name: &str) -> ProductInput {
    ProductInput {
        name: name.to_owned(),
        status: Status::Published,
        ..ProductInput::default()
    }
}

/// An offer with this price.
pub(crate) fn offer(url: &str, amount: &str, currency: &str) -> OfferInput {
    OfferInput {
        url: url.to_owned(),
        price: PriceInput::Typed {
            amount: amount.to_owned(),
            currency: currency.to_owned(),
        },
        ..OfferInput::default()
    }
}

/// A placement of a product at this second.
pub(crate) fn placement(product: &ProductView, second: u32) -> PlacementInput {
    PlacementInput {
        product_id: product.id.clone(),
        start: TimeInput::Millis(second * 1000),
        ..PlacementInput::default()
    }
}
