//! Pages of lists.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::support::{
    SignedIn, TestApp,
    catalogue::{Catalogue, CreatedEntities, KINDS, a_thing, name_field},
};

/// All entities of a list, read page by page, and the number of pages.
async fn all_pages(who: &SignedIn, list: &str) -> (Vec<Value>, usize) {
    let (mut things, mut pages, mut next) = (Vec::new(), 0, String::new());
    loop {
        let page = who.read(&format!("{list}{next}")).await.is(200).json();
        things.extend(page["data"].as_array().unwrap().iter().cloned());
        pages += 1;
        assert!(pages < 100, "{list} has no end");
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return (things, pages),
        }
    }
}

async fn several(ada: &SignedIn, artist: &CreatedEntities, kind: &str) -> HashSet<String> {
    let mut ids = HashSet::new();
    for number in 0..7 {
        let entity = ada.entity(kind, artist, &format!("Thing {number}")).await;
        ids.insert(entity.id().to_owned());
    }
    ids
}

#[tokio::test]
async fn pages_lead_to_the_end_without_gaps_or_repeats() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let ids = several(&ada, &artist, kind).await;
        for sort in ["name", "-created_at", "-updated_at", "relevance"] {
            for limit in [1, 3, 7, 100] {
                let list = format!("/v1/{kind}?q=thing&sort={sort}&limit={limit}");
                let (things, pages) = all_pages(&ada, &list).await;
                let found: Vec<_> = things
                    .iter()
                    .map(|entity| entity["id"].as_str().unwrap())
                    .collect();
                assert_eq!(found.len(), ids.len(), "{list}");
                assert!(ids.iter().all(|id| found.contains(&id.as_str())), "{list}");
                assert_eq!(pages, 7_usize.div_ceil(limit), "{list}");
            }
        }
    }
}

#[tokio::test]
async fn pages_of_what_is_deleted_lead_to_the_end_without_gaps_or_repeats() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in ["videos", "products", "artists"] {
        let ids = several(&ada, &artist, kind).await;
        for id in &ids {
            ada.remove(&format!("/v1/{kind}/{id}"), "*").await.is(200);
            app.pass(time::Duration::seconds(1));
        }
        for sort in ["name", "-created_at", "-updated_at", "relevance"] {
            let list = format!("/v1/{kind}?deleted=true&q=thing&sort={sort}&limit=3");
            let (things, pages) = all_pages(&ada, &list).await;
            let found: HashSet<_> = things.iter().map(|one| one["id"].to_string()).collect();
            assert_eq!((things.len(), found.len(), pages), (7, 7, 3), "{list}");
        }
        let (things, _) = all_pages(&ada, &format!("/v1/{kind}?deleted=true")).await;
        let at: Vec<_> = things
            .iter()
            .map(|one| one["deleted_at"].to_string())
            .collect();
        assert!(at.is_sorted_by(|one, other| one > other), "{at:?}");
    }
}

#[tokio::test]
async fn a_list_has_its_order_its_total_and_whole_things() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in ["videos", "products", "retailers"] {
        let mut made = Vec::new();
        for name in ["Bee", "cow", "Ant"] {
            app.pass(time::Duration::seconds(1));
            made.push(ada.entity(kind, &artist, name).await);
        }
        let page = ada
            .read(&format!("/v1/{kind}?limit=2"))
            .await
            .is(200)
            .json();
        assert_eq!(page["success"], true);
        assert_eq!(page["total"], 3);
        assert_eq!(page["data"][0], made[2].data, "the newest comes first");
        assert_eq!(page["data"][1], made[1].data);
        assert!(page["next"].is_string());
        let named = ada
            .read(&format!("/v1/{kind}?sort=name"))
            .await
            .is(200)
            .json();
        let names: Vec<_> = named["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one[name_field(kind)])
            .collect();
        assert_eq!(names, ["Ant", "Bee", "cow"]);
        assert_eq!(named["next"], json!(null));
        let found = ada.read(&format!("/v1/{kind}?q=co")).await.is(200).json();
        assert_eq!(
            (&found["total"], &found["data"][0]["id"]),
            (&json!(1), &made[1].data["id"])
        );
    }
}

#[tokio::test]
async fn what_was_made_changed_or_deleted_is_listed_so_at_once() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        let entity = ada.entity(kind, &artist, "Walk").await;
        let total = async |query: &str| {
            let list = ada.read(&format!("/v1/{kind}?{query}")).await.is(200);
            list.json()["total"].as_u64().unwrap()
        };
        assert_eq!(total("q=walk").await, 1, "{kind}");
        let name = json!({ name_field(kind): "Run" });
        ada.change(&entity.path, "*", &name).await.is(200);
        assert_eq!(
            (total("q=walk").await, total("q=run").await),
            (0, 1),
            "{kind}"
        );
        ada.remove(&entity.path, "*").await.is(200);
        assert_eq!(total("q=run").await, 0, "{kind}");
        if kind != "retailers" {
            assert_eq!(total("deleted=true").await, 1, "{kind}");
            assert_eq!(total("deleted=true&q=walk").await, 0, "{kind}");
            let deleted = ada.read(&format!("/v1/{kind}?deleted=true")).await.json();
            assert_eq!(deleted["data"][0]["id"], entity.id());
            assert!(deleted["data"][0]["deleted_at"].is_string());
        }
        ada.restore(&entity.path).await.is(200);
        assert_eq!(total("q=run").await, 1, "{kind}");
    }
}

#[tokio::test]
async fn a_list_can_be_of_one_artist() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let (one, other) = (ada.artist("One").await, ada.artist("Other").await);
    for kind in ["videos", "products", "retailers"] {
        let mine = ada.entity(kind, &one, "Mine").await;
        ada.create(kind, &a_thing(kind, other.id(), "Theirs"))
            .await
            .is(201);
        let list = ada
            .read(&format!("/v1/{kind}?artist_id={}", one.id()))
            .await
            .is(200)
            .json();
        assert_eq!(
            (&list["total"], &list["data"]),
            (&json!(1), &json!([mine.data]))
        );
    }
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_400_and_named() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada").await;
    for kind in KINDS {
        several(&ada, &artist, kind).await;
        let page = ada
            .read(&format!("/v1/{kind}?sort=name&limit=2"))
            .await
            .is(200)
            .json();
        let cursor = page["next"].as_str().unwrap();
        let damaged = [
            format!("sort=name&cursor={}", &cursor[1..]),
            format!("sort=name&cursor={cursor}A"),
            format!("sort=name&cursor={}", &cursor[..cursor.len() - 2]),
            format!("sort=-created_at&cursor={cursor}"),
            "cursor=%00".to_owned(),
            "cursor=".to_owned(),
            format!("cursor={}", "A".repeat(3000)),
        ];
        for query in &damaged {
            let refused = ada.read(&format!("/v1/{kind}?{query}")).await;
            refused.is_refusal(400, "invalid");
            assert!(refused.json()["fields"]["cursor"].is_string(), "{query}");
        }
        for (query, name) in [
            ("page=2", "page"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=ten", "limit"),
            ("limit=1&limit=2", "limit"),
            ("sort=title", "sort"),
            ("sort=created_at", "sort"),
            ("filter=x", "filter"),
            ("q[]=x", "q[]"),
        ] {
            let refused = ada.read(&format!("/v1/{kind}?{query}")).await;
            refused.is_refusal(400, "invalid");
            assert!(refused.json()["fields"][name].is_string(), "{kind} {query}");
        }
    }
    for (path, name) in [
        ("/v1/artists?artist_id=x", "artist_id"),
        ("/v1/retailers?deleted=true", "deleted"),
        ("/v1/videos?artist_id=x", "artist_id"),
        ("/v1/videos?deleted=yes", "deleted"),
    ] {
        let refused = ada.read(path).await;
        refused.is_refusal(400, "invalid");
        assert!(refused.json()["fields"][name].is_string(), "{path}");
    }
}
