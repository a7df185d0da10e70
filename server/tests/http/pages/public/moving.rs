//! Redirects from former slugs.

use domain::{Caller as By, documents::Revision};
use types::catalogue::{ArtistInput, ProductInput, VideoInput};

use super::{Creator, published_artist, published_product, published_video};
use crate::support::{Anonymous, Caller, TestApp};

#[tokio::test]
async fn an_old_address_leads_to_the_new_one_for_ever() {
    let app = TestApp::start().await;
    let mut ada = Creator::named(&app, "Ada").await;
    let video = ada.video(&published_video("First")).await;
    let product = ada.product(&published_product("Lamp")).await;
    let video_input = VideoInput {
        slug: "second".to_owned(),
        ..published_video("First")
    };
    let videos = &app.domain.catalogue.videos;
    videos
        .update(&By::System, &video.id, Revision(1), &video_input)
        .await
        .unwrap();
    let product_input = ProductInput {
        slug: "light".to_owned(),
        ..published_product("Lamp")
    };
    let products = &app.domain.catalogue.products;
    products
        .update(&By::System, &product.id, Revision(1), &product_input)
        .await
        .unwrap();
    let renamed = ArtistInput {
        slug: "lovelace".to_owned(),
        ..published_artist("Ada")
    };
    ada.become_like(&renamed).await;
    let anonymous = Anonymous::of(&app);
    for (old, new) in [
        ("/artists/ada", "/artists/lovelace"),
        ("/videos/ada/first", "/videos/lovelace/second"),
        ("/videos/ada/second", "/videos/lovelace/second"),
        ("/videos/lovelace/first", "/videos/lovelace/second"),
        ("/products/ada/lamp", "/products/lovelace/light"),
        (
            "/products/lovelace/lamp?utm=1",
            "/products/lovelace/light?utm=1",
        ),
    ] {
        let answer = anonymous.visit(old).await.is(301);
        assert_eq!(answer.location(), new, "{old}");
        anonymous.visit(new).await.is(200).page();
    }
}
