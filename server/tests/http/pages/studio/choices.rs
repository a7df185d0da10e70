//! Products that a form can choose from: those of the chosen artist, regardless of their number.

use domain::Caller;
use futures::{StreamExt as _, stream};
use types::catalogue::ProductInput;

use super::{
    creator::Creator,
    form::{Form, error_at, has_others},
};
use crate::support::TestApp;

/// Creates products of an artist concurrently.
async fn make(app: &TestApp, artist: &str, names: impl Iterator<Item = (String, String)>) {
    let artist = artist.rsplit('/').next().unwrap();
    let made = names.map(async |(name, slug)| {
        let input = ProductInput {
            name,
            slug,
            ..ProductInput::default()
        };
        let products = &app.domain.catalogue.products;
        products.create(&Caller::System, Some(artist), &input).await
    });
    let made: Vec<_> = stream::iter(made).buffered(16).collect().await;
    made.into_iter().for_each(|made| drop(made.unwrap()));
}

#[tokio::test]
async fn a_product_behind_those_that_are_proposed_is_chosen_by_its_name() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada Films").await;
    let path = ada.video("My room").await;
    let lamps = |from, to| (from..to).map(|number| (format!("A lamp {number}"), String::new()));
    make(&app, &artist, lamps(0, 499)).await;
    ada.product("Zebra").await;
    let form = ada.form(&path).await;
    let form = form.at("placements[][product_id]", 0, " zebra ");
    form.send(&ada.who).await.is(303);
    let html = ada.page(&path).await;
    let form = Form::of(&html, &path);
    assert_eq!(form.all("placements[][product_id]")[0], "Zebra");
    assert!(!has_others(&html), "all 500 are proposed");

    // The 501st has the same name as the 500th.
    let twin = [("Zebra".to_owned(), "zebra-2".to_owned())];
    make(&app, &artist, twin.into_iter()).await;
    let refused = form.at("placements[][product_id]", 1, "Zebra");
    let html = refused.send(&ada.who).await.is(422).page();
    assert_ne!(error_at(&html, "placements-1-product_id"), "");
    assert!(has_others(&html));
    let form = ada.form(&path).await;
    assert_eq!(form.all("placements[][product_id]")[0], "Zebra (zebra)");
    let form = form.at("placements[][product_id]", 1, "zebra (ZEBRA-2)");
    form.send(&ada.who).await.is(303);

    // Neither of them is suggested any more.
    make(&app, &artist, lamps(500, 502)).await;
    for _ in 0..2 {
        let form = ada.form(&path).await;
        assert_eq!(
            form.all("placements[][product_id]")[..3],
            ["Zebra (zebra)", "Zebra (zebra-2)", ""]
        );
        form.send(&ada.who).await.is(303);
    }
}

#[tokio::test]
async fn of_two_products_of_one_name_the_one_of_the_chosen_artist_is_meant() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    for name in ["Ada Films", "Ada Sounds"] {
        let artist = ada.artist(name).await;
        let lamp = [("Lamp".to_owned(), "lamp".to_owned())];
        make(&app, &artist, lamp.into_iter()).await;
        let artist = artist.rsplit('/').next().unwrap();
        for typed in ["Lamp", "lamp (lamp)"] {
            let form = ada.form("/studio/videos/new").await;
            let form = form
                .with("title", &format!("{typed} of {name}"))
                .with("artist_id", artist)
                .at("placements[][product_id]", 0, typed);
            let path = Creator::accepted(&form.send(&ada.who).await);
            let id = path.rsplit('/').next().unwrap();
            let videos = &app.domain.catalogue.videos;
            let video = videos.get(&Caller::System, id).await.unwrap();
            let product = &video.content.placements[0].product_id;
            let products = &app.domain.catalogue.products;
            let product = products.get(&Caller::System, product).await.unwrap();
            assert_eq!(product.parent, artist);
        }
    }
}
