//! Merge patches (RFC 7396): their meaning and their limits.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Caller, SignedIn, TestApp,
    catalogue::{Catalogue, CreatedEntities, KINDS},
};

async fn with_everything(ada: &SignedIn) -> [CreatedEntities; 4] {
    let artist = json!({
        "name": "Ada",
        "bio": "First line\nsecond",
        "disclosure": "Some links pay me.",
        "links": [{"label": "Home", "url": "https://ada.example/"}],
        "status": "published",
    });
    let artist = ada.made("artists", &artist).await;
    let cheap = ada.entity("products", &artist, "Cheap lens").await;
    let lens = json!({
        "artist_id": artist.id(),
        "name": "A lens",
        "brand": "Zeiss",
        "description": "Sharp.",
        "gtin": "4006381333931",
        "images": [{"url": "https://ada.example/lens.jpg", "alt": "A lens"}],
        "attributes": [{"name": "Mount", "value": "E"}],
        "offers": [
            {"url": "https://shop.example/lens", "price": {"minor": 0, "currency": "JPY"}},
            {"url": "https://other.example/lens", "availability": "pre_order"},
        ],
        "alternatives": [{"product_id": cheap.id(), "tier": "cheaper"}],
        "status": "published",
    });
    let lens = ada.made("products", &lens).await;
    let walk = json!({
        "artist_id": artist.id(),
        "title": "A walk",
        "slug": "the-walk",
        "description": "By the sea.",
        "url": "https://vimeo.com/123",
        "duration": 61_500,
        "published_on": "2026-11-23",
        "chapters": [{"start": 0, "title": "Out"}, {"start": 30_250, "title": "Back"}],
        "placements": [
            {"product_id": lens.id(), "start": 1, "end": 2, "note": "mine"},
            {"product_id": cheap.id()},
        ],
        "status": "published",
    });
    let walk = ada.made("videos", &walk).await;
    let shop = json!({
        "artist_id": artist.id(),
        "name": "Shop",
        "homepage": "https://www.shop.test-shop.com/",
        "domains": ["test-shop.com", "test-shop.de"],
    });
    let shop = ada.made("retailers", &shop).await;
    [artist, walk, lens, shop]
}

#[tokio::test]
async fn what_was_read_can_be_changed_and_sent_back_as_a_whole() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for entity in with_everything(&ada).await {
        let before = ada.read(&entity.path).await.is(200).json()["data"].clone();
        let tag = format!("\"{}\"", before["revision"]);
        let after = ada.change(&entity.path, &tag, &before).await.is(200);
        let mut after = after.json()["data"].clone();
        for moved in ["revision", "updated_at"] {
            assert_ne!(after[moved], before[moved]);
            after[moved] = before[moved].clone();
        }
        assert_eq!(after, before);
    }
}

#[tokio::test]
async fn what_is_absent_stays_and_null_clears() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let [artist, walk, lens, _] = with_everything(&ada).await;
    let nothing = ada.change(&walk.path, "*", &json!({})).await.is(200);
    assert_eq!(
        nothing.json()["data"]["placements"],
        walk.data["placements"]
    );

    let cleared = json!({"url": null, "duration": null, "published_on": null, "description": null});
    let after = ada.change(&walk.path, "*", &cleared).await.is(200).json()["data"].clone();
    assert_eq!(after["url"], json!(null));
    assert_eq!(after["duration"], json!(null));
    assert_eq!(after["description"], "");
    assert_eq!(after["chapters"], walk.data["chapters"]);
    assert_eq!(after["slug"], "the-walk");

    let cleared = json!({"offers": null, "gtin": null, "status": null});
    let after = ada.change(&lens.path, "*", &cleared).await.is(200).json()["data"].clone();
    assert_eq!(
        (&after["offers"], &after["gtin"]),
        (&json!([]), &json!(null))
    );
    assert_eq!(after["status"], "draft");
    assert_eq!(after["attributes"], lens.data["attributes"]);

    let refused = ada.change(&artist.path, "*", &json!({"name": null})).await;
    assert_eq!(refused.is_refusal(400, "invalid"), "'name' is required.");
}

#[tokio::test]
async fn lists_are_replaced_as_a_whole_and_rows_keep_their_ids() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let [_, walk, lens, _] = with_everything(&ada).await;
    let (first, second) = (&walk.data["placements"][0], &walk.data["placements"][1]);
    let swapped = json!({"placements": [second, first]});
    let after = ada.change(&walk.path, "*", &swapped).await.is(200).json();
    assert_eq!(after["data"]["placements"], swapped["placements"]);
    let one = json!({"placements": [{"id": second["id"], "product_id": second["product_id"], "note": "x"}]});
    let after = ada.change(&walk.path, "*", &one).await.is(200).json()["data"].clone();
    assert_eq!(after["placements"].as_array().unwrap().len(), 1);
    assert_eq!(after["placements"][0]["id"], second["id"]);

    let offer = &lens.data["offers"][1];
    let after = ada
        .change(&lens.path, "*", &json!({"offers": [offer]}))
        .await
        .is(200)
        .json();
    assert_eq!(after["data"]["offers"], json!([offer]));
}

#[tokio::test]
async fn both_content_types_of_a_patch_are_taken() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    let patch = |kind: &'static str| {
        let call = ada
            .call(Method::PATCH, &artist.path)
            .header("if-match", "*");
        call.header("content-type", kind)
            .body("{\"bio\":\"x\"}")
            .send()
    };
    patch("application/json").await.is(200);
    patch("application/merge-patch+json").await.is(200);
    patch("application/merge-patch+json; charset=utf-8")
        .await
        .is(200);
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        patch(kind).await.is_refusal(415, "unsupported_media_type");
    }
}

#[tokio::test]
async fn what_only_the_server_says_is_taken_as_it_is_and_not_otherwise() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Thing").await;
        let mut names = vec![
            "id",
            "revision",
            "parent",
            "created_at",
            "updated_at",
            "deleted_at",
        ];
        if kind != "artists" {
            names.push("artist_id");
        }
        if kind == "retailers" {
            names.push("standing");
        }
        for name in names {
            for other in [json!("x"), json!(null), json!(0), json!({})] {
                if entity.data[name] == other && name != "parent" {
                    continue;
                }
                let refused = ada.change(&entity.path, "*", &json!({ name: other })).await;
                refused.is_refusal(400, "invalid");
                let sentence = format!("'{name}' cannot be changed.");
                assert_eq!(
                    refused.json()["fields"],
                    json!({ name: sentence }),
                    "{kind}"
                );
            }
        }
        let same = json!({"id": entity.id(), "deleted_at": null});
        ada.change(&entity.path, "*", &same).await.is(200);
    }
}

#[tokio::test]
async fn what_is_not_known_is_refused_by_name_at_every_depth() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let [artist, walk, lens, shop] = with_everything(&ada).await;
    let cases: [(&CreatedEntities, Value, &str); 7] = [
        (&artist, json!({"nmae": "x"}), "nmae"),
        (
            &artist,
            json!({"links": [{"label": "a", "href": "b"}]}),
            "links[0].href",
        ),
        (&artist, json!({"artist_id": "x"}), "artist_id"),
        (
            &walk,
            json!({"placements": [{}, {"producer": 1}]}),
            "placements[1].producer",
        ),
        (
            &lens,
            json!({"offers": [{"price": {"amount": "1", "currency": "EUR"}}]}),
            "offers[0].price.amount",
        ),
        (&lens, json!({"retailers": []}), "retailers"),
        (&shop, json!({"status": "published"}), "status"),
    ];
    for (entity, patch, name) in cases {
        let refused = ada.change(&entity.path, "*", &patch).await;
        refused.is_refusal(400, "invalid");
        let sentence = format!("'{name}' is not a known field.");
        assert_eq!(refused.json()["fields"][name], sentence, "{patch}");
    }
    for kind in KINDS {
        for name in ["id", "revision", "created_at", "slugs", "page"] {
            let mut body = crate::support::catalogue::a_thing(kind, artist.id(), "New");
            body[name] = json!("x");
            let refused = ada.create(kind, &body).await;
            refused.is_refusal(400, "invalid");
            assert!(refused.json()["fields"][name].is_string(), "{kind} {name}");
        }
    }
}
