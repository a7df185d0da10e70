//! Links of offers to retailers.

use domain::Caller as By;
use reqwest::Method;
use types::catalogue::{ProductInput, ReviewStatus};

use super::{Creator, functions::read, json_ld, offer, published_product};
use crate::support::{Anonymous, Caller, SignedIn, TestApp};

const KEPT: &str = "https://shop.example/lamp?tag=ada-21&x=%C3%A9#top";

async fn way(creator: &Creator<'_>, url: &str) -> String {
    let lamp = ProductInput {
        offers: vec![offer(url, "5", "EUR")],
        ..published_product("Lamp & Co")
    };
    let lamp = creator.product(&lamp).await;
    format!("/go/{}", lamp.content.offers[0].id)
}

#[tokio::test]
async fn a_way_leads_to_exactly_what_is_kept() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    ada.shop("Shop", "shop.example").await;
    let path = way(&ada, KEPT).await;
    let anonymous = Anonymous::of(&app);
    let somebody = SignedIn::sign_up(&app, "eve@example.org").await;
    for answer in [
        anonymous.visit(&path).await,
        somebody.visit(&path).await,
        anonymous.call(Method::HEAD, &path).send().await,
        anonymous
            .get(&format!("{path}?url=https://evil.example&tag=eve"))
            .header("referer", "https://evil.example/")
            .header("x-forwarded-host", "evil.example")
            .send()
            .await,
    ] {
        let answer = answer.is(302);
        assert_eq!(answer.location(), KEPT);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-robots-tag"), Some("noindex"));
        // Because of this header a browser sends the retailer no `Referer`.
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert!(answer.set_cookies().is_empty() && answer.body.is_empty());
    }
    let json = read(&anonymous, &path).await.is(200).json();
    assert_eq!(json["approved"]["url"], KEPT);
}

#[tokio::test]
async fn a_shop_that_nobody_has_checked_is_not_visited_and_the_page_says_why() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    let path = way(&ada, "https://www.other.example/lamp").await;
    let anonymous = Anonymous::of(&app);
    let answer = anonymous.visit(&path).await.is(404);
    assert_eq!(answer.header("location"), None);
    let html = answer.page();
    assert!(
        html.contains("We have not looked at this shop yet"),
        "{html}"
    );
    assert!(html.contains("other.example") && !html.contains("www.other.example/lamp"));
    let json = read(&anonymous, &path).await.is(200);
    assert!(
        !json.text().contains("www.other.example"),
        "{}",
        json.text()
    );
    assert_eq!(json.json()["unapproved"]["domain"], "other.example");
    assert!(html.contains("href=\"/products/ada/lamp-co\"") && html.contains("noindex"));
    let html = anonymous
        .visit("/products/ada/lamp-co")
        .await
        .is(200)
        .page();
    assert!(
        !html.contains("/go/") && html.contains("Shop not approved"),
        "{html}"
    );
}

#[tokio::test]
async fn an_offer_of_a_shop_that_is_blocked_or_deleted_is_gone_and_comes_back() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    let shop = ada.shop("Shop", "shop.example").await;
    let bob = Creator::named(&app, "Bob").await;
    let path = way(&bob, KEPT).await;
    let anonymous = Anonymous::of(&app);
    let product = async || {
        anonymous
            .visit("/products/bob/lamp-co")
            .await
            .is(200)
            .page()
    };
    let is_gone = async || {
        let html = anonymous.visit(&path).await.is(404).page();
        assert!(html.contains("Nothing is pinned here"), "{html}");
        let html = product().await;
        for leak in ["/go/", "shop.example", "Shop not approved", "5.00"] {
            assert!(!html.contains(leak), "{leak}: {html}");
        }
        let data = format!("{:?}", json_ld(&html));
        assert!(!data.contains("\"offers\""), "{data}");
    };
    let is_there = async || {
        anonymous.visit(&path).await.is(302);
        let html = product().await;
        assert!(
            html.contains("/go/") && html.contains("\"offers\""),
            "{html}"
        );
    };
    is_there().await;
    let shop = ada.judge(&shop, ReviewStatus::Blocked).await;
    is_gone().await;
    let shop = ada.judge(&shop, ReviewStatus::Approved).await;
    is_there().await;
    ada.delete_retailer(&shop).await;
    is_gone().await;
    let retailers = &app.domain.catalogue.retailers;
    retailers.restore(&By::System, &shop.id).await.unwrap();
    is_there().await;
}

#[tokio::test]
async fn only_an_id_is_a_way() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    ada.shop("Shop", "shop.example").await;
    let path = way(&ada, KEPT).await;
    let anonymous = Anonymous::of(&app);
    for path in [
        "/go".to_owned(),
        "/go/".to_owned(),
        "/go/https://shop.example/".to_owned(),
        "/go/%68ttps%3A%2F%2Fshop.example".to_owned(),
        "/go/%FF".to_owned(),
        path.to_uppercase().replace("/GO/", "/go/"),
        format!("{path}/x"),
        format!("{path}%20"),
    ] {
        let answer = anonymous.visit(&path).await.is(404);
        assert_eq!(answer.header("location"), None, "{path}");
        assert!(answer.page().contains("Nothing is pinned here"), "{path}");
    }
    anonymous.submit(&path, &[]).await.is(405);
}
