//! The leave page: the warning before a host that is not approved.

use domain::{Caller as By, documents::Revision};
use reqwest::Method;
use serde_json::json;
use types::catalogue::{
    ArtistInput, ChapterInput, LinkInput, ReviewStatus, Status, TimeInput, VideoInput,
};

use super::{
    Creator, all_attributes, attributes,
    drafts::normal,
    functions::{self, read},
    main_of, published_artist, published_video,
};
use crate::support::{Anonymous, Caller, SignedIn, TestApp};

const URL: &str = "https://unchecked-shop.com/buy?a=1&b=%22#top";
const PEERTUBE: &str = "https://films.example/w/kkGMgK9ZtnKfYAgnEtQxbv";

fn with_link(name: &str, url: &str) -> ArtistInput {
    ArtistInput {
        links: vec![LinkInput {
            label: "Buy the camera here".to_owned(),
            url: url.to_owned(),
        }],
        ..published_artist(name)
    }
}

fn with_video(title: &str, url: &str) -> VideoInput {
    VideoInput {
        url: url.to_owned(),
        chapters: vec![ChapterInput {
            start: TimeInput::Typed("1:23".to_owned()),
            title: "Light".to_owned(),
        }]
        .into(),
        ..published_video(title)
    }
}

/// The URLs of leave pages in a page, in order.
async fn ways(app: &TestApp, path: &str) -> Vec<String> {
    let html = Anonymous::of(app).visit(path).await.is(200).page();
    let mut ways = attributes(&html, "href");
    ways.retain(|href| href.starts_with("/leave/"));
    ways
}

/// `rel` and URL of the link that leads on.
fn onward(html: &str) -> Vec<(String, String)> {
    let of = |name: &str| {
        let all = all_attributes(main_of(html)).into_iter();
        let links = all.filter(|(element, known, _)| element == "a" && known == name);
        links.map(|(_, _, value)| value).collect::<Vec<_>>()
    };
    let urls = of("href").into_iter().filter(|href| href.contains("://"));
    of("rel").into_iter().zip(urls).collect()
}

#[tokio::test]
async fn the_page_names_the_host_and_leads_on_only_by_its_link() {
    let app = TestApp::start().await;
    let ada = Creator::with(&app, &with_link("Ada", URL)).await;
    ada.video(&with_video("Other", "https://other.example/watch?v=1"))
        .await;
    ada.video(&with_video("Film", PEERTUBE)).await;
    let anonymous = Anonymous::of(&app);
    let somebody = SignedIn::sign_up(&app, "eve@example.org").await;
    let at_83 = format!("{PEERTUBE}?start=83s");
    for (page, index, host, url) in [
        ("/artists/ada", 0, "unchecked-shop.com", URL),
        (
            "/videos/ada/other",
            0,
            "other.example",
            "https://other.example/watch?v=1",
        ),
        (
            "/videos/ada/other",
            1,
            "other.example",
            "https://other.example/watch?v=1",
        ),
        ("/videos/ada/film", 0, "films.example", PEERTUBE),
        ("/videos/ada/film", 1, "films.example", at_83.as_str()),
    ] {
        let path = ways(&app, page).await.swap_remove(index);
        let evil = format!("{path}?url=https://evil.example&to=//evil.example");
        for answer in [
            anonymous.visit(&path).await,
            anonymous.visit(&evil).await,
            somebody.visit(&path).await,
        ] {
            let answer = answer.is(200);
            assert_eq!(
                (answer.header("location"), answer.header("refresh")),
                (None, None)
            );
            let html = answer.page();
            assert!(html.contains(&format!(">{host}<")), "{path}: {html}");
            assert!(
                html.contains("Nobody here has checked that site."),
                "{html}"
            );
            assert!(
                html.contains("name=\"robots\" content=\"noindex\""),
                "{html}"
            );
            assert!(
                !html.contains("http-equiv") && !html.contains("evil.example"),
                "{html}"
            );
            let rel = "nofollow ugc noopener noreferrer external".to_owned();
            assert_eq!(onward(&html), [(rel, url.to_owned())], "{path}");
            assert!(
                main_of(&html).contains(&format!("href=\"{page}\"")),
                "{html}"
            );
        }
        anonymous.call(Method::HEAD, &path).send().await.is(200);
        anonymous.submit(&path, &[]).await.is(405);
    }
}

#[tokio::test]
async fn an_international_name_is_named_as_it_is_and_as_it_may_look() {
    let app = TestApp::start().await;
    let url = "https://xn--bcher-kva.example/";
    Creator::with(&app, &with_link("Ada", url)).await;
    let path = ways(&app, "/artists/ada").await.remove(0);
    let html = Anonymous::of(&app).visit(&path).await.is(200).page();
    assert!(html.contains(">xn--bcher-kva.example<"), "{html}");
    assert!(html.contains(">bücher.example<"), "{html}");
}

#[tokio::test]
async fn a_link_is_direct_once_its_host_is_approved_and_until_it_is_blocked() {
    let app = TestApp::start().await;
    let ada = Creator::with(&app, &with_link("Ada", URL)).await;
    ada.video(&with_video("Film", "https://www.unchecked-shop.com/watch"))
        .await;
    let artist = ways(&app, "/artists/ada").await.remove(0);
    let film = ways(&app, "/videos/ada/film").await.remove(0);
    let shop = ada.shop("Shop", "unchecked-shop.com").await;
    let anonymous = Anonymous::of(&app);
    assert_eq!(ways(&app, "/artists/ada").await, [""; 0]);
    let html = anonymous.visit("/artists/ada").await.is(200).page();
    assert!(
        attributes(&html, "href").contains(&URL.to_owned()),
        "{html}"
    );
    assert_eq!(ways(&app, "/videos/ada/film").await, [""; 0]);
    // A page that was opened before the approval leads there, too.
    for (path, url) in [
        (&artist, URL),
        (&film, "https://www.unchecked-shop.com/watch"),
    ] {
        let answer = anonymous.visit(path).await.is(302);
        assert_eq!(answer.location(), url);
        assert_eq!(answer.header("x-robots-tag"), Some("noindex"));
    }
    ada.judge(&shop, ReviewStatus::Blocked).await;
    assert_eq!(ways(&app, "/artists/ada").await[0], artist);
    anonymous.visit(&artist).await.is(200);
}

#[tokio::test]
async fn hosts_of_known_providers_of_this_server_and_of_the_list_are_direct() {
    let flags = [
        "--public-url",
        "https://inspired.example",
        "--link-hosts",
        "*.example.org",
    ];
    let app = TestApp::with(&flags).await;
    let direct = [
        "https://www.youtube.com/@ada",
        "https://vimeo.com/ada",
        "https://inspired.example/videos",
        "https://a.example.org/",
    ];
    let indirect = [
        "https://example.org/",
        "https://youtube.com.evil.example/",
        "https://xyoutube.com/",
        "https://inspired.example.evil.example/",
        "https://studio.inspired.example/",
    ];
    let link = |url: &&str| LinkInput {
        label: "Link".to_owned(),
        url: (*url).to_owned(),
    };
    let artist = ArtistInput {
        links: direct.iter().chain(&indirect).map(link).collect(),
        ..published_artist("Ada")
    };
    Creator::with(&app, &artist).await;
    let html = Anonymous::of(&app)
        .visit("/artists/ada")
        .await
        .is(200)
        .page();
    let hrefs = attributes(&html, "href");
    for url in direct {
        assert!(hrefs.contains(&url.to_owned()), "{url}: {hrefs:?}");
    }
    for url in indirect {
        assert!(!hrefs.contains(&url.to_owned()), "{url}: {hrefs:?}");
    }
    assert_eq!(ways(&app, "/artists/ada").await.len(), indirect.len());
}

#[tokio::test]
async fn what_is_not_public_and_what_is_not_stored_lead_nowhere_in_the_same_bytes() {
    let app = TestApp::start().await;
    let mut ada = Creator::with(&app, &with_link("Ada", URL)).await;
    let film = ada.video(&with_video("Film", PEERTUBE)).await;
    let other = ada
        .video(&with_video("Other", "https://other.example/"))
        .await;
    let artist = ways(&app, "/artists/ada").await.remove(0);
    let of_film = ways(&app, "/videos/ada/film").await;
    let of_other = ways(&app, "/videos/ada/other").await.remove(0);
    let digest = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let anonymous = Anonymous::of(&app);
    // No route matches these paths.
    for path in [
        "/leave",
        "/leave/x",
        "/leave/https://evil.example",
        &format!("{artist}/x"),
    ] {
        let answer = anonymous.visit(path).await.is(404);
        assert_eq!(answer.header("location"), None, "{path}");
    }
    let mut nowhere = vec![
        "/leave/x/y".to_owned(),
        "/leave/https:%2F%2Fevil.example/x".to_owned(),
        "/leave/%FF/%00".to_owned(),
        format!("{artist}%20"),
        artist.to_uppercase().replace("/LEAVE/", "/leave/"),
        // A digest of another entity's URL, or of no URL.
        format!("/leave/{}/{}", ada.artist.id, digest(&of_other)),
        format!("/leave/{}/{}", film.id, digest(&artist)),
        format!("/leave/{}/{}", film.id, "0".repeat(32)),
        format!("/leave/art_{}/{}", "0".repeat(32), digest(&artist)),
        format!("/leave/prd_{}/{}", "0".repeat(32), digest(&artist)),
    ];
    for way in [&artist, &of_other, &of_film[0], &of_film[1]] {
        anonymous.visit(way).await.is(200);
    }
    let videos = &app.domain.catalogue.videos;
    let from = Revision(other.revision);
    videos.delete(&By::System, &other.id, from).await.unwrap();
    nowhere.push(of_other);
    let draft = VideoInput {
        status: Status::Draft,
        ..with_video("Film", PEERTUBE)
    };
    let from = Revision(film.revision);
    let film = videos
        .update(&By::System, &film.id, from, &draft)
        .await
        .unwrap();
    nowhere.extend(of_film);
    // A URL that was replaced is no longer stored.
    ada.become_like(&with_link("Ada", "https://new.example/"))
        .await;
    nowhere.push(artist);
    let nothing = "/leave/art_0/0";
    let expected = normal(&anonymous.visit(nothing).await.is(404), nothing);
    for path in &nowhere {
        let answer = anonymous.visit(path).await.is(404);
        assert_eq!(normal(&answer, path), expected, "{path}");
    }
    // Videos of an artist that is not public are not public.
    let shown = ways(&app, "/artists/ada").await.remove(0);
    let from = Revision(film.revision);
    let published = with_video("Film", PEERTUBE);
    videos
        .update(&By::System, &film.id, from, &published)
        .await
        .unwrap();
    let of_film = ways(&app, "/videos/ada/film").await;
    let hidden = ArtistInput {
        status: Status::Draft,
        ..with_link("Ada", "https://new.example/")
    };
    ada.become_like(&hidden).await;
    for path in of_film.iter().chain([&shown]) {
        let answer = anonymous.visit(path).await.is(404);
        assert_eq!(normal(&answer, path), expected, "{path}");
    }
}

#[tokio::test]
async fn the_links_of_a_draft_lead_its_owner_on_and_nobody_else() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = json!({ "name": "Ada" });
    let artist = ada.post("/v1/artists").json(&artist).send().await.is(201);
    let artist = artist.json()["data"]["id"].as_str().unwrap().to_owned();
    let video = json!({ "artist_id": artist, "title": "Film", "url": PEERTUBE });
    let video = ada.post("/v1/videos").json(&video).send().await.is(201);
    let video = video.json()["data"]["id"].as_str().unwrap().to_owned();
    let studio = format!("/studio/videos/{video}");
    let html = ada.visit(&studio).await.is(200).page();
    assert!(!html.contains("data-player"), "{html}");
    assert!(
        html.contains("has not approved the player of films.example"),
        "{html}"
    );
    let mut ways = attributes(&html, "href");
    ways.retain(|href| href.starts_with("/leave/"));
    assert_eq!(ways.len(), 1, "{ways:?}");
    let html = ada.visit(&ways[0]).await.is(200).page();
    assert!(
        main_of(&html).contains(&format!("href=\"{studio}\"")),
        "{html}"
    );
    assert_eq!(onward(&html)[0].1, PEERTUBE);
    let eve = SignedIn::sign_up(&app, "eve@example.org").await;
    let nothing = "/videos/ada/there-is-no-such";
    let unknown = functions::normal(&read(&eve, nothing).await.is(404), nothing);
    let leaving = read(&ada, &ways[0]).await.is(200).json();
    assert_eq!(leaving["unapproved"]["url"], PEERTUBE);
    let stranger = read(&eve, &ways[0]).await.is(404);
    assert_eq!(functions::normal(&stranger, &ways[0]), unknown);
    let nobody = read(&Anonymous::of(&app), &ways[0]).await.is(404);
    assert_eq!(functions::normal(&nobody, &ways[0]), unknown);
    // The public page of a draft is a 404 for its owner, too.
    let own = read(&ada, "/videos/ada/film").await.is(404);
    assert_eq!(functions::normal(&own, nothing), unknown);
    let nothing = "/leave/art_0/0";
    let expected = normal(&eve.visit(nothing).await.is(404), nothing);
    assert_eq!(
        normal(&eve.visit(&ways[0]).await.is(404), &ways[0]),
        expected
    );
    Anonymous::of(&app).visit(&ways[0]).await.is(404);
}
