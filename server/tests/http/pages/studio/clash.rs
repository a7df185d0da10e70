//! Conflicts: both versions are shown, and no input is lost.

use super::{
    creator::Creator,
    form::{Form, unescaped},
};
use crate::support::TestApp;

#[tokio::test]
async fn the_slower_one_sees_both_sides_and_decides() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let stale = ada.form(&path).await;
    let faster = stale
        .clone()
        .with("brand", "Fast brand")
        .at("offers[][url]", 0, "https://shop.example/a")
        .at("offers[][price][amount]", 0, "10");
    faster.send(&ada.who).await.is(303);
    let slower = stale
        .with("brand", "Slow brand")
        .with("description", "Only mine\nto lose")
        .at("offers[][url]", 0, "https://shop.example/b");
    let html = slower.send(&ada.who).await.is(412).page();
    let table = html
        .split("<table")
        .nth(1)
        .unwrap()
        .split("</table>")
        .next()
        .unwrap();
    for text in [
        "Fast brand",
        "Slow brand",
        "Only mine\nto lose",
        "https://shop.example/a · 10.00 · EUR",
        "https://shop.example/b",
    ] {
        assert!(unescaped(table).contains(text), "{text}: {table}");
    }
    assert!(
        !table.contains("Red lamp"),
        "what is the same is not shown: {table}"
    );

    // The form holds the typed values and starts from the stored revision.
    let again = Form::of(&html, &path);
    assert_eq!(again.text("brand"), "Slow brand");
    assert_eq!(again.text("description"), "Only mine\nto lose");
    assert_eq!(again.all("offers[][url]")[0], "https://shop.example/b");
    assert_ne!(again.text("revision"), slower.text("revision"));
    assert_eq!(ada.form(&path).await.text("brand"), "Fast brand");
    again
        .send(&ada.who)
        .await
        .leads_to(&format!("{path}?saved"));
    assert_eq!(ada.form(&path).await.text("brand"), "Slow brand");
}

#[tokio::test]
async fn the_same_price_in_another_spelling_is_no_difference() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let typed = ada
        .form(&path)
        .await
        .at("offers[][url]", 0, "https://shop.example/a")
        .at("offers[][price][amount]", 0, "19,90");
    typed.send(&ada.who).await.is(303);
    let html = typed.send(&ada.who).await.is(412).page();
    assert!(html.contains("the same as what you typed"), "{html}");
}

#[tokio::test]
async fn a_form_without_a_revision_changes_nothing() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    for revision in [None, Some(""), Some("x"), Some("-1"), Some("0"), Some("99")] {
        let mut form = ada.form(&path).await.with("name", "Other");
        form.fields.retain(|(name, _)| name != "revision");
        if let Some(revision) = revision {
            form = form.pressed("revision", revision);
        }
        form.send(&ada.who).await.is(412);
    }
    assert_eq!(ada.form(&path).await.text("name"), "Ada Films");
}

#[tokio::test]
async fn a_button_that_started_from_an_old_state_does_nothing_and_shows_the_new_one() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let html = ada.page(&path).await;
    let buttons = ["publication", "deletion"].map(|end| Form::of(&html, &format!("{path}/{end}")));
    ada.form(&path)
        .await
        .with("bio", "New")
        .send(&ada.who)
        .await
        .is(303);
    for button in buttons {
        let html = button.send(&ada.who).await.is(412).page();
        assert_eq!(Form::of(&html, &path).text("bio"), "New");
        assert!(html.contains("It was changed meanwhile"), "{html}");
    }
    assert_eq!(ada.form(&path).await.text("status"), "draft");
}

#[tokio::test]
async fn what_is_typed_about_a_thing_that_was_deleted_meanwhile_is_not_lost() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let typed = ada.form(&path).await.with("description", "Long\ntext");
    ada.press(&path, &format!("{path}/deletion")).await.is(303);
    let html = typed.send(&ada.who).await.is(404).page();
    assert!(html.contains("it may have been deleted"), "{html}");
    assert!(html.contains("<title>Please check: Red lamp"), "{html}");
    assert!(
        html.contains(r#"href="/studio/bin""#) && !html.contains(r#"name="artist_id""#),
        "{html}"
    );
    let again = Form::of(&html, &path);
    assert_eq!(again.text("description"), "Long\ntext");

    // A restore is a change as well, so saving leads to a conflict once.
    ada.press("/studio/bin", &format!("{path}/restoration"))
        .await
        .is(303);
    let html = again.send(&ada.who).await.is(412).page();
    Form::of(&html, &path)
        .send(&ada.who)
        .await
        .leads_to(&format!("{path}?saved"));
    assert_eq!(ada.form(&path).await.text("description"), "Long\ntext");
}
