//! The direction of user-supplied text, which is isolated from the text around it (HTML, 3.2.6.4).

use domain::Caller as By;
use types::catalogue::{
    AlternativeInput, AttributeInput, ImageInput, LinkInput, PlacementInput, ReviewStatus,
};
use types::catalogue::{
    ArtistInput, ChapterInput, OfferInput, ProductInput, TimeInput, VideoInput,
};

use super::public::{Creator, listed, published_artist, published_product, published_video};
use crate::support::{Anonymous, Caller as _, PASSWORD, SignedIn, TestApp};

/// Part of every typed text in this test, between words of both directions.
const MARK: &str = "Qzx";

/// Elements that have no end tag.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "col", "source"];

fn typed(what: &str) -> String {
    format!("שלום {MARK} {what} שלום")
}

/// An open element, and whether it isolates its content.
struct Open {
    name: String,
    is_isolating: bool,
}

/// User-supplied texts that are not isolated, each with its element.
fn wrong(html: &str) -> Vec<String> {
    let body = &html[html.find("<body").unwrap()..];
    let mut open: Vec<Open> = Vec::new();
    let mut wrong = Vec::new();
    for part in body.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else {
            continue;
        };
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\n'])
            .next()
            .unwrap();
        if tag.starts_with('/') {
            if let Some(place) = open.iter().rposition(|one| one.name == name) {
                open.truncate(place);
            }
        } else if !tag.starts_with('!') {
            let is_isolating = name == "bdi" || tag.contains(r#" dir="auto""#);
            let has_typed_value = ["value", "placeholder"].iter().any(|attribute| {
                let value = tag.split(&format!(r#" {attribute}=""#)).nth(1);
                value.is_some_and(|value| value.split('"').next().unwrap().contains(MARK))
            });
            let is_hidden = tag.contains(r#"type="hidden""#);
            if has_typed_value && !is_hidden && !is_isolating {
                wrong.push(format!("<{tag}>"));
            }
            if !VOID.contains(&name) && !tag.ends_with('/') {
                let name = name.to_owned();
                open.push(Open { name, is_isolating });
            }
        }
        let is_isolated = open.iter().any(|one| one.is_isolating);
        // The model of the page, as JSON.
        let is_data = name == "script";
        if text.contains(MARK) && !is_isolated && !is_data {
            let around = open.last().map_or("", |one| one.name.as_str());
            wrong.push(format!("<{around}> {text}"));
        }
    }
    wrong
}

#[track_caller]
fn check(path: &str, html: &str) {
    let has_typed = html.contains(MARK);
    assert!(
        has_typed,
        "{path} shows nothing that somebody typed: {html}"
    );
    let wrong = wrong(html);
    assert!(wrong.is_empty(), "{path}: {wrong:#?}");
}

#[test]
fn text_outside_of_an_isolating_element_is_found() {
    let page = |body: &str| format!("<body data-state=\"{MARK}\">{body}</body>");
    for body in [
        "<p>by Qzx</p>",
        "<bdi>x</bdi><p>Qzx</p>",
        "<input value=\"Qzx\">",
        "<div dir=\"auto\"><br></div><b>Qzx</b>",
        "<option value=\"Qzx\"></option>",
    ] {
        assert_eq!(wrong(&page(body)).len(), 1, "{body}");
    }
    for body in [
        "<p>by <bdi>Qzx</bdi></p>",
        "<p dir=\"auto\"><b>Qzx</b></p>",
        "<input value=\"Qzx\" dir=\"auto\"/>",
        "<input type=\"hidden\" value=\"Qzx\"/>",
        "<textarea dir=\"auto\">\nQzx</textarea>",
    ] {
        assert!(wrong(&page(body)).is_empty(), "{body}");
    }
}

fn product(name: &str) -> ProductInput {
    ProductInput {
        brand: typed("brand"),
        description: typed("description"),
        attributes: vec![AttributeInput {
            name: typed("attribute"),
            value: typed("value"),
        }],
        images: vec![ImageInput {
            url: "https://pictures.example/1.jpg".to_owned(),
            alt: typed("alt"),
        }],
        ..published_product(&typed(name))
    }
}

fn video(product_id: &str) -> VideoInput {
    VideoInput {
        url: "https://youtu.be/dQw4w9WgXcQ".to_owned(),
        description: typed("description"),
        chapters: vec![ChapterInput {
            start: TimeInput::Typed("0:00".to_owned()),
            title: typed("chapter"),
        }]
        .into(),
        placements: vec![PlacementInput {
            product_id: product_id.to_owned(),
            note: typed("note"),
            ..PlacementInput::default()
        }],
        ..published_video(&typed("video"))
    }
}

fn artist() -> ArtistInput {
    ArtistInput {
        bio: typed("bio"),
        slug: "ada".to_owned(),
        disclosure: String::new(),
        links: vec![LinkInput {
            label: typed("link"),
            url: "https://ada.example/".to_owned(),
        }],
        ..published_artist(&typed("artist"))
    }
}

#[tokio::test]
async fn what_visitors_see_of_what_people_typed_has_its_own_direction() {
    let app = TestApp::start().await;
    let ada = Creator::with(&app, &artist()).await;
    ada.shop(&typed("shop"), "shop.example").await;
    let other = ada.product(&product("other")).await;
    let offers = ["https://shop.example/1", "https://unchecked.example/1"];
    let lamp = ProductInput {
        offers: offers
            .map(|url| OfferInput {
                url: url.to_owned(),
                ..OfferInput::default()
            })
            .into(),
        alternatives: vec![AlternativeInput {
            product_id: other.id.clone(),
            ..AlternativeInput::default()
        }],
        ..product("lamp")
    };
    let lamp = ada.product(&lamp).await;
    let film = ada.video(&video(&lamp.id)).await;
    let blocked = ada.shop("Blocked", "blocked.example").await;
    ada.judge(&blocked, ReviewStatus::Blocked).await;
    for (path, total) in [
        ("/artists", "1 artist"),
        ("/products", "2 products"),
        ("/videos", "1 video"),
    ] {
        listed(&app, path, total).await;
    }
    let anonymous = Anonymous::of(&app);
    let unchecked = lamp
        .content
        .offers
        .iter()
        .find(|one| one.url.as_str().contains("unchecked"));
    let search = serde_urlencoded::to_string([("q", MARK)]).unwrap();
    let nothing = serde_urlencoded::to_string([("q", typed("nowhere"))]).unwrap();
    for path in [
        "/".to_owned(),
        "/artists".to_owned(),
        "/videos".to_owned(),
        "/products".to_owned(),
        "/artists/ada".to_owned(),
        format!("/videos/ada/{}", film.slug),
        format!("/products/ada/{}", lamp.slug),
        format!("/products/ada/{}", other.slug),
        format!("/search?{search}"),
        format!("/search?{search}&kind=video"),
        format!("/search?{nothing}"),
    ] {
        check(&path, &anonymous.visit(&path).await.is(200).page());
    }
    let path = format!("/go/{}", unchecked.unwrap().id);
    check(&path, &anonymous.visit(&path).await.is(404).page());
    let typed_address = typed("address");
    let form = [
        ("email_address", typed_address.as_str()),
        ("password", PASSWORD),
        ("first_name", &typed_address),
    ];
    for path in ["/login", "/signup"] {
        check(path, &anonymous.submit(path, &form).await.is(400).page());
    }
}

#[tokio::test]
async fn what_people_see_of_their_own_has_its_own_direction() {
    let app = TestApp::start().await;
    let who = SignedIn::sign_up(&app, "ada@example.org").await;
    let owner = serde_json::from_value(who.id.as_str().into()).unwrap();
    let catalogue = &app.domain.catalogue;
    let artists = &catalogue.artists;
    let names = [("first_name", typed("first")), ("last_name", typed("last"))];
    let names: Vec<_> = names
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let html = who.visit("/studio").await.page();
    assert!(!html.contains(MARK));
    let typed_name = typed("artist");
    let step = [
        ("step", "artist"),
        ("name", typed_name.as_str()),
        ("slug", "Not a slug"),
    ];
    check(
        "/studio",
        &who.submit("/studio", &step).await.is(422).page(),
    );
    let artist = artists
        .create_for(&By::System, &owner, &artist())
        .await
        .unwrap();
    let second = ArtistInput {
        slug: "second".to_owned(),
        ..self::artist()
    };
    artists
        .create_for(&By::System, &owner, &second)
        .await
        .unwrap();
    let make = async |name: &str| {
        let input = product(name);
        let made = catalogue
            .products
            .create(&By::System, Some(&artist.id), &input);
        made.await.unwrap()
    };
    let (lamp, sofa) = (make("lamp").await, make("sofa").await);
    let with_offer = ProductInput {
        slug: "sold".to_owned(),
        offers: vec![OfferInput {
            url: format!("https://shop.example/{MARK}"),
            ..OfferInput::default()
        }],
        alternatives: vec![AlternativeInput {
            product_id: sofa.id.clone(),
            ..AlternativeInput::default()
        }],
        ..product("sold")
    };
    let sold = catalogue
        .products
        .create(&By::System, Some(&artist.id), &with_offer)
        .await
        .unwrap();
    let film = catalogue
        .videos
        .create(&By::System, Some(&artist.id), &video(&lamp.id))
        .await
        .unwrap();
    let shops = catalogue.retailers.all(&By::System).await.unwrap();
    let shop = &shops[0];

    who.submit("/account", &names).await.leads_to("/account");
    for path in [
        "/account".to_owned(),
        "/studio".to_owned(),
        "/studio/artists".to_owned(),
        "/studio/videos".to_owned(),
        "/studio/products".to_owned(),
        format!("/studio/products?q={MARK}"),
        "/studio/videos/new".to_owned(),
        "/studio/products/new".to_owned(),
        format!("/studio/artists/{}", artist.id),
        format!("/studio/videos/{}", film.id),
        format!("/studio/products/{}", lamp.id),
        format!("/studio/products/{}", sold.id),
        format!("/studio/retailers/{}", shop.id),
    ] {
        check(&path, &who.visit(&path).await.is(200).page());
    }
    let long = MARK.repeat(60);
    let form = [("first_name", long.as_str())];
    check(
        "/account",
        &who.submit("/account", &form).await.is(400).page(),
    );

    // Refused, in conflict, deleted and restored.
    let product_page = format!("/studio/products/{}", lamp.id);
    let name = typed("changed");
    let form = [
        ("name", name.as_str()),
        ("slug", "Not a slug"),
        ("revision", "1"),
        ("offers[0][url]", MARK),
    ];
    check(
        "refused",
        &who.submit(&product_page, &form).await.is(422).page(),
    );
    let form = [
        ("name", name.as_str()),
        ("revision", "0"),
        ("brand", &long),
        ("attributes[0][name]", MARK),
        ("attributes[0][value]", MARK),
    ];
    check("clash", &who.submit(&product_page, &form).await.page());
    let deletion = format!("{product_page}/deletion");
    let deleted = who.submit(&deletion, &[("revision", "1")]).await;
    check(
        "deleted",
        &who.visit(deleted.location()).await.is(200).page(),
    );
    check("bin", &who.visit("/studio/bin").await.is(200).page());
    // A form that was posted after the session had ended.
    who.log_out().await.is(200);
    let form = [
        ("title", name.as_str()),
        ("placements[0][product_id]", MARK),
    ];
    check(
        "held",
        &who.submit("/studio/videos/new", &form).await.is(401).page(),
    );
}
