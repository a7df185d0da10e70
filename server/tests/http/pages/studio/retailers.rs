//! Retailers: proposed by creators, reviewed by moderators.

use super::{creator::Creator, form::Form};
use crate::support::{Caller as _, TestApp};

#[tokio::test]
async fn a_shop_is_proposed_approved_blocked_and_reopened() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let max = Creator::moderator(&app, "max@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.shop("Lamp shop", "lamps.example").await;
    assert!(
        ada.page("/studio/retailers")
            .await
            .contains("Not checked yet")
    );
    let html = ada.page(&path).await;
    assert!(!html.contains("Approve"), "{html}");
    let form = ada
        .form(&path)
        .await
        .with("homepage", "https://lamps.example/");
    form.send(&ada.who).await.is(303);

    for (end, standing) in [
        ("approval", "Checked"),
        ("block", "Blocked"),
        ("proposal", "Not checked yet"),
        ("approval", "Checked"),
    ] {
        let action = format!("{path}/{end}");
        max.press(&path, &action)
            .await
            .leads_to(&format!("{path}?judged"));
        assert!(max.page(&path).await.contains(standing), "{end}");
    }
    // An approved retailer is shared, so only moderators change it.
    let html = ada.page(&path).await;
    assert!(
        html.contains("only moderators change it") && !html.contains("<textarea"),
        "{html}"
    );
    let stale = [
        ("revision", "9"),
        ("name", "Mine"),
        ("domains[0]", "lamps.example"),
    ];
    ada.who.submit(&path, &stale).await.is(403);
    ada.who
        .submit(&format!("{path}/deletion"), &stale)
        .await
        .is(403);
    for end in ["approval", "block", "proposal"] {
        ada.who
            .submit(&format!("{path}/{end}"), &stale)
            .await
            .is(403);
    }
    assert!(max.form(&path).await.text("name") == "Lamp shop");
}

#[tokio::test]
async fn a_proposed_shop_is_a_strangers_and_an_approved_one_is_everybodys() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let eve = Creator::sign_up(&app, "eve@example.org").await;
    let max = Creator::moderator(&app, "max@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.shop("Lamp shop", "lamps.example").await;
    for end in [
        "",
        "/deletion",
        "/restoration",
        "/approval",
        "/block",
        "/proposal",
    ] {
        eve.who
            .submit(&format!("{path}{end}"), &[("revision", "1")])
            .await
            .is(404);
    }
    eve.who.visit(&path).await.is(404);
    assert!(!eve.page("/studio/retailers").await.contains("Lamp shop"));
    max.press(&path, &format!("{path}/approval")).await.is(303);
    assert!(eve.page(&path).await.contains("Lamp shop"));
    assert!(
        eve.page("/studio/retailers?q=lamps.exam")
            .await
            .contains("Lamp shop")
    );
}

#[tokio::test]
async fn what_uses_a_shop_is_shown_and_marked_when_the_shop_is_deleted() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let max = Creator::moderator(&app, "max@example.org").await;
    ada.artist("Ada Films").await;
    let product = ada.product("Red lamp").await;
    let form = ada.form(&product).await;
    let form = form.at("offers[][url]", 0, "https://www.lamps.example/red");
    form.send(&ada.who).await.is(303);
    let list = ada.page("/studio/retailers").await;
    let path = list
        .split(r#"href="/studio/retailers/ret_"#)
        .nth(1)
        .unwrap();
    let path = format!("/studio/retailers/ret_{}", path.split('"').next().unwrap());
    let html = ada.page(&path).await;
    assert!(
        html.contains("One product uses it.") && html.contains(&product),
        "{html}"
    );
    // A moderator sees the links of a product, but no link into another account's studio.
    let html = max.page(&path).await;
    assert!(
        html.contains("https://www.lamps.example/red") && !html.contains(&product),
        "{html}"
    );
    assert_eq!(marks(&ada.page(&product).await), 0);
    ada.press(&path, &format!("{path}/deletion"))
        .await
        .leads_to(&format!(
            "/studio/retailers?deleted={}",
            path.rsplit('/').next().unwrap()
        ));
    // The product can be saved if its offer is not touched.
    assert_eq!(marks(&ada.page(&product).await), 1);
    let form = ada.form(&product).await.with("brand", "Lamps");
    form.send(&ada.who).await.is(303);
    assert_eq!(marks(&ada.page(&product).await), 1);
    ada.who
        .submit(&format!("{path}/restoration"), &[])
        .await
        .is(303);
    assert_eq!(marks(&ada.page(&product).await), 0);
}

#[tokio::test]
async fn a_domain_that_belongs_to_a_checked_shop_cannot_be_proposed_again() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let max = Creator::moderator(&app, "max@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.shop("Lamp shop", "lamps.example").await;
    max.press(&path, &format!("{path}/approval")).await.is(303);
    for (domain, status) in [("lamps.example", 422), ("co.uk", 422), ("new.example", 303)] {
        let form = ada.form("/studio/retailers/new").await;
        let form = form.with("name", "Another").at("domains[]", 0, domain);
        let answer = form.send(&ada.who).await.is(status);
        if status == 422 {
            let shown = Form::of(&answer.page(), "/studio/retailers/new");
            assert_eq!(shown.all("domains[]")[0], domain);
        }
    }
}

#[tokio::test]
async fn an_offer_of_a_blocked_shop_is_marked_and_can_be_saved() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let max = Creator::moderator(&app, "max@example.org").await;
    ada.artist("Ada Films").await;
    let shop = ada.shop("Lamp shop", "lamps.example").await;
    let product = ada.product("Red lamp").await;
    let form = ada.form(&product).await;
    let form = form.at("offers[][url]", 0, "https://www.lamps.example/red");
    let form = form.at("offers[][url]", 1, "https://other.example/red");
    form.send(&ada.who).await.is(303);
    assert_eq!(marks(&ada.page(&product).await), 0);
    max.press(&shop, &format!("{shop}/block")).await.is(303);
    assert_eq!(marks(&ada.page(&product).await), 1);
    // A form that is refused shows it, too.
    let form = ada.form(&product).await;
    let refused = form.at("offers[][url]", 2, "no address");
    assert_eq!(marks(&refused.send(&ada.who).await.is(422).page()), 1);
    let form = ada.form(&product).await.with("brand", "Lamps");
    form.send(&ada.who).await.is(303);
    assert_eq!(marks(&ada.page(&product).await), 1);
    max.press(&shop, &format!("{shop}/proposal")).await.is(303);
    assert_eq!(marks(&ada.page(&product).await), 0);
}

/// How many offers of a page are marked.
fn marks(html: &str) -> usize {
    html.matches("Shop no longer listed").count()
}
