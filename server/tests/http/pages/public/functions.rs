//! Models of public pages as server functions return them.

use std::time::{Duration, Instant};

use domain::{Caller as By, catalogue::Resolved, documents::Revision};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use types::{
    catalogue::{
        AlternativeInput, ArtistInput, AttributeInput, ChapterInput, ImageInput, LinkInput,
        ProductInput, Tier, TimeInput, VideoInput,
    },
    pages::{
        ArtistPage, CardList, Destination, HomePage, LeavingPage, PageLookup, Paged, ProductPage,
        SearchPage, VideoPage,
    },
};

use super::{
    Creator, attributes, listed, offer, placement, published_artist, published_product,
    published_video,
};
use crate::support::{Anonymous, Caller, Program, SignedIn, TestApp, TestResponse, callers::build};

/// The function for the model of the page at this URL, and its arguments.
pub(super) fn function_of(address: &str) -> (&'static str, Value) {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let segments: Vec<_> = path.split('/').skip(1).collect();
    let list = |kind| ("read/list", json!({ "kind": kind, "query": query }));
    let entity = |artist, slug| json!({ "artist": artist, "slug": slug, "query": query });
    match segments[..] {
        [""] => ("read/home", json!({})),
        ["artists"] => list("artist"),
        ["videos"] => list("video"),
        ["products"] => list("product"),
        ["artists", slug] => ("read/artist", json!({ "slug": slug, "query": query })),
        ["videos", artist, slug] => ("read/video", entity(artist, slug)),
        ["products", artist, slug] => ("read/product", entity(artist, slug)),
        ["search"] => ("read/search", json!({ "query": query })),
        ["leave", entity, digest] => ("read/leave", json!({ "entity": entity, "digest": digest })),
        ["go", offer] => ("read/go", json!({ "offer": offer })),
        _ => panic!("{address}"),
    }
}

/// Calls the function for the model of the page at this URL.
pub(super) async fn read(caller: &impl Caller, address: &str) -> TestResponse {
    let (name, arguments) = function_of(address);
    caller.function(name, &arguments).await
}

/// A response without the parts that differ between requests, and without the name of the function, which
/// Leptos sends in a header of every error.
pub(super) fn normal(answer: &TestResponse, address: &str) -> (u16, String, String) {
    let (status, headers, body) = answer.fingerprint();
    let (name, _) = function_of(address);
    (status, format!("{headers:?}").replace(name, "NAME"), body)
}

/// A creator with a value in every field that a page shows.
async fn with_everything(app: &TestApp) {
    let artist = ArtistInput {
        bio: "Films by the sea.".to_owned(),
        disclosure: "I earn from these links.".to_owned(),
        links: vec![LinkInput {
            label: "My shop".to_owned(),
            url: "https://unchecked.example/".to_owned(),
        }],
        ..published_artist("Ada")
    };
    let ada = Creator::with(app, &artist).await;
    ada.shop("Lamp shop", "shop.example").await;
    let other = ada.product(&published_product("Torch")).await;
    let lamp = ProductInput {
        brand: "Bright".to_owned(),
        description: "Shines all night.".to_owned(),
        gtin: "4006381333931".to_owned(),
        images: vec![ImageInput {
            url: "https://pictures.example/lamp.jpg".to_owned(),
            alt: "A lamp on a desk".to_owned(),
        }],
        attributes: vec![AttributeInput {
            name: "Colour".to_owned(),
            value: "Brass".to_owned(),
        }],
        offers: vec![offer("https://shop.example/lamp", "19.99", "EUR")],
        alternatives: vec![AlternativeInput {
            product_id: other.id,
            tier: Tier::Cheaper,
        }],
        ..published_product("Lamp")
    };
    let lamp = ada.product(&lamp).await;
    let film = VideoInput {
        description: "A walk in the evening.".to_owned(),
        url: "https://films.example/w/kkGMgK9ZtnKfYAgnEtQxbv".to_owned(),
        chapters: vec![ChapterInput {
            start: TimeInput::Typed("1:23".to_owned()),
            title: "The lighthouse".to_owned(),
        }]
        .into(),
        placements: vec![placement(&lamp, 9)],
        ..published_video("Film")
    };
    ada.video(&film).await;
    listed(app, "/videos", "1 video").await;
    listed(app, "/products", "2 products").await;
}

/// Every text of a model that its page shows, in text or in a link. A list of products omits the names
/// of their artists.
fn texts<'a>(model: &'a Value, found: &mut Vec<&'a str>) {
    const SHOWN: [&str; 14] = [
        "name",
        "title",
        "slug",
        "bio",
        "description",
        "disclosure",
        "label",
        "host",
        "brand",
        "value",
        "alt",
        "retailer",
        "words",
        "gtin",
    ];
    match model {
        Value::Object(members) => {
            for (key, value) in members {
                match value.as_str() {
                    Some(text) if SHOWN.contains(&key.as_str()) => found.push(text),
                    _ if key == "artist" && members.contains_key("brand") => {
                        found.extend(value["slug"].as_str());
                    }
                    _ => texts(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        _ => {}
    }
}

/// Whether a document contains this text in an attribute or in text, ignoring `mark` elements.
fn has_text(html: &str, text: &str) -> bool {
    let words = html.split('<').map(|rest| {
        let behind_tag = rest.split_once('>');
        behind_tag.map_or(rest, |(_, words)| words)
    });
    html.contains(text) || words.collect::<String>().contains(text)
}

/// Deserializes a response as the client does, and checks that nothing is lost.
fn model<T: Serialize + DeserializeOwned>(answer: &TestResponse) -> T {
    let model: T = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(serde_json::to_value(&model).unwrap(), answer.json());
    model
}

#[tokio::test]
async fn a_function_answers_with_what_its_page_shows() {
    let app = TestApp::start().await;
    with_everything(&app).await;
    let anonymous = Anonymous::of(&app);
    let leave = attributes(&anonymous.visit("/artists/ada").await.page(), "href");
    let leave = leave.into_iter().find(|href| href.starts_with("/leave/"));
    let film = ["A walk in the evening.", "The lighthouse", "Lamp shop"];
    let lamp = [
        "Shines all night.",
        "A lamp on a desk",
        "Brass",
        "Torch",
        "film",
    ];
    for (address, some) in [
        ("/", &["Film", "Lamp", "Torch"][..]),
        ("/artists", &["Ada", "Films by the sea."]),
        ("/videos", &["Film"]),
        ("/products", &["Lamp", "Bright", "Torch"]),
        (
            "/artists/ada",
            &["My shop", "unchecked.example", "Film", "Lamp"],
        ),
        ("/videos/ada/film?t=9", &film),
        ("/products/ada/lamp", &lamp),
        ("/search?q=lamp", &["Lamp", "lamp"]),
        ("/search?q=lamp&kind=product", &["Lamp", "Bright"]),
        (&leave.unwrap(), &["unchecked.example", "Ada"]),
    ] {
        let html = anonymous.visit(address).await.is(200).page();
        let answer = read(&anonymous, address).await.is(200);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.set_cookies().is_empty(), "{address}");
        let json = answer.json();
        let mut shown = Vec::new();
        texts(&json, &mut shown);
        assert!(
            some.iter().all(|text| shown.contains(text)),
            "{address}: {shown:?}"
        );
        for text in shown {
            assert!(has_text(&html, text), "{address}: {text}: {html}");
        }
    }
}

#[tokio::test]
async fn the_answer_is_the_model_that_the_domain_has_built() {
    let app = TestApp::start().await;
    with_everything(&app).await;
    let (anonymous, public) = (Anonymous::of(&app), &app.domain.catalogue.public);
    let video: PageLookup<VideoPage> = model(&read(&anonymous, "/videos/ada/film").await.is(200));
    let expected = public.video(&By::System, "ada", "film").await.unwrap();
    assert_eq!(Resolved::Present(page(video)), expected);
    let product: PageLookup<ProductPage> =
        model(&read(&anonymous, "/products/ada/lamp").await.is(200));
    let expected = public.product(&By::System, "ada", "lamp").await.unwrap();
    assert_eq!(Resolved::Present(page(product)), expected);
    let artist: PageLookup<Paged<ArtistPage>> =
        model(&read(&anonymous, "/artists/ada").await.is(200));
    let artist = page(artist);
    assert_eq!((artist.paging.page, artist.paging.pages), (1, 1));
    let expected = public.artist(&By::System, "ada", 24).await.unwrap();
    assert_eq!(Resolved::Present(artist.content), expected);
    let list: PageLookup<Paged<CardList>> = model(&read(&anonymous, "/products").await.is(200));
    let list = page(list).content;
    assert_eq!((list.cards.len(), list.total), (2, 2));
    let home: HomePage = model(&read(&anonymous, "/").await.is(200));
    let HomePage::Newest { videos, products } = home else {
        panic!("{home:?}");
    };
    assert_eq!((videos.total, products), (1, list));
    let found: PageLookup<SearchPage> = model(&read(&anonymous, "/search?q=lamp").await.is(200));
    let found = page(found);
    assert_eq!((found.words.as_str(), found.kind), ("lamp", None));
    assert_eq!((found.groups.len(), found.paging), (1, None));
}

fn page<T: std::fmt::Debug>(found: PageLookup<T>) -> T {
    match found {
        PageLookup::Page(page) => page,
        PageLookup::Redirect(_) => panic!("{found:?}"),
    }
}

/// A page that has moved, or that has a second URL for its first page.
#[tokio::test]
async fn a_function_knows_where_its_page_leads() {
    let app = TestApp::start().await;
    let mut ada = Creator::named(&app, "Ada").await;
    let video = ada.video(&published_video("First")).await;
    let product = ada.product(&published_product("Lamp")).await;
    let second = VideoInput {
        slug: "second".to_owned(),
        ..published_video("First")
    };
    let videos = &app.domain.catalogue.videos;
    let changed = videos.update(&By::System, &video.id, Revision(1), &second);
    changed.await.unwrap();
    let light = ProductInput {
        slug: "light".to_owned(),
        ..published_product("Lamp")
    };
    let products = &app.domain.catalogue.products;
    let changed = products.update(&By::System, &product.id, Revision(1), &light);
    changed.await.unwrap();
    let lovelace = ArtistInput {
        slug: "lovelace".to_owned(),
        ..published_artist("Ada")
    };
    ada.become_like(&lovelace).await;
    let anonymous = Anonymous::of(&app);
    for address in [
        "/artists/ada",
        "/artists/ada?page=2&utm_source=x",
        "/artists/nobody?page=1&a=%2f",
        "/videos/ada/first?t=83&a=b%20c",
        "/videos/lovelace/first",
        "/products/ada/lamp?utm=1",
        "/videos?page=1&utm_source=x&a",
        "/products?p%61ge=1",
        "/artists?page=1",
        "/search?q=a%2Bb&page=1&kind=video",
    ] {
        let page = anonymous.visit(address).await.is(301);
        let answer = read(&anonymous, address).await.is(200);
        let moved = json!({ "redirect": page.location() });
        assert_eq!(answer.json(), moved, "{address}");
        let moved: PageLookup<VideoPage> = model(&answer);
        assert_eq!(moved, PageLookup::Redirect(page.location().to_owned()));
    }
}

/// A redirect is built from slugs only.
#[tokio::test]
async fn no_argument_leads_to_another_host() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    for slug in [
        "/evil.example",
        "\\evil.example",
        "//evil.example",
        "..",
        "",
    ] {
        let arguments = json!({ "slug": slug, "query": "page=1" });
        let answer = anonymous.function("read/artist", &arguments).await;
        assert_eq!(answer.is(404).json(), json!("not_found"), "{slug}");
    }
}

#[tokio::test]
async fn a_function_finds_nothing_where_its_page_does_after_the_same_time() {
    let app = TestApp::start().await;
    with_everything(&app).await;
    let anonymous = Anonymous::of(&app);
    let mut answers = Vec::new();
    for address in [
        "/artists/nobody",
        "/artists/ADA",
        "/artists/ada?page=2",
        "/videos/ada/nothing",
        "/videos/nobody/film",
        "/products/ada/film",
        "/videos?page=2",
        "/products?page=0",
        "/artists?page=4294967295",
        "/videos?page=99999999999999999999999",
        "/search?q=lamp&page=2",
        "/search?q=lamp&kind=product&page=2",
        "/leave/art_1/0a",
        "/leave/x/x",
        "/go/off_1",
        "/go/x",
    ] {
        anonymous.visit(address).await.is(404).page();
        let began = Instant::now();
        let answer = read(&anonymous, address).await.is(404);
        assert!(began.elapsed() >= Duration::from_millis(25), "{address}");
        assert_eq!(answer.json(), json!("not_found"), "{address}");
        answers.push((address, normal(&answer, address)));
    }
    for (address, answer) in &answers {
        assert_eq!(answer, &answers[0].1, "{address}");
    }
}

#[tokio::test]
async fn a_list_goes_on_where_its_page_does() {
    let app = TestApp::start().await;
    let ada = Creator::named(&app, "Ada").await;
    for number in 0..25 {
        ada.video(&published_video(&format!("Take {number}"))).await;
    }
    listed(&app, "/videos", "25 videos").await;
    let anonymous = Anonymous::of(&app);
    for (address, cards, page) in [
        ("/videos", 24, 1),
        ("/videos?page=2", 1, 2),
        ("/artists/ada?page=2", 1, 2),
        ("/search?q=take&kind=video&page=2", 1, 2),
    ] {
        let html = anonymous.visit(address).await.is(200).page();
        let json = read(&anonymous, address).await.is(200).json();
        let paging = json.pointer("/page/paging").unwrap();
        assert_eq!(paging, &json!({ "page": page, "pages": 2 }), "{address}");
        let mut shown = Vec::new();
        texts(&json, &mut shown);
        let takes = shown.iter().filter(|text| text.starts_with("take-"));
        assert_eq!(takes.count(), cards, "{address}: {shown:?}");
        assert!(shown.iter().all(|text| has_text(&html, text)), "{address}");
    }
}

/// The response for a public page does not depend on the session.
#[tokio::test]
async fn it_is_the_same_for_everybody() {
    let app = TestApp::start().await;
    with_everything(&app).await;
    let anonymous = Anonymous::of(&app);
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    for address in ["/", "/videos", "/artists/ada", "/videos/ada/film"] {
        let expected = read(&anonymous, address).await.is(200);
        let answer = read(&eve, address).await.is(200);
        assert_eq!(answer.fingerprint(), expected.fingerprint(), "{address}");
    }
}

#[tokio::test]
async fn another_site_another_build_and_another_method_are_refused() {
    let app = TestApp::start().await;
    with_everything(&app).await;
    let program = Program::of(&app);
    for address in [
        "/",
        "/videos",
        "/artists/ada",
        "/search?q=a",
        "/leave/a/b",
        "/go/a",
    ] {
        let (name, arguments) = function_of(address);
        let path = format!("/api/{name}");
        let call = |build: &str| {
            let call = program.post(&path).json(&arguments);
            call.header("x-inspired-build", build)
        };
        let is_nothing = ["/leave/a/b", "/go/a"].contains(&address);
        let status = if is_nothing { 404 } else { 200 };
        call(build()).send().await.is(status);
        for (header, value) in [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://evil.example"),
        ] {
            let answer = call(build()).header(header, value).send().await.is(403);
            assert_eq!(answer.json(), json!("cross_site"), "{name}");
        }
        let answer = call("0000000000000000").send().await.is(409);
        assert_eq!(answer.json(), json!("stale_page"), "{name}");
        program.get(&path).send().await.is(405);
    }
}

#[tokio::test]
async fn arguments_that_no_page_sends_are_refused() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    for (name, arguments) in [
        ("read/list", json!({ "kind": "retailer", "query": "" })),
        ("read/list", json!({ "kind": "video" })),
        ("read/artist", json!({ "slug": 7, "query": "" })),
        ("read/video", json!({ "artist": "ada", "query": "" })),
        ("read/search", json!({ "query": null })),
        ("read/leave", json!([])),
        ("read/go", json!({ "offer": null })),
    ] {
        let answer = anonymous.function(name, &arguments).await.is(400);
        assert_eq!(answer.json(), json!("malformed"), "{name} {arguments}");
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_is_said_as_the_page_says_it() {
    use crate::support::faulty::Fault;
    let app = TestApp::start().await;
    with_everything(&app).await;
    let app = app.restart(&[]).await;
    let anonymous = Anonymous::of(&app);
    app.store.fail(Fault::Unavailable);
    for address in ["/artists/ada", "/videos/ada/film", "/products/ada/lamp"] {
        let page = anonymous.visit(address).await.is(503);
        let answer = read(&anonymous, address).await.is(503);
        assert!(answer.json()["unavailable"].is_u64(), "{}", answer.text());
        assert_eq!(answer.header("retry-after"), page.header("retry-after"));
    }
    anonymous.visit("/").await.is(200);
    let home: HomePage = model(&read(&anonymous, "/").await.is(200));
    assert_eq!(home, HomePage::Unavailable);
}

#[tokio::test]
async fn a_link_to_an_approved_host_says_where_it_leads() {
    let app = TestApp::start().await;
    with_everything(&app).await;
    let anonymous = Anonymous::of(&app);
    let ways = attributes(&anonymous.visit("/artists/ada").await.page(), "href");
    let way = ways.into_iter().find(|href| href.starts_with("/leave/"));
    let way = way.unwrap();
    let leaving: Destination<LeavingPage> = model(&read(&anonymous, &way).await.is(200));
    let Destination::Unapproved(page) = leaving else {
        panic!("{leaving:?}");
    };
    assert_eq!(page.url, "https://unchecked.example/");
    let bob = Creator::named(&app, "Bob").await;
    bob.shop("Checked", "unchecked.example").await;
    let page = anonymous.visit(&way).await.is(302);
    let leaving: Destination<LeavingPage> = model(&read(&anonymous, &way).await.is(200));
    let url = page.location().to_owned();
    assert_eq!(leaving, Destination::Approved { url });
}
