//! Refused forms: no input is lost, and every error is shown at its field.

use super::{
    creator::Creator,
    form::{Form, error_at, unescaped},
};
use crate::support::{Caller as _, TestApp, faulty::Fault};

#[tokio::test]
async fn everything_typed_comes_back_with_its_errors_in_their_places() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let typed = ada
        .form(&path)
        .await
        .with("name", "")
        .with("gtin", "4006381333932")
        .with("description", "\n\n  three lines\n")
        .at("offers[][url]", 0, "")
        .at("offers[][url]", 1, "http://shop.example/lamp")
        .at("offers[][price][amount]", 1, "19.9999")
        .at("offers[][url]", 2, "https://shop.example/other");
    let answer = typed.send(&ada.who).await.is(422);
    let html = answer.page();
    let shown = Form::of(&html, &path);
    for name in ["name", "gtin", "description", "slug", "status", "revision"] {
        assert_eq!(shown.text(name), typed.text(name), "{name}");
    }
    for name in [
        "offers[][url]",
        "offers[][price][amount]",
        "offers[][price][currency]",
        "order[offers][]",
    ] {
        assert_eq!(shown.all(name)[..3], typed.all(name)[..3], "{name}");
    }
    for id in ["name", "gtin", "offers-1-url", "offers-1-price-amount"] {
        assert_ne!(error_at(&html, id), "", "{id}");
        assert!(
            html.contains(&format!(r##"href="#{id}""##)),
            "{id} is not in the summary"
        );
    }
    assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 4);
    // The summary is before the fields.
    let summary = html.find(r#"role="alert""#).unwrap();
    assert!(summary < html.find(r#"id="name""#).unwrap());
    assert!(html.contains("<title>Please check: Red lamp · Studio · Inspired</title>"));
    assert_eq!(ada.form(&path).await.text("name"), "Red lamp");
}

#[tokio::test]
async fn chapters_that_cannot_be_read_are_named_by_their_lines() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.video("My room").await;
    let typed = ada
        .form(&path)
        .await
        .with("chapters", "0:00 Hello\nnonsense\n0:10 End");
    let html = typed.send(&ada.who).await.is(422).page();
    assert_eq!(
        Form::of(&html, &path).text("chapters"),
        typed.text("chapters")
    );
    assert!(html.contains("Line 2: "), "{html}");
}

#[tokio::test]
async fn a_new_thing_that_is_refused_is_not_made() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    for (path, field) in [
        ("/studio/artists/new", "name"),
        ("/studio/videos/new", "title"),
        ("/studio/products/new", "name"),
        ("/studio/retailers/new", "name"),
    ] {
        let typed = ada.form(path).await.with("slug", "Not a slug");
        let html = typed.send(&ada.who).await.is(422).page();
        assert_eq!(Form::of(&html, path).text("slug"), "Not a slug");
        assert_ne!(error_at(&html, field), "", "{path}");
    }
    assert!(ada.page("/studio/videos").await.contains("No video yet"));
}

/// A character may take nine bytes when percent-encoded.
#[tokio::test]
async fn the_longest_texts_fit_into_a_form() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let product = ada.product("Red lamp").await;
    let long = "\u{6f22}".repeat(10_000);
    let typed = ada.form(&product).await.with("description", &long);
    typed.send(&ada.who).await.is(303);
    assert_eq!(ada.form(&product).await.text("description"), long);
}

#[tokio::test]
async fn a_slug_that_is_taken_is_said_at_its_field() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let form = ada.form("/studio/artists/new").await;
    let typed = form.with("name", "Another").with("slug", "ada-films");
    let html = typed.send(&ada.who).await.is(422).page();
    assert!(html.contains(r##"href="#slug""##), "{html}");
}

#[tokio::test]
async fn a_product_of_another_artist_or_nobody_cannot_be_placed() {
    let app = TestApp::start().await;
    let bob = Creator::sign_up(&app, "bob@example.org").await;
    bob.artist("Bob").await;
    let strange = bob.product("Strange lamp").await;
    let strange = strange.rsplit('/').next().unwrap().to_owned();
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    ada.product("Red lamp").await;
    let path = ada.video("My room").await;
    for product in [strange.as_str(), "Strange lamp", "prd_1", "../x"] {
        let typed = ada
            .form(&path)
            .await
            .at("placements[][product_id]", 0, product);
        let html = typed.send(&ada.who).await.is(422).page();
        assert_eq!(
            Form::of(&html, &path).all("placements[][product_id]")[0],
            product
        );
        assert!(
            html.contains(r##"href="#placements-0-product_id""##),
            "{html}"
        );
    }
}

#[tokio::test]
async fn an_artist_that_is_gone_meanwhile_takes_nothing_with_it() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let first = ada.artist("First").await;
    ada.artist("Second").await;
    let first_id = first.rsplit('/').next().unwrap();
    let typed = ada
        .form("/studio/videos/new")
        .await
        .with("artist_id", first_id)
        .with("title", "My room");
    ada.press(&first, &format!("{first}/deletion"))
        .await
        .is(303);
    let html = typed.send(&ada.who).await.is(422).page();
    assert!(html.contains("This artist is not there any more"), "{html}");
    let again = Form::of(&html, "/studio/videos/new");
    assert_eq!(again.text("title"), "My room");
    again.send(&ada.who).await.is(303);
}

#[tokio::test]
async fn what_was_typed_survives_the_end_of_the_session_and_a_store_that_is_down() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let typed = ada.form(&path).await.with("brand", "Lux & <Co>");
    let new = ada
        .form("/studio/products/new")
        .await
        .with("name", "Lux & <Co>");

    app.store.fail(Fault::Unavailable);
    for form in [&typed, &new] {
        let answer = form.send(&ada.who).await.is(503);
        assert!(answer.header("retry-after").is_some());
        let html = answer.page();
        assert!(unescaped(&html).contains(r#"value="Lux & <Co>""#), "{html}");
    }
    app.store.fail(Fault::None);

    ada.who.log_out().await.is(200);
    for form in [&typed, &new] {
        let html = form.send(&ada.who).await.is(401).page();
        assert!(unescaped(&html).contains(r#"value="Lux & <Co>""#), "{html}");
        assert!(html.contains("Log in again (in a new tab)"), "{html}");
    }
    // After a log-in in another tab the same form is posted.
    let again = Creator {
        who: crate::support::SignedIn::log_in(&app, "ada@example.org").await,
    };
    typed
        .send(&again.who)
        .await
        .leads_to(&format!("{path}?saved"));
}
