//! A signed-in account with an artist.

use domain::{
    Caller,
    catalogue::{ArtistView, CatalogueError, ProductView, RetailerView, VideoView},
    documents::Revision,
};
use types::{
    Field, FieldErrors, Reason,
    catalogue::{
        ArtistInput, OfferInput, PlacementInput, PriceInput, ProductInput, ReviewStatus, Status,
        TimeInput, VideoInput,
    },
};

use crate::support::{World, source};

/// A signed-in account with an artist.
pub(crate) struct Creator {
    pub(crate) caller: Caller,
    pub(crate) artist: ArtistView,
}

impl Creator {
    /// The creator with this number, with a published artist of that name.
    pub(crate) async fn new(world: &World, number: u8) -> Self {
        let caller = somebody(world, number).await;
        let input = published_artist(&format!("Artist {number}"));
        let artist = world
            .domain
            .catalogue
            .artists
            .create(&caller, None, &input)
            .await;
        Self {
            caller,
            artist: artist.unwrap(),
        }
    }

    pub(crate) async fn video(&self, world: &World, input: &VideoInput) -> VideoView {
        let videos = &world.domain.catalogue.videos;
        let made = videos.create(&self.caller, Some(&self.artist.id), input);
        made.await.unwrap()
    }

    pub(crate) async fn product(&self, world: &World, input: &ProductInput) -> ProductView {
        let products = &world.domain.catalogue.products;
        let made = products.create(&self.caller, Some(&self.artist.id), input);
        made.await.unwrap()
    }

    /// Removes all offers from a product that was just created.
    pub(crate) async fn take_offers_out(&self, world: &World, product: &ProductView) {
        let without = ProductInput {
            offers: Vec::new(),
            ..ProductInput::from(&product.content)
        };
        let products = &world.domain.catalogue.products;
        let changed = products.update(&self.caller, &product.id, Revision(1), &without);
        changed.await.unwrap();
    }

    /// A video that places a product.
    pub(crate) async fn video_with(&self, world: &World, product: &ProductView) -> VideoView {
        let input = VideoInput {
            placements: vec![placement(product, 1_000)],
            ..published_video("A video")
        };
        self.video(world, &input).await
    }

    /// A retailer that the creator has proposed and the operator has approved.
    pub(crate) async fn shop(&self, world: &World, domain: &str) -> RetailerView {
        let retailers = &world.domain.catalogue.retailers;
        let input = types::catalogue::RetailerInput {
            name: format!("The shop at {domain}"),
            domains: vec![domain.to_owned()],
            ..Default::default()
        };
        let proposed = retailers.create(&self.caller, Some(&self.artist.id), &input);
        let proposed = proposed.await.unwrap();
        let from = Revision(proposed.revision);
        let approved = retailers.set_review_status(
            &Caller::System,
            &proposed.id,
            from,
            ReviewStatus::Approved,
        );
        approved.await.unwrap()
    }
}

/// A signed-in account without an artist.
pub(crate) async fn somebody(world: &World, number: u8) -> Caller {
    let (account, session) = world.account_with_session(number).await;
    Caller::SignedIn {
        account,
        session,
        source: source(),
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

pub(crate) fn offer(url: &str, amount: &str) -> OfferInput {
    OfferInput {
        url: url.to_owned(),
        price: PriceInput::Typed {
            amount: amount.to_owned(),
            currency: "EUR".to_owned(),
        },
        ..OfferInput::default()
    }
}

pub(crate) fn placement(product: &ProductView, start: u32) -> PlacementInput {
    PlacementInput {
        product_id: product.id.clone(),
        start: TimeInput::Millis(start),
        ..PlacementInput::default()
    }
}

/// The reason why a field was rejected.
pub(crate) fn refused<T: std::fmt::Debug>(
    done: Result<T, CatalogueError>,
    field: Field,
) -> Option<Reason> {
    match done {
        Err(CatalogueError::Invalid(errors)) => FieldErrors::get(&errors, field),
        other => panic!("{other:?} is not the refusal of a field"),
    }
}
