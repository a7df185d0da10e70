//! The lifecycle of an entity, from its creation to its restoration.

use serde_json::json;

use crate::support::{
    SignedIn, TestApp,
    catalogue::{Catalogue, KINDS, a_thing, name_field},
};

#[tokio::test]
async fn a_thing_of_each_kind_is_made_read_changed_deleted_and_restored() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let body = a_thing(kind, artist.id(), "A walk");
        let created = ada.create(kind, &body).await.is(201);
        let json = created.json();
        let data = &json["data"];
        let id = data["id"].as_str().unwrap();
        let path = format!("/v1/{kind}/{id}");
        assert_eq!(created.location(), path);
        assert_eq!(
            created.header("etag"),
            Some(format!("\"{}\"", data["revision"]).as_str())
        );
        assert_eq!(json["message"], "'A walk' added successfully!");
        assert_eq!(json["success"], true);
        assert_eq!(data["slug"], "a-walk");
        assert_eq!(data["deleted_at"], json!(null));
        if kind != "artists" {
            assert_eq!(data["artist_id"], artist.id());
        }

        let read = ada.read(&path).await.is(200);
        assert_eq!(read.json()["data"], *data);
        assert_eq!(read.header("etag"), created.header("etag"));

        let tag = read.header("etag").unwrap().to_owned();
        let name = name_field(kind);
        let changed = ada
            .change(&path, &tag, &json!({ name: "A run" }))
            .await
            .is(200);
        let after = changed.json()["data"].clone();
        assert_eq!(after[name], "A run");
        assert_eq!(
            after["slug"], "a-walk",
            "a slug changes only when it is asked for"
        );
        assert!(after["updated_at"].as_str() > data["updated_at"].as_str());
        assert_eq!(after["created_at"], data["created_at"]);
        let tag = changed.header("etag").unwrap().to_owned();
        assert_ne!(Some(tag.as_str()), read.header("etag"));

        let deleted = ada.remove(&path, &tag).await.is(200);
        assert!(deleted.json()["data"]["deleted_at"].is_string());
        ada.read(&path).await.is_refusal(404, "not_found");
        ada.remove(&path, "*").await.is_refusal(404, "not_found");

        let restored = ada.restore(&path).await.is(200);
        assert_eq!(restored.json()["data"]["deleted_at"], json!(null));
        assert_eq!(restored.json()["message"], "'A run' restored successfully!");
        let again = ada.read(&path).await.is(200);
        assert_eq!(again.json()["data"], restored.json()["data"]);
        assert_eq!(again.header("etag"), restored.header("etag"));
    }
}

#[tokio::test]
async fn a_restoration_of_what_is_there_changes_nothing() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let restored = ada.restore(&artist.path).await.is(200);
    assert_eq!(restored.json()["data"], artist.data);
}

#[tokio::test]
async fn after_thirty_days_there_is_nothing_to_restore() {
    let app = TestApp::with(&[
        "--session-idle",
        "40d",
        "--session-max",
        "40d",
        "--session-remember",
        "40d",
    ])
    .await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let video = ada.entity("videos", &artist, "A walk").await;
    ada.remove(&video.path, "*").await.is(200);
    app.pass(time::Duration::days(29));
    assert_eq!(
        ada.read("/v1/videos?deleted=true").await.is(200).json()["total"],
        1
    );
    app.pass(time::Duration::days(2));
    ada.restore(&video.path).await.is_refusal(404, "not_found");
    assert_eq!(
        ada.read("/v1/videos?deleted=true").await.is(200).json()["total"],
        0
    );
}

#[tokio::test]
async fn what_is_under_a_deleted_artist_is_gone_and_comes_back() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let video = ada.entity("videos", &artist, "A walk").await;
    ada.remove(&artist.path, "*").await.is(200);
    ada.read(&video.path).await.is_refusal(404, "not_found");
    let body = a_thing("videos", artist.id(), "Another");
    ada.create("videos", &body)
        .await
        .is_refusal(404, "not_found");
    let deleted = ada.read("/v1/artists?deleted=true").await.is(200).json();
    assert_eq!(deleted["data"][0]["id"], artist.id());
    ada.restore(&artist.path).await.is(200);
    assert_eq!(
        ada.read(&video.path).await.is(200).json()["data"],
        video.data
    );
}

#[tokio::test]
async fn placements_and_offers_live_inside_their_owners() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let lens = json!({
        "artist_id": artist.id(),
        "name": "A lens",
        "gtin": "4006381333931",
        "offers": [{
            "url": "https://shop.example/lens",
            "price": {"minor": 1999, "currency": "EUR"},
            "availability": "in_stock",
        }],
    });
    let lens = ada.made("products", &lens).await;
    let offer = &lens.data["offers"][0];
    assert!(offer["id"].as_str().unwrap().starts_with("off_"));
    assert!(offer["retailer_id"].as_str().unwrap().starts_with("ret_"));
    assert_eq!(offer["price"], json!({"minor": 1999, "currency": "EUR"}));
    let retailer = format!("/v1/retailers/{}", offer["retailer_id"].as_str().unwrap());
    let shop = ada.read(&retailer).await.is(200).json();
    assert_eq!(shop["data"]["domains"], json!(["shop.example"]));
    assert_eq!(shop["data"]["standing"], "proposed");
    ada.remove(&retailer, "*").await.is(200);
    ada.read(&retailer).await.is_refusal(404, "not_found");
    let brand = json!({"brand": "Lamps", "offers": lens.data["offers"]});
    let saved = ada.change(&lens.path, "*", &brand).await.is(200).json();
    assert_eq!(saved["data"]["offers"], lens.data["offers"]);
    ada.restore(&retailer).await.is(200);

    let walk = json!({
        "artist_id": artist.id(),
        "title": "A walk",
        "url": "https://youtu.be/dQw4w9WgXcQ?si=x",
        "duration": 60_000,
        "chapters": [{"start": 0, "title": "Out"}, {"start": "0:30", "title": "Back"}],
        "placements": [{"product_id": lens.id(), "start": 1500, "end": 2500, "note": "mine"}],
    });
    let walk = ada.made("videos", &walk).await;
    assert_eq!(
        walk.data["url"],
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    );
    assert_eq!(
        walk.data["chapters"][1],
        json!({"start": 30_000, "title": "Back"})
    );
    let placement = &walk.data["placements"][0];
    assert!(placement["id"].as_str().unwrap().starts_with("plc_"));
    assert_eq!(
        (&placement["start"], &placement["end"]),
        (&json!(1500), &json!(2500))
    );

    ada.remove(&lens.path, "*").await.is(200);
    let without = ada.read(&walk.path).await.is(200).json();
    assert_eq!(without["data"]["placements"], json!([]));
    ada.restore(&lens.path).await.is(200);
    let with = ada.read(&walk.path).await.is(200).json();
    assert_eq!(with["data"]["placements"][0]["id"], placement["id"]);
}
