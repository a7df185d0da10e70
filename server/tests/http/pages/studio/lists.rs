//! Lists of an account's entities.

use super::creator::Creator;
use crate::support::{Caller as _, TestApp};

fn results(html: &str) -> &str {
    html.split("studio-results")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap()
}

#[tokio::test]
async fn a_change_is_in_the_list_at_once() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    for (path, list, field) in [
        (ada.video("Before").await, "/studio/videos", "title"),
        (ada.product("Before").await, "/studio/products", "name"),
    ] {
        for round in 0..5 {
            let name = format!("After {round}");
            ada.form(&path)
                .await
                .with(field, &name)
                .send(&ada.who)
                .await
                .is(303);
            let html = ada.page(list).await;
            assert!(results(&html).contains(&name), "{html}");
            let found = ada.page(&format!("{list}?q=after+{round}")).await;
            assert!(results(&found).contains(&path), "{found}");
            let html = ada.page(&format!("{list}?q=before")).await;
            assert!(!results(&html).contains(&path), "{html}");
        }
    }
}

#[tokio::test]
async fn a_list_is_searched_sorted_and_cut_into_pages() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    for number in 0..27 {
        ada.product(&format!("Lamp {number:02}")).await;
        app.pass(time::Duration::seconds(1));
    }
    let first = ada.page("/studio/products?sort=name").await;
    assert!(first.contains("27 products") && first.contains("Page 1 of 2"));
    assert!(results(&first).contains("Lamp 24") && !results(&first).contains("Lamp 25"));
    assert!(
        first.contains(r#"href="/studio/products?sort=name&amp;page=2""#),
        "{first}"
    );
    let second = ada.page("/studio/products?sort=name&page=2").await;
    assert!(results(&second).contains("Lamp 26") && !results(&second).contains("Lamp 00"));
    let newest = ada.page("/studio/products").await;
    assert!(results(&newest).contains("Lamp 26") && !results(&newest).contains("Lamp 00"));
    let found = ada.page("/studio/products?q=lamp+07").await;
    assert!(found.contains("1 product<") && results(&found).contains("Lamp 07"));
    let none = ada.page("/studio/products?q=sofa").await;
    assert!(none.contains("0 products") && none.contains("Nothing of yours fits"));
    for page in ["0", "3", "x"] {
        ada.who
            .visit(&format!("/studio/products?page={page}"))
            .await
            .is(404);
    }
}

#[tokio::test]
async fn the_status_says_why_something_is_not_public() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada Films").await;
    let path = ada.video("My room").await;
    let status = async |of: &str| {
        let html = ada.page(of).await;
        let cell = results(&html)
            .split(r#"data-label="Status""#)
            .nth(1)
            .unwrap();
        let badge = cell
            .split("<span")
            .nth(1)
            .unwrap()
            .split('>')
            .nth(1)
            .unwrap();
        badge.split('<').next().unwrap().to_owned()
    };
    assert_eq!(status("/studio/videos").await, "Draft");
    ada.press(&path, &format!("{path}/publication"))
        .await
        .is(303);
    assert_eq!(
        status("/studio/videos").await,
        "Not public: its artist is a draft"
    );
    ada.press(&artist, &format!("{artist}/publication"))
        .await
        .is(303);
    assert_eq!(status("/studio/videos").await, "Public");
    assert_eq!(status("/studio/artists").await, "Public");
}

#[tokio::test]
async fn a_list_shows_one_artist_or_all() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let mut ids = Vec::new();
    for artist in ["First", "Second"] {
        let path = ada.artist(artist).await;
        let id = path.rsplit('/').next().unwrap().to_owned();
        let form = ada.form("/studio/videos/new").await;
        let form = form
            .with("artist_id", &id)
            .with("title", &format!("By {artist}"));
        form.send(&ada.who).await.is(303);
        ids.push(id);
    }
    let all = ada.page("/studio/videos").await;
    assert!(results(&all).contains("By First") && results(&all).contains("By Second"));
    let one = ada.page(&format!("/studio/videos?artist={}", ids[1])).await;
    assert!(!results(&one).contains("By First") && results(&one).contains("By Second"));
    ada.who.visit("/studio/videos?artist=art_0").await.is(404);
}
