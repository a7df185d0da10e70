//! Spellings of values as people type and copy them.

use super::{creator::Creator, form::error_at};
use crate::support::TestApp;

#[tokio::test]
async fn a_product_is_kept_as_it_was_meant() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("\u{200b}Book 葛\u{e0100}\u{feff}").await;
    let form = ada.form(&path).await;
    assert_eq!(form.text("name"), "Book 葛\u{e0100}");
    let form = form
        .with(
            "gtin",
            "ISBN\u{2011}13: 978\u{2011}0\u{2011}306\u{2011}40615\u{2011}7",
        )
        .at("offers[][url]", 0, "bücher.example/dp/L'Avventura")
        .at("offers[][price][amount]", 0, "１９，９９ €")
        .at("offers[][price][currency]", 0, "EUR");
    Creator::accepted(&form.send(&ada.who).await);
    let form = ada.form(&path).await;
    assert_eq!(form.text("gtin"), "9780306406157");
    assert_eq!(
        form.all("offers[][url]")[0],
        "https://xn--bcher-kva.example/dp/L%27Avventura"
    );
    assert_eq!(form.all("offers[][price][amount]")[0], "19.99");
}

#[tokio::test]
async fn an_amount_may_have_the_sign_of_its_currency_and_no_other() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Lamp").await;
    for (typed, currency, kept) in [
        ("€19.99", "EUR", "19.99"),
        ("19,99 €", "EUR", "19.99"),
        ("EUR 19.99", "EUR", "19.99"),
        (".99", "EUR", "0.99"),
        ("CHF 5.-", "CHF", "5.00"),
        ("１９９９", "JPY", "1999"),
        ("1,23,456.78", "INR", "123456.78"),
        ("\u{200b}₹१,२३,४५६.७८", "INR", "123456.78"),
    ] {
        let form = ada.form(&path).await;
        let form = form
            .at("offers[][url]", 0, "shop.example/a")
            .at("offers[][price][amount]", 0, typed)
            .at("offers[][price][currency]", 0, currency);
        Creator::accepted(&form.send(&ada.who).await);
        let form = ada.form(&path).await;
        assert_eq!(form.all("offers[][price][amount]")[0], kept, "{typed}");
        assert_eq!(form.all("offers[][url]")[0], "https://shop.example/a");
    }
    for (typed, sentence) in [
        (
            "$19.99",
            "The sign in it is not one of the chosen currency. Choose the currency of this price, \
             or leave the sign out.",
        ),
        (
            "19.99 each",
            "Enter an amount like 19.90. Only a sign of the chosen currency can stand with it.",
        ),
        ("12,3456", "This currency has only 2 decimals."),
    ] {
        let form = ada
            .form(&path)
            .await
            .at("offers[][price][currency]", 0, "EUR");
        let form = form.at("offers[][price][amount]", 0, typed);
        let html = form.send(&ada.who).await.is(422).page();
        assert_eq!(
            error_at(&html, "offers-0-price-amount"),
            sentence,
            "{typed}"
        );
    }
}

#[tokio::test]
async fn a_list_of_chapters_is_read_as_people_write_it() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.video("My room").await;
    let list =
        "(0:00) Hello\n[0:10 - 0:20] The desk\n• ０：３０　ランプ\nTop 10 1:00\n5. 1:30 | End";
    let form = ada.form(&path).await.with("chapters", list);
    Creator::accepted(&form.send(&ada.who).await);
    let form = ada.form(&path).await;
    assert_eq!(
        form.text("chapters").replace("\r\n", "\n"),
        "0:00 Hello\n0:10 The desk\n0:30 ランプ\n1:00 Top 10\n1:30 End"
    );
}
