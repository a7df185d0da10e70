//! Lists within forms: more rows, order and removal, without JavaScript.

use super::{creator::Creator, form::Form};
use crate::support::TestApp;

#[tokio::test]
async fn more_rows_are_shown_and_nothing_is_saved() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    for path in [path.as_str(), "/studio/products/new"] {
        let mut form = ada.form(path).await.with("name", "Changed");
        for (list, name) in [
            ("offers", "offers[][url]"),
            ("images", "images[][url]"),
            ("attributes", "attributes[][name]"),
            ("alternatives", "alternatives[][product_id]"),
        ] {
            assert_eq!(form.all(name).len(), 3, "{name}");
            let typed = form.at(name, 2, "typed in the last row");
            let html = typed
                .pressed("more", list)
                .send(&ada.who)
                .await
                .is(200)
                .page();
            form = Form::of(&html, path);
            assert_eq!(form.all(name)[2], "typed in the last row");
            assert_eq!(form.all(name).len(), 6, "{name}");
            assert_eq!(form.text("name"), "Changed");
            assert!(html.contains("Nothing is saved yet"));
        }
    }
    assert_eq!(ada.form(&path).await.text("name"), "Red lamp");
}

#[tokio::test]
async fn rows_are_ordered_by_their_numbers_and_removed_by_emptying_them() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let link = |form: Form, row: usize, label: &str| {
        let url = format!("https://{label}.example/");
        form.at("links[][label]", row, label)
            .at("links[][url]", row, &url)
    };
    let form = ada.form(&path).await;
    let form = link(link(link(form, 0, "one"), 1, "two"), 2, "three");
    form.at("order[links][]", 2, "5")
        .send(&ada.who)
        .await
        .is(303);
    let form = ada.form(&path).await;
    assert_eq!(form.all("links[][label]")[..3], ["three", "one", "two"]);
    assert_eq!(form.all("order[links][]")[..3], ["10", "20", "30"]);
    let form = form.at("links[][label]", 1, "").at("links[][url]", 1, " ");
    form.send(&ada.who).await.is(303);
    assert_eq!(
        ada.form(&path).await.all("links[][label]")[..3],
        ["three", "two", ""]
    );
}

#[tokio::test]
async fn a_new_row_comes_last_unless_its_number_says_otherwise() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    for offer in ["a", "b", "c"] {
        let form = ada.form(&path).await;
        let row = form
            .all("offers[][url]")
            .iter()
            .position(|url| url.is_empty());
        let url = format!("https://shop.example/{offer}");
        form.at("offers[][url]", row.unwrap(), &url)
            .send(&ada.who)
            .await
            .is(303);
    }
    let form = ada.form(&path).await;
    let ends: Vec<_> = form
        .all("offers[][url]")
        .iter()
        .map(|url| url.chars().last())
        .collect();
    assert_eq!(ends[..3], [Some('a'), Some('b'), Some('c')]);
    // An offer keeps its id when it moves, because links use it.
    let ids = [
        form.all("offers[][id]")[0].to_owned(),
        form.all("offers[][id]")[2].to_owned(),
    ];
    form.at("order[offers][]", 2, "1")
        .send(&ada.who)
        .await
        .is(303);
    let form = ada.form(&path).await;
    assert_eq!(
        [form.all("offers[][id]")[1], form.all("offers[][id]")[0]],
        ids
    );
}
