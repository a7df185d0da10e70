//! Hostile texts in every field of every entity.

use types::catalogue::{
    AlternativeInput, ArtistInput, AttributeInput, ChapterInput, ImageInput, LinkInput,
    ProductInput, Tier, TimeInput, VideoInput,
};

use super::{
    Creator, json_ld, listed, offer, placement, published_artist, published_product,
    published_video,
};
use crate::support::{Anonymous, Caller, TestApp};

const TEXTS: [&str; 7] = [
    "</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "</title></textarea><!--<b>&amp;]]>",
    "javascript:alert(1)//{{7*7}}${7*7}",
    "🎬𝕏👩‍👩‍👧 𠜎 e\u{301}",
    "שלום עולם مرحبا",
];

/// Markup that no page may contain anywhere.
const MARKUP: [&str; 4] = ["<img src=x", "<svg onload", "</textarea><", "<!--<b>"];

/// Creates entities with this text in every field. Returns the paths of everything that shows it.
async fn all_of(app: &TestApp, text: &str) -> Vec<String> {
    let long: String = format!("{text}\n").chars().cycle().take(9_990).collect();
    let artist = ArtistInput {
        bio: long.chars().take(4_990).collect(),
        disclosure: text.to_owned(),
        links: vec![LinkInput {
            label: text.to_owned(),
            url: "https://a.example/?a=%3Cimg%3E&b".to_owned(),
        }],
        ..published_artist(&format!("A {text}"))
    };
    let somebody = Creator::with(app, &artist).await;
    somebody.shop(&format!("Shop {text}"), "shop.example").await;
    let other = somebody
        .product(&published_product(&format!("Other {text}")))
        .await;
    let product = ProductInput {
        brand: text.to_owned(),
        description: long.clone(),
        images: vec![ImageInput {
            url: "https://images.example/a;b,c?d&e".to_owned(),
            alt: text.to_owned(),
        }],
        attributes: vec![AttributeInput {
            name: text.to_owned(),
            value: text.to_owned(),
        }],
        offers: vec![
            offer("https://shop.example/?a&b=%22", "1", "EUR"),
            offer("https://unknown.example/?a&b", "2", "EUR"),
        ],
        alternatives: vec![AlternativeInput {
            product_id: other.id.clone(),
            tier: Tier::Dearer,
        }],
        ..published_product(&format!("Thing {text}"))
    };
    let product = somebody.product(&product).await;
    let mut at_1 = placement(&product, 1);
    at_1.note = text.to_owned();
    let video = VideoInput {
        description: long,
        url: "https://youtu.be/dQw4w9WgXcQ".to_owned(),
        published_on: "2026-11-03".to_owned(),
        chapters: vec![ChapterInput {
            start: TimeInput::Typed("0:00".to_owned()),
            title: text.to_owned(),
        }]
        .into(),
        placements: vec![at_1, placement(&other, 2)],
        ..published_video(&format!("Film {text}"))
    };
    let video = somebody.video(&video).await;
    listed(app, "/videos", "1 video").await;
    listed(app, "/products", "2 products").await;
    let artist = &somebody.artist.slug;
    let mut paths = vec![
        format!("/artists/{artist}"),
        format!("/videos/{artist}/{}", video.slug),
        format!("/products/{artist}/{}", product.slug),
        format!("/go/{}", product.content.offers[1].id),
    ];
    let query = serde_urlencoded::to_string([("q", text)]).unwrap();
    paths.extend(["/search?q=thing".to_owned(), format!("/search?{query}")]);
    let always = [
        "/",
        "/videos",
        "/products",
        "/artists",
        "/search?q=film&kind=video",
    ];
    paths.extend(always.map(ToOwned::to_owned));
    let robots = [
        "/sitemap.xml",
        "/sitemap/videos-1.xml",
        "/sitemap/products-1.xml",
    ];
    paths.extend(robots.map(ToOwned::to_owned));
    paths
}

#[tokio::test]
async fn no_text_becomes_markup_anywhere() {
    for text in TEXTS {
        let app = TestApp::start().await;
        let anonymous = Anonymous::of(&app);
        for path in all_of(&app, text).await {
            let answer = anonymous.visit(&path).await;
            assert!(
                [200, 404].contains(&answer.status),
                "{path}: {}",
                answer.status
            );
            let page = answer.text();
            for markup in MARKUP {
                assert!(!page.contains(markup), "{path}: {markup}: {page}");
            }
            let policy = answer.header("content-security-policy").unwrap();
            assert!(
                !policy.contains("alert") && !policy.contains("unsafe-inline"),
                "{policy}"
            );
            for data in json_ld(&page) {
                assert!(data["@type"].is_string(), "{path}: {data}");
            }
        }
    }
}

#[tokio::test]
async fn structured_data_says_what_was_typed() {
    for text in TEXTS {
        let app = TestApp::start().await;
        let paths = all_of(&app, text).await;
        let anonymous = Anonymous::of(&app);
        let types = ["ProfilePage", "VideoObject", "Product"];
        for (path, of) in paths.iter().zip(types) {
            let html = anonymous.visit(path).await.is(200).page();
            let data = json_ld(&html);
            let node = data.iter().find(|node| node["@type"] == of);
            let node = node.unwrap_or_else(|| panic!("{path}: {data:?}"));
            let name = node["name"]
                .as_str()
                .or(node["mainEntity"]["name"].as_str());
            assert!(name.unwrap().ends_with(text), "{path}: {node}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_backwards_is_not_kept() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    for hidden in ["a\u{202E}b", "a\u{0}b", "a\u{2066}b"] {
        let videos = &app.domain.catalogue.videos;
        let made = videos
            .create(
                &domain::Caller::System,
                Some(&ada.artist.id),
                &published_video(hidden),
            )
            .await;
        assert!(made.is_err(), "{hidden:?}");
    }
}
