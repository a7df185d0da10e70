//! The lifecycle of each kind of entity, by plain forms.

use super::{creator::Creator, form::Form};
use crate::support::{Caller as _, TestApp};

const URL: &str = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

#[tokio::test]
async fn an_artist_is_made_changed_published_deleted_and_restored() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let form = ada.form(&path).await;
    assert_eq!(form.text("name"), "Ada Films");
    let form = form
        .with("bio", "Two lines\nof text")
        .with("disclosure", "Some links pay me.")
        .at("links[][label]", 0, "Site")
        .at("links[][url]", 0, "https://ada.example/");
    form.send(&ada.who).await.leads_to(&format!("{path}?saved"));
    let html = ada.page(&format!("{path}?saved")).await;
    assert!(html.contains(">Saved.<"), "{html}");
    let form = Form::of(&html, &path);
    assert_eq!(form.text("bio"), "Two lines\nof text");
    assert_eq!(form.all("links[][url]")[0], "https://ada.example/");

    ada.press(&path, &format!("{path}/publication"))
        .await
        .leads_to(&format!("{path}?published"));
    assert!(ada.page(&path).await.contains("See it as everybody does"));
    ada.press(&path, &format!("{path}/publication/end"))
        .await
        .leads_to(&format!("{path}?withdrawn"));
    is_deleted_and_restored(&ada, &path, "Ada Films").await;
}

#[tokio::test]
async fn a_video_is_made_changed_published_deleted_and_restored() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    ada.product("Red lamp").await;
    let path = ada.video("My room").await;
    let form = ada
        .form(&path)
        .await
        .with("url", "youtu.be/dQw4w9WgXcQ")
        .with("duration", "10:00")
        .with("published_on", "2026-11-23")
        .with("chapters", "0:00 Hello\n1:23 The lamp")
        .at("placements[][product_id]", 0, "red lamp")
        .at("placements[][start]", 0, "1:23")
        .at("placements[][end]", 0, "1:30")
        .at("placements[][note]", 0, "on the left");
    form.send(&ada.who).await.leads_to(&format!("{path}?saved"));
    let html = ada.page(&path).await;
    let form = Form::of(&html, &path);
    assert_eq!(form.text("url"), URL);
    assert_eq!(form.text("chapters"), "0:00 Hello\n1:23 The lamp");
    assert_eq!(form.all("placements[][product_id]")[0], "Red lamp");
    assert_eq!(form.all("placements[][start]")[0], "1:23");
    assert!(
        html.contains("dQw4w9WgXcQ&amp;t=83s") && html.contains("on the left"),
        "{html}"
    );
    ada.press(&path, &format!("{path}/publication"))
        .await
        .leads_to(&format!("{path}?published"));
    assert!(
        ada.page(&path)
            .await
            .contains("Not public: its artist is a draft")
    );
    is_deleted_and_restored(&ada, &path, "My room").await;
    assert_eq!(ada.form(&path).await.all("placements[][start]")[0], "1:23");
}

#[tokio::test]
async fn a_product_is_made_changed_published_deleted_and_restored() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    ada.product("Cheap lamp").await;
    let path = ada.product("Red lamp").await;
    let form = ada
        .form(&path)
        .await
        .with("brand", "Lux")
        .with("gtin", "4006381333931")
        .at("offers[][url]", 0, "https://shop.example/lamp")
        .at("offers[][price][amount]", 0, "19,90")
        .at("offers[][availability]", 0, "in_stock")
        .at("images[][url]", 0, "https://images.example/lamp.jpg")
        .at("images[][alt]", 0, "A red lamp")
        .at("attributes[][name]", 0, "Colour")
        .at("attributes[][value]", 0, "red")
        .at("alternatives[][product_id]", 0, "Cheap lamp");
    form.send(&ada.who).await.leads_to(&format!("{path}?saved"));
    let form = ada.form(&path).await;
    assert_eq!(form.all("offers[][price][amount]")[0], "19.90");
    assert_eq!(form.all("offers[][price][currency]")[0], "EUR");
    assert_eq!(form.all("offers[][availability]")[0], "in_stock");
    assert!(form.all("offers[][id]")[0].starts_with("off_"));
    assert_eq!(form.all("images[][alt]")[0], "A red lamp");
    assert_eq!(form.all("attributes[][value]")[0], "red");
    assert_eq!(form.all("alternatives[][product_id]")[0], "Cheap lamp");
    ada.press(&path, &format!("{path}/publication"))
        .await
        .leads_to(&format!("{path}?published"));
    is_deleted_and_restored(&ada, &path, "Red lamp").await;
    assert_eq!(
        ada.form(&path).await.all("offers[][price][amount]")[0],
        "19.90"
    );
}

#[tokio::test]
async fn a_shop_is_proposed_deleted_and_restored() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.shop("Lamp shop", "lamps.example").await;
    is_deleted_and_restored(&ada, &path, "Lamp shop").await;
    assert_eq!(ada.form(&path).await.all("domains[]")[0], "lamps.example");
}

/// A deleted entity leaves its list at once and can be restored there and in the trash.
async fn is_deleted_and_restored(ada: &Creator, path: &str, name: &str) {
    let (list, id) = path.rsplit_once('/').unwrap();
    for place in ["undo", "bin"] {
        let deleted = ada.press(path, &format!("{path}/deletion")).await;
        let list_with_undo = format!("{list}?deleted={id}");
        deleted.leads_to(&list_with_undo);
        ada.who.visit(path).await.is(404);
        let results = ada.page(list).await;
        let results = results.split("studio-results").nth(1).unwrap();
        let results = results.split("</main>").next().unwrap();
        assert!(!results.contains(id), "{results}");
        let page = match place {
            "undo" => list_with_undo,
            _ => "/studio/bin".to_owned(),
        };
        assert!(ada.page(&page).await.contains(name), "{page}");
        ada.press(&page, &format!("{path}/restoration"))
            .await
            .leads_to(&format!("{path}?restored"));
        assert!(ada.page(list).await.contains(id));
        assert!(!ada.page("/studio/bin").await.contains(id));
    }
}

#[tokio::test]
async fn after_thirty_days_nothing_is_in_the_bin() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.video("My room").await;
    ada.press(&path, &format!("{path}/deletion")).await.is(303);
    app.pass(time::Duration::days(31));
    let ada = Creator {
        who: crate::support::SignedIn::log_in(&app, "ada@example.org").await,
    };
    assert!(ada.page("/studio/bin").await.contains("The bin is empty"));
    ada.who
        .submit(&format!("{path}/restoration"), &[])
        .await
        .is(404);
}
