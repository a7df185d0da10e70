//! Adding placements beside the player.

use super::{
    creator::Creator,
    form::{Form, error_at},
};
use crate::support::{Caller as _, SignedIn, TestApp, faulty::Fault};

async fn with_video(app: &TestApp) -> (Creator, String) {
    let ada = Creator::sign_up(app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    for product in ["Red lamp", "Sofa", "Rug"] {
        ada.product(product).await;
    }
    let path = ada.video("My room").await;
    let form = ada.form(&path).await;
    let form = form
        .with("url", "https://youtu.be/dQw4w9WgXcQ")
        .with("duration", "2:00");
    form.send(&ada.who).await.is(303);
    (ada, path)
}

async fn tag(ada: &Creator, path: &str, product: &str, time: &str) -> crate::support::TestResponse {
    let form = Form::of(&ada.page(path).await, &format!("{path}/placements"));
    let form = form.with("product_id", product);
    form.with("start", time).send(&ada.who).await
}

#[tokio::test]
async fn products_are_tagged_one_after_the_other() {
    let app = TestApp::start().await;
    let (ada, path) = with_video(&app).await;
    for (product, time) in [("Red lamp", "0:10"), ("sofa", "83"), ("Rug", "")] {
        let tagged = tag(&ada, &path, product, time).await;
        tagged.leads_to(&format!("{path}?tagged#tagged"));
    }
    let html = ada.page(&path).await;
    let form = Form::of(&html, &path);
    assert_eq!(
        form.all("placements[][product_id]")[..3],
        ["Red lamp", "Sofa", "Rug"]
    );
    assert_eq!(form.all("placements[][start]")[..3], ["0:10", "1:23", ""]);
    for second in [10, 83] {
        let link = format!("https://www.youtube.com/watch?v=dQw4w9WgXcQ&amp;t={second}s");
        assert!(html.contains(&link), "{html}");
    }
}

#[tokio::test]
async fn a_tag_that_is_refused_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let (ada, path) = with_video(&app).await;
    for (product, time, field) in [
        ("", "", "tag-product_id"),
        ("", "0:10", "tag-product_id"),
        ("Nothing of mine", "0:10", "tag-product_id"),
        ("Sofa", "nonsense", "tag-start"),
        ("Sofa", "3:00", "tag-start"),
    ] {
        let html = tag(&ada, &path, product, time).await.is(422).page();
        let form = Form::of(&html, &format!("{path}/placements"));
        assert_eq!(form.text("product_id"), product);
        assert_eq!(form.text("start"), time);
        assert_ne!(error_at(&html, field), "", "{html}");
        assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 1);
    }
    tag(&ada, &path, "Sofa", "0:10").await.is(303);
    tag(&ada, &path, "Sofa", "0:10").await.is(422);
    assert_eq!(
        ada.form(&path).await.all("placements[][start]")[..2],
        ["0:10", ""]
    );
}

#[tokio::test]
async fn a_tag_survives_the_end_of_the_session_and_a_store_that_is_down() {
    let app = TestApp::start().await;
    let (ada, path) = with_video(&app).await;
    let action = format!("{path}/placements");
    let form = Form::of(&ada.page(&path).await, &action);
    let form = form.with("product_id", "Sofa").with("start", "0:10");
    app.store.fail(Fault::Unavailable);
    let unread = form.send(&ada.who).await.is(503).page();
    app.store.fail(Fault::None);
    ada.who.log_out().await.is(200);
    let ended = form.send(&ada.who).await.is(401).page();
    let again = SignedIn::log_in(&app, "ada@example.org").await;
    let shown = Form::of(&ended, &action);
    assert_eq!(shown.fields, Form::of(&unread, &action).fields);
    let tagged = shown.send(&again).await;
    tagged.leads_to(&format!("{path}?tagged#tagged"));
}

#[tokio::test]
async fn a_tag_from_an_old_page_is_shown_with_the_video_as_it_is_now() {
    let app = TestApp::start().await;
    let (ada, path) = with_video(&app).await;
    let action = format!("{path}/placements");
    let stale = Form::of(&ada.page(&path).await, &action)
        .with("product_id", "Sofa")
        .with("start", "0:20");
    tag(&ada, &path, "Rug", "0:10").await.is(303);
    let html = stale.send(&ada.who).await.is(412).page();
    let again = Form::of(&html, &action);
    assert_eq!(again.text("product_id"), "Sofa");
    assert_eq!(
        Form::of(&html, &path).all("placements[][product_id]")[0],
        "Rug"
    );
    again.send(&ada.who).await.is(303);
    let all = ada.form(&path).await;
    assert_eq!(all.all("placements[][product_id]")[..2], ["Rug", "Sofa"]);
}
