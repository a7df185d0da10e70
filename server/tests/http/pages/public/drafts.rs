//! Drafts are revealed nowhere.

use domain::{Caller as By, documents::Revision};
use types::catalogue::{AlternativeInput, ProductInput, ReviewStatus, Status, Tier, VideoInput};

use super::{
    Creator,
    functions::{self, read},
    listed, offer, placement, published_artist, published_product, published_video,
};
use crate::support::{Anonymous, Caller, SignedIn, TestApp, TestResponse, eventually};

/// Part of the name of every entity that is not public.
const SECRET: &str = "Zebra";

/// Entities that must not be revealed.
struct Secrets {
    /// The paths of their public pages, if they were public.
    paths: Vec<String>,
    /// Links to shops, of products that are not public and of offers that are not listed.
    offers: Vec<String>,
}

impl Secrets {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.paths.iter().chain(&self.offers)
    }
}

/// Public entities that refer to drafts, and entities below drafts.
async fn with_secrets(app: &TestApp) -> Secrets {
    let ada = Creator::named(app, "Ada").await;
    ada.shop("Shop", "shop.example").await;
    let draft = |name: &str| ProductInput {
        status: Status::Draft,
        offers: vec![offer(
            &format!("https://shop.example/{name}"),
            "99.99",
            "EUR",
        )],
        ..published_product(&format!("{SECRET} {name}"))
    };
    let secret = ada.product(&draft("lens")).await;
    let deleted = ada.shop("Zebra one", "zebra-one.example").await;
    let blocked = ada.shop("Zebra two", "zebra-two.example").await;
    let unlisted = ["https://zebra-one.example/", "https://zebra-two.example/"];
    let lamp = ProductInput {
        offers: unlisted.map(|url| offer(url, "99.99", "EUR")).into(),
        alternatives: vec![AlternativeInput {
            product_id: secret.id.clone(),
            tier: Tier::Cheaper,
        }],
        ..published_product("Lamp")
    };
    let lamp = ada.product(&lamp).await;
    ada.delete_retailer(&deleted).await;
    ada.judge(&blocked, ReviewStatus::Blocked).await;
    let shown = VideoInput {
        placements: vec![placement(&secret, 7), placement(&lamp, 9)],
        ..published_video("Shown")
    };
    ada.video(&shown).await;
    let hidden = VideoInput {
        status: Status::Draft,
        placements: vec![placement(&lamp, 9)],
        ..published_video(&format!("{SECRET} film"))
    };
    ada.video(&hidden).await;
    let gone = ada
        .product(&ProductInput {
            status: Status::Published,
            ..draft("gone")
        })
        .await;
    let products = &app.domain.catalogue.products;
    products
        .delete(&By::System, &gone.id, Revision(gone.revision))
        .await
        .unwrap();
    // Everything below an artist that is a draft again is private, too.
    let mut eve = Creator::named(app, &format!("{SECRET} person")).await;
    let below = eve
        .product(&ProductInput {
            status: Status::Published,
            ..draft("below")
        })
        .await;
    eve.video(&published_video(&format!("{SECRET} below")))
        .await;
    let mut input = published_artist(&format!("{SECRET} person"));
    input.status = Status::Draft;
    eve.become_like(&input).await;
    listed(app, "/videos", "1 video").await;
    listed(app, "/products", "1 product").await;
    listed(app, "/artists", "1 artist").await;
    Secrets {
        paths: vec![
            "/products/ada/zebra-lens".to_owned(),
            "/products/ada/zebra-gone".to_owned(),
            "/videos/ada/zebra-film".to_owned(),
            "/artists/zebra-person".to_owned(),
            "/videos/zebra-person/zebra-below".to_owned(),
            "/products/zebra-person/zebra-below".to_owned(),
        ],
        offers: [&secret, &gone, &below, &lamp]
            .into_iter()
            .flat_map(|product| &product.content.offers)
            .map(|offer| format!("/go/{}", offer.id))
            .collect(),
    }
}

/// A response without the parts that differ between requests: path, time and random values.
pub(super) fn normal(answer: &TestResponse, path: &str) -> (u16, String, String) {
    let (status, headers, body) = answer.fingerprint();
    let policy = answer.header("content-security-policy").unwrap_or_default();
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    let neutral = |text: &str| match nonce {
        Some(nonce) => text.replace(nonce, "NONCE").replace(path, "PATH"),
        None => text.replace(path, "PATH"),
    };
    (status, neutral(&format!("{headers:?}")), neutral(&body))
}

#[tokio::test]
async fn what_is_not_public_and_what_never_was_are_told_in_the_same_bytes() {
    let app = TestApp::start().await;
    let secrets = with_secrets(&app).await;
    let anonymous = Anonymous::of(&app);
    let nothing = "/videos/ada/there-is-no-such";
    let expected = normal(&anonymous.visit(nothing).await.is(404), nothing);
    let strange = [
        "/artists/nobody",
        "/products/nobody/x",
        "/go/off_00000000000000000000000000000000",
        "/go/x",
    ]
    .map(ToOwned::to_owned);
    for path in secrets.all().chain(&strange) {
        let answer = anonymous.visit(path).await.is(404);
        assert_eq!(normal(&answer, path), expected, "{path}");
    }
}

#[tokio::test]
async fn a_function_tells_of_what_is_not_public_in_the_same_bytes() {
    let app = TestApp::start().await;
    let secrets = with_secrets(&app).await;
    let anonymous = Anonymous::of(&app);
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let nothing = "/videos/ada/there-is-no-such";
    let expected = read(&anonymous, nothing).await.is(404);
    let expected = functions::normal(&expected, nothing);
    for path in secrets.all() {
        let answer = read(&anonymous, path).await.is(404);
        assert_eq!(functions::normal(&answer, path), expected, "{path}");
        let answer = read(&eve, path).await.is(404);
        assert_eq!(functions::normal(&answer, path), expected, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_public_is_on_no_page() {
    // Site maps are requested often.
    let app = TestApp::with(&["--limits", "off"]).await;
    with_secrets(&app).await;
    let anonymous = Anonymous::of(&app);
    let text_of = async |path| anonymous.visit(path).await.is(200).text().to_lowercase();
    let secrets = ["zebra", "99.99", "t-7\"", "prd_"];
    for path in [
        "/",
        "/videos",
        "/products",
        "/artists",
        "/artists/ada",
        "/videos/ada/shown",
        "/products/ada/lamp",
        "/search?q=Lamp",
    ] {
        let text = text_of(path).await;
        for secret in secrets {
            assert!(!text.contains(secret), "{path}: {secret}: {text}");
        }
        let answer = read(&anonymous, path).await.is(200);
        let data = answer.text().to_lowercase();
        for secret in ["zebra", "99.99", "9999", "7000", "prd_"] {
            assert!(!data.contains(secret), "{path}: {secret}: {data}");
        }
    }
    // A site map may be older than the last withdrawal.
    for path in [
        "/sitemap.xml",
        "/sitemap/videos-1.xml",
        "/sitemap/products-1.xml",
        "/sitemap/artists-1.xml",
    ] {
        let is_clean = async || {
            let text = text_of(path).await;
            secrets.iter().all(|secret| !text.contains(secret))
        };
        eventually(&format!("{path} has nothing secret"), is_clean).await;
    }
    let html = anonymous.visit("/artists/ada").await.text();
    assert!(
        html.contains(">1 video<") && html.contains(">1 product<"),
        "{html}"
    );
}

#[tokio::test]
async fn what_is_not_public_is_not_found() {
    let app = TestApp::start().await;
    with_secrets(&app).await;
    let anonymous = Anonymous::of(&app);
    for query in ["zebra", "zeb", "lens", "film", "person", "gone", "below"] {
        for kind in ["", "&kind=video", "&kind=product", "&kind=artist"] {
            let path = format!("/search?q={query}{kind}");
            let html = anonymous.visit(&path).await.is(200).page();
            assert!(
                html.contains("Nothing was found") && !html.contains("class=\"card "),
                "{path}"
            );
        }
    }
}
