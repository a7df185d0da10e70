//! Public pages are complete without JavaScript.

use types::catalogue::{
    AlternativeInput, ArtistInput, AttributeInput, Availability, ChapterInput, ImageInput,
    LinkInput, OfferInput, ProductInput, Tier, TimeInput, VideoInput,
};

use super::{
    Creator, attributes, count, listed, main_of, offer, placement, published_artist,
    published_product, published_video,
};
use crate::support::{Anonymous, Caller, TestApp};

/// A creator with a video and two products, one of which has every field.
async fn kitchen(app: &TestApp) -> Creator<'_> {
    let artist = ArtistInput {
        bio: "Cooks.\nSlowly.".to_owned(),
        disclosure: "I earn a little.".to_owned(),
        links: vec![LinkInput {
            label: "My site".to_owned(),
            url: "https://cook.example/me".to_owned(),
        }],
        ..published_artist("Cook")
    };
    let cook = Creator::with(app, &artist).await;
    cook.shop("Pan Shop", "pans.example").await;
    let cheap = cook.product(&published_product("Tin pan")).await;
    let dear = cook.product(&published_product("Gold pan")).await;
    let pan = ProductInput {
        brand: "Ferro".to_owned(),
        description: "Iron.\nHeavy.".to_owned(),
        gtin: "4006381333931".to_owned(),
        images: vec![ImageInput {
            url: "https://images.example/pan.jpg".to_owned(),
            alt: "A black pan".to_owned(),
        }],
        attributes: vec![AttributeInput {
            name: "Diameter".to_owned(),
            value: "28 cm".to_owned(),
        }],
        offers: vec![
            offer("https://pans.example/dear", "39.90", "EUR"),
            OfferInput {
                availability: Availability::InStock,
                ..offer("https://pans.example/iron?tag=cook", "29.90", "EUR")
            },
            offer("https://unknown.example/pan", "1", "EUR"),
        ],
        alternatives: vec![
            AlternativeInput {
                product_id: cheap.id.clone(),
                tier: Tier::Cheaper,
            },
            AlternativeInput {
                product_id: dear.id.clone(),
                tier: Tier::Dearer,
            },
        ],
        ..published_product("Iron pan")
    };
    let pan = cook.product(&pan).await;
    let mut at_83 = placement(&pan, 83);
    at_83.note = "The black one.".to_owned();
    let video = VideoInput {
        description: "First line.\nSecond line.".to_owned(),
        url: "https://youtu.be/dQw4w9WgXcQ".to_owned(),
        duration: TimeInput::Typed("10:00".to_owned()),
        published_on: "2026-11-03".to_owned(),
        chapters: vec![
            ChapterInput {
                start: TimeInput::Typed("0:00".to_owned()),
                title: "Hello".to_owned(),
            },
            ChapterInput {
                start: TimeInput::Typed("1:23".to_owned()),
                title: "Pans".to_owned(),
            },
        ]
        .into(),
        placements: vec![at_83, placement(&cheap, 120)],
        ..published_video("One pan dinner")
    };
    cook.video(&video).await;
    listed(app, "/videos", "1 video").await;
    cook
}

#[tokio::test]
async fn the_first_page_shows_what_is_new() {
    let app = TestApp::start().await;
    kitchen(&app).await;
    let html = Anonymous::of(&app).visit("/").await.is(200).page();
    assert!(
        html.contains("One pan dinner") && html.contains("Iron pan"),
        "{html}"
    );
    let links = attributes(main_of(&html), "href");
    for path in [
        "/videos",
        "/products",
        "/videos/cook/one-pan-dinner",
        "/products/cook/iron-pan",
    ] {
        assert!(links.iter().any(|link| link == path), "{path}: {links:?}");
    }
}

#[tokio::test]
async fn an_empty_catalogue_says_so_and_promises_nothing() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    for path in ["/videos", "/products", "/artists"] {
        let html = anonymous.visit(path).await.is(200).page();
        assert!(
            html.contains("published") && !html.contains("class=\"cards\""),
            "{path}"
        );
    }
    let html = anonymous.visit("/").await.is(200).page();
    assert!(!html.contains("New videos"), "{html}");
}

#[tokio::test]
async fn lists_lead_to_everything() {
    let app = TestApp::start().await;
    kitchen(&app).await;
    let anonymous = Anonymous::of(&app);
    for (list, entity, count) in [
        ("/videos", "/videos/cook/one-pan-dinner", ">1 video<"),
        ("/products", "/products/cook/iron-pan", ">3 products<"),
        ("/artists", "/artists/cook", ">1 artist<"),
    ] {
        let html = anonymous.visit(list).await.is(200).page();
        assert!(
            attributes(&html, "href").contains(&entity.to_owned()),
            "{list}"
        );
        assert!(html.contains(count), "{list}: {html}");
        anonymous.visit(entity).await.is(200).page();
    }
}

#[tokio::test]
async fn a_video_shows_chapters_and_products_at_their_times() {
    let app = TestApp::start().await;
    kitchen(&app).await;
    let html = Anonymous::of(&app)
        .visit("/videos/cook/one-pan-dinner")
        .await
        .is(200)
        .page();
    let main = main_of(&html);
    for text in [
        "One pan dinner",
        "3 November 2026",
        "First line.\nSecond line.",
        "Watch on YouTube",
        "Hello",
        "Pans",
        "The black one.",
        "Ferro",
        "Pan Shop",
        "€29.90",
        "I earn a little.",
    ] {
        assert!(main.contains(text), "{text}: {main}");
    }
    // The links to the player and to each time need no JavaScript.
    assert!(main.contains("Play, from YouTube"), "{main}");
    let player = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ";
    assert!(html.contains(player), "{html}");
    let mut times = attributes(main, "aria-label");
    times.retain(|label| label.starts_with("Jump to "));
    assert_eq!(
        times,
        [
            "Jump to 1:23",
            "Jump to 2:00",
            "Jump to 0:00",
            "Jump to 1:23"
        ]
    );
    let hrefs = attributes(main, "href");
    let at_83 = "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=83s".to_owned();
    assert_eq!(
        hrefs.iter().filter(|href| **href == at_83).count(),
        2,
        "{hrefs:?}"
    );
    for id in ["t-0", "t-83", "t-120"] {
        assert_eq!(count(main, &format!("id=\"{id}\"")), 1, "{id}");
    }
    assert!(
        !main.contains("<iframe") && !main.contains("<img"),
        "{main}"
    );
}

#[tokio::test]
async fn what_is_earned_is_said_before_the_first_link_to_a_shop() {
    let app = TestApp::start().await;
    kitchen(&app).await;
    let other = Creator::named(&app, "Other").await;
    let lamp = ProductInput {
        offers: vec![offer("https://pans.example/lamp", "5", "EUR")],
        ..published_product("Lamp")
    };
    let lamp = other.product(&lamp).await;
    let video = VideoInput {
        placements: vec![placement(&lamp, 1)],
        ..published_video("Light")
    };
    other.video(&video).await;
    for (path, disclosure) in [
        ("/videos/cook/one-pan-dinner", "I earn a little."),
        ("/products/cook/iron-pan", "I earn a little."),
        (
            "/products/other/lamp",
            "Links may pay a commission to <bdi>Other",
        ),
        (
            "/videos/other/light",
            "Links may pay a commission to <bdi>Other",
        ),
    ] {
        let html = Anonymous::of(&app).visit(path).await.is(200).page();
        let said = html
            .find(disclosure)
            .unwrap_or_else(|| panic!("{path}: {html}"));
        let link = html
            .find("/go/")
            .unwrap_or_else(|| panic!("{path}: {html}"));
        assert!(said < link, "{path}");
    }
}

#[tokio::test]
async fn a_product_shows_everything_that_is_known_of_it() {
    let app = TestApp::with(&["--picture-hosts", "images.example"]).await;
    kitchen(&app).await;
    let html = Anonymous::of(&app)
        .visit("/products/cook/iron-pan")
        .await
        .is(200)
        .page();
    let main = main_of(&html);
    for text in [
        "Iron pan",
        "Ferro",
        "Iron.\nHeavy.",
        "Diameter",
        "28 cm",
        "4006381333931",
        "from €29.90",
        "at 1 shop",
        "€29.90 to €39.90",
        "In stock",
        "Shop not approved",
        "unknown.example",
        "Costs less",
        "Tin pan",
        "Costs more",
        "Gold pan",
        "One pan dinner",
    ] {
        assert!(main.contains(text), "{text}: {main}");
    }
    assert!(main.find("Tin pan") < main.find("Costs more"), "{main}");
    let jump = "/videos/cook/one-pan-dinner#t-83".to_owned();
    assert!(attributes(main, "href").contains(&jump), "{main}");
    // A picture has an alternative text and sends its host no `Referer`.
    let tag = main
        .split("<img")
        .nth(1)
        .unwrap()
        .split('>')
        .next()
        .unwrap();
    for attribute in [
        "src=\"https://images.example/pan.jpg\"",
        "alt=\"A black pan\"",
        "loading=\"lazy\"",
        "referrerpolicy=\"no-referrer\"",
        "width=",
        "height=",
    ] {
        assert!(tag.contains(attribute), "{tag}");
    }
}

#[tokio::test]
async fn the_better_offer_comes_first_and_only_checked_shops_are_linked() {
    let app = TestApp::start().await;
    kitchen(&app).await;
    let html = Anonymous::of(&app)
        .visit("/products/cook/iron-pan")
        .await
        .is(200)
        .page();
    let main = main_of(&html);
    let offers = main.split("class=\"offers\"").nth(1).unwrap();
    let offers = offers.split("</ul>").next().unwrap();
    assert!(offers.find("€29.90") < offers.find("€39.90"), "{offers}");
    assert_eq!(count(offers, "<a "), 2, "{offers}");
    assert_eq!(
        count(offers, "rel=\"sponsored nofollow noopener\""),
        2,
        "{offers}"
    );
    // No page contains a retailer's URL; links go through `/go/`.
    assert!(!html.contains("https://pans.example") && !html.contains("https://unknown.example"));
    for link in attributes(offers, "href") {
        assert!(link.starts_with("/go/off_"), "{link}");
    }
}

#[tokio::test]
async fn an_artist_shows_words_links_and_things() {
    let app = TestApp::with(&["--link-hosts", "cook.example"]).await;
    kitchen(&app).await;
    let html = Anonymous::of(&app)
        .visit("/artists/cook")
        .await
        .is(200)
        .page();
    let main = main_of(&html);
    for text in [
        "Cook",
        "Cooks.\nSlowly.",
        "My site",
        "cook.example",
        ">1 video<",
        ">3 products<",
    ] {
        assert!(main.contains(text), "{text}: {main}");
    }
    assert!(main.contains("rel=\"nofollow noopener me\""), "{main}");
    assert!(attributes(main, "href").contains(&"https://cook.example/me".to_owned()));
}

#[tokio::test]
async fn currencies_stand_side_by_side_and_are_never_compared() {
    let app = TestApp::start().await;
    let artist = Creator::named(&app, "Ada").await;
    artist.shop("Shop", "shop.example").await;
    let lens = ProductInput {
        offers: vec![
            offer("https://shop.example/1", "20.50", "EUR"),
            offer("https://shop.example/2", "30", "EUR"),
            offer("https://shop.example/3", "3000", "JPY"),
        ],
        ..published_product("Lens")
    };
    artist.product(&lens).await;
    let html = Anonymous::of(&app)
        .visit("/products/ada/lens")
        .await
        .is(200)
        .page();
    assert!(html.contains("from €20.50 or ¥3,000"), "{html}");
}

#[tokio::test]
async fn a_page_needs_no_store_to_say_what_the_site_is() {
    let app = TestApp::start().await;
    kitchen(&app).await;
    app.store.fail(crate::support::faulty::Fault::Unavailable);
    let anonymous = Anonymous::of(&app);
    let html = anonymous.visit("/").await.is(200).page();
    assert!(html.contains("cannot be read just now"), "{html}");
    for path in [
        "/videos/cook/one-pan-dinner",
        "/artists/cook",
        "/products/cook/iron-pan",
    ] {
        anonymous.visit(path).await.is(503).page();
    }
}
